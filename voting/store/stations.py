"""What goes on at the stations: who is on duty, who came. The registry itself is `tx.stations`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from msgspec.structs import asdict
from sqlalchemy import Connection, delete, func, insert, select

from voting.actors import Actor
from voting.days import CHINA
from voting.stations import Activity, Duty, Reception
from voting.store.tables.collecting import duty, reception, suggestion

_DUTY = select(*(duty.c[name] for name in Duty.__struct_fields__))
_RECEPTION = select(*(reception.c[name] for name in Reception.__struct_fields__))


class StationWork:
    """Whoever reads names the congress through the actor; another congress's station has nothing here."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def on_duty(self, actor: Actor, station: str, first: date, last: date) -> tuple[Duty, ...]:
        """From the first to the last day, by day."""
        which = (
            duty.c.congress == actor.congress,
            duty.c.station == station,
            duty.c.day.between(first, last),
        )
        rows = self._connection.execute(_DUTY.where(*which).order_by(duty.c.day, duty.c.deputy)).mappings()
        return tuple(Duty(**row) for row in rows)

    def all_on_duty(self, actor: Actor, first: date, last: date) -> tuple[Duty, ...]:
        """At all stations, by day."""
        which = (duty.c.congress == actor.congress, duty.c.day.between(first, last))
        order = (duty.c.day, duty.c.station, duty.c.deputy)
        rows = self._connection.execute(_DUTY.where(*which).order_by(*order)).mappings()
        return tuple(Duty(**row) for row in rows)

    def duties_of(self, actor: Actor, deputy: str, first: date) -> tuple[Duty, ...]:
        """A deputy's, from this day on, by day."""
        which = (duty.c.congress == actor.congress, duty.c.deputy == deputy, duty.c.day >= first)
        rows = self._connection.execute(_DUTY.where(*which).order_by(duty.c.day, duty.c.station)).mappings()
        return tuple(Duty(**row) for row in rows)

    def put_on_duty(self, new: Sequence[Duty]) -> None:
        if new:
            self._connection.execute(insert(duty), [asdict(one) for one in new])

    def take_off_duty(self, old: Sequence[Duty]) -> None:
        for one in old:
            key = asdict(one)
            self._connection.execute(delete(duty).where(*(duty.c[name] == key[name] for name in key)))

    def receive(self, new: Reception) -> None:
        self._connection.execute(insert(reception).values(asdict(new)))

    def has_reception(self, actor: Actor, reception_id: str) -> bool:
        """Whether it was entered already."""
        which = (reception.c.congress == actor.congress, reception.c.id == reception_id)
        return self._connection.execute(select(reception.c.id).where(*which)).one_or_none() is not None

    def receptions(self, actor: Actor, station: str, limit: int) -> tuple[Reception, ...]:
        """The newest first."""
        which = (reception.c.congress == actor.congress, reception.c.station == station)
        query = _RECEPTION.where(*which).order_by(reception.c.day.desc(), reception.c.entered_at.desc())
        rows = self._connection.execute(query.limit(limit)).mappings()
        return tuple(Reception(**row) for row in rows)

    def received(self, actor: Actor, first: date, last: date) -> tuple[Reception, ...]:
        """At all stations, from the first to the last day, by day."""
        which = (reception.c.congress == actor.congress, reception.c.day.between(first, last))
        order = (reception.c.day, reception.c.entered_at, reception.c.id)
        rows = self._connection.execute(_RECEPTION.where(*which).order_by(*order)).mappings()
        return tuple(Reception(**row) for row in rows)

    def activity(self, actor: Actor, first: date, last: date) -> dict[str, Activity]:
        """By station, from the first to the last day."""
        received = (
            select(reception.c.station, func.count(), func.sum(reception.c.people))
            .where(reception.c.congress == actor.congress, reception.c.day.between(first, last))
            .group_by(reception.c.station)
        )
        proposed = dict(self._suggestions(actor, first, last))
        found = {
            station: Activity(receptions=number, people=int(people), suggestions=proposed.pop(station, 0))
            for station, number, people in self._connection.execute(received)
        }
        return found | {station: Activity(suggestions=number) for station, number in proposed.items()}

    def _suggestions(self, actor: Actor, first: date, last: date) -> list[tuple[str, int]]:
        query = (
            select(suggestion.c.station, func.count())
            .where(
                suggestion.c.congress == actor.congress,
                suggestion.c.station.is_not(None),
                suggestion.c.received_at >= datetime.combine(first, time.min, CHINA),
                suggestion.c.received_at < datetime.combine(last + timedelta(days=1), time.min, CHINA),
            )
            .group_by(suggestion.c.station)
        )
        return [(station, number) for station, number in self._connection.execute(query)]
