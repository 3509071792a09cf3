"""A year's projects in one table, and what waits on the desk."""

from __future__ import annotations

from datetime import date

import pytest

from tests.announced import announced
from tests.county import County
from tests.decided import decided
from tests.delivery import project
from voting.actors import Forbidden
from voting.agenda import board
from voting.delivering import listing
from voting.delivering.handing import projects_from_round
from voting.delivering.listing import Wanted

TODAY = date(2027, 6, 1)


def shown(county: County, **wanted: str) -> list[str]:
    year = listing.of_year(county.store, county.staff, 2027, Wanted(**wanted), TODAY)
    return [row.project.title for row in year.rows]


def test_the_list_is_narrowed_to_a_unit_with_what_it_helps_and_to_a_state(county: County) -> None:
    helped = project(county, "甲")
    project(county, "乙", lead_unit=county.units[1].id)
    project(county, "丙", state="handed")
    with county.store.write() as tx:
        tx.projects.set_assisting(helped, [county.units[1].id])
    assert shown(county) == ["甲", "乙", "丙"]
    assert shown(county, unit=county.units[1].id) == ["甲", "乙"]
    assert shown(county, state="handed") == ["丙"]
    assert shown(county, unit="x", state="y") == []


def test_years_units_and_states_are_those_that_occur(county: County) -> None:
    project(county, "甲", year=2026)
    project(county, "乙", lead_unit=county.units[1].id)
    year = listing.of_year(county.store, county.staff, 2027, Wanted(), TODAY)
    assert year.years == (2027, 2026)
    assert year.units == ((county.units[1].id, county.units[1].name),)
    assert [state for state, _ in year.states] == ["planned"]
    assert listing.newest_year(county.store, county.staff, date(2030, 1, 1)) == 2027
    assert listing.newest_year(county.store, county.town.staff, date(2030, 1, 1)) == 2030


def test_the_money_of_a_cancelled_project_is_in_no_sum(county: County) -> None:
    going = project(county, "甲")
    project(county, "乙", state="cancelled")
    year = listing.of_year(county.store, county.staff, 2027, Wanted(), TODAY)
    assert (len(year.rows), year.planned, year.cancelled) == (2, going.planned, 1)


def test_only_what_is_being_delivered_has_a_light(county: County) -> None:
    project(county, "甲")
    project(county, "乙", state="handed")
    rows = listing.of_year(county.store, county.staff, 2027, Wanted(), TODAY).rows
    assert [row.light is not None for row in rows] == [True, False]


def test_the_desk_and_the_days_tasks_say_what_waits(county: County) -> None:
    of = announced(county, (4, 3, 6))
    one = project(county, "录入的", state="chosen")
    project(county, "已交办", state="handed")
    desk = listing.waiting(county.store, county.staff)
    assert [each.id for each in desk.rounds] == [of.id]
    assert desk.chosen == ((2027, (one,)),)
    words = {
        actor.role: {task.words: task.times for task in board(county.store, actor, county.now()).tasks}
        for actor in (county.staff, county.government)
    }
    assert words["staff"]["轮票决已经宣布，等待转为项目"] == 1
    assert words["staff"]["件项目等待交办"] == 1
    assert words["government_office"] == {"件项目等待公布实施方案": 1}
    with pytest.raises(Forbidden):
        listing.waiting(county.store, county.government)


def test_places_left_to_the_presidium_stay_on_the_desk_until_they_are_filled(county: County) -> None:
    def unfilled() -> list[str]:
        return [one.id for one in listing.waiting(county.store, county.staff).unfilled]

    of = announced(county, (6, 4, 4), tie="presidium")
    projects_from_round(county.store, county.staff, of.id, 2027, county.now())
    assert unfilled() == [of.id]
    decided(county, of, 3)
    assert unfilled() == [of.id]
    projects_from_round(county.store, county.staff, of.id, 2027, county.now())
    assert unfilled() == []
