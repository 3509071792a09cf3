"""Promises of voting/contacts.py and voting/activities.py: what is enough, too much, or missing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from voting.activities import Quarter, behind
from voting.contacts import (
    CITIZENS,
    LEAST_DEPUTIES,
    MOST_DEPUTIES,
    MOST_VOTERS,
    Liaison,
    missing,
    too_many,
    without_contact,
)
from voting.people import Deputy
from voting.stations import Station

NOW = datetime(2026, 9, 1, tzinfo=UTC)
MEMBER = Deputy(id="m", congress="c", number=1, name="张桂兰", delegation="城关代表团", committee=True)
PLAIN = Deputy(id="p", congress="c", number=2, name="王建军", delegation="城关代表团")


def with_deputies(number: int, *, ended: bool = False) -> list[Liaison]:
    at = NOW if ended else None
    return [
        Liaison(id=f"d{n}", congress="c", deputy="m", made_at=NOW, other=str(n), ended_at=at)
        for n in range(number)
    ]


def with_citizens(number: int) -> list[Liaison]:
    return [
        Liaison(id=f"c{n}", congress="c", deputy="m", made_at=NOW, name=f"群众{n}") for n in range(number)
    ]


@pytest.mark.parametrize("deputies", range(MOST_DEPUTIES + 1))
@pytest.mark.parametrize("citizens", range(CITIZENS + 1))
def test_a_members_list_is_complete_with_three_to_five_deputies_and_five_citizens(
    deputies: int, citizens: int
) -> None:
    own = [*with_deputies(deputies), *with_citizens(citizens)]
    said = missing(MEMBER, own)
    assert ("名代表" in said) == (deputies < LEAST_DEPUTIES)
    assert ("名群众" in said) == (citizens < CITIZENS)
    assert bool(too_many(MEMBER, own, citizen=False)) == (deputies == MOST_DEPUTIES)
    assert bool(too_many(MEMBER, own, citizen=True)) == (citizens == CITIZENS)


def test_what_has_ended_counts_no_more() -> None:
    ended = with_deputies(MOST_DEPUTIES, ended=True)
    assert missing(MEMBER, ended) == missing(MEMBER, [])
    assert too_many(MEMBER, ended, citizen=False) == ""


def test_other_deputies_have_voters_only_and_no_number_to_reach() -> None:
    assert missing(PLAIN, []) == ""
    assert too_many(PLAIN, with_citizens(MOST_VOTERS - 1), citizen=True) == ""
    assert too_many(PLAIN, with_citizens(MOST_VOTERS), citizen=True)
    assert "不是常委会组成人员" in too_many(PLAIN, [], citizen=False)


def test_whoever_had_no_contact_since_the_first_day_of_the_quarter_is_listed() -> None:
    never, before, on_it, after = with_citizens(4)
    first = Quarter.of(date(2026, 9, 1)).first
    last = {before.id: first - timedelta(days=1), on_it.id: first, after.id: first + timedelta(days=9)}
    assert without_contact([never, before, on_it, after], last, first) == (never, before)


def test_quarters_cover_every_day_once() -> None:
    days = [date(2027, 1, 1) + timedelta(days=n) for n in range(731)]
    for day in days:
        quarter = Quarter.of(day)
        assert quarter.first <= day <= quarter.last
        assert Quarter.of(quarter.last + timedelta(days=1)) != quarter
        assert Quarter.of(quarter.first) == Quarter.of(quarter.last) == quarter
    assert len({Quarter.of(day) for day in days}) == 8
    assert Quarter.of(date(2026, 12, 31)).words == "2026年第四季度"


def a_station(name: str, *, ended: bool = False) -> Station:
    at = NOW if ended else None
    return Station(id=name, congress="c", code=name, name=name, kind="station", ended_at=at)


def test_stations_that_owe_activities_are_listed_most_owing_first() -> None:
    stations = [a_station("两次"), a_station("一次"), a_station("没有"), a_station("停用", ended=True)]
    done = {"两次": 2, "一次": 1, "别处": 7}
    assert [(one.name, owing) for one, owing in behind(stations, done, 2)] == [("没有", 2), ("一次", 1)]
    assert behind(stations, done, 0) == ()
