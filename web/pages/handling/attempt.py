"""One step of a form: what the rules refuse stands beside its field, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable

from voting.errors import TextError
from voting.handling.refusals import CalendarError, HandlingError, HandlingInput
from voting.sheets import SheetError
from web.errors import answer_to
from web.forms import Form


def attempt(form: Form, field: str, step: Callable[[], object]) -> int | None:
    """None when the step was taken; else the status, with the sentence beside `field`."""
    if form.faults:
        return 422
    try:
        step()
    except (TextError, HandlingInput, HandlingError, CalendarError, SheetError) as error:
        form.fault(field, error.sentence)
        return answer_to(error).status
    return None
