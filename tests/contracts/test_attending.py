"""Promises of the store about word for deputies, reception days, activities of stations, and liaisons."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from tests.contracts.cases import case
from tests.county import Body, County, new_id
from voting.activities import StationActivity
from voting.actors import PUBLIC, NotFound
from voting.contacts import Liaison, LiaisonContact
from voting.days import CHINA
from voting.handling.facts import Handling
from voting.receptions import DayFigures
from voting.stations import Duty, Reception, Station

DAY = date(2026, 9, 17)
BEFORE = date(2026, 8, 17)


def a_station(body: Body, name: str = "一站") -> Station:
    new = Station(id=new_id(name), congress=body.congress.id, code=new_id(name)[:8], name=name, kind="point")
    with body.store.write() as tx:
        tx.stations.add(new)
    return new


@case("addressed.add", "addressed.deputy_of", "addressed.listing", "addressed.get")
def test_word_reaches_its_deputy_once_screened_and_nobody_else(county: County) -> None:
    word, raw, gone, complaint = (
        county.suggest(str(n), **more)
        for n, more in enumerate(({}, {"state": "received"}, {"state": "refused"}, {"kind": "complaint"}))
    )
    with county.store.write() as tx:
        for one in (word, raw, gone, complaint):
            tx.addressed.add(one, county.deputies[0].id)
    with county.store.read() as tx:
        assert tx.addressed.deputy_of(raw) == county.deputies[0].id
        assert tx.addressed.deputy_of(county.town.suggest()) is None
        assert tx.addressed.listing(county.deputy, 9) == (word,)
        assert tx.addressed.get(county.deputy, word.id) == word
        for hidden in (raw, gone, complaint):
            with pytest.raises(NotFound):
                tx.addressed.get(county.deputy, hidden.id)
        for other in (county.other_deputy, county.staff, county.unit, county.town.deputy, PUBLIC):
            assert tx.addressed.listing(other, 9) == ()
            with pytest.raises(NotFound):
                tx.addressed.get(other, word.id)
        with pytest.raises(NotFound):
            tx.addressed.get(county.deputy, "\x00")


def received(station: Station, people: int, at: datetime) -> Reception:
    return Reception(
        id=new_id("接待"),
        congress=station.congress,
        station=station.id,
        day=DAY,
        deputies="张桂兰",
        people=people,
        note="",
        entered_by="刘科长",
        entered_at=at,
    )


def solved(county: County, station: Station, result: str, **more: Any) -> None:
    one = county.suggest(station=station.id, received_at=noon(), state="answered", route="handed", **more)
    part = Handling(
        id=new_id("交办"),
        congress=county.congress.id,
        suggestion=one.id,
        unit=county.units[0].id,
        part="lead",
        state="released",
        handed_at=noon(),
        handed_by="刘科长",
        task="办理",
        return_by=None,
        contact_by=None,
        answer_by=DAY,
        answer="已装灯。",
        result="A" if result == "A" else "C",
        released_at=noon(),
    )
    with county.store.write() as tx:
        tx.handlings.add(part)


def noon(day: date = DAY) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=CHINA)


@case("reception_days.put", "reception_days.points", "reception_days.before", "reception_days.figures")
def test_a_reception_day_counts_what_happened_at_its_points_that_day(county: County) -> None:
    here, there, elsewhere = (a_station(county, name) for name in ("甲", "乙", "丙"))
    congress = county.congress.id
    with county.store.write() as tx:
        tx.reception_days.put(congress, DAY, [here.id, elsewhere.id])
        tx.reception_days.put(congress, DAY, [here.id, there.id, here.id])
        tx.reception_days.put(congress, BEFORE, [here.id])
        for station, day, n in ((here, DAY, 0), (here, DAY, 1), (there, DAY, 2), (elsewhere, DAY, 0)):
            duty = Duty(congress=congress, station=station.id, day=day, deputy=county.deputies[n].id)
            tx.station_work.put_on_duty([duty])
        for station, people in ((here, 12), (here, 5), (there, 1), (elsewhere, 100)):
            tx.station_work.receive(received(station, people, noon()))
    solved(county, here, "A")
    solved(county, here, "C")
    county.suggest(station=there.id, received_at=noon(), state="closed", route="answered_now")
    county.suggest(station=there.id, received_at=noon().replace(hour=0))
    county.suggest(station=there.id, received_at=noon() + timedelta(hours=12))
    county.suggest(station=elsewhere.id, received_at=noon())
    with county.store.read() as tx:
        days = tx.reception_days
        assert days.points(congress, DAY) == {here.id, there.id}
        assert days.points(county.town.congress.id, DAY) == frozenset()
        assert (days.before(congress, DAY), days.before(congress, BEFORE)) == (BEFORE, None)
        assert days.figures(congress, DAY) == (
            (DAY, DayFigures(points=2, deputies=3, receptions=3, people=18, suggestions=4, resolved=2)),
            (BEFORE, DayFigures(points=1)),
        )
        assert [day for day, _ in days.figures(congress, BEFORE)] == [BEFORE]
        assert days.figures(county.town.congress.id, DAY) == ()


@case("activities.add", "activities.has", "activities.of_station", "activities.counts")
def test_activities_are_counted_by_station_and_period(county: County) -> None:
    here, there = a_station(county, "甲"), a_station(county, "乙")
    made = [
        StationActivity(
            id=new_id("活动"),
            congress=county.congress.id,
            station=station.id,
            day=day,
            kind="study",
            words="学习代表法",
            entered_by="刘科长",
            entered_at=county.now(),
        )
        for station, day in ((here, BEFORE), (here, DAY), (there, DAY))
    ]
    with county.store.write() as tx:
        for one in made:
            tx.activities.add(one)
    with county.store.read() as tx:
        log, staff = tx.activities, county.staff
        assert log.has(staff, made[0].id)
        assert not log.has(county.town.staff, made[0].id)
        assert log.of_station(staff, here.id, 9) == (made[1], made[0])
        assert log.of_station(staff, here.id, 1) == (made[1],)
        assert log.of_station(county.town.staff, here.id, 9) == ()
        assert log.counts(staff, BEFORE, DAY) == {here.id: 2, there.id: 1}
        assert log.counts(staff, DAY, DAY) == {here.id: 1, there.id: 1}
        assert log.counts(county.town.staff, BEFORE, DAY) == {}


@case(
    "liaisons.add",
    "liaisons.get",
    "liaisons.current",
    "liaisons.end",
    "liaisons.add_contact",
    "liaisons.contacts",
    "liaisons.log",
    "liaisons.has_contact",
    "liaisons.last_days",
)
def test_liaisons_are_the_offices_and_the_deputys_own(county: County) -> None:
    own, others = (
        Liaison(
            id=new_id("联系"),
            congress=county.congress.id,
            deputy=county.deputies[n].id,
            name="周大爷",
            village=county.villages[0].id,
            made_at=county.now(),
        )
        for n in (0, 1)
    )
    first, last = (
        LiaisonContact(
            id=new_id("一次"),
            congress=county.congress.id,
            liaison=own.id,
            day=day,
            channel="phone",
            note="",
            entered_by="张桂兰",
            entered_at=county.now(),
        )
        for day in (BEFORE, DAY)
    )
    with county.store.write() as tx:
        for one in (own, others):
            tx.liaisons.add(one)
        for contact in (last, first):
            tx.liaisons.add_contact(contact)
    with county.store.read() as tx:
        log = tx.liaisons
        assert log.current(county.staff) == (own, others)
        assert log.current(county.deputy) == (own,)
        assert log.get(county.deputy, own.id) == own
        assert log.contacts(county.deputy, county.deputies[0].id, 9) == (last, first)
        assert log.contacts(county.deputy, county.deputies[0].id, 1) == (last,)
        assert log.log(county.staff, BEFORE, DAY) == ((own, first), (own, last))
        assert log.log(county.deputy, DAY, DAY) == ((own, last),)
        assert log.has_contact(county.deputy, first.id)
        assert log.last_days(county.staff) == log.last_days(county.deputy) == {own.id: DAY}
        for actor in (county.other_deputy, county.unit, county.presidium, county.town.staff, PUBLIC):
            assert own not in log.current(actor)
            assert log.contacts(actor, county.deputies[0].id, 9) == ()
            assert log.log(actor, BEFORE, DAY) == ()
            assert log.last_days(actor) == {}
            assert not log.has_contact(actor, first.id)
            with pytest.raises(NotFound):
                log.get(actor, own.id)
        with pytest.raises(NotFound):
            log.get(county.staff, "'; --")
    with county.store.write() as tx:
        tx.liaisons.end(own, county.now())
    with county.store.read() as tx:
        assert tx.liaisons.current(county.deputy) == ()
        assert tx.liaisons.get(county.deputy, own.id).ended_at is not None
        assert tx.liaisons.contacts(county.deputy, county.deputies[0].id, 9) == (last, first)
