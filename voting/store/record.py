"""The record of a round: the events of its archive with their data, append-only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, Row, and_, insert, select

from ballots.archive import EventType
from ballots.encoding import sha256_hex
from voting.actors import Actor, NotYet
from voting.rounds import Round, shows_record
from voting.store.rounds import Rounds
from voting.store.tables import ballot, datum, event

_PAGE = 100
"""Events, each perhaps with a ballot, in memory at once."""


class Entry(Struct, frozen=True, kw_only=True):
    """One event: its exact bytes, and what stands before it in the archive.

    A ballot's event names the ballot instead of holding it a second time.
    """

    height: int
    type: EventType
    body: bytes
    ballot: str | None = None
    data: tuple[bytes, ...] = ()


class _Link(Struct, frozen=True):
    height: int
    parent: str | None = None


class Record:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def append(self, to: Round, entries: Iterable[Entry]) -> None:
        """IntegrityError when an event of one of these heights is there already."""
        new = list(entries)
        place = {"congress": to.congress, "round": to.id}
        events = [
            {**place, "height": entry.height, "type": entry.type, "body": entry.body, "ballot": entry.ballot}
            for entry in new
        ]
        data = [
            {**place, "height": entry.height, "place": number, "body": body}
            for entry in new
            for number, body in enumerate(entry.data)
        ]
        self._connection.execute(insert(event), events)
        if data:
            self._connection.execute(insert(datum), data)

    def last(self, of: Round) -> tuple[int, bytes] | None:
        """(height, bytes) of the newest event; None before the round was opened."""
        query = (
            select(event.c.height, event.c.body)
            .where(event.c.congress == of.congress, event.c.round == of.id)
            .order_by(event.c.height.desc())
            .limit(1)
        )
        row = self._connection.execute(query).one_or_none()
        return None if row is None else (row.height, row.body)

    def holds(self, of: Round) -> bool:
        """Whether every event follows from the one before it, as its parent and height say."""
        query = (
            select(event.c.body)
            .where(event.c.congress == of.congress, event.c.round == of.id)
            .order_by(event.c.height)
        )
        parent: str | None = None
        for height, body in enumerate(self._connection.execute(query).scalars()):
            link = msgspec.json.decode(body, type=_Link)
            if (link.parent, link.height) != (parent, height):
                return False
            parent = sha256_hex(body)
        return True

    def entries(self, actor: Actor, round_id: str, last: EventType) -> Iterator[Entry]:
        """From the first event to `last`, with the ballots' bytes among the data, a few at a time.

        Raises NotFound, or NotYet while the actor may not have the record as far as that.
        """
        recorded = Rounds(self._connection).get(actor, round_id)
        if not shows_record(actor, recorded, last):
            raise NotYet("票箱记录现在还不能查看。")
        return self._read(recorded, last)

    def _read(self, recorded: Round, last: EventType) -> Iterator[Entry]:
        data = self._data(recorded)
        after = -1
        while page := self._page(recorded, after):
            for row in page:
                parts = data[row.height] if row.sealed is None else [row.sealed]
                yield Entry(
                    height=row.height, type=row.type, body=row.body, ballot=row.ballot, data=tuple(parts)
                )
                if row.type == last:
                    return
            after = page[-1].height

    def _page(self, recorded: Round, after: int) -> Sequence[Row[Any, Any, Any, Any, Any]]:
        of_ballot = and_(
            ballot.c.congress == event.c.congress,
            ballot.c.round == event.c.round,
            ballot.c.digest == event.c.ballot,
        )
        query = (
            select(event.c.height, event.c.type, event.c.body, event.c.ballot, ballot.c.body.label("sealed"))
            .select_from(event.outerjoin(ballot, of_ballot))
            .where(event.c.congress == recorded.congress, event.c.round == recorded.id)
            .where(event.c.height > after)
            .order_by(event.c.height)
            .limit(_PAGE)
        )
        return self._connection.execute(query).all()

    def _data(self, recorded: Round) -> defaultdict[int, list[bytes]]:
        """Everything but the ballots, by height."""
        query = (
            select(datum.c.height, datum.c.body)
            .where(datum.c.congress == recorded.congress, datum.c.round == recorded.id)
            .order_by(datum.c.height, datum.c.place)
        )
        found = defaultdict[int, list[bytes]](list)
        for height, body in self._connection.execute(query):
            found[height].append(body)
        return found
