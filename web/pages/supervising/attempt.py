"""One step of a form: what the rules refuse stands beside its field, and nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from voting.delivering.projects import ProjectStep
from voting.errors import TextError, VotingError
from voting.photos import PhotoError
from voting.screening.papers import PaperError
from voting.supervising.refusals import StillOpen, SupervisionInput, SupervisionStep
from web.access import Visit
from web.errors import answer_to
from web.forms import Form
from web.pages.collecting.uploads import DOCUMENT

_OURS: Final[tuple[type[VotingError], ...]] = (
    TextError,
    SupervisionInput,
    SupervisionStep,
    ProjectStep,
    PaperError,
    PhotoError,
)
_KEY_DIGITS: Final = 32


def attempt(form: Form, field: str, step: Callable[[], object]) -> int | None:
    """None when the step was taken; else the status, with the sentence beside `field`."""
    if form.faults:
        return 422
    try:
        step()
    except _OURS as error:
        form.fault(_place(error, field), error.sentence)
        return answer_to(error).status
    return None


def _place(error: VotingError, field: str) -> str:
    """What is still open stands beside the list of it, what is wrong with a document beside that."""
    if isinstance(error, StillOpen):
        return "open"
    return DOCUMENT if isinstance(error, PaperError) else field


def key_of(visit: Visit, form: Form) -> str:
    """The id that comes with a form and makes it count once; a new one for a page that is opened."""
    typed = form.typed("key")
    return typed if len(typed) == _KEY_DIGITS else visit.house.random(16).hex()


def document_of(form: Form) -> tuple[str, bytes] | None:
    """(name, bytes) of the file that was chosen."""
    if not form.has_file(DOCUMENT):
        return None
    upload = form.files[DOCUMENT]
    return upload.name, upload.body
