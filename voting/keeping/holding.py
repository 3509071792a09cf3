"""暂停删除: while a complaint, a lawsuit or an inspection is under way, nothing of it goes on its day."""

from __future__ import annotations

import re
from datetime import datetime
from uuid import uuid4

from voting.actors import Actor
from voting.duties import demand
from voting.errors import VotingError
from voting.keeping.facts import Hold
from voting.keeping.rules import Subject
from voting.store import Store, Transaction
from voting.text import clean_line

_LABEL = re.compile(r"([0-9]{4})-([0-9]{1,7})")


class HoldRefused(VotingError):
    """Nothing of the kind that could be held."""

    sentence = "没有找到这一件。请填写台账上的编号，例如 2027-00042，或者选择一轮。"


def put_hold(store: Store, actor: Actor, about: Subject, which: str, reason: str, now: datetime) -> Hold:
    """`which`: a round's id, or a suggestion's number on paper. Said twice it is one hold.

    Raises HoldRefused, TextError, NotFound, Forbidden.
    """
    demand(actor, "keep_records")
    why = clean_line(reason, "原因")
    with store.write() as tx:
        tx.keeping.lock(actor.congress)
        subject, label = _round(tx, actor, which) if about == "round" else _suggestion(tx, actor, which)
        for one in tx.keeping.holds(actor):
            if one.subject == subject and one.lifted_at is None:
                return one
        new = Hold(
            id=uuid4().hex,
            congress=actor.congress,
            about=about,
            subject=subject,
            label=label,
            reason=why,
            by=actor.name,
            at=now,
        )
        tx.keeping.put_hold(new)
        tx.audit.add(actor, "put_hold", now, "hold", new.id, after={"label": label, "reason": why})
        return new


def lift_hold(store: Store, actor: Actor, hold_id: str, now: datetime) -> None:
    """What became due meanwhile goes with the next run. Lifting twice changes nothing.

    Raises NotFound, Forbidden.
    """
    demand(actor, "keep_records")
    with store.write() as tx:
        tx.keeping.lock(actor.congress)
        lifted = tx.keeping.lift_hold(actor, hold_id, actor.name, now)
        if lifted is not None:
            tx.audit.add(actor, "lift_hold", now, "hold", hold_id, before={"label": lifted.label})


def _round(tx: Transaction, actor: Actor, which: str) -> tuple[str, str]:
    found = tx.rounds.get(actor, which)
    return found.id, f"{tx.sessions.get(actor, found.session).title} {found.title}"


def _suggestion(tx: Transaction, actor: Actor, which: str) -> tuple[str, str]:
    typed = _LABEL.fullmatch(which.strip())
    found = tx.ledger.by_number(actor, int(typed[1]), int(typed[2])) if typed else None
    if found is None:
        raise HoldRefused
    return found.id, found.label
