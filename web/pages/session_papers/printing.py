"""`…/papers/{paper}`: one paper of a session or of a round, as a file."""

from __future__ import annotations

from typing import Final

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from voting.actors import NotFound
from voting.documents.session import papers as catalogue
from voting.documents.session.ballot_paper import Size
from voting.documents.session.facts import facts_of_session
from voting.documents.session.papers import Wish
from voting.screening.papers import MEDIA_TYPES
from web.access import Visit
from web.forms import Form
from web.pages.session_papers.listing import settings_of

TYPES: Final = {
    "pdf": MEDIA_TYPES[".pdf"],
    "docx": MEDIA_TYPES[".docx"],
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
_SIZES: Final[dict[str, Size]] = {"a4": "a4", "a3": "a3"}


@get("/sessions/{session_id:str}/papers/{paper:str}/{form_name:str}", sync_to_thread=True)
def session_paper(
    visit: NamedDependency[Visit],
    session_id: FromPath[str],
    paper: FromPath[str],
    form_name: FromPath[str],
) -> Response[bytes]:
    """`/papers/script/docx`: 主持词 as .docx."""
    facts = facts_of_session(visit.house.store, visit.actor, session_id, visit.now)
    name, body = catalogue.made_for_session(facts, paper, form_name, visit.now)
    return visit.download(body, TYPES[form_name], f"{name}.{form_name}")


@get("/rounds/{round_id:str}/papers/{paper:str}/{form_name:str}", sync_to_thread=True)
def round_paper(
    visit: NamedDependency[Visit],
    round_id: FromPath[str],
    paper: FromPath[str],
    form_name: FromPath[str],
    form: NamedDependency[Form],
) -> Response[bytes]:
    """`/papers/ballot/pdf?size=a3&delegation=…`: the 表决票 on A3 in a delegation's colour."""
    asked = visit.round(round_id)
    facts = facts_of_session(visit.house.store, visit.actor, asked.session, visit.now)
    of = facts.of(asked.id)
    if of is None:
        raise NotFound
    wish = Wish(
        settings=settings_of(visit),
        size=_SIZES.get(form.typed("size"), "a4"),
        delegation=form.typed("delegation"),
    )
    name, body = catalogue.made_for_round(facts, of, paper, form_name, wish, visit.now)
    return visit.download(body, TYPES[form_name], f"{name}.{form_name}")
