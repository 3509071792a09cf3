"""`/…/sessions/{id}/archive`: 会议档案 for the archive office."""

from __future__ import annotations

from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath

from voting import congress_settings
from voting.actors import NotYet
from voting.documents.session.facts import facts_of_session
from voting.duties import demand
from voting.keeping import session_archive
from voting.keeping.handover import ArchiveSettings
from voting.publishing import has_archive
from web.access import Visit
from web.forms import Form
from web.verifier import verify_pyz

ZIP: Final = "application/zip"


@get("/sessions/{session_id:str}/archive", sync_to_thread=True)
def session_archive_page(visit: NamedDependency[Visit], session_id: FromPath[str]) -> Response[str]:
    """What will be in it, and what is still missing."""
    demand(visit.actor, "keep_records")
    with visit.house.store.read() as tx:
        known = tx.settings.get(visit.actor.congress, ArchiveSettings)
    return _page(visit, session_id, Form.prefilled(fonds=known.fonds, office=known.office))


@post("/sessions/{session_id:str}/archive", sync_to_thread=True)
def archive_file(
    visit: NamedDependency[Visit], session_id: FromPath[str], form: NamedDependency[Form]
) -> Response[bytes] | Response[str]:
    """The ZIP; the numbers of the archive office are kept for the next time."""
    demand(visit.actor, "keep_records")
    visit.session(session_id)
    numbers = ArchiveSettings(fonds=_code(form, "fonds", "全宗号"), office=_code(form, "office", "机构代码"))
    if form.faults:
        return _page(visit, session_id, form, 422)
    congress_settings.change(visit.house.store, visit.actor, numbers, visit.now)
    made = session_archive.make(
        visit.house.store, visit.actor, session_id, visit.house.signer, verify_pyz(), visit.now
    )
    return visit.download(made.body, ZIP, f"{made.title}会议档案.zip")


def _code(form: Form, name: str, label: str) -> str:
    """Letters, digits, 汉字; may be empty."""
    typed = form.typed(name).strip()
    if typed and not (typed.isalnum() and len(typed) <= 12):
        form.fault(name, f"{label}只能是字母、数字或者汉字，最多12个。")
    return typed


def _page(visit: Visit, session_id: str, form: Form, status: int = 200) -> Response[str]:
    facts = facts_of_session(visit.house.store, visit.actor, session_id, visit.now)
    try:
        session_archive.refuse_early(facts)
        early = ""
    except NotYet as error:
        early = error.sentence
    with visit.house.store.read() as tx:
        sealed = [
            one.title
            for one in facts.rounds
            if one.round.method == "electronic" and not has_archive(tx, one.round)
        ]
    return visit.page(
        "keeping/archive.html", status, session=facts.session, form=form, early=early, sealed=sealed
    )
