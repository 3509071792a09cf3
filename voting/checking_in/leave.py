"""请假: who told beforehand that he or she would not come, and why. A list of the session."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import uuid4

from msgspec import Struct

from voting.actors import Actor, NotFound
from voting.checking_in.facts import Leave, Plenary
from voting.duties import demand
from voting.people import Deputy
from voting.rounds import Session
from voting.store import Store, Transaction
from voting.text import clean_line

_SAID: Final = "(已填)"
"""For the log, which is kept for ever: why somebody is on leave may be an illness."""


class OnLeave(Struct, frozen=True, kw_only=True):
    """A leave that holds; `plenary` None: for the whole session."""

    leave: Leave
    deputy: Deputy
    plenary: Plenary | None = None


def note_leave(
    store: Store,
    actor: Actor,
    session_id: str,
    deputy_id: str,
    reason: str,
    now: datetime,
    plenary_id: str | None = None,
) -> Leave:
    """The same deputy noted again for the same sitting: the reason becomes the new one.

    Raises TextError, NotFound, Forbidden.
    """
    demand(actor, "keep_attendance")
    words = clean_line(reason, "请假事由")
    with store.write() as tx:
        session = tx.sessions.lock(actor, session_id)
        deputy = tx.deputies.get(actor, deputy_id)
        if plenary_id is not None:
            plenary_id = _of_session(tx, actor, session, plenary_id).id
        for one in tx.leaves.holding(session):
            if (one.deputy, one.plenary) == (deputy.id, plenary_id):
                return _change_reason(tx, actor, one, deputy, words, now)
        new = Leave(
            id=uuid4().hex,
            congress=session.congress,
            session=session.id,
            plenary=plenary_id,
            deputy=deputy.id,
            reason=words,
            noted_by=actor.name,
            noted_at=now,
        )
        tx.leaves.add(new)
        after = {"name": deputy.name, "reason": _SAID}
        tx.audit.add(actor, "note_leave", now, "deputy", deputy.id, after=after)
        return new


def withdraw_leave(store: Store, actor: Actor, session_id: str, leave_id: str, now: datetime) -> Leave:
    """It does not hold any more. Doing it twice changes nothing more. Raises NotFound, Forbidden."""
    demand(actor, "keep_attendance")
    with store.write() as tx:
        session = tx.sessions.lock(actor, session_id)
        before = tx.leaves.get(session, leave_id)
        if before.withdrawn_at is not None:
            return before
        deputy = tx.deputies.get(actor, before.deputy)
        said = {"name": deputy.name, "reason": _SAID}
        tx.audit.add(actor, "withdraw_leave", now, "deputy", deputy.id, before=said)
        return tx.leaves.change(before, withdrawn_at=now)


def leave_list(tx: Transaction, actor: Actor, session_id: str) -> tuple[OnLeave, ...]:
    """请假名单: those that hold, in the printed order of the deputies. Raises NotFound, Forbidden."""
    demand(actor, "keep_attendance")
    session = tx.sessions.get(actor, session_id)
    plenaries = {one.id: one for one in tx.plenaries.listing(actor, session.id)}
    deputies = {one.id: one for one in tx.deputies.all(session.congress)}
    found = [
        OnLeave(leave=one, deputy=deputies[one.deputy], plenary=plenaries.get(one.plenary or ""))
        for one in tx.leaves.holding(session)
    ]
    return tuple(sorted(found, key=lambda one: (one.deputy.number, one.deputy.id, one.leave.noted_at)))


def _of_session(tx: Transaction, actor: Actor, session: Session, plenary_id: str) -> Plenary:
    found = tx.plenaries.get(actor, plenary_id)
    if found.session != session.id:
        raise NotFound
    return found


def _change_reason(
    tx: Transaction, actor: Actor, before: Leave, deputy: Deputy, reason: str, now: datetime
) -> Leave:
    if before.reason == reason:
        return before
    was, becomes = {"reason": _SAID}, {"name": deputy.name, "reason": "(已改)"}
    tx.audit.add(actor, "change_leave", now, "deputy", deputy.id, before=was, after=becomes)
    return tx.leaves.change(before, reason=reason, noted_by=actor.name, noted_at=now)
