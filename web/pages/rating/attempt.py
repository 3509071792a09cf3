"""One step of a form: what the rules refuse stands beside its field, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable

from voting.drafting import DraftError
from voting.errors import RulesError, TextError
from voting.rating.proofs import Proof
from voting.rating.refusals import RatingError, RatingStep
from voting.retesting import NoRetest
from voting.screening.drafts import ReasonMissing
from voting.screening.papers import PaperError
from web.errors import answer_to
from web.forms import Form


def attempt(form: Form, field: str, step: Callable[[], object]) -> int | None:
    """None when the step was taken; else the status, with the sentence beside `field`."""
    if form.faults:
        return 422
    try:
        step()
    except PaperError as error:
        form.fault("document", error.sentence)
        return answer_to(error).status
    except (TextError, ReasonMissing, RulesError, DraftError, NoRetest, RatingError, RatingStep) as error:
        form.fault(field, error.sentence)
        return answer_to(error).status
    return None


def proof_of(form: Form) -> Proof | None:
    """The file of the field `document`, if one was chosen; `public` says whether everybody may read it."""
    if not form.has_file("document"):
        return None
    upload = form.files["document"]
    return Proof(name=upload.name, body=upload.body, public=form.typed("public") == "yes")
