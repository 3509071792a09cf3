"""撤回: what should not have been entered at all, as long as it is not in public; it is said for ever."""

from __future__ import annotations

from datetime import datetime

from voting.actors import Actor
from voting.duties import demand
from voting.store import Store, Transaction
from voting.supervising.correcting import demand_own, keep, note
from voting.supervising.corrections import demand_standing, demand_unreleased, reason_for
from voting.supervising.ordering import demand_staff
from voting.supervising.orders import Order, demand_state
from voting.supervising.refusals import SupervisionInput, SupervisionStep
from voting.supervising.telling import tell_unit_of_correction
from voting.supervising.visits import filled


def withdraw_visit(
    store: Store, actor: Actor, project_id: str, visit_id: str, reason: str, now: datetime
) -> None:
    """By the deputy who entered it, or by staff. Raises SupervisionInput, SupervisionStep, TextError,
    NotFound, Forbidden.
    """
    demand(actor, "visit")
    why = reason_for(reason, "withdrawal")
    with store.write() as tx:
        project = tx.projects.lock(actor, project_id)
        visit = tx.visits.get(project, visit_id)
        demand_own(actor, visit)
        if visit.withdrawn_at is not None:
            return
        demand_unreleased(visit.released_at)
        if any(one.visit == visit.id for one in tx.visits.replies(actor, project)):
            raise SupervisionStep("这次视察的意见已经有答复，不能撤回。写错的请更正。")
        tx.visits.change(visit, withdrawn_at=now)
        keep(tx, actor, "withdraw_visit", "visit", note(actor, visit, (), why, now))


def take_down_visit_photo(
    store: Store,
    actor: Actor,
    project_id: str,
    visit_id: str,
    picture_id: str,
    reason: str,
    now: datetime,
) -> None:
    """One wrong photo, by whoever may correct the visit: the public reads that there was one and why it is
    gone. Once is enough. Raises SupervisionInput, SupervisionStep, TextError, NotFound, Forbidden.
    """
    demand(actor, "visit")
    why = filled(reason, "撤下的原因")
    with store.write() as tx:
        project = tx.projects.lock(actor, project_id)
        visit = tx.visits.get(project, visit_id)
        demand_own(actor, visit)
        demand_standing(visit.withdrawn_at)
        if any(one.picture.id == picture_id for one in tx.project_files.taken_down(project)):
            return
        mine = (one for one in tx.project_files.pictures(actor, project) if one.of == visit.id)
        wrong = next((one for one in mine if one.id == picture_id), None)
        if wrong is None:
            raise SupervisionInput("请选择要撤下的照片。")
        tx.project_files.take_down(wrong, by=actor.name, reason=why, at=now)
        after = {"number": wrong.place, "reason": why}
        tx.audit.add(actor, "take_down_visit_photo", now, "visit", visit.id, after=after)


def withdraw_conference(
    store: Store, actor: Actor, project_id: str, conference_id: str, reason: str, now: datetime
) -> None:
    """Raises SupervisionInput, SupervisionStep, TextError, NotFound, Forbidden."""
    demand(actor, "confer")
    why = reason_for(reason, "withdrawal")
    with store.write() as tx:
        project = tx.projects.lock(actor, project_id)
        conference = tx.conferences.get(project, conference_id)
        if conference.withdrawn_at is not None:
            return
        demand_unreleased(conference.released_at)
        tx.conferences.change(conference, withdrawn_at=now)
        keep(tx, actor, "withdraw_conference", "conference", note(actor, conference, (), why, now))


def withdraw_order(
    store: Store, actor: Actor, project_id: str, order_id: str, reason: str, now: datetime
) -> Order:
    """Before the unit has answered; it is told. The 编号 is free again, for the order that was meant.

    Raises SupervisionInput, SupervisionStep, TextError, NotFound, Forbidden.
    """
    demand_staff(actor)
    why = reason_for(reason, "withdrawal")
    with store.write() as tx:
        tx.projects.alone(actor.congress)  # numbers are told apart over all projects
        project = tx.projects.lock(actor, project_id)
        order = tx.orders.get(actor, project, order_id)
        if order.state == "withdrawn":
            return order
        demand_state(order, "issued")
        demand_unreleased(order.released_at)
        kept = tx.orders.change(order, state="withdrawn", number=_spent(tx, order))
        keep(tx, actor, "withdraw_order", "supervision_order", note(actor, order, (), why, now))
        tell_unit_of_correction(tx, project, order, 0, "已经撤回，不用答复", now)
        return kept


def _spent(tx: Transaction, order: Order) -> str:
    """The number with a mark that no other order has."""
    number, turn = f"{order.number}（已撤回）", 1
    while tx.orders.is_numbered(order.congress, number):
        turn += 1
        number = f"{order.number}（已撤回{turn}）"
    return number
