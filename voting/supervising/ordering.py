"""督办单: recorded by staff as the body decided it, answered by the unit, accepted or returned."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from voting.actors import Actor, Forbidden
from voting.days import today
from voting.delivering.projects import Project, demand_state
from voting.duties import demand
from voting.handling.clocks import Calendar, Span, last_day
from voting.reporting.issuing import addressees
from voting.store import Store, Transaction
from voting.store.visible import is_id
from voting.supervising.orders import (
    Answer,
    Order,
    SupervisionSettings,
    Verdict,
    body_of,
)
from voting.supervising.orders import (
    demand_state as demand_order_state,
)
from voting.supervising.refusals import FormExpired, SupervisionInput, SupervisionStep
from voting.supervising.telling import tell_of_answer, tell_unit_of_order
from voting.supervising.visits import filled
from voting.text import clean_line, clean_prose


class Wanted(Struct, frozen=True, kw_only=True):
    """An order as it is entered: `body` in whose name, `decision` of that body, `unit` an id."""

    body: str
    number: str
    decision: str
    day: date
    unit: str
    matter: str
    demand: str


def issue(store: Store, actor: Actor, project_id: str, order_id: str, wanted: Wanted, now: datetime) -> Order:
    """`order_id` comes with the form: the same form sent twice is one order.

    Raises NotTheirs, SupervisionInput, FormExpired, TextError, ProjectStep, NotFound, Forbidden.
    """
    demand_staff(actor)
    if not is_id(order_id):
        raise FormExpired
    with store.write() as tx:
        tx.projects.alone(actor.congress)  # numbers are told apart over all projects
        project = tx.projects.lock(actor, project_id)
        made = next((one for one in tx.orders.of(actor, project) if one.id == order_id), None)
        if made is not None:
            return made
        demand_state(project, "handed", "planned", "finished")
        new = _checked(tx, project, order_id, wanted, actor, now)
        tx.orders.add(new)
        after = {"number": new.number, "decision": new.decision, "due": new.due.isoformat()}
        tx.audit.add(actor, "issue_order", now, "supervision_order", new.id, after=after)
        tell_unit_of_order(tx, project, new, 0, now)
        return new


def answer(store: Store, actor: Actor, project_id: str, order_id: str, text: str, now: datetime) -> Answer:
    """Of the unit it went to, or taken down for it by 政府办. The same words twice are one answer.

    Raises SupervisionStep, SupervisionInput, TextError, NotFound, Forbidden.
    """
    demand(actor, "answer_supervision")
    words = filled(text, "办理情况")
    with store.write() as tx:
        project = tx.projects.lock(actor, project_id)
        order = tx.orders.get(actor, project, order_id)
        demand_addressed(actor, order)
        answers = tx.orders.answers([order])
        if order.state == "answered" and answers[-1].text == words:
            return answers[-1]
        demand_order_state(order, "issued", "returned")
        new = Answer(
            congress=order.congress,
            order=order.id,
            turn=len(answers) + 1,
            due=order.due,
            text=words,
            by=actor.name if actor.role == "unit" else f"{actor.name}（代单位登记）",
            at=now,
        )
        tx.orders.add_answer(new)
        tx.orders.change(order, state="answered")
        states = ({"state": order.state}, {"state": "answered", "answer": words})
        tx.audit.add(
            actor, "answer_order", now, "supervision_order", order.id, before=states[0], after=states[1]
        )
        tell_of_answer(tx, project, order, new.turn, now)
        return new


def judge(  # noqa: PLR0913, PLR0917 - one argument for each field of the form
    store: Store,
    actor: Actor,
    project_id: str,
    order_id: str,
    turn: int,
    verdict: Verdict,
    reason: str,
    now: datetime,
) -> Order:
    """Accept the answer of this turn, or return it with a reason: then the shorter clock runs.

    Raises SupervisionStep, SupervisionInput, TextError, NotFound, Forbidden.
    """
    demand_staff(actor)
    words = filled(reason, "退回理由") if verdict == "returned" else clean_prose(reason, "审核意见")
    with store.write() as tx:
        project = tx.projects.lock(actor, project_id)
        order = tx.orders.get(actor, project, order_id)
        found = next((one for one in tx.orders.answers([order]) if one.turn == turn), None)
        if found is None:
            raise SupervisionStep("没有要审核的答复。请刷新页面查看。")
        if (found.verdict, found.reason) == (verdict, words):
            return order
        if found.verdict is not None or order.state != "answered":
            raise SupervisionStep("这次答复已经审核过了。请刷新页面查看。")
        tx.orders.change_answer(found, verdict=verdict, reason=words, judged_by=actor.name, judged_at=now)
        due = _again(tx, order.congress, today(now)) if verdict == "returned" else order.due
        before = {"state": order.state, "due": order.due.isoformat()}
        after = {"state": verdict, "due": due.isoformat(), "reason": words}
        tx.audit.add(actor, "judge_order", now, "supervision_order", order.id, before=before, after=after)
        judged = tx.orders.change(order, state=verdict, due=due)
        if verdict == "returned":
            tell_unit_of_order(tx, project, judged, turn, now)
        return judged


def release(store: Store, actor: Actor, project_id: str, order_id: str, now: datetime) -> Order:
    """公开, with its answers. Raises SupervisionStep, NotFound, Forbidden."""
    demand(actor, "release_supervision")
    with store.write() as tx:
        project = tx.projects.lock(actor, project_id)
        order = tx.orders.get(actor, project, order_id)
        if order.released_at is not None:
            return order
        demand_order_state(order, "issued", "answered", "returned", "accepted", "ended")
        tx.audit.add(
            actor, "release_order", now, "supervision_order", order.id, after={"number": order.number}
        )
        return tx.orders.change(order, released_at=now)


def last_day_of(tx: Transaction, congress: str, start: date) -> date:
    """Until when a unit has to answer an order of this day."""
    return _due(tx, congress, start, tx.settings.get(congress, SupervisionSettings).answer)


def check_words(
    tx: Transaction, congress: str, typed: str, day: date, now: datetime, *, but: str = ""
) -> str:
    """The 编号 as it may be kept; `but` is the one that the order has already.

    Raises SupervisionInput, TextError.
    """
    number = clean_line(typed, "编号")
    if number != but and tx.orders.is_numbered(congress, number):
        raise SupervisionInput(f"编号“{number}”已经用过。请换一个编号。")
    if day > today(now):
        raise SupervisionInput("督办单的日期在今天以后。请填写作出决定以后发出的日期。")
    return number


def demand_addressed(actor: Actor, order: Order) -> None:
    """Raises Forbidden for a unit that has not received it."""
    if actor.role == "unit" and actor.unit != order.unit:
        raise Forbidden("督办单由收到它的单位答复。")


def demand_staff(actor: Actor) -> None:
    """Raises Forbidden, with what others may do instead."""
    try:
        demand(actor, "order")
    except Forbidden:
        raise Forbidden(
            "督办单只能以县人大常委会（乡镇为人大主席团）的名义发出，由人大工作人员登记。"
            "代表和监督小组可以提出视察意见。"
        ) from None


def _checked(
    tx: Transaction, project: Project, order_id: str, wanted: Wanted, actor: Actor, now: datetime
) -> Order:
    body = body_of(tx.sessions.congress(project.congress).level, wanted.body)
    number = check_words(tx, project.congress, wanted.number, wanted.day, now)
    if wanted.unit not in addressees(tx, project):
        raise SupervisionInput("请选择本项目的责任单位或者配合单位。")
    return Order(
        id=order_id,
        congress=project.congress,
        project=project.id,
        number=number,
        body=body,
        decision=clean_line(wanted.decision, "决定"),
        day=wanted.day,
        unit=wanted.unit,
        matter=filled(wanted.matter, "督办事项"),
        demand=filled(wanted.demand, "办理要求"),
        due=last_day_of(tx, project.congress, wanted.day),
        state="issued",
        by=actor.name,
        at=now,
    )


def _again(tx: Transaction, congress: str, start: date) -> date:
    return _due(tx, congress, start, tx.settings.get(congress, SupervisionSettings).again)


def _due(tx: Transaction, congress: str, start: date, span: Span) -> date:
    return last_day(Calendar.of(tx.handlings.workdays(congress)), start, span)
