"""`…/projects/{id}/changes…`: a change is asked for, decided with its paper, told to the 大会."""

from __future__ import annotations

from typing import Any, Final

from litestar import Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath
from litestar.response import Redirect

from voting.actors import NotFound
from voting.days import today
from voting.duties import demand, may
from voting.rounds import Level
from voting.store import Transaction
from voting.supervising import changing
from voting.supervising.changes import (
    BODY_NAMES,
    KIND_NAMES,
    STATE_NAMES,
    ChangeBody,
    Kind,
    demand_changeable,
    terms_now,
)
from voting.supervising.orders import SupervisionSettings
from voting.supervising.overviews import changes_of
from voting.supervising.refusals import SupervisionStep
from web.access import Visit
from web.forms import Form
from web.pages.collecting.uploads import MOST_REQUEST_BYTES, PhotoForm, answered, read_photo_form
from web.pages.delivering.frame import frame
from web.pages.supervising.attempt import attempt, document_of, key_of
from web.pages.supervising.term_fields import ROWS, filled_in, read_terms

Page = Response[str] | Redirect
_KINDS: Final[tuple[Kind, ...]] = tuple(KIND_NAMES)
_BODIES: Final[tuple[ChangeBody, ...]] = tuple(BODY_NAMES)


@get("/projects/{project_id:str}/changes", sync_to_thread=True)
def changes(visit: NamedDependency[Visit], project_id: FromPath[str]) -> Response[str]:
    """The tab: all of them, old and new."""
    with visit.house.store.read() as tx:
        project = tx.projects.get(visit.actor, project_id)
        shown = changes_of(tx, visit.actor, project)
        decides = _who_decides(tx, project.congress)
    return visit.page(
        "supervising/changes.html",
        shown=shown,
        decides=decides,
        kinds=KIND_NAMES,
        change_states=STATE_NAMES,
        bodies=BODY_NAMES,
        offered=_offered(project) if may(visit.actor, "ask_change") else {},
        may={"ask": may(visit.actor, "ask_change"), "decide": may(visit.actor, "decide_change")},
        **frame(visit, project, "/changes"),
    )


@get("/projects/{project_id:str}/changes/new", sync_to_thread=True)
def new_change(
    visit: NamedDependency[Visit], form: NamedDependency[Form], project_id: FromPath[str]
) -> Response[str]:
    """The form for `?kind=time`, with what the project says now."""
    demand(visit.actor, "ask_change")
    kind = form.choice("kind", "调整什么", _KINDS)
    with visit.house.store.read() as tx:
        project = tx.projects.get(visit.actor, project_id)
        steps = tx.projects.milestones([project]).get(project.id, ())
    demand_changeable(project, kind)
    return _form(visit, project_id, filled_in(kind, terms_now(kind, project, steps)))


@post("/projects/{project_id:str}/changes/new", sync_to_thread=True)
def ask_change(visit: NamedDependency[Visit], form: NamedDependency[Form], project_id: FromPath[str]) -> Page:
    """提出."""
    demand(visit.actor, "ask_change")
    kind = form.choice("kind", "调整什么", _KINDS)
    if not form.typed("reason").strip():
        form.fault("reason", "没有填写“调整理由”。请填写后重试。")
    with visit.house.store.read() as tx:
        project = tx.projects.get(visit.actor, project_id)
        steps = tx.projects.milestones([project]).get(project.id, ())
    asked = changing.Asked(
        kind=kind, reason=form.typed("reason"), after=read_terms(form, kind, terms_now(kind, project, steps))
    )
    store, key = visit.house.store, key_of(visit, form)
    status = attempt(
        form, "reason", lambda: changing.ask(store, visit.actor, project_id, key, asked, visit.now)
    )
    if status is not None:
        return _form(visit, project_id, form, status)
    return visit.go(f"/projects/{project_id}/changes")


@get("/projects/{project_id:str}/changes/{change_id:str}", sync_to_thread=True)
def one_change(
    visit: NamedDependency[Visit], project_id: FromPath[str], change_id: FromPath[str]
) -> Response[str]:
    """One, with the form of what is next."""
    return _one(visit, project_id, change_id, Form.prefilled(day=today(visit.now).isoformat()))


@post("/projects/{project_id:str}/changes/{change_id:str}/withdraw", sync_to_thread=True)
def withdraw_change(
    visit: NamedDependency[Visit], project_id: FromPath[str], change_id: FromPath[str]
) -> Redirect:
    """撤回."""
    changing.withdraw(visit.house.store, visit.actor, project_id, change_id, visit.now)
    return visit.go(f"/projects/{project_id}/changes")


