"""Short lists that an office keeps: units, deputies, villages, categories. Entries end, none is deleted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Generic, TypeVar

from msgspec import Struct
from msgspec.structs import asdict, replace
from sqlalchemy import ColumnElement, Connection, Table, insert, select, update

from voting.actors import Actor, NotFound
from voting.people import Category, Deputy, Unit, Village
from voting.stations import Station
from voting.store.locks import lock_congress
from voting.store.tables import collecting, people
from voting.store.visible import is_id

Entry = TypeVar("Entry", bound=Struct)


class Listed(Generic[Entry]):
    """One such list of one congress. Reading needs to belong to the congress, and nothing more."""

    def __init__(
        self, connection: Connection, table: Table, struct: type[Entry], order: Sequence[str], ended: str
    ) -> None:
        self._connection = connection
        self._table, self._struct = table, struct
        self._order = [table.c[name] for name in order]
        self._ended = table.c[ended]

    def lock(self, congress: str) -> None:
        """Until the transaction ends nobody else changes a list of the congress. Raises NotFound."""
        lock_congress(self._connection, congress)

    def add(self, new: Entry) -> None:
        self._connection.execute(insert(self._table).values(asdict(new)))

    def add_many(self, new: Sequence[Entry]) -> None:
        if new:
            self._connection.execute(insert(self._table), [asdict(one) for one in new])

    def get(self, actor: Actor, entry: str) -> Entry:
        """Also one that has ended. Raises NotFound."""
        if not is_id(entry):
            raise NotFound
        found = self._many(actor.congress, self._table.c.id == entry)
        if not found:
            raise NotFound
        return found[0]

    def current(self, congress: str) -> tuple[Entry, ...]:
        """Those that have not ended, in the order of the office."""
        return self._many(congress, self._ended.is_(None))

    def all(self, congress: str) -> tuple[Entry, ...]:
        """Also those that have ended."""
        return self._many(congress)

    def change(self, before: Entry, **changes: object) -> Entry:
        """Write the named fields; the entry as it is afterwards."""
        key = asdict(before)
        self._connection.execute(
            update(self._table)
            .where(self._table.c.congress == key["congress"], self._table.c.id == key["id"])
            .values(changes)
        )
        return replace(before, **changes)

    def end(self, before: Entry, at: datetime | date) -> Entry:
        """From now on it is offered nowhere; what refers to it stays."""
        return self.change(before, **{self._ended.name: at})

    def _many(self, congress: str, *which: ColumnElement[bool]) -> tuple[Entry, ...]:
        columns = [self._table.c[name] for name in self._struct.__struct_fields__]
        query = select(*columns).where(self._table.c.congress == congress, *which)
        rows = self._connection.execute(query.order_by(*self._order, self._table.c.id)).mappings()
        return tuple(self._struct(**row) for row in rows)


def units(connection: Connection) -> Listed[Unit]:
    return Listed(connection, people.unit, Unit, ["name"], "ended_at")


def deputies(connection: Connection) -> Listed[Deputy]:
    return Listed(connection, people.deputy, Deputy, ["number"], "ended_on")


def villages(connection: Connection) -> Listed[Village]:
    return Listed(connection, collecting.village, Village, ["place", "town", "name"], "ended_at")


def stations(connection: Connection) -> Listed[Station]:
    return Listed(connection, collecting.station, Station, ["name"], "ended_at")


def categories(connection: Connection) -> Listed[Category]:
    return Listed(connection, collecting.category, Category, ["place", "name"], "ended_at")
