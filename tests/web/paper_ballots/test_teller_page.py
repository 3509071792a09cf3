"""`/teller/{link}`: figures in big fields, sums beside them, the other's figures only after the own."""

from __future__ import annotations

import re

import pytest
from httpx import Response

from tests.people import STANCES
from tests.web.house import House, MakeHouse, Person
from tests.web.paper_ballots.desks import both_tellers, flat, hold
from tests.web.quiet import unchanged
from voting.paper_ballots import agreeing
from voting.rules import RoundRules
from web.access import PageRole

HANDS = {"returned": 5, "figure_1_0": 5, "figure_1_1": 0, "figure_1_2": 0}
HANDS |= {"figure_2_0": 3, "figure_2_1": 1, "figure_2_2": 1}


def raised(open_house: MakeHouse, rules: RoundRules = STANCES) -> House:
    """A show of hands that has ended."""
    house = open_house(rules)
    hold(house, "hands")
    house.hall.adopt()
    house.hall.open()
    house.hall.close()
    return house


def enter(teller: Person, house: House, **changes: object) -> Response:
    return teller.post(f"/rounds/{house.id}/counts", **{**HANDS, "do": "save", **changes})


def shown(teller: Person) -> str:
    answer = teller.get("/")
    assert answer.status_code == 200
    return flat(answer.text)


def test_the_first_page_is_there_before_there_is_anything_to_count(house: House) -> None:
    assert "投票还没有开始" in shown(house.enter("teller"))
    house.hall.reach("closed")
    assert "没有要录入的票数" in shown(house.enter("teller"))


def test_the_form_has_a_line_for_each_project_and_every_field_a_label(open_house: MakeHouse) -> None:
    text = shown(both_tellers(raised(open_house))[0])
    fields = set(re.findall(r'<input type="text"[^>]* id="(\w+)"', text))
    assert fields == {*HANDS}
    assert fields <= set(re.findall(r'<label for="(\w+)"', text))


def test_sums_are_checked_beside_the_line_and_nothing_is_lost(open_house: MakeHouse) -> None:
    house = raised(open_house)
    first, _ = both_tellers(house)
    with unchanged(house.store):
        answer = enter(first, house, figure_2_1=2)
    assert answer.status_code == 422
    text = flat(answer.text)
    assert "2. 校园食堂改建合计6，与参加表决人数5不符" in text
    assert 'name="figure_2_1" value="2"' in text


def test_figures_can_be_added_up_without_being_handed_in(open_house: MakeHouse) -> None:
    house = raised(open_house)
    first, _ = both_tellers(house)
    with unchanged(house.store):
        answer = enter(first, house, do="check")
    assert "合计5，与参加表决人数相符" in flat(answer.text)
    with unchanged(house.store):
        answer = enter(first, house, do="check", returned="", figure_1_0="五")
    assert answer.status_code == 200


def test_what_is_not_a_number_is_named(open_house: MakeHouse) -> None:
    house = raised(open_house)
    first, _ = both_tellers(house)
    with unchanged(house.store):
        answer = enter(first, house, figure_1_0="五", figure_1_1="")
    text = flat(answer.text)
    assert "请在“1. 农村公路改造：赞成”里填写一个整数。" in text
    assert "请填写1. 农村公路改造：反对。" in text
    assert 'value="五"' in text


def test_the_second_sees_nothing_of_the_first_s_figures(open_house: MakeHouse) -> None:
    house = raised(open_house)
    first, second = both_tellers(house)
    before = shown(second)
    enter(first, house, figure_1_0=4, figure_1_1=1)
    assert shown(second) == before
    assert "等另一名计票人" in shown(first)


def test_differences_stand_side_by_side_once_both_have_entered(open_house: MakeHouse) -> None:
    house = raised(open_house)
    first, second = both_tellers(house)
    enter(first, house)
    enter(second, house, figure_2_0=4, figure_2_1=0)
    for teller in (first, second):
        text = shown(teller)
        assert "有 2 处不同" in text
        row = re.search(r"2\. 校园食堂改建：赞成</th><td[^>]*>(\d)</td><td[^>]*>(\d)</td>", text)
        assert row
        assert row.groups() == ("3", "4")
    enter(second, house)
    for teller in (first, second):
        assert "两名计票人录入一致" in shown(teller)


def test_staff_and_chair_learn_how_far_the_tellers_are_and_no_figure(open_house: MakeHouse) -> None:
    house = raised(open_house)
    first, second = both_tellers(house)
    enter(first, house, figure_1_0=4, figure_1_1=1)
    for one in (house.enter("staff"), house.enter("chair")):
        text = flat(one.get(f"/rounds/{house.id}").text)
        assert "计票甲已经录入，等另一名计票人" in text
    enter(second, house)
    assert "2处不同" in flat(house.enter("staff").get(f"/rounds/{house.id}").text)


def test_too_many_papers_ask_for_a_second_count_and_a_tick(open_house: MakeHouse) -> None:
    house = open_house()
    hold(house, "paper")
    house.hall.adopt()
    house.hall.open()
    house.hall.close()
    first, second = both_tellers(house)
    here = f"/rounds/{house.id}/counts"
    with unchanged(house.store):
        answer = first.post(here, returned=8, do="save")
    assert answer.status_code == 422
    assert "多出2张" in flat(answer.text)
    assert 'name="sure"' in answer.text
    for teller in (first, second):
        assert teller.post(here, returned=8, sure="yes", do="save").status_code == 303
    assert "收回的票多于发出的票" in flat(house.enter("chair").get("/").text)
    assert house.enter("chair").post(f"/rounds/{house.id}/valid").status_code == 409


def test_wrong_phase_is_a_sentence_and_keeps_what_was_typed(open_house: MakeHouse) -> None:
    house = open_house(STANCES, state="open")
    teller = house.enter("teller")
    with unchanged(house.store):
        answer = enter(teller, house, invalid=0)
    assert answer.status_code == 409
    assert "投票还没有截止" in answer.text


def test_signing_with_the_pen_needs_a_name_and_is_noted_once(open_house: MakeHouse) -> None:
    house = raised(open_house)
    for teller in both_tellers(house):
        enter(teller, house)
    house.hall.declare_valid()
    teller = house.enter("teller")
    with unchanged(house.store):
        assert teller.post(f"/rounds/{house.id}/papers/signed").status_code == 422
    assert teller.post(f"/rounds/{house.id}/papers/signed", signed="1").status_code == 303
    assert "赵建国" in shown(teller).split("登记签字")[0]
    with unchanged(house.store):
        teller.post(f"/rounds/{house.id}/papers/signed", signed="1")


def test_the_settings_say_from_how_many_papers_on_they_are_counted(house: House) -> None:
    staff = house.enter("staff")
    assert 'value="10"' in staff.get("/settings/paper").text
    assert staff.post("/settings/paper", fewest="1").status_code == 422
    assert staff.post("/settings/paper", fewest="20").status_code == 303
    with house.store.read() as tx:
        assert agreeing.dealt_with(tx, house.hall.staff, house.hall.round).fewest == 20


@pytest.mark.parametrize("role", ["staff", "chair", "operator", "usher", "scrutineer"])
def test_nobody_else_enters_figures(open_house: MakeHouse, role: PageRole) -> None:
    house = raised(open_house)
    somebody = house.enter(role)
    with unchanged(house.store):
        answer = somebody.post(f"/rounds/{house.id}/counts", **HANDS, do="save")
    assert answer.status_code in {403, 404, 405}
