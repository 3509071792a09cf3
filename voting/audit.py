"""操作日志: chaining what was written, checking the chain, and reading it.

A change writes its row in its own transaction and waits for nobody; the rows are chained soon afterwards, in
batches, by whichever process comes first. From then on a changed, missing or inserted row is found.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from msgspec import Struct

from voting.actors import Actor
from voting.changes import Change, Checked, Checker, Head, link
from voting.duties import demand
from voting.store import Store
from voting.store.audit import Wanted

BATCH: Final = 500
"""Rows chained in one transaction."""
PAGE: Final = 50
MOST_DOWNLOADED: Final = 20_000


class Page(Struct, frozen=True, kw_only=True):
    """Some of the changes that were looked for; `number` is all of them, pages count from 1."""

    changes: tuple[Change, ...]
    number: int
    page: int
    pages: int


def names(store: Store, actor: Actor) -> dict[str, str]:
    """id → name of what the congress's own lists call by name, for a log that knows ids only."""
    demand(actor, "read_audit")
    with store.read() as tx:
        lists = (tx.units, tx.villages, tx.categories, tx.stations, tx.deputies)
        return {one.id: one.name for kept in lists for one in kept.all(actor.congress)}


def labels(store: Store, actor: Actor, changes: Iterable[Change]) -> dict[str, str]:
    """id → number, as the staff know it, of the suggestions that the changes name as merged into."""
    changed = [both for one in changes for name, *both in one.fields() if name == "merged_into"]
    ids = {str(value) for both in changed for value in both if value}
    with store.read() as tx:
        return tx.suggestions.labels(actor, sorted(ids))


def chain(store: Store, congress: str) -> int:
    """Chain what is not yet chained; how many rows. Safe in any number of processes. Raises NotFound."""
    chained = 0
    while number := _chain_batch(store, congress):
        chained += number
    return chained


def chain_all(store: Store) -> None:
    """As `chain`, for every congress that has something to be chained."""
    with store.read() as tx:
        waiting = tx.audit.behind()
    for congress in waiting:
        chain(store, congress)


def _chain_batch(store: Store, congress: str) -> int:
    with store.write() as tx:
        head = tx.audit.lock_head(congress)
        chained: list[tuple[Change, Head]] = []
        for row in tx.audit.unchained(congress, BATCH):
            head = Head(place=head.place + 1, hash=link(head.hash, row))
            chained.append((row, head))
        if chained:
            tx.audit.chain(chained, congress, head)
    return len(chained)


def check(store: Store, actor: Actor) -> Checked:
    """Follow the whole chain of the actor's congress. Raises Forbidden, NotFound."""
    demand(actor, "read_audit")
    chain(store, actor.congress)
    checker, after = Checker(), 0
    with store.read() as tx:
        head = tx.audit.head(actor.congress)
        while rows := tx.audit.chained(actor.congress, after, BATCH):
            for row in rows:
                checker.follow(row)
            after = rows[-1].place or after
            # Last: what another process chained meanwhile is part of it, or is followed next.
            head = tx.audit.head(actor.congress)
    return checker.finish(head)


def read(store: Store, actor: Actor, wanted: Wanted, page: int = 1) -> Page:
    """One page of the changes, the newest first; a page beyond the last is the last. Raises Forbidden."""
    demand(actor, "read_audit")
    with store.read() as tx:
        number = tx.audit.number(actor, wanted)
        pages = max(1, -(-number // PAGE))
        page = min(max(page, 1), pages)
        found = tx.audit.listing(actor, wanted, PAGE, (page - 1) * PAGE)
    return Page(changes=found, number=number, page=page, pages=pages)


def read_all(store: Store, actor: Actor, wanted: Wanted) -> tuple[Change, ...]:
    """All of them for a file, at most 20,000, the newest first. Raises Forbidden."""
    demand(actor, "read_audit")
    with store.read() as tx:
        return tx.audit.listing(actor, wanted, MOST_DOWNLOADED)


def newest(store: Store, actor: Actor) -> Head:
    """How far the log is chained, everything written so far included. Raises Forbidden, NotFound."""
    demand(actor, "read_audit")
    chain(store, actor.congress)
    with store.read() as tx:
        return tx.audit.head(actor.congress)
