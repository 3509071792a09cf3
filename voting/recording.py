"""The record of a round: events that chain everything from the setup to the result (NOTES §8).

What the chain says is written once, in the transaction of the moment it records; the archive is put together
from it whenever it is asked for and is the same bytes every time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ballots.archive import EventType, Head, next_event, record, start
from ballots.election import Election, read_description
from ballots.encoding import sha256_hex
from voting.rounds import Round
from voting.rules import encode_rules
from voting.store import Transaction
from voting.store.record import Entry


class Chain:
    """The events that a moment adds, one after the other; `keep` writes them."""

    def __init__(self, tx: Transaction, of: Round) -> None:
        self._tx, self._round = tx, of
        self._new: list[Entry] = []
        self.head = head(tx, of)

    def add(self, kind: EventType, *data: bytes) -> None:
        """An event with its data, the last of which it refers to."""
        self._add(kind, sha256_hex(data[-1]) if data else None, data)

    def add_ballot(self, digest: str) -> None:
        """The event of a ballot that is in the box."""
        self._add("Ballot", digest, ())

    def keep(self) -> None:
        """Write what was added since the last time."""
        if self._new:
            self._tx.record.append(self._round, self._new)
        self._new = []

    def _add(self, kind: EventType, payload: str | None, data: Sequence[bytes]) -> None:
        height = self.head.height
        body, self.head = next_event(self.head, kind, payload)
        ballot = payload if kind == "Ballot" else None
        self._new.append(Entry(height=height, type=kind, body=body, ballot=ballot, data=tuple(data)))


def head(tx: Transaction, of: Round) -> Head:
    """Where the chain of a round stands."""
    last = tx.record.last(of)
    return Head() if last is None else Head(sha256_hex(last[1]), last[0] + 1)


def sealed_rules(tx: Transaction, of: Round) -> bytes:
    """The rules whose hash is sealed in the election: as they were written, which may have been under an
    earlier program; a round that was sealed under a later one than it was drafted has them written anew."""
    written = tx.rounds.rules_text(of)
    if of.election is None or sha256_hex(written) == sealed_rules_hash(of.election):
        return written
    return encode_rules(of.rules)


def sealed_rules_hash(election: bytes) -> str:
    """64 hex digits. Raises BadElection."""
    return read_description(Election.parse(election).document.description)[0]


def archive(entries: Iterable[Entry], timestamp: int) -> bytes:
    """The `.bel` file; `timestamp` in seconds is the opening of the round."""
    parts = [start(timestamp)]
    for entry in entries:
        parts.extend(record(f"{sha256_hex(body)}.data.json", body, timestamp) for body in entry.data)
        parts.append(record(f"{sha256_hex(entry.body)}.event.json", entry.body, timestamp))
    return b"".join(parts)
