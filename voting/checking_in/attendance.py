"""签到、补签到、离场 at the desks, each of them taken back if it was a slip. Several desks work at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from msgspec import Struct

from voting.actors import Actor
from voting.checking_in.facts import Attendance, Direction, Leave, Move, Plenary, expected, latest
from voting.checking_in.refusals import MoveOvertaken, NotExpected, NotThere, PlenaryOver
from voting.days import today
from voting.duties import demand
from voting.people import Deputy
from voting.rounds import Session
from voting.store import Store, Transaction


class Passed(Struct, frozen=True, kw_only=True):
    """What a tap at a desk came to. `again`: it was so already and nothing changed; `move` says since when
    and by which desk. `move` is None where nothing stands any more: the check-in was taken back."""

    deputy: Deputy
    move: Move | None
    again: bool = False


def check_in(
    store: Store, actor: Actor, plenary_id: str, deputy_id: str, now: datetime, *, late: bool = False
) -> Passed:
    """The deputy is there. After 签到 has ended it is 补签到, whatever `late` says.

    Raises NotExpected, PlenaryOver, NotFound, Forbidden.
    """
    with _desk(store, actor, plenary_id, deputy_id) as desk:
        desk.refuse_unexpected(now)
        last = desk.last()
        if last is not None and last.direction == "in":
            return Passed(deputy=desk.deputy, move=last, again=True)
        late = last is None and (late or desk.plenary.closed_at is not None)
        return desk.enter_move("in", now, "check_in_late" if late else "check_in", late=late)


def check_out(store: Store, actor: Actor, plenary_id: str, deputy_id: str, now: datetime) -> Passed:
    """The deputy has left. Raises NotThere, PlenaryOver, NotFound, Forbidden."""
    with _desk(store, actor, plenary_id, deputy_id) as desk:
        last = desk.last()
        if last is None:
            raise NotThere(f"{desk.deputy.name}还没有签到，不能登记离场。")
        if last.direction == "out":
            return Passed(deputy=desk.deputy, move=last, again=True)
        return desk.enter_move("out", now, "check_out")


def undo(store: Store, actor: Actor, plenary_id: str, deputy_id: str, place: int, now: datetime) -> Passed:
    """Take back the deputy's move number `place`, if it is the last one.

    Raises MoveOvertaken, PlenaryOver, NotFound, Forbidden.
    """
    with _desk(store, actor, plenary_id, deputy_id) as desk:
        moves = desk.tx.attendance.of_deputy(desk.plenary, desk.deputy.id)
        one = next((one for one in moves if one.place == place), None)
        if one is not None and one.undone_at is not None:
            return Passed(deputy=desk.deputy, move=latest(moves), again=True)
        if one is None or not one.stands:
            raise MoveOvertaken
        before = latest([other for other in moves if other.place != place])
        stands = desk.tx.attendance.undo(one, before, now)
        desk.write_down("undo_check_in" if one.direction == "in" else "undo_check_out", now)
        return Passed(deputy=desk.deputy, move=stands)


def attendance(tx: Transaction, actor: Actor, plenary: Plenary) -> tuple[Attendance, ...]:
    """Everybody who is expected, and whoever was checked in before leaving the roster, in printed order.

    Raises NotFound, Forbidden.
    """
    demand(actor, "check_in")
    session = tx.sessions.get(actor, plenary.session)
    moves: dict[str, list[Move]] = {}
    for one in tx.attendance.standing(plenary):
        moves.setdefault(one.deputy, []).append(one)
    leaves = leaves_for(tx, session, plenary)
    everybody = tx.deputies.all(session.congress)
    sitting = [one for one in everybody if one.ended_on is None]
    shown = {one.id for one in expected(session, sitting)} | moves.keys()
    return tuple(
        Attendance(deputy=one, moves=tuple(moves.get(one.id, ())), leave=leaves.get(one.id))
        for one in everybody
        if one.id in shown
    )


def leaves_for(tx: Transaction, session: Session, plenary: Plenary | None) -> dict[str, Leave]:
    """Deputies' ids and the leave that holds: for this plenary, or without one for the whole session."""
    here = None if plenary is None else plenary.id
    return {one.deputy: one for one in tx.leaves.holding(session) if one.plenary in {None, here}}


@dataclass(frozen=True)
class _Desk:
    """One deputy at one plenary in one transaction, locked."""

    tx: Transaction
    actor: Actor
    session: Session
    plenary: Plenary
    deputy: Deputy

    def last(self) -> Move | None:
        return latest(self.tx.attendance.of_deputy(self.plenary, self.deputy.id))

    def refuse_unexpected(self, now: datetime) -> None:
        """Raises NotExpected."""
        one = self.deputy
        if one.ended_on is not None and one.ended_on <= today(now):
            raise NotExpected(f"{one.name}已经不再担任代表，不能签到。请与工作人员核对名册。")
        if one.suspended:
            raise NotExpected(f"{one.name}暂停执行代表职务，不能签到。请与工作人员核对。")
        if not expected(self.session, [one]):
            raise NotExpected(f"{one.name}不是常委会组成人员，列席不需要在这里签到。请与工作人员核对。")

    def enter_move(self, direction: Direction, now: datetime, what: str, *, late: bool = False) -> Passed:
        there = self.tx.attendance.of_deputy(self.plenary, self.deputy.id)
        new = Move(
            congress=self.plenary.congress,
            plenary=self.plenary.id,
            deputy=self.deputy.id,
            place=len(there),
            direction=direction,
            at=now,
            desk=self.actor.name,
            late=late,
        )
        self.tx.attendance.add(new)
        self.write_down(what, now)
        return Passed(deputy=self.deputy, move=new)

    def write_down(self, what: str, now: datetime) -> None:
        after = {"name": self.deputy.name, "plenary": self.plenary.title}
        self.tx.audit.add(self.actor, what, now, "deputy", self.deputy.id, after=after)


@contextmanager
def _desk(store: Store, actor: Actor, plenary_id: str, deputy_id: str) -> Iterator[_Desk]:
    """Raises PlenaryOver, NotFound, Forbidden."""
    demand(actor, "check_in")
    with store.write() as tx:
        plenary = tx.plenaries.lock(actor, plenary_id)
        if plenary.ended_at is not None:
            raise PlenaryOver(f"“{plenary.title}”已经结束，不能再登记签到和离场。")
        session = tx.sessions.get(actor, plenary.session)
        yield _Desk(tx, actor, session, plenary, tx.deputies.get(actor, deputy_id))
