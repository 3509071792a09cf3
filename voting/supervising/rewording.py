"""更正 of what a unit said: its answer to a 督办单, its answer to an opinion; noted with what it answered."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import replace

from voting.actors import Actor, Forbidden, NotFound
from voting.duties import demand
from voting.store import Store
from voting.supervising.correcting import Corrected, keep, note, reason_after
from voting.supervising.corrections import demand_standing
from voting.supervising.ordering import demand_addressed
from voting.supervising.orders import Answer, demand_state
from voting.supervising.telling import tell_of_reworded_answer, tell_of_reworded_reply
from voting.supervising.visits import Reply, Visit, filled


def correct_answer(
    store: Store, actor: Actor, project_id: str, order_id: str, text: str, of: Corrected, now: datetime
) -> Answer:
    """The newest answer, by the unit or by 政府办; whoever judges it is told. What was judged stays judged.

    Raises SupervisionInput, SupervisionStep, TextError, NotFound, Forbidden.
    """
    demand(actor, "answer_supervision")
    words = filled(text, "办理情况")
    with store.write() as tx:
        project = tx.projects.lock(actor, project_id)
        order = tx.orders.get(actor, project, order_id)
        demand_addressed(actor, order)
        demand_state(order, "answered", "returned", "accepted")
        old = tx.orders.answers([order])[-1]
        if old.text == words:
            return old
        reason = reason_after(tx, actor, project, order.id, of)
        kept = tx.orders.change_answer(old, text=words)
        lines = ((f"第{old.turn}次答复", old.text, words),)
        keep(tx, actor, "correct_answer", "supervision_order", note(actor, order, lines, reason, now))
        tell_of_reworded_answer(tx, project, order, of.known + 1, now)
        return kept


def correct_reply(
    store: Store, actor: Actor, project_id: str, reply_id: str, text: str, of: Corrected, now: datetime
) -> Reply:
    """By whoever gave it: the unit, or the government office. The deputy is told.

    Raises SupervisionInput, SupervisionStep, TextError, NotFound, Forbidden.
    """
    demand(actor, "answer_supervision")
    words = filled(text, "答复")
    with store.write() as tx:
        project = tx.projects.lock(actor, project_id)
        old = next((one for one in tx.visits.replies(actor, project) if one.id == reply_id), None)
        if old is None:
            raise NotFound
        demand_own_reply(actor, old)
        visit = tx.visits.get(project, old.visit)
        demand_standing(visit.withdrawn_at)
        if old.text == words:
            return old
        reason = reason_after(tx, actor, project, visit.id, of)
        kept = tx.visits.change_reply(old, text=words)
        made = note(actor, visit, (("答复", old.text, words),), reason, now)
        keep(tx, actor, "correct_reply", "visit", replace(made, public=was_shown(visit, old)))
        tell_of_reworded_reply(tx, project, visit, of.known + 1, now)
        return kept


def demand_own_reply(actor: Actor, reply: Reply) -> None:
    """Raises Forbidden: everybody puts right only what was said in the own name."""
    if actor.unit != reply.unit:
        raise Forbidden("答复由作出它的单位更正。有要改的，请告诉那个单位。")


def was_shown(visit: Visit, reply: Reply) -> bool:
    """Whether the public can read it."""
    return visit.released_at is not None and reply.released_at is not None
