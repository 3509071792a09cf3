"""联络站活动: entering what a station did, and how each stands against the quarter's number."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final
from uuid import uuid4

from msgspec import Struct

from voting.activities import ActivityKind, ActivityQuota, Quarter, StationActivity, behind
from voting.actors import Actor
from voting.attending import NotYetReceived, StationEnded
from voting.days import CHINA
from voting.duties import demand
from voting.errors import TextError
from voting.stations import Station
from voting.store import Store
from voting.text import clean_prose

MOST_SHOWN: Final = 200
_KEY = re.compile(r"[0-9a-f]{32}")


class QuarterOverview(Struct, frozen=True, kw_only=True):
    """`done`: station to number; `behind`: those that still owe activities, and how many."""

    quarter: Quarter
    quota: int
    done: dict[str, int]
    behind: tuple[tuple[Station, int], ...]


class Done(Struct, frozen=True, kw_only=True):
    """An activity as it is written down. `key` is made with the form: sent twice, it is one activity."""

    key: str
    day: date
    kind: ActivityKind
    words: str


def overview(store: Store, actor: Actor, now: datetime) -> QuarterOverview:
    """Of the present quarter. Raises Forbidden."""
    demand(actor, "keep_places")
    quarter = Quarter.of(now.astimezone(CHINA).date())
    with store.read() as tx:
        quota = tx.settings.get(actor.congress, ActivityQuota).least
        done = tx.activities.counts(actor, quarter.first, quarter.last)
        stations = tx.stations.current(actor.congress)
    return QuarterOverview(quarter=quarter, quota=quota, done=done, behind=behind(stations, done, quota))


def set_quota(store: Store, actor: Actor, least: int, now: datetime) -> None:
    """How many a station owes in each quarter. Raises Forbidden."""
    demand(actor, "keep_places")
    with store.write() as tx:
        tx.settings.put(actor, ActivityQuota(least=least), now)


def activities(store: Store, actor: Actor, station_id: str) -> tuple[StationActivity, ...]:
    """A station's, the newest first, at most 200. Raises NotFound, Forbidden."""
    demand(actor, "keep_places")
    with store.read() as tx:
        return tx.activities.of_station(actor, tx.stations.get(actor, station_id).id, MOST_SHOWN)


def enter(store: Store, actor: Actor, station_id: str, done: Done, now: datetime) -> None:
    """Raises NotYetReceived, StationEnded, TextError, NotFound, Forbidden."""
    demand(actor, "keep_places")
    if done.day > now.astimezone(CHINA).date():
        raise NotYetReceived("活动日期还没有到。请核对日期。")
    words = clean_prose(done.words, "活动内容")
    if not words:
        raise TextError("没有填写“活动内容”。请用一两句话写明做了什么。")
    new = StationActivity(
        id=done.key if _KEY.fullmatch(done.key) else uuid4().hex,
        congress=actor.congress,
        station=station_id,
        day=done.day,
        kind=done.kind,
        words=words,
        entered_by=actor.name,
        entered_at=now,
    )
    with store.write() as tx:
        tx.stations.lock(actor.congress)
        station = tx.stations.get(actor, station_id)
        if tx.activities.has(actor, new.id):
            return
        if station.ended_at is not None:
            raise StationEnded
        tx.activities.add(new)
        after = {"name": station.name, "day": new.day, "kind": new.kind, "text": new.words}
        tx.audit.add(actor, "enter_activity", now, "station_activity", new.id, after=after)
