"""The moment that erases: one transaction for each congress and kind, for each box and for each deck.

A crash between two of them loses nothing: what was committed has its record, the rest is still due. What is
erased twice is not there the second time, and leaves no second record.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Final
from uuid import uuid4

from voting.actors import Actor, system
from voting.days import today
from voting.duties import demand
from voting.errors import VotingError
from voting.handing_out.decks import forget_deck
from voting.handing_out.refusals import StillVoting
from voting.keeping.facts import BY_ITSELF, Erasure, Waiting
from voting.keeping.rules import RULES, KeepingSettings, Kind, until
from voting.publishing import has_archive
from voting.store import Store, Transaction

ONE_BY_ONE: Final[tuple[Kind, ...]] = ("serials", "archives")


class StillHeld(VotingError):
    """A hold stands."""

    sentence = "这一件正在暂停删除（投诉、诉讼或者核查期间），没有删除。请先在“保存期限”页面恢复。"


def erase_due(store: Store, actor: Actor, now: datetime) -> tuple[Erasure, ...]:
    """Everything of the actor's congress whose day has come, and the records of it. Raises Forbidden."""
    demand(actor, "keep_records")
    made: list[Erasure] = []
    for kind in RULES:
        made += _one_by_one(store, actor, kind, now) if kind in ONE_BY_ONE else _many(store, actor, kind, now)
    if made:
        store.sweep()
    return tuple(made)


def erase_proposer(store: Store, actor: Actor, suggestion_id: str, now: datetime) -> int:
    """At the proposer's own wish, before the day: how many things. Raises StillHeld, NotFound, Forbidden."""
    demand(actor, "keep_records")
    with store.write() as tx:
        tx.keeping.lock(actor.congress)
        found = tx.suggestions.lock(actor, suggestion_id)
        if any(tx.erasing.is_held(actor.congress, one) for one in (found.id, found.merged_into) if one):
            raise StillHeld
        number = tx.erasing.erase_proposer(actor.congress, found.id)
        if number:
            _record(tx, actor, "proposers", found.id, number, today(now), now)
            tx.audit.add(actor, "erase_proposer", now, "suggestion", found.id, after={"rows": number})
        return number


def _many(store: Store, actor: Actor, kind: Kind, now: datetime) -> Iterator[Erasure]:
    with store.write() as tx:
        tx.keeping.lock(actor.congress)
        before = _before(tx, actor, kind, now)
        number = tx.erasing.erase(actor.congress, kind, before)
        made = _record(tx, actor, kind, None, number, before, now) if number else None
    if made is not None:
        yield made


def _one_by_one(store: Store, actor: Actor, kind: Kind, now: datetime) -> Iterator[Erasure]:
    with store.read() as tx:
        before = _before(tx, actor, kind, now)
        waiting = tx.erasing.waiting(actor.congress, kind, before)
    for one in waiting:
        with store.write() as tx:
            tx.keeping.lock(actor.congress)
            # Meanwhile somebody may have held it, or another process may have erased it.
            if one not in tx.erasing.waiting(actor.congress, kind, before):
                continue
            number = _box(tx, actor, one) if kind == "archives" else _deck(tx, actor, one, now)
            made = _record(tx, actor, kind, one.id, number, before, now) if number else None
        if made is not None:
            yield made


def _box(tx: Transaction, actor: Actor, one: Waiting) -> int:
    """How many ballots; none where everybody may recount."""
    of = tx.rounds.lock(system(actor.congress), one.id)
    return 0 if has_archive(tx, of) else tx.erasing.erase_box(of)


def _deck(tx: Transaction, actor: Actor, one: Waiting, now: datetime) -> int:
    """How many cards; none while a round waits for them."""
    house = system(actor.congress)
    number = tx.decks.get(house, one.id).number
    try:
        forget_deck(tx, actor, one.id, now)
    except StillVoting:
        return 0
    return number


def _before(tx: Transaction, actor: Actor, kind: Kind, now: datetime) -> date:
    return until(kind, tx.settings.get(actor.congress, KeepingSettings), today(now))


def _record(
    tx: Transaction, actor: Actor, kind: Kind, subject: str | None, number: int, before: date, now: datetime
) -> Erasure:
    by = BY_ITSELF if actor.role == "system" else actor.name
    made = Erasure(
        id=uuid4().hex,
        congress=actor.congress,
        kind=kind,
        subject=subject,
        number=number,
        until=before,
        by=by,
        at=now,
    )
    tx.keeping.add(made)
    after = {"name": RULES[kind].name, "rows": number, "until": before}
    tx.audit.add(actor, "erase", now, "erasure", made.id, after=after)
    return made
