"""Workbooks being made: how far, and the pieces of those that are ready."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct
from msgspec.structs import asdict
from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from voting.actors import Actor, NotFound
from voting.store.tables.ledger import export, export_part
from voting.store.visible import is_id

STANDS_STILL: Final = timedelta(minutes=2)
"""So long without a sign, and whoever was at work on it is gone."""
KEPT: Final = timedelta(days=1)


class Export(Struct, frozen=True, kw_only=True):
    """`done` of `total` rows are written; `finished_at` is None until it can be fetched."""

    id: str
    congress: str
    membership: str
    query: str
    started_at: datetime
    seen_at: datetime
    done: int
    total: int
    finished_at: datetime | None = None
    failed: bool = False

    def is_lost(self, now: datetime) -> bool:
        """Whether it will never be ready; `now` may lie before `seen_at`, where a clock was set back."""
        return self.failed or (self.finished_at is None and abs(now - self.seen_at) > STANDS_STILL)


class Exports:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Export) -> None:
        """The same person's older ones, and everybody's of the day before, are gone."""
        old = (export.c.membership == new.membership) | (export.c.started_at < new.started_at - KEPT)
        which = select(export.c.id).where(export.c.congress == new.congress, old)
        parts = (export_part.c.congress == new.congress, export_part.c.export.in_(which))
        self._connection.execute(delete(export_part).where(*parts))
        self._connection.execute(delete(export).where(export.c.congress == new.congress, old))
        self._connection.execute(insert(export).values(asdict(new)))

    def get(self, actor: Actor, export_id: str) -> Export:
        """One's own. Raises NotFound."""
        names = [export.c[name] for name in Export.__struct_fields__]
        query = select(*names).where(*_at(actor.congress, export_id), export.c.membership == actor.link)
        row = self._connection.execute(query).mappings().one_or_none() if is_id(export_id) else None
        if row is None:
            raise NotFound
        return Export(**row)

    def move(self, one: Export, **changes: object) -> bool:
        """How far it is; false when it is no longer wanted."""
        which = _at(one.congress, one.id)
        return bool(self._connection.execute(update(export).where(*which).values(changes)).rowcount)

    def add_part(self, one: Export, place: int, body: bytes) -> None:
        row = {"congress": one.congress, "export": one.id, "place": place, "body": body}
        self._connection.execute(insert(export_part).values(row))

    def part(self, one: Export, place: int) -> bytes | None:
        """The piece at this place, from 0; None after the last."""
        query = select(export_part.c.body).where(
            export_part.c.congress == one.congress,
            export_part.c.export == one.id,
            export_part.c.place == place,
        )
        body: bytes | None = self._connection.execute(query).scalar()
        return body


def _at(congress: str, export_id: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return export.c.congress == congress, export.c.id == export_id
