"""`…/projects/{id}/orders…`: 督办单 is recorded, answered, judged, printed."""

from __future__ import annotations

from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.actors import Actor
from voting.days import today
from voting.delivering.projects import Project
from voting.documents import official, supervision
from voting.duties import demand, may
from voting.handling.lights import light
from voting.reporting.issuing import addressees
from voting.screening.papers import MEDIA_TYPES
from voting.store import Transaction
from voting.supervising import ordering
from voting.supervising.orders import (
    BODIES,
    BODY_NAMES,
    STATE_NAMES,
    VERDICT_NAMES,
    Order,
    SupervisionSettings,
    Verdict,
)
from voting.supervising.overviews import OrderShown, show_order
from web.access import Visit
from web.forms import Form
from web.pages.delivering.frame import frame
from web.pages.supervising.attempt import attempt, key_of

Page = Response[str] | Redirect
_VERDICTS: Final[tuple[Verdict, ...]] = tuple(VERDICT_NAMES)


@get("/projects/{project_id:str}/orders/new", sync_to_thread=True)
def new_order(visit: NamedDependency[Visit], project_id: FromPath[str]) -> Response[str]:
    """The form."""
    return _form(visit, project_id, Form.prefilled(day=today(visit.now).isoformat()))


@post("/projects/{project_id:str}/orders/new", sync_to_thread=True)
def issue_order(
    visit: NamedDependency[Visit], form: NamedDependency[Form], project_id: FromPath[str]
) -> Page:
    """Record it, as the body decided it."""
    wanted = ordering.Wanted(
        body=form.typed("body"),
        number=form.line("number", "编号"),
        decision=form.line("decision", "决定"),
        day=form.day("day", "发出日期"),
        unit=form.typed("unit"),
        matter=form.filled("matter", "督办事项"),
        demand=form.filled("demand", "办理要求"),
    )
    if not wanted.unit:
        form.fault("unit", "请选择收到督办单的单位。")
    store, key = visit.house.store, key_of(visit, form)
    status = attempt(
        form, "body", lambda: ordering.issue(store, visit.actor, project_id, key, wanted, visit.now)
    )
    if status is not None:
        return _form(visit, project_id, form, status)
    return visit.go(f"/projects/{project_id}/orders/{key}")


@get("/projects/{project_id:str}/orders/{order_id:str}", sync_to_thread=True)
def one_order(
    visit: NamedDependency[Visit], project_id: FromPath[str], order_id: FromPath[str]
) -> Response[str]:
    """One, with its answers and what is next."""
    return _one(visit, project_id, order_id, Form())


@post("/projects/{project_id:str}/orders/{order_id:str}/answer", sync_to_thread=True)
def answer_order(
    visit: NamedDependency[Visit],
    form: NamedDependency[Form],
    project_id: FromPath[str],
    order_id: FromPath[str],
) -> Page:
    """Of the unit."""
    text, store = form.typed("answer"), visit.house.store
    status = attempt(
        form,
        "answer",
        lambda: ordering.answer(store, visit.actor, project_id, order_id, text, visit.now),
    )
    if status is not None:
        return _one(visit, project_id, order_id, form, status)
    return visit.go(f"/projects/{project_id}/orders/{order_id}")


@post("/projects/{project_id:str}/orders/{order_id:str}/judge", sync_to_thread=True)
def judge_order(
    visit: NamedDependency[Visit],
    form: NamedDependency[Form],
    project_id: FromPath[str],
    order_id: FromPath[str],
) -> Page:
    """Accept or return the newest answer."""
    verdict = form.choice("verdict", "审核意见", _VERDICTS)
    turn, reason = form.whole("turn") or 0, form.typed("reason")
    store = visit.house.store
    status = attempt(
        form,
        "reason",
        lambda: ordering.judge(store, visit.actor, project_id, order_id, turn, verdict, reason, visit.now),
    )
    if status is not None:
        return _one(visit, project_id, order_id, form, status)
    return visit.go(f"/projects/{project_id}/orders/{order_id}")