@post(
    "/projects/{project_id:str}/changes/{change_id:str}/decide",
    request_max_body_size=MOST_REQUEST_BYTES,
    dependencies={"sent": Provide(read_photo_form)},
)
async def decide_change(
    visit: NamedDependency[Visit],
    sent: NamedDependency[PhotoForm],
    project_id: FromPath[str],
    change_id: FromPath[str],
) -> Page:
    """What the body decided, with its paper."""
    return await answered(visit.house, sent, lambda: _decide(visit, sent.form, project_id, change_id))


@post("/projects/{project_id:str}/changes/{change_id:str}/told", sync_to_thread=True)
def tell_congress(
    visit: NamedDependency[Visit],
    form: NamedDependency[Form],
    project_id: FromPath[str],
    change_id: FromPath[str],
) -> Page:
    """The next 大会 has heard of it."""
    session, day = form.line("session", "大会会议"), form.day("day", "报告日期")
    store = visit.house.store
    status = attempt(
        form,
        "day",
        lambda: changing.tell_congress(store, visit.actor, project_id, change_id, session, day, visit.now),
    )
    if status is not None:
        return _one(visit, project_id, change_id, form, status)
    return visit.go(f"/projects/{project_id}/changes")


def _decide(visit: Visit, form: Form, project_id: str, change_id: str) -> Page:
    demand(visit.actor, "decide_change")
    approved = form.choice("verdict", "决定", ("approved", "refused")) == "approved"
    body = form.choice("body", "决定机关", _BODIES)
    decided = changing.Decided(
        approved=approved,
        body=body,
        day=form.day("day", "决定日期"),
        number=form.line("number", "决定的编号或者名称"),
        session=form.line("session", "大会会议") if body == "congress" else "",
        note=form.typed("note"),
        document=document_of(form),
        public=form.typed("public") == "yes",
    )
    if approved and decided.document is None:
        form.fault("document", "没有附决定文件，调整不能生效。请上传决定（PDF 或者 .docx）。")
    if not approved and not decided.note.strip():
        form.fault("note", "没有填写“未批准的理由”。请填写后重试。")
    store = visit.house.store
    status = attempt(
        form,
        "body",
        lambda: changing.decide(store, visit.actor, project_id, change_id, decided, visit.now),
    )
    if status is not None:
        return _one(visit, project_id, change_id, form, status)
    return visit.go(f"/projects/{project_id}/changes")


def _form(visit: Visit, project_id: str, form: Form, status: int = 200) -> Response[str]:
    with visit.house.store.read() as tx:
        project = tx.projects.get(visit.actor, project_id)
        steps = tx.projects.milestones([project]).get(project.id, ())
    kind: Any = form.typed("kind")
    return visit.page(
        "supervising/change_form.html",
        status,
        form=form,
        key=key_of(visit, form),
        kind=kind if kind in KIND_NAMES else _KINDS[0],
        kinds=KIND_NAMES,
        steps=steps,
        rows=ROWS,
        **frame(visit, project, "/changes"),
    )


def _one(visit: Visit, project_id: str, change_id: str, form: Form, status: int = 200) -> Response[str]:
    with visit.house.store.read() as tx:
        project = tx.projects.get(visit.actor, project_id)
        found = [one for one in changes_of(tx, visit.actor, project) if one.change.id == change_id]
        decides = _who_decides(tx, project.congress)
    if not found:
        raise NotFound
    change = found[0].change
    decide = may(visit.actor, "decide_change")
    return visit.page(
        "supervising/change.html",
        status,
        form=form,
        one=found[0],
        decides=decides,
        kinds=KIND_NAMES,
        change_states=STATE_NAMES,
        bodies=BODY_NAMES,
        usual=decides,
        may={
            "decide": decide and change.state == "asked",
            "withdraw": may(visit.actor, "ask_change") and change.state == "asked",
            "tell": decide and change.must_be_told,
        },
        **frame(visit, project, "/changes"),
    )


def _who_decides(tx: Transaction, congress: str) -> ChangeBody:
    """Whose decision changes a project here."""
    level: Level = tx.sessions.congress(congress).level
    settings = tx.settings.get(congress, SupervisionSettings)
    return "congress" if level == "town" or settings.congress_decides else "committee"


def _offered(project: Any) -> dict[Kind, str]:
    """What may be asked for now."""
    found: dict[Kind, str] = {}
    for kind, words in KIND_NAMES.items():
        try:
            demand_changeable(project, kind)
        except SupervisionStep:
            continue
        found[kind] = words
    return found
