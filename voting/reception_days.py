"""接待日: setting it, making the duty list of all points in one step, and what the public may know of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from msgspec import Struct

from voting.actors import Actor
from voting.attending import StationEnded
from voting.congress_settings import PublicSettings
from voting.days import CHINA
from voting.duties import demand
from voting.people import Deputy
from voting.receptions import DayFigures, ReceptionPlan, next_day, total
from voting.stations import Duty, Station
from voting.store import Store, Transaction
from voting.text import clean_line


class Arrangement(Struct, frozen=True, kw_only=True):
    """A reception day that can be arranged: each point with those on duty, or, where nobody is yet, with
    those who were there on the reception day before; `arranged`: the list for this day has been made."""

    plan: ReceptionPlan
    day: date | None
    points: tuple[tuple[Station, tuple[Deputy, ...]], ...]
    deputies: tuple[Deputy, ...]
    arranged: bool


class Shown(Struct, frozen=True, kw_only=True):
    """What everybody may know."""

    plan: ReceptionPlan
    next_day: date
    stations: frozenset[str]
    days: int
    figures: DayFigures


def plan_of(store: Store, actor: Actor) -> ReceptionPlan:
    """As it is set. Raises Forbidden."""
    demand(actor, "keep_places")
    with store.read() as tx:
        return tx.settings.get(actor.congress, ReceptionPlan)


def set_plan(store: Store, actor: Actor, plan: ReceptionPlan, now: datetime) -> None:
    """Stations that are not in use are left out. Raises TextError, Forbidden."""
    demand(actor, "keep_places")
    name = clean_line(plan.name, "接待日名称")
    with store.write() as tx:
        current = [one.id for one in tx.stations.current(actor.congress) if one.id in plan.stations]
        kept = ReceptionPlan(name=name, day=plan.day, stations=tuple(current))
        tx.settings.put(actor, kept, now)


def arrangement(store: Store, actor: Actor, day: date | None, now: datetime) -> Arrangement:
    """For a day, or for the next reception day. Raises Forbidden."""
    demand(actor, "keep_places")
    with store.read() as tx:
        plan = tx.settings.get(actor.congress, ReceptionPlan)
        if plan.day:
            day = day or next_day(plan.day, now.astimezone(CHINA).date())
        stations = [one for one in tx.stations.current(actor.congress) if one.id in plan.stations]
        deputies = tx.deputies.current(actor.congress)
        if day is None:
            return Arrangement(plan=plan, day=None, points=(), deputies=deputies, arranged=False)
        there, arranged = _there(tx, actor, day)
    points = tuple((one, tuple(d for d in deputies if (one.id, d.id) in there)) for one in stations)
    return Arrangement(plan=plan, day=day, points=points, deputies=deputies, arranged=arranged)


def arrange(
    store: Store, actor: Actor, day: date, wanted: Mapping[str, Sequence[str]], now: datetime
) -> None:
    """Exactly these deputies are on duty at each of these stations; `wanted`: station to deputies, by id.

    Doing it twice changes nothing more. Raises StationEnded, NotFound, Forbidden.
    """
    demand(actor, "keep_places")
    with store.write() as tx:
        tx.stations.lock(actor.congress)
        for station_id, deputy_ids in wanted.items():
            station = tx.stations.get(actor, station_id)
            deputies = [tx.deputies.get(actor, one) for one in deputy_ids]
            if station.ended_at is not None or any(one.ended_on is not None for one in deputies):
                raise StationEnded
            _put_on_duty(tx, actor, station, day, deputies, now)
        if tx.reception_days.points(actor.congress, day) != frozenset(wanted):
            tx.reception_days.put(actor.congress, day, wanted)
            after = {"day": day, "points": len(wanted)}
            tx.audit.add(actor, "hold_reception_day", now, "reception_day", after=after)


def figures(store: Store, actor: Actor, now: datetime) -> tuple[tuple[date, DayFigures], ...]:
    """Of every reception day up to today, newest first. Raises Forbidden."""
    demand(actor, "keep_places")
    with store.read() as tx:
        return tx.reception_days.figures(actor.congress, now.astimezone(CHINA).date())


def shown(store: Store, congress_id: str, now: datetime) -> Shown | None:
    """None: the congress has set no reception day, or does not publish its stations."""
    today = now.astimezone(CHINA).date()
    with store.read() as tx:
        plan = tx.settings.get(congress_id, ReceptionPlan)
        if not plan.day or not tx.settings.get(congress_id, PublicSettings).show_stations:
            return None
        held = tx.reception_days.figures(congress_id, today)
    return Shown(
        plan=plan,
        next_day=next_day(plan.day, today),
        stations=frozenset(plan.stations),
        days=len(held),
        figures=total(one for _, one in held),
    )


def _there(tx: Transaction, actor: Actor, day: date) -> tuple[set[tuple[str, str]], bool]:
    """(station, deputy) of the day; of the reception day before, for stations where nobody is on duty yet."""
    here = {(one.station, one.deputy) for one in tx.station_work.all_on_duty(actor, day, day)}
    if tx.reception_days.points(actor.congress, day):
        return here, True
    before = tx.reception_days.before(actor.congress, day)
    taken = {station for station, _ in here}
    if before is not None:
        last = tx.station_work.all_on_duty(actor, before, before)
        here |= {(one.station, one.deputy) for one in last if one.station not in taken}
    return here, False


def _put_on_duty(
    tx: Transaction, actor: Actor, station: Station, day: date, deputies: Sequence[Deputy], now: datetime
) -> None:
    """One line of the log for each station whose list changes."""
    before = {one.deputy for one in tx.station_work.on_duty(actor, station.id, day, day)}
    wanted = {one.id for one in deputies}
    new, gone = wanted - before, before - wanted
    if not new and not gone:
        return
    tx.station_work.put_on_duty([_duty(station, day, one) for one in sorted(new)])
    tx.station_work.take_off_duty([_duty(station, day, one) for one in sorted(gone)])
    names = {one.id: one.name for one in tx.deputies.all(actor.congress)}
    after = {
        "name": station.name,
        "day": day,
        "on": sorted(names[one] for one in new),
        "off": sorted(names[one] for one in gone),
    }
    tx.audit.add(actor, "change_duty", now, "duty", station.id, after=after)


def _duty(station: Station, day: date, deputy: str) -> Duty:
    return Duty(congress=station.congress, station=station.id, day=day, deputy=deputy)
