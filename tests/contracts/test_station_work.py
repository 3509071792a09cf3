"""Promises of the store about duty at stations and who came to them."""

from __future__ import annotations

from datetime import date

from tests.contracts.cases import case
from tests.county import County, new_id
from voting.stations import Duty, Reception, Station

DAY = date(2026, 9, 17)


def a_station(county: County, code: str = "11111111") -> Station:
    new = Station(
        id=new_id(code), congress=county.congress.id, code=code, name=f"联络站{code}", kind="station"
    )
    with county.store.write() as tx:
        tx.stations.add(new)
    return new


def received(county: County, station: Station, people: int, day: date = DAY) -> Reception:
    return Reception(
        id=new_id("reception"),
        congress=county.congress.id,
        station=station.id,
        day=day,
        deputies="张桂兰",
        people=people,
        note="",
        entered_by="刘科长",
        entered_at=county.now(),
    )


@case(
    "station_work.put_on_duty",
    "station_work.take_off_duty",
    "station_work.on_duty",
    "station_work.all_on_duty",
    "station_work.duties_of",
)
def test_duty_is_found_by_station_by_deputy_and_by_day(county: County) -> None:
    first, second = a_station(county), a_station(county, "22222222")
    one, two = (
        Duty(congress=county.congress.id, station=at.id, day=DAY, deputy=county.deputies[n].id)
        for n, at in enumerate((first, second))
    )
    later = Duty(
        congress=county.congress.id, station=first.id, day=date(2026, 10, 17), deputy=county.deputies[0].id
    )
    with county.store.write() as tx:
        tx.station_work.put_on_duty([one, two, later])
    with county.store.read() as tx:
        work, staff = tx.station_work, county.staff
        assert work.on_duty(staff, first.id, DAY, DAY) == (one,)
        assert set(work.all_on_duty(staff, DAY, DAY)) == {one, two}
        assert work.duties_of(staff, county.deputies[0].id, DAY) == (one, later)
        assert work.all_on_duty(county.town.staff, DAY, DAY) == ()
    with county.store.write() as tx:
        tx.station_work.take_off_duty([one])
    with county.store.read() as tx:
        assert tx.station_work.on_duty(county.staff, first.id, DAY, DAY) == ()


@case(
    "station_work.receive",
    "station_work.has_reception",
    "station_work.receptions",
    "station_work.received",
    "station_work.activity",
)
def test_receptions_and_suggestions_of_a_station_are_counted_each_for_itself(county: County) -> None:
    station = a_station(county)
    earlier, newest = received(county, station, 3), received(county, station, 5, date(2026, 9, 18))
    with county.store.write() as tx:
        tx.station_work.receive(earlier)
        tx.station_work.receive(newest)
    county.suggest(station=station.id, received_at=county.now())
    with county.store.read() as tx:
        work, staff = tx.station_work, county.staff
        assert work.receptions(staff, station.id, 10) == (newest, earlier)
        assert work.receptions(staff, station.id, 1) == (newest,)
        assert work.received(staff, DAY, date(2026, 12, 31)) == (earlier, newest)
        assert work.received(staff, DAY, DAY) == (earlier,)
        assert work.received(county.town.staff, DAY, date(2026, 12, 31)) == ()
        assert work.has_reception(staff, newest.id)
        assert not work.has_reception(county.town.staff, newest.id)
        [counted] = work.activity(staff, date(2026, 9, 1), DAY).values()
        assert (counted.receptions, counted.people, counted.suggestions) == (1, 3, 1)
        assert work.activity(county.town.staff, date(2026, 9, 1), DAY) == {}