@post("/projects/{project_id:str}/orders/{order_id:str}/release", sync_to_thread=True)
def release_order(
    visit: NamedDependency[Visit], project_id: FromPath[str], order_id: FromPath[str]
) -> Redirect:
    """公开."""
    ordering.release(visit.house.store, visit.actor, project_id, order_id, visit.now)
    return visit.go(f"/projects/{project_id}/orders/{order_id}")


@get("/projects/{project_id:str}/orders/{order_id:str}/order.docx", sync_to_thread=True)
def docx(
    visit: NamedDependency[Visit], project_id: FromPath[str], order_id: FromPath[str]
) -> Response[bytes]:
    """For the body's own paper."""
    paper, name = _paper(visit, project_id, order_id)
    return visit.download(official.docx(paper, visit.now), MEDIA_TYPES[".docx"], f"{name}.docx")


@get("/projects/{project_id:str}/orders/{order_id:str}/order.pdf", sync_to_thread=True)
def pdf(visit: NamedDependency[Visit], project_id: FromPath[str], order_id: FromPath[str]) -> Response[bytes]:
    """For reading and printing."""
    paper, name = _paper(visit, project_id, order_id)
    return visit.download(official.pdf(paper, visit.now), MEDIA_TYPES[".pdf"], f"{name}.pdf")


def _paper(visit: Visit, project_id: str, order_id: str) -> tuple[official.Official, str]:
    """The paper, and its name."""
    with visit.house.store.read() as tx:
        project, shown = _fetched(tx, visit, project_id, order_id)
    return supervision.order(shown, project), f"督办单{shown.order.number}"


def _fetched(tx: Transaction, visit: Visit, project_id: str, order_id: str) -> tuple[Project, OrderShown]:
    project = tx.projects.get(visit.actor, project_id)
    return project, show_order(tx, visit.actor, project, tx.orders.get(visit.actor, project, order_id))


def _form(visit: Visit, project_id: str, form: Form, status: int = 200) -> Response[str]:
    demand(visit.actor, "order")
    with visit.house.store.read() as tx:
        project = tx.projects.get(visit.actor, project_id)
        congress = tx.sessions.congress(project.congress)
        names = {one.id: one.name for one in tx.units.all(project.congress)}
        units = [(one, names[one]) for one in addressees(tx, project)]
        rules = tx.settings.get(project.congress, SupervisionSettings)
    body = BODIES[congress.level]
    return visit.page(
        "supervising/order_form.html",
        status,
        form=form,
        key=key_of(visit, form),
        bodies={body: congress.name + BODY_NAMES[body]},
        body=body,
        units=units,
        span=rules.answer.words,
        **frame(visit, project, "/supervision"),
    )


def _one(visit: Visit, project_id: str, order_id: str, form: Form, status: int = 200) -> Response[str]:
    actor, day = visit.actor, today(visit.now)
    with visit.house.store.read() as tx:
        project, shown = _fetched(tx, visit, project_id, order_id)
        rules = tx.settings.get(project.congress, SupervisionSettings)
    order = shown.order
    return visit.page(
        "supervising/order.html",
        status,
        form=form,
        shown=shown,
        order=order,
        order_states=STATE_NAMES,
        verdicts=VERDICT_NAMES,
        light=light(order.due, day, rules.yellow) if order.waits else None,
        again=rules.again.words,
        may={
            "answer": order.waits and _may_answer(actor, order),
            "reword": order.state in {"answered", "returned", "accepted"} and _may_answer(actor, order),
            "judge": order.state == "answered" and may(actor, "order"),
            "correct": order.state not in {"ended", "withdrawn"} and may(actor, "order"),
            "release": order.state != "withdrawn"
            and may(actor, "release_supervision")
            and order.released_at is None,
        },
        **frame(visit, project, "/supervision"),
    )


def _may_answer(actor: Actor, order: Order) -> bool:
    """The unit it went to; for a unit without an account, 政府办 takes its answer down."""
    return actor.unit == order.unit if actor.role == "unit" else may(actor, "answer_supervision")
