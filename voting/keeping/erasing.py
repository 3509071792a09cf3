"""The moment that erases: one transaction for each congress and kind, for each box, for each deck, and for
each stretch of suggestions whose words go.

The file of messages, which lies beside the database, is written anew before its record is committed.
A crash between two of them loses nothing: what was committed has its record, the rest is still due. What is
erased twice is not there the second time, and leaves no second record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Final
from uuid import uuid4

from voting.actors import Actor, system
from voting.days import CHINA, today
from voting.duties import demand
from voting.errors import VotingError
from voting.handing_out.decks import forget_deck
from voting.handing_out.refusals import StillVoting
from voting.keeping.facts import BY_ITSELF, Erasure, Waiting
from voting.keeping.rules import RULES, KeepingSettings, Kind, until
from voting.messages import MessageFile
from voting.publishing import has_archive
from voting.store import Store, Transaction
from voting.suggestions import Suggestion

ONE_BY_ONE: Final[tuple[Kind, ...]] = ("serials", "archives")
IN_STRETCHES: Final[tuple[Kind, ...]] = ("untaken", "unpublished")


class StillHeld(VotingError):
    """A hold stands."""

    sentence = "这一件正在暂停删除（投诉、诉讼或者核查期间），没有删除。请先在“保存期限”页面恢复。"


class WordsStay(VotingError):
    """What stands in public, is still at work, or is a paper of office."""

    sentence = (
        "这一件的原文现在不能删除：只有没有受理的，或者已经办结、没有公开的群众意见可以。"
        "已经公开的，请先在它的审核页面上点“不再公开”；还在办理的，请办结以后再删除。"
    )


def erase_due(store: Store, actor: Actor, now: datetime) -> tuple[Erasure, ...]:
    """Everything of the actor's congress whose day has come, and the records of it; but for the file of
    messages. Raises Forbidden."""
    demand(actor, "keep_records")
    made: list[Erasure] = []
    for kind in RULES:
        if kind != "messages":
            made += _way_of(kind)(store, actor, kind, now)
    if made:
        store.sweep()
    return tuple(made)


def erase_messages(store: Store, actor: Actor, file: MessageFile, now: datetime) -> Erasure | None:
    """The congress's old lines in the installation's file; None where there are none.

    Raises MessagesUnreadable, Forbidden.
    """
    demand(actor, "keep_records")
    with store.write() as tx:
        tx.keeping.lock(actor.congress)
        before = _before(tx, actor, "messages", now)
        number = file.forget(actor.congress, datetime.combine(before, time.min, CHINA))
        return _record(tx, actor, "messages", None, number, before, now) if number else None


def erase_proposer(
    store: Store, actor: Actor, suggestion_id: str, now: datetime, *, words: bool = False
) -> int:
    """At the proposer's own wish, before the day; `words`: also what was said. How many things.

    Raises StillHeld, WordsStay, NotFound, Forbidden.
    """
    demand(actor, "keep_records")
    with store.write() as tx:
        tx.keeping.lock(actor.congress)
        found = tx.suggestions.lock(actor, suggestion_id)
        if any(tx.erasing.is_held(actor.congress, one) for one in (found.id, found.merged_into) if one):
            raise StillHeld
        if words and not _may_go(found):
            raise WordsStay
        made: dict[Kind, int] = {"proposers": tx.erasing.erase_proposer(actor.congress, found.id)}
        if words:
            own: Kind = "untaken" if found.state == "refused" else "unpublished"
            made[own] = tx.erasing.erase_words(actor.congress, found.id)
        for kind, number in made.items():
            if number:
                _record(tx, actor, kind, found.id, number, today(now), now)
                tx.audit.add(actor, "erase_proposer", now, "suggestion", found.id, after={"rows": number})
        return sum(made.values())


def _may_go(one: Suggestion) -> bool:
    over = one.state in {"refused", "closed"} and one.kind != "proposal"
    return over and (one.released_at is None or one.kind == "complaint")


def _way_of(kind: Kind) -> Callable[[Store, Actor, Kind, datetime], Iterator[Erasure]]:
    if kind in ONE_BY_ONE:
        return _one_by_one
    return _stretches if kind in IN_STRETCHES else _many


def _stretches(store: Store, actor: Actor, kind: Kind, now: datetime) -> Iterator[Erasure]:
    while made := tuple(_many(store, actor, kind, now)):
        yield from made


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
