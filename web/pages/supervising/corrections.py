"""`…/correct` and `…/withdraw`: a visit, a 督办单 or a 会商 that was entered wrongly is put right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.actors import NotFound
from voting.delivering.projects import Project
from voting.duties import demand
from voting.supervising import correcting, withdrawing
from voting.supervising.conferences import Agreed, Conference
from voting.supervising.correcting import Corrected, OrderWords, demand_own
from voting.supervising.orders import Order
from voting.supervising.overviews import (
    ConferenceShown,
    OrderShown,
    VisitShown,
    supervision_of,
)
from voting.supervising.visits import Seen
from voting.supervising.visits import Visit as Seeing
from web.access import Visit
from web.forms import Form
from web.pages.delivering.frame import frame
from web.pages.supervising.attempt import attempt
from web.pages.supervising.conferences import ROWS, commitments, filled_rows

Page = Response[str] | Redirect
Record = Seeing | Order | Conference
Shown = TypeVar("Shown", VisitShown, OrderShown, ConferenceShown)


@get("/projects/{project_id:str}/visits/{visit_id:str}/correct", sync_to_thread=True)
def visit_form(
    visit: NamedDependency[Visit], project_id: FromPath[str], visit_id: FromPath[str]
) -> Response[str]:
    """As it stands."""
    demand(visit.actor, "visit")
    return _visit_page(visit, project_id, visit_id, Form())


@post("/projects/{project_id:str}/visits/{visit_id:str}/correct", sync_to_thread=True)
def correct_visit(
    visit: NamedDependency[Visit],
    form: NamedDependency[Form],
    project_id: FromPath[str],
    visit_id: FromPath[str],
) -> Page:
    """By the deputy who entered it, or by staff."""
    demand(visit.actor, "visit")
    entered = Seen(
        day=form.day("day", "视察日期"),
        who=form.line("who", "视察人员"),
        seen=_filled(form, "seen", "看到的情况"),
        opinion=form.prose("opinion", "意见建议"),
    )
    store, of = visit.house.store, _corrected(form)
    status = attempt(
        form,
        "reason",
        lambda: correcting.correct_visit(store, visit.actor, project_id, visit_id, entered, of, visit.now),
    )
    if status is not None:
        return _visit_page(visit, project_id, visit_id, form, status)
    return visit.go(f"/projects/{project_id}/visits/{visit_id}")


@post("/projects/{project_id:str}/visits/{visit_id:str}/withdraw", sync_to_thread=True)
def withdraw_visit(
    visit: NamedDependency[Visit],
    form: NamedDependency[Form],
    project_id: FromPath[str],
    visit_id: FromPath[str],
) -> Page:
    """It should not have been entered."""
    demand(visit.actor, "visit")
    store = visit.house.store
    status = _withdraw(
        form,
        lambda why: withdrawing.withdraw_visit(store, visit.actor, project_id, visit_id, why, visit.now),
    )
    if status is not None:
        return _visit_page(visit, project_id, visit_id, form, status)
    return visit.go(f"/projects/{project_id}/supervision")


@get("/projects/{project_id:str}/orders/{order_id:str}/correct", sync_to_thread=True)
def order_form(
    visit: NamedDependency[Visit], project_id: FromPath[str], order_id: FromPath[str]
) -> Response[str]:
    """As it stands."""
    demand(visit.actor, "order")
    return _order_page(visit, project_id, order_id, Form())


@post("/projects/{project_id:str}/orders/{order_id:str}/correct", sync_to_thread=True)
def correct_order(
    visit: NamedDependency[Visit],
    form: NamedDependency[Form],
    project_id: FromPath[str],
    order_id: FromPath[str],
) -> Page:
    """The unit is told."""
    demand(visit.actor, "order")
    words = OrderWords(
        number=form.line("number", "编号"),
        decision=form.line("decision", "决定"),
        day=form.day("day", "发出日期"),
        matter=_filled(form, "matter", "督办事项"),
        demand=_filled(form, "demand", "办理要求"),
    )
    store, of = visit.house.store, _corrected(form)
    status = attempt(
        form,
        "reason",
        lambda: correcting.correct_order(store, visit.actor, project_id, order_id, words, of, visit.now),
    )
    if status is not None:
        return _order_page(visit, project_id, order_id, form, status)
    return visit.go(f"/projects/{project_id}/orders/{order_id}")


@post("/projects/{project_id:str}/orders/{order_id:str}/withdraw", sync_to_thread=True)
def withdraw_order(
    visit: NamedDependency[Visit],
    form: NamedDependency[Form],
    project_id: FromPath[str],
    order_id: FromPath[str],
) -> Page:
    """Before the unit has answered."""
    demand(visit.actor, "order")
    store = visit.house.store
    status = _withdraw(
        form,
        lambda why: withdrawing.withdraw_order(store, visit.actor, project_id, order_id, why, visit.now),
    )
    if status is not None:
        return _order_page(visit, project_id, order_id, form, status)
    return visit.go(f"/projects/{project_id}/orders/{order_id}")


@get("/projects/{project_id:str}/conferences/{conference_id:str}/correct", sync_to_thread=True)
def conference_form(
    visit: NamedDependency[Visit], project_id: FromPath[str], conference_id: FromPath[str]
) -> Response[str]:
    """As it stands."""
    demand(visit.actor, "confer")
    return _conference_page(visit, project_id, conference_id, Form())


@post("/projects/{project_id:str}/conferences/{conference_id:str}/correct", sync_to_thread=True)
def correct_conference(
    visit: NamedDependency[Visit],
    form: NamedDependency[Form],
    project_id: FromPath[str],
    conference_id: FromPath[str],
) -> Page:
    """With what was agreed."""
    demand(visit.actor, "confer")
    rows = filled_rows(form)
    agreed = Agreed(
        day=form.day("day", "会商日期"),
        subject=form.line("subject", "会商事项"),
        participants=_filled(form, "participants", "参加人员"),
        agreed=_filled(form, "agreed", "议定意见"),
        commitments=commitments(form),
    )
    store, of = visit.house.store, _corrected(form)
    status = attempt(
        form,
        "reason",
        lambda: correcting.correct_conference(
            store, visit.actor, project_id, conference_id, (agreed, rows), of, visit.now
        ),
    )
    if status is not None:
        return _conference_page(visit, project_id, conference_id, form, status)
    return visit.go(f"/projects/{project_id}/supervision#talks")


@post("/projects/{project_id:str}/conferences/{conference_id:str}/withdraw", sync_to_thread=True)
def withdraw_conference(
    visit: NamedDependency[Visit],
    form: NamedDependency[Form],
    project_id: FromPath[str],
    conference_id: FromPath[str],
) -> Page:
    """It should not have been recorded."""
    demand(visit.actor, "confer")
    store = visit.house.store
    status = _withdraw(
        form,
        lambda why: withdrawing.withdraw_conference(
            store, visit.actor, project_id, conference_id, why, visit.now
        ),
    )
    if status is not None:
        return _conference_page(visit, project_id, conference_id, form, status)
    return visit.go(f"/projects/{project_id}/supervision#talks")


def _corrected(form: Form) -> Corrected:
    return Corrected(reason=form.typed("reason"), known=form.whole("known") or 0)


def _withdraw(form: Form, step: Callable[[str], object]) -> int | None:
    return attempt(form, "why", lambda: step(form.typed("why")))


def _filled(form: Form, name: str, label: str) -> str:
    text = form.prose(name, label)
    if not text and name not in form.faults:
        form.fault(name, f"没有填写“{label}”。请填写后重试。")
    return text


def _visit_page(visit: Visit, project_id: str, visit_id: str, form: Form, status: int = 200) -> Response[str]:
    with visit.house.store.read() as tx:
        project = tx.projects.get(visit.actor, project_id)
        found = supervision_of(tx, visit.actor, project)
    one = _one(found.visits, lambda shown: shown.visit.id == visit_id)
    demand_own(visit.actor, one.visit)
    may_withdraw = one.visit.released_at is None and not one.replies
    return _page(visit, project, "visit", one, one.visit, form, status, may_withdraw=may_withdraw)


def _order_page(visit: Visit, project_id: str, order_id: str, form: Form, status: int = 200) -> Response[str]:
    with visit.house.store.read() as tx:
        project = tx.projects.get(visit.actor, project_id)
        found = supervision_of(tx, visit.actor, project)
    one = _one(found.orders, lambda shown: shown.order.id == order_id)
    may_withdraw = one.order.state == "issued" and one.order.released_at is None
    return _page(visit, project, "order", one, one.order, form, status, may_withdraw=may_withdraw)


def _conference_page(
    visit: Visit, project_id: str, conference_id: str, form: Form, status: int = 200
) -> Response[str]:
    with visit.house.store.read() as tx:
        project = tx.projects.get(visit.actor, project_id)
        found = supervision_of(tx, visit.actor, project)
    one = _one(found.conferences, lambda shown: shown.conference.id == conference_id)
    if "subject" not in form.values:
        form = form.with_values(
            {
                f"{name}_{task.place}": words
                for task in one.commitments
                for name, words in (("who", task.who), ("what", task.what), ("due", task.due.isoformat()))
            }
        )
    may_withdraw = one.conference.released_at is None
    return _page(visit, project, "conference", one, one.conference, form, status, may_withdraw=may_withdraw)


def _one(found: Sequence[Shown], is_it: Callable[[Shown], bool]) -> Shown:
    """Raises NotFound; what was withdrawn is not there to be corrected."""
    for one in found:
        if is_it(one):
            return one
    raise NotFound


def _page(  # noqa: PLR0913 - one argument for each thing that the page shows
    visit: Visit,
    project: Project,
    kind: str,
    shown: VisitShown | OrderShown | ConferenceShown,
    old: Record,
    form: Form,
    status: int,
    *,
    may_withdraw: bool,
) -> Response[str]:
    return visit.page(
        f"supervising/correct_{kind}.html",
        status,
        form=form,
        old=old,
        record=f"{kind}s/{old.id}",
        known=len(shown.corrections),
        corrections=shown.corrections,
        may_withdraw=may_withdraw,
        rows=ROWS,
        **frame(visit, project, "/supervision"),
    )
