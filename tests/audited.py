"""Two verifiers for every archive: ours at once, and when the test has ended the peer's (see conftest.py).

The second comes last because a machine may lack it: what a test promises besides is then tested all the same.
Every store that a test closes, whoever opened it, is looked through before it closes: a round that has a
result is verified even if the test never thought of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO

import pytest
from sqlalchemy import inspect, select

from ballots.verify import Verified, verify
from voting.actors import system
from voting.recording import archive as put_together
from voting.store import Store
from voting.store.tables import round_
from voting.tally_report import opened_second

_waiting: list[bytes] = []
_verdicts: dict[tuple[object, ...], Verified] = {}
"""Of one process: tests with the same seed leave the same archive and record."""
_known: set[bytes] = set()
"""Digests of the archives among them."""


_looked_at: set[tuple[str, str]] = set()
"""Rounds whose records were verified, with their boxes' heads; a store that many tests share holds those of
all before, and copies of one hall may end differently."""


def verified(
    archive: bytes, record: bytes | None = None, trackers: Sequence[str] = (), workers: int = 1
) -> Verified:
    """What our verifier says; raises Refused."""
    digest = sha256(archive).digest()
    asked = (digest, record, *trackers)
    if workers > 1 or asked not in _verdicts:
        _verdicts[asked] = verify(BytesIO(archive), record, trackers, workers)
        _known.add(digest)
        _waiting.append(archive)
    return _verdicts[asked]


@contextmanager
def at_every_close() -> Iterator[None]:
    """While it lasts, a `with` block over a store that ends well ends with `every_record`."""
    close = Store.__exit__

    def look_and_close(store: Store, kind: object, *rest: object) -> None:
        try:
            if kind is None:
                every_record(store)
        finally:
            close(store, kind, *rest)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Store, "__exit__", look_and_close)
        yield


def every_record(store: Store) -> None:
    """Verify each round in it that has a result and was not verified yet. Raises Refused."""
    for archive in _records(store):
        if sha256(archive).digest() not in _known:
            verified(archive)


def was_verified(archive: bytes) -> bool:
    """In this process, by ours."""
    return sha256(archive).digest() in _known


def _records(store: Store) -> Iterator[bytes]:
    """Of the rounds that were held by card; what was only written into the table was never closed, and a box
    that was erased when its years were over has no record any more."""
    held = select(round_.c.congress, round_.c.id, round_.c.closing_head).where(
        round_.c.method == "electronic",
        round_.c.state.in_(["counted", "announced", "published"]),
        round_.c.closing_head.is_not(None),
    )
    with store._statements.connect() as connection:
        if not inspect(connection).has_table(round_.name):  # a test took it away, to see what is said then
            return
        found = connection.execute(held).all()
    for congress, of, head in found:
        if (of, head) in _looked_at:
            continue
        with store.read() as tx:
            counted = tx.rounds.get(system(congress), of)
            if counted.boxed and not tx.box.count(system(congress), of):
                continue
            yield put_together(tx.record._read(counted, "Result"), opened_second(counted))
        _looked_at.add((of, head))


def taken() -> list[bytes]:
    """The archives that the peer has not seen yet; they are handed out once."""
    archives = [*_waiting]
    _waiting.clear()
    return archives
