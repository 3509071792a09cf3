"""值班和接待: who is expected at a station, who came there, and what the public may know of the stations."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime
from typing import Final
from uuid import uuid4

from msgspec import Struct

from voting.actors import Actor, NotFound
from voting.congress_settings import PublicSettings
from voting.days import CHINA
from voting.duties import demand
from voting.errors import VotingError
from voting.people import Deputy
from voting.rounds import Congress
from voting.stations import Activity, Duty, Reception, Station
from voting.store import Store
from voting.text import clean_line, clean_prose

MOST_PEOPLE: Final = 10_000
MOST_RECEPTIONS: Final = 200
"""As many as a station's page shows."""
_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")
_KEY = re.compile(r"[0-9a-f]{32}")


class NotYetReceived(VotingError):
    """A reception on a day that has not come."""

    sentence = "接待日期还没有到。请核对日期。"


class StationEnded(VotingError):
    """Duty at a station that is no longer kept, or of a deputy who left."""

    sentence = "这个联络站已经停用，或者这位代表已经不再担任。请刷新页面后重新选择。"


class Month(Struct, frozen=True, kw_only=True):
    """A calendar month."""

    year: int
    month: int

    @classmethod
    def of(cls, text: str, now: datetime) -> Month:
        """`2026-09`, or else the present month."""
        found = _MONTH.fullmatch(text)
        if found is None:
            here = now.astimezone(CHINA)
            return cls(year=here.year, month=here.month)
        return cls(year=int(found[1]), month=int(found[2]))

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.month, calendar.monthrange(self.year, self.month)[1])

    def moved(self, by: int) -> str:
        """The month so many later, as `2026-10`."""
        months = self.year * 12 + self.month - 1 + by
        return f"{months // 12:04d}-{months % 12 + 1:02d}"


class Rota(Struct, frozen=True, kw_only=True):
    """A station's month: the days on which somebody is on duty, each with its deputies by their number."""

    station: Station
    month: Month
    days: tuple[tuple[date, tuple[Deputy, ...]], ...]
    deputies: tuple[Deputy, ...]
    """All who may be chosen."""


class Directory(Struct, frozen=True, kw_only=True):
    """What everybody may know: no telephone numbers, no liaison."""

    congress: Congress
    stations: tuple[Station, ...]


def rota(store: Store, actor: Actor, station_id: str, month: Month) -> Rota:
    """Raises NotFound, Forbidden."""
    demand(actor, "keep_places")
    with store.read() as tx:
        station = tx.stations.get(actor, station_id)
        duties = tx.station_work.on_duty(actor, station.id, month.first, month.last)
        everybody = tx.deputies.all(actor.congress)
    days = {
        day: tuple(one for one in everybody if any(d.day == day and d.deputy == one.id for d in duties))
        for day in sorted({one.day for one in duties})
    }
    sitting = tuple(one for one in everybody if one.ended_on is None)
    return Rota(station=station, month=month, days=tuple(days.items()), deputies=sitting)


def put_on_duty(
    store: Store, actor: Actor, station_id: str, deputy_id: str, day: date, now: datetime
) -> None:
    """Doing it twice changes nothing more. Raises StationEnded, NotFound, Forbidden."""
    demand(actor, "keep_places")
    with store.write() as tx:
        tx.stations.lock(actor.congress)
        station, deputy = tx.stations.get(actor, station_id), tx.deputies.get(actor, deputy_id)
        if station.ended_at is not None or deputy.ended_on is not None:
            raise StationEnded
        new = Duty(congress=actor.congress, station=station.id, day=day, deputy=deputy.id)
        if new in tx.station_work.on_duty(actor, station.id, day, day):
            return
        tx.station_work.put_on_duty([new])
        after = {"name": station.name, "day": day, "on": deputy.name}
        tx.audit.add(actor, "change_duty", now, "duty", station.id, after=after)


def take_off_duty(
    store: Store, actor: Actor, station_id: str, deputy_id: str, day: date, now: datetime
) -> None:
    """Doing it twice changes nothing more. Raises NotFound, Forbidden."""
    demand(actor, "keep_places")
    with store.write() as tx:
        tx.stations.lock(actor.congress)
        station, deputy = tx.stations.get(actor, station_id), tx.deputies.get(actor, deputy_id)
        old = Duty(congress=actor.congress, station=station.id, day=day, deputy=deputy.id)
        if old not in tx.station_work.on_duty(actor, station.id, day, day):
            return
        tx.station_work.take_off_duty([old])
        after = {"name": station.name, "day": day, "off": deputy.name}
        tx.audit.add(actor, "change_duty", now, "duty", station.id, after=after)


def own_duties(store: Store, actor: Actor, now: datetime) -> tuple[tuple[date, Station], ...]:
    """A deputy's, from today on; nobody else has any."""
    if actor.role != "deputy" or actor.deputy is None:
        raise NotFound
    with store.read() as tx:
        stations = {one.id: one for one in tx.stations.all(actor.congress)}
        duties = tx.station_work.duties_of(actor, actor.deputy, now.astimezone(CHINA).date())
    return tuple((one.day, stations[one.station]) for one in duties)


class Received(Struct, frozen=True, kw_only=True):
    """接待记录 as it is written down. `key` is made with the form: sent twice, it is one reception."""

    key: str
    day: date
    deputies: str
    people: int
    note: str


def receive(store: Store, actor: Actor, station_id: str, said: Received, now: datetime) -> None:
    """Enter it. Raises NotYetReceived, TextError, NotFound, Forbidden."""
    demand(actor, "keep_places")
    if said.day > now.astimezone(CHINA).date():
        raise NotYetReceived
    new = Reception(
        id=said.key if _KEY.fullmatch(said.key) else uuid4().hex,
        congress=actor.congress,
        station=station_id,
        day=said.day,
        deputies=clean_line(said.deputies, "接待代表"),
        people=said.people,
        note=clean_prose(said.note, "说明"),
        entered_by=actor.name,
        entered_at=now,
    )
    with store.write() as tx:
        tx.stations.lock(actor.congress)
        station = tx.stations.get(actor, station_id)
        if tx.station_work.has_reception(actor, new.id):
            return
        tx.station_work.receive(new)
        after = {"name": station.name, "day": new.day, "people": new.people, "deputies": new.deputies}
        tx.audit.add(actor, "receive", now, "reception", new.id, after=after)


def receptions(store: Store, actor: Actor, station_id: str) -> tuple[Reception, ...]:
    """A station's, the newest first, at most 200. Raises NotFound, Forbidden."""
    demand(actor, "keep_places")
    with store.read() as tx:
        station = tx.stations.get(actor, station_id)
        return tx.station_work.receptions(actor, station.id, MOST_RECEPTIONS)


def activity(store: Store, actor: Actor, year: int) -> dict[str, Activity]:
    """What happened at each station in a year. Raises Forbidden."""
    demand(actor, "keep_places")
    with store.read() as tx:
        return tx.station_work.activity(actor, date(year, 1, 1), date(year, 12, 31))


def directory(store: Store, congress_id: str) -> Directory:
    """For everybody, if the congress publishes it. Raises NotFound."""
    with store.read() as tx:
        congress = tx.sessions.congress(congress_id)
        if not tx.settings.get(congress_id, PublicSettings).show_stations:
            raise NotFound("这里没有公开联络站名录。需要了解的，请向人大办公室询问。")
        return Directory(congress=congress, stations=tx.stations.current(congress_id))
