"""Promises of a unit's pages: the next thing first, and nothing of anybody else's."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.county import County
from tests.voting.handling.desk import accepted, handed, on, part_of
from tests.web.house import House, Person
from tests.web.quiet import unchanged


@pytest.fixture
def county(house: House) -> County:
    house.clock = house.county.now()
    return house.county


@pytest.fixture
def unit(house: House, county: County) -> Person:
    return house.enter_as(county.unit)


def test_the_most_urgent_stands_first_with_its_light(house: House, unit: Person, county: County) -> None:
    slow, quick = county.suggest("不急的", kind="clue"), county.suggest("急的")
    accepted(county, slow)
    handed(county, quick)
    house.clock = on(date(2026, 9, 14))
    page = unit.get("/items").text
    assert page.index("急的</a>") < page.index("不急的</a>")
    assert "还剩1天" in page


def test_another_units_item_is_not_found_by_its_number(house: House, county: County) -> None:
    part = handed(county, county.suggest())
    for stranger in (county.other_unit, county.town.unit):
        person = house.enter_as(stranger)
        assert person.get(f"/items/{part.id}").status_code == 404
        for step in ("accept", "return", "extension", "contact", "answer"):
            with unchanged(county.store):
                answer = person.post(
                    f"/items/{part.id}/{step}",
                    officer="甲",
                    plan="乙",
                    promised="2026-10-01",
                    return_reason="不是",
                    until="2026-12-31",
                    wanted_reason="忙",
                    contact_kind="before",
                    contact_day="2026-09-01",
                    with_whom="周",
                    result="A",
                    answer="好",
                )
            assert (step, answer.status_code) == (step, 404)


def test_a_unit_goes_all_its_way_on_one_page(unit: Person, county: County) -> None:
    item = county.suggest(kind="proposal", deputy=county.deputies[0].id)
    path = f"/items/{handed(county, item).id}"
    with unchanged(county.store):
        assert unit.post(f"{path}/answer", result="A", answer="好了。").status_code == 409
        refused = unit.post(f"{path}/accept", officer="", plan="现场查看。", promised="")
    assert refused.status_code == 422
    assert "现场查看。" in refused.text
    unit.post(f"{path}/accept", officer="孙工", plan="现场查看。", promised="2026-10-09")
    assert "还没有与代表联系沟通的记录" in unit.get(path).text
    unit.post(
        f"{path}/contact",
        contact_kind="meeting",
        contact_day="2026-09-01",
        with_whom="张桂兰",
        contact_note="",
    )
    unit.post(f"{path}/extension", until="2026-12-20", wanted_reason="等待招标。")
    unit.post(f"{path}/answer", result="A", answer="装好了。")
    part = part_of(county, item)
    assert (part.state, part.extension, part.answer) == ("submitted", "asked", "装好了。")
    assert "等待办公室审核" in unit.get(path).text


def test_a_late_return_is_refused_with_the_rule(house: House, unit: Person, county: County) -> None:
    part = handed(county, county.suggest())
    house.clock = on(date(2026, 9, 16))
    with unchanged(county.store):
        answer = unit.post(f"/items/{part.id}/return", return_reason="不是我们的。")
    assert answer.status_code == 409
    assert "退回的期限是 2026年9月15日" in answer.text
    house.clock = on(date(2026, 9, 15))
    assert unit.post(f"/items/{part.id}/return", return_reason="不是我们的。").status_code == 303


def test_a_confidential_proposer_is_not_named_to_the_unit(unit: Person, county: County) -> None:
    item = county.suggest(confidential=True, proposer="不愿公开的人", phone="13900000001")
    page = unit.get(f"/items/{handed(county, item).id}").text
    assert "要求保密" in page
    assert not re.search("不愿公开的人|13900000001", page)


def test_a_unit_has_no_page_of_the_offices(unit: Person, county: County) -> None:
    item = county.suggest()
    handed(county, item)
    for path in (f"/suggestions/{item.id}", "/handling", "/calendar"):
        assert unit.get(path).status_code == 404
