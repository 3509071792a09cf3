"""更正: what was written down wrongly about a visit, a 督办单 or a 会商; the old words are kept and shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import uuid4

from msgspec import Struct
from msgspec.structs import replace

from voting.actors import Actor, Forbidden
from voting.days import today
from voting.delivering.projects import Project
from voting.duties import demand
from voting.store import Store, Transaction
from voting.supervising.conferences import Agreed, Commitment, Conference, check_conference
from voting.supervising.corrections import (
    Correction,
    Lines,
    conference_lines,
    demand_newest,
    demand_standing,
    order_lines,
    reason_for,
    visit_lines,
)
from voting.supervising.ordering import check_words, demand_staff, last_day_of
from voting.supervising.orders import Order, demand_state
from voting.supervising.refusals import SupervisionInput
from voting.supervising.telling import tell_unit_of_correction
from voting.supervising.visits import Seen, Visit, check_visit, filled
from voting.text import Prose, clean_line


class Corrected(Struct, frozen=True, kw_only=True):
    """What comes with every form of a correction: why, and how many there were when it was opened."""

    reason: str
    known: int


class OrderWords(Struct, frozen=True, kw_only=True):
    """What may be corrected of a 督办单; another unit or body makes it another one."""

    number: str
    decision: str
    day: date
    matter: str
    demand: str


def correct_visit(
    store: Store, actor: Actor, project_id: str, visit_id: str, entered: Seen, of: Corrected, now: datetime
) -> Visit:
    """By the deputy who entered it, or by staff. The same words twice are one correction.

    Raises SupervisionInput, SupervisionStep, TextError, NotFound, Forbidden.
    """
    demand(actor, "visit")
    said = check_visit(entered, today(now))
    with store.write() as tx:
        project = tx.projects.lock(actor, project_id)
        old = tx.visits.get(project, visit_id)
        demand_own(actor, old)
        demand_standing(old.withdrawn_at)
        new = replace(old, day=said.day, who=said.who, seen=said.seen, opinion=said.opinion)
        lines = visit_lines(old, new)
        if not lines:
            return old
        if old.opinion and not new.opinion and _answered(tx, actor, project, old):
            raise SupervisionInput("意见已经有答复，不能删去。写错的请改正。")
        reason = reason_after(tx, actor, project, old.id, of)
        kept = tx.visits.change(old, day=new.day, who=new.who, seen=new.seen, opinion=new.opinion)
        keep(tx, actor, "correct_visit", "visit", note(actor, old, lines, reason, now))
        return kept


def correct_order(
    store: Store,
    actor: Actor,
    project_id: str,
    order_id: str,
    words: OrderWords,
    of: Corrected,
    now: datetime,
) -> Order:
    """The unit is told. Until it has answered, another day of issue moves the last day of its answer.

    Raises SupervisionInput, SupervisionStep, TextError, NotFound, Forbidden.
    """
    demand_staff(actor)
    with store.write() as tx:
        tx.projects.alone(actor.congress)  # numbers are told apart over all projects
        project = tx.projects.lock(actor, project_id)
        old = tx.orders.get(actor, project, order_id)
        demand_state(old, "issued", "answered", "returned", "accepted")
        new = _reworded(tx, old, words, now)
        lines = order_lines(old, new)
        if not lines:
            return old
        reason = reason_after(tx, actor, project, old.id, of)
        facts = {name: getattr(new, name) for name in (*OrderWords.__struct_fields__, "due")}
        kept = tx.orders.change(old, **facts)
        keep(tx, actor, "correct_order", "supervision_order", note(actor, old, lines, reason, now))
        tell_unit_of_correction(tx, project, kept, of.known + 1, "有更正", now)
        return kept


def correct_conference(
    store: Store,
    actor: Actor,
    project_id: str,
    conference_id: str,
    entered: tuple[Agreed, Sequence[int]],
    of: Corrected,
    now: datetime,
) -> Conference:
    """`entered` is what it says now, and where each of its commitments stood before (0: it is a new one).

    Raises SupervisionInput, SupervisionStep, TextError, NotFound, Forbidden.
    """
    demand(actor, "confer")
    said = check_conference(entered[0], today(now))
    with store.write() as tx:
        project = tx.projects.lock(actor, project_id)
        old = tx.conferences.get(project, conference_id)
        demand_standing(old.withdrawn_at)
        before = tx.conferences.commitments([old])
        after = _commitments(old, before, said, entered[1])
        facts = {name: getattr(said, name) for name in ("day", "subject", "participants", "agreed")}
        lines = conference_lines(old, before, replace(old, **facts), after)
        if not lines:
            return old
        reason = reason_after(tx, actor, project, old.id, of)
        tx.conferences.set_commitments(old, after)
        kept = tx.conferences.change(old, **facts)
        keep(tx, actor, "correct_conference", "conference", note(actor, old, lines, reason, now))
        return kept


def demand_own(actor: Actor, visit: Visit) -> None:
    """Raises Forbidden: a deputy puts right only what the deputy entered."""
    if actor.role == "deputy" and visit.deputy != actor.deputy:
        raise Forbidden("视察记录由登记的代表本人或者人大工作人员更正、撤回。有要改的，请告诉工作人员。")


def note(
    actor: Actor, of: Visit | Order | Conference, lines: Lines, reason: Prose, now: datetime
) -> Correction:
    """Without lines: a withdrawal."""
    return Correction(
        id=uuid4().hex,
        congress=of.congress,
        project=of.project,
        of=of.id,
        kind="correction" if lines else "withdrawal",
        lines=lines,
        reason=reason,
        public=bool(lines) and of.released_at is not None,
        by=actor.name,
        at=now,
    )


def reason_after(tx: Transaction, actor: Actor, project: Project, record: str, of: Corrected) -> Prose:
    """Of a correction made from the newest form. Raises SupervisionStep, SupervisionInput, TextError."""
    made = [one for one in tx.corrections.of(actor, project) if one.of == record]
    demand_newest(made, of.known)
    return reason_for(of.reason)


def keep(tx: Transaction, actor: Actor, what: str, subject: str, new: Correction) -> None:
    """Whoever writes holds the lock of the project."""
    tx.corrections.add(new)
    before = {name: old for name, old, _ in new.lines}
    after = {name: said for name, _, said in new.lines} | {"reason": new.reason}
    tx.audit.add(actor, what, new.at, subject, new.of, before=before, after=after)


def _answered(tx: Transaction, actor: Actor, project: Project, visit: Visit) -> bool:
    return any(one.visit == visit.id for one in tx.visits.replies(actor, project))


def _reworded(tx: Transaction, old: Order, words: OrderWords, now: datetime) -> Order:
    said = check_words(tx, old.congress, words.number, words.day, now, but=old.number)
    due = last_day_of(tx, old.congress, words.day) if old.state == "issued" else old.due
    new = replace(old, number=said, day=words.day, due=due)
    return replace(new, **_prose(words))


def _prose(words: OrderWords) -> dict[str, str]:
    return {
        "decision": clean_line(words.decision, "决定"),
        "matter": filled(words.matter, "督办事项"),
        "demand": filled(words.demand, "办理要求"),
    }


def _commitments(
    of: Conference, before: Sequence[Commitment], said: Agreed, places: Sequence[int]
) -> list[Commitment]:
    """As they stand now; what is done stays done."""
    old = {one.place: one for one in before}
    lost = next((one for one in before if one.done_on and one.place not in places), None)
    if lost is not None:
        raise SupervisionInput(f"“{lost.what}”已经标为已办，不能删去。")
    fresh = Commitment(congress=of.congress, conference=of.id, place=0, who="—", what="—", due=of.day)
    return [
        replace(old.get(was, fresh), place=place, who=who, what=what, due=due)
        for place, (was, (who, what, due)) in enumerate(zip(places, said.commitments, strict=True), start=1)
    ]
