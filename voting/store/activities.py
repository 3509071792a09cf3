"""What the stations did: a log that only grows."""

from __future__ import annotations

from datetime import date

from msgspec.structs import asdict
from sqlalchemy import Connection, func, insert, select

from voting.activities import StationActivity
from voting.actors import Actor
from voting.store.tables.attending import station_activity

_FACTS = select(*(station_activity.c[name] for name in StationActivity.__struct_fields__))


class Activities:
    """Whoever reads names the congress through the actor; another congress's station has nothing here."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: StationActivity) -> None:
        self._connection.execute(insert(station_activity).values(asdict(new)))

    def has(self, actor: Actor, activity_id: str) -> bool:
        """Whether it was entered already."""
        which = (station_activity.c.congress == actor.congress, station_activity.c.id == activity_id)
        return self._connection.execute(select(station_activity.c.id).where(*which)).one_or_none() is not None

    def of_station(self, actor: Actor, station: str, most: int) -> tuple[StationActivity, ...]:
        """The newest first."""
        which = (station_activity.c.congress == actor.congress, station_activity.c.station == station)
        order = (station_activity.c.day.desc(), station_activity.c.entered_at.desc())
        rows = self._connection.execute(_FACTS.where(*which).order_by(*order).limit(most)).mappings()
        return tuple(StationActivity(**row) for row in rows)

    def counts(self, actor: Actor, first: date, last: date) -> dict[str, int]:
        """How many each station has from the first to the last day; those with none are left out."""
        query = (
            select(station_activity.c.station, func.count())
            .where(station_activity.c.congress == actor.congress, station_activity.c.day.between(first, last))
            .group_by(station_activity.c.station)
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}
