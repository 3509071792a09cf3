"""`…/today` and `…/office`: an office sees what waits, and every entry of its menu leads somewhere."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.collecting import a_call
from tests.web.house import House, Person
from voting import agenda
from voting.actors import Actor, Forbidden


def links_of(page: str, base: str) -> set[str]:
    found = re.findall(rf'href="{re.escape(base)}([^"]*)"', page)
    return {one.replace("&amp;", "&") for one in found}


def offices(house: House) -> dict[str, Actor]:
    county = house.county
    return {"staff": county.staff, "government": county.government, "clerk": county.town.staff}


@pytest.mark.parametrize("who", ["staff", "government", "clerk"])
def test_everything_an_office_is_led_to_is_there(house: House, who: str) -> None:
    person = house.enter_as(offices(house)[who])
    seen: set[str] = set()
    for start in ("/today", "/office"):
        page = person.get(start)
        assert page.status_code == 200
        seen |= links_of(page.text, person.base)
    assert "/inbox" in seen
    assert {path: person.get(path).status_code for path in seen} == dict.fromkeys(seen, 200)


def test_what_waits_is_counted_and_links_to_where_it_is_done(house: House) -> None:
    county = house.county
    county.suggest("还没有看", state="received")
    county.suggest("等待分办")
    county.town.suggest("别的地方的")
    person = house.enter_as(county.staff)
    page = person.get("/today").text
    assert waiting(page, person) == {"/inbox": 1, "/handling?queue=decide": 1}


def waiting(page: str, person: Person) -> dict[str, int]:
    found = re.findall(rf'href="{re.escape(person.base)}([^"]*)"><strong class="number[^>]*>(\d+)<', page)
    return {path.replace("&amp;", "&"): int(times) for path, times in found}


def test_a_new_office_is_told_what_to_do_first_until_it_is_done(house: House) -> None:
    """The town of the tests has its lists; what is missing is a call."""
    person = house.enter_as(house.county.town.staff)
    before = person.get("/today").text.partition('id="beginnings"')[2].partition("</section>")[0]
    assert [f"{person.base}{path}" in before for path in ("/lists/units", "/calls")] == [True, True]
    assert before.count("已有") == 3
    a_call(house.county.town, date(2026, 9, 1), date(2026, 10, 9))
    assert "第一次使用" not in person.get("/today").text


def test_an_idle_day_says_so(house: House) -> None:
    assert "没有等着办的事" in house.enter_as(house.county.staff).get("/today").text


def test_nobody_but_an_office_has_a_board(house: House) -> None:
    county = house.county
    for actor in (county.unit, county.deputy, county.presidium):
        with pytest.raises(Forbidden):
            agenda.board(house.store, actor, county.now())
        assert house.enter_as(actor).get("/today").status_code == 404
