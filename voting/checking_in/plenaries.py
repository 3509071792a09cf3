"""全体会议 begin, 签到 ends, they end. One is on at a time in a session."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from voting.actors import Actor
from voting.checking_in.facts import Plenary, Standing, expected
from voting.checking_in.refusals import PlenaryBusy, PlenaryOn, PlenaryOver
from voting.counts import is_quorate, quorum
from voting.duties import demand
from voting.errors import CountsError
from voting.store import Store, Transaction
from voting.text import clean_line


def current_plenary(tx: Transaction, actor: Actor, session_id: str) -> Plenary | None:
    """The one that is on: the newest, unless it has ended. None also where the session is not the actor's."""
    newest = next(iter(tx.plenaries.listing(actor, session_id)), None)
    return None if newest is None or newest.ended_at is not None else newest


def standing(tx: Transaction, actor: Actor, session_id: str) -> Standing:
    """The figures of the plenary that is on, for anybody who may see the session, the public too.

    Without a plenary `present` and `on_leave` are 0: then nobody was checked in by this service.
    Raises NotFound.
    """
    session = tx.sessions.get(actor, session_id)
    plenary = current_plenary(tx, actor, session_id)
    present = tx.attendance.present(plenary) if plenary else 0
    return Standing(
        plenary=plenary,
        entitled=session.all_deputies,
        present=present,
        on_leave=_on_leave(tx, actor, plenary) if plenary else 0,
        quorum=quorum(session.all_deputies, session.body),
        quorate=is_quorate(session.all_deputies, present, session.body),
    )


def _on_leave(tx: Transaction, actor: Actor, plenary: Plenary) -> int:
    session = tx.sessions.get(actor, plenary.session)
    away = {one.deputy for one in tx.leaves.holding(session) if one.plenary in {None, plenary.id}}
    if not away:
        return 0
    due = {one.id for one in expected(session, tx.deputies.current(session.congress))}
    return len(away & due - tx.attendance.are_present(plenary))


def plenary_of_opening(tx: Transaction, actor: Actor, session_id: str, present: int) -> Plenary | None:
    """The plenary in which a round is opened with so many present; None where nobody is checked in here.

    Raises CountsError when fewer have checked in: below the quorum no round opens by a figure that was typed.
    """
    plenary = current_plenary(tx, actor, session_id)
    checked_in = tx.attendance.present(plenary) if plenary else present
    if present > checked_in:
        raise CountsError(
            f"签到在会场的有{checked_in}人，填写的实到是{present}人。"
            "到了没有签到的请先补签到，不在场的不计入实到。"
        )
    return plenary


def begin_plenary(store: Store, actor: Actor, session_id: str, title: str, now: datetime) -> Plenary:
    """A new 全体会议, at which nobody has checked in yet. The same one asked for again is given again.

    Raises PlenaryOn, TextError, NotFound, Forbidden.
    """
    demand(actor, "keep_attendance")
    words = clean_line(title, "会议名称")
    with store.write() as tx:
        session = tx.sessions.lock(actor, session_id)
        before = tx.plenaries.listing(actor, session.id)
        if before and before[0].ended_at is None:
            if before[0].title == words:
                return before[0]
            raise PlenaryOn(f"“{before[0].title}”还没有结束。请先结束，再开始新的一次。")
        new = Plenary(
            id=uuid4().hex,
            congress=session.congress,
            session=session.id,
            number=len(before) + 1,
            title=words,
            begun_at=now,
            begun_by=actor.name,
        )
        tx.plenaries.add(new)
        tx.audit.add(actor, "begin_plenary", now, "plenary", new.id, after={"title": words})
        return new


def close_check_in(store: Store, actor: Actor, plenary_id: str, now: datetime) -> Plenary:
    """签到结束: whoever comes from now on is 补签到. Raises PlenaryOver, NotFound, Forbidden."""
    return _turn(store, actor, plenary_id, now, "close_check_in", closed=True)


def open_check_in(store: Store, actor: Actor, plenary_id: str, now: datetime) -> Plenary:
    """签到 goes on after all. Raises PlenaryOver, NotFound, Forbidden."""
    return _turn(store, actor, plenary_id, now, "open_check_in", closed=False)


def end_plenary(store: Store, actor: Actor, plenary_id: str, now: datetime) -> Plenary:
    """Its attendance is fixed. Raises PlenaryBusy while ballots are cast, NotFound, Forbidden."""
    demand(actor, "keep_attendance")
    with store.write() as tx:
        before = tx.plenaries.lock(actor, plenary_id)
        if before.ended_at is not None:
            return before
        rounds = tx.rounds.of_session(actor, before.session)
        if any(one.state == "open" and one.plenary in {None, before.id} for one in rounds):
            raise PlenaryBusy
        present = tx.attendance.present(before)
        after = {"title": before.title, "present": present}
        tx.audit.add(actor, "end_plenary", now, "plenary", before.id, after=after)
        return tx.plenaries.change(before, ended_at=now)


def resume_plenary(store: Store, actor: Actor, plenary_id: str, now: datetime) -> Plenary:
    """It was ended by mistake and goes on, with everybody who was there. Only the newest.

    Raises PlenaryOn, NotFound, Forbidden.
    """
    demand(actor, "keep_attendance")
    with store.write() as tx:
        before = tx.plenaries.get(actor, plenary_id)
        tx.sessions.lock(actor, before.session)
        newest = tx.plenaries.listing(actor, before.session)[0]
        if newest.id != before.id:
            raise PlenaryOn(f"后面已经有“{newest.title}”，不能恢复“{before.title}”。")
        if before.ended_at is None:
            return before
        tx.audit.add(actor, "resume_plenary", now, "plenary", before.id, after={"title": before.title})
        return tx.plenaries.change(before, ended_at=None)


def _turn(store: Store, actor: Actor, plenary_id: str, now: datetime, what: str, *, closed: bool) -> Plenary:
    demand(actor, "keep_attendance")
    with store.write() as tx:
        before = tx.plenaries.lock(actor, plenary_id)
        if before.ended_at is not None:
            raise PlenaryOver
        if (before.closed_at is not None) == closed:
            return before
        tx.audit.add(actor, what, now, "plenary", before.id, after={"title": before.title})
        return tx.plenaries.change(before, closed_at=now if closed else None)
