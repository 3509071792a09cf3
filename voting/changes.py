"""操作日志: one row for each change, and the chain that shows whether a row was changed afterwards. Pure.

The hash of a row is SHA-256 over the hash of the row before it and the row as canonical JSON. Whoever changes
or removes a row must therefore change all later hashes too, and the newest one is what the presidium writes
down on paper.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any, Final

import msgspec
from msgspec import Struct

from voting.actors import Role

NOTHING_BEFORE: Final = "0" * 64
"""What the first row is chained to."""


class Change(Struct, frozen=True, kw_only=True):
    """Who did what to what. `before` and `after`: JSON of the fields that changed, as it was written.

    `place` (from 1) and `hash` are None until the row is chained.
    """

    congress: str
    id: str
    at: datetime
    role: Role
    name: str
    by: str | None
    what: str
    subject: str
    subject_id: str | None
    before: bytes
    after: bytes
    place: int | None = None
    hash: str | None = None

    def fields(self) -> list[tuple[str, Any, Any]]:
        """(field, before, after) of everything that changed; None where there was nothing."""
        before: dict[str, Any] = msgspec.json.decode(self.before)
        after: dict[str, Any] = msgspec.json.decode(self.after)
        names = [*before, *(name for name in after if name not in before)]
        return [(name, before.get(name), after.get(name)) for name in names]


class Head(Struct, frozen=True, kw_only=True):
    """How far the rows are chained: the place and the hash of the newest; place 0 for none."""

    place: int = 0
    hash: str = NOTHING_BEFORE


class Break(Struct, frozen=True, kw_only=True):
    """Where the chain does not hold: places `first` to `last`, and in words what is wrong there."""

    first: int
    last: int
    sentence: str


class Checked(Struct, frozen=True, kw_only=True):
    """What a check found; no breaks means that the log is whole."""

    head: Head
    breaks: tuple[Break, ...] = ()

    @property
    def whole(self) -> bool:
        return not self.breaks


def link(previous: str, row: Change) -> str:
    """The row's hash, chained to the previous one."""
    return hashlib.sha256(previous.encode() + canonical(row)).hexdigest()


def canonical(row: Change) -> bytes:
    """The row without its place and hash as JSON: fields by name, the moment in UTC to the microsecond."""
    facts = {name: getattr(row, name) for name in Change.__struct_fields__ if name not in {"place", "hash"}}
    facts["at"] = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    facts["before"], facts["after"] = row.before.decode(), row.after.decode()
    return msgspec.json.encode(facts, order="deterministic")


class Checker:
    """Follows the chain row by row, in the order of their places."""

    def __init__(self) -> None:
        self._expected, self._previous = 1, NOTHING_BEFORE
        self.breaks: list[Break] = []

    def follow(self, row: Change) -> None:
        """One row further; `row.place` is set."""
        place, stored = row.place or 0, row.hash or ""
        if place > self._expected:
            self._note(self._expected, place - 1, "不见了")
        elif stored != link(self._previous, row):
            self._note(place, place, "被改动过，或者是后来插入的")
        # After a gap nothing tells what this row was chained to: the next one shows whether it is genuine.
        self._expected, self._previous = place + 1, stored

    def finish(self, head: Head) -> Checked:
        """Compare with how far the service itself says that it chained."""
        last = self._expected - 1
        if last < head.place:
            self._note(last + 1, head.place, "不见了")
        elif last > head.place:
            self._note(head.place + 1, last, "是后来插入的")
        elif self._previous != head.hash:
            self._note(last, last, "被改动过")
        return Checked(head=head, breaks=tuple(self.breaks))

    def _note(self, first: int, last: int, what: str) -> None:
        which = f"第{first}条" if first == last else f"第{first}条至第{last}条"
        self.breaks.append(Break(first=first, last=last, sentence=f"{which}{what}。"))
