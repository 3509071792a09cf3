"""What lies on a desk: what waits for screening, what a deputy or unit proposed, what may be co-signed."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, UnaryExpression, and_, func, select

from voting.actors import Actor
from voting.store.locks import lock_congress
from voting.store.suggestions import visible_suggestions
from voting.store.tables.collecting import station, suggestion
from voting.suggestions import Suggestion

_OLDEST = (suggestion.c.received_at.asc(), suggestion.c.id.asc())
_NEWEST = (suggestion.c.received_at.desc(), suggestion.c.id.desc())


class StationSign(Struct, frozen=True, kw_only=True):
    """What a poster says of its station, and whether it still exists."""

    id: str
    code: str
    name: str
    ended_at: datetime | None


class Inbox:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock_numbers(self, congress_id: str) -> None:
        """Until the transaction ends nobody else gives a number in this congress. Raises NotFound."""
        lock_congress(self._connection, congress_id)

    def stations(self, congress: str) -> tuple[StationSign, ...]:
        """Those in use, by name; that they exist is public."""
        return self._stations(congress, station.c.ended_at.is_(None))

    def station_with(self, congress: str, code: str) -> StationSign | None:
        """The one of this congress whose poster bears the code, also a closed one."""
        if not (code.isascii() and code.isalnum()):
            return None
        found = self._stations(congress, station.c.code == code)
        return found[0] if found else None

    def _stations(self, congress: str, which: ColumnElement[bool]) -> tuple[StationSign, ...]:
        columns = [station.c[name] for name in StationSign.__struct_fields__]
        query = select(*columns).where(station.c.congress == congress, which).order_by(station.c.name)
        return tuple(StationSign(**row) for row in self._connection.execute(query).mappings())

    def waiting(self, actor: Actor, most: int) -> tuple[Suggestion, ...]:
        """Not screened yet, oldest first."""
        return self._many(actor, _OLDEST, most, suggestion.c.state == "received")

    def count_waiting(self, actor: Actor) -> int:
        query = select(func.count()).where(visible_suggestions(actor), suggestion.c.state == "received")
        return int(self._connection.execute(query).scalar_one())

    def own(self, actor: Actor, most: int) -> tuple[Suggestion, ...]:
        """What this deputy filed or this unit proposed, newest first; nothing for anybody else."""
        if actor.role == "deputy" and actor.deputy:
            return self._many(actor, _NEWEST, most, suggestion.c.deputy == actor.deputy)
        if actor.role == "unit" and actor.unit:
            return self._many(actor, _NEWEST, most, suggestion.c.unit == actor.unit)
        return ()

    def to_cosign(self, actor: Actor, most: int) -> tuple[Suggestion, ...]:
        """Proposals of other deputies that an office released and nobody decided yet, newest first."""
        open_ones = and_(
            suggestion.c.kind == "proposal",
            suggestion.c.released_at.is_not(None),
            suggestion.c.decided_at.is_(None),
            suggestion.c.state == "registered",
            suggestion.c.deputy.is_distinct_from(actor.deputy),
        )
        return self._many(actor, _NEWEST, most, open_ones)

    def _many(
        self,
        actor: Actor,
        order: tuple[UnaryExpression[object], ...],
        most: int,
        *which: ColumnElement[bool],
    ) -> tuple[Suggestion, ...]:
        columns = [suggestion.c[name] for name in Suggestion.__struct_fields__]
        query = select(*columns).where(visible_suggestions(actor), *which).order_by(*order).limit(most)
        return tuple(Suggestion(**row) for row in self._connection.execute(query).mappings())
