"""`/hall/{code}`: what the whole hall may see, and nothing before its time."""

import re

import pytest
from msgspec.structs import replace

from tests.people import SELECT, STANCES
from tests.web.house import House, MakeHouse
from web.rendering import paper_code


def screen(house: House) -> str:
    answer = house.visitor().get(f"/hall/{house.hall.session.code}")
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def test_without_an_adopted_round_it_waits(house: House) -> None:
    assert "等待票决" in screen(house)
    assert "农村公路改造" not in screen(house)


@pytest.mark.parametrize("state", ["adopted", "sealed"])
def test_before_opening_it_shows_what_will_be_voted_on(open_house: MakeHouse, state: str) -> None:
    house = open_house(state="adopted" if state == "adopted" else "sealed")
    assert "候选项目 3 件，应选 2 件" in screen(house)
    assert "社区养老服务站" in screen(house)


def test_while_open_it_shows_the_turnout_and_no_name(open_house: MakeHouse) -> None:
    house = open_house(state="open")
    house.hall.cast(0, 1)
    house.hall.cast(1, 2)
    assert "已投</span><strong>2</strong>" in screen(house)
    assert "发出</span><strong>6</strong>" in screen(house)
    assert "农村公路改造" not in screen(house)


@pytest.mark.parametrize("state", ["closed", "reconciled", "counted"])
def test_after_closing_it_shows_the_head_in_groups_and_how_many_came_back(
    open_house: MakeHouse, state: str
) -> None:
    house = open_house(state="open")
    house.hall.cast(0, 1)
    house.hall.reach("closed" if state == "closed" else "reconciled" if state == "reconciled" else "counted")
    head = house.hall.current().closing_head or ""
    groups = [head[at : at + 4] for at in range(0, 64, 4)]
    assert " ".join(f"<span>{group}</span>" for group in groups) in screen(house)
    assert "收回<strong>1</strong>" in screen(house)
    assert "入选" not in screen(house)


def test_signing_shows_no_result_and_announcing_does(open_house: MakeHouse) -> None:
    house = open_house(state="open")
    for card in range(4):
        house.hall.cast(card, 1, 2)
    house.hall.reach("counted")
    for number in (1, 2):
        house.hall.sign(number)
    assert "入选" not in screen(house)
    house.hall.reach("announced")
    assert screen(house).count('class="row chosen"') == 2
    assert '<span class="votes">4' in screen(house)


def test_a_round_that_publishes_the_list_only_shows_no_votes(open_house: MakeHouse) -> None:
    house = open_house(replace(SELECT, publish="list"), state="open")
    for card in range(4):
        house.hall.cast(card, 1, 2)
    house.hall.reach("announced")
    assert "入选" in screen(house)
    assert 'class="votes"' not in screen(house)


def test_for_and_against_says_that_the_figure_is_the_approvals(open_house: MakeHouse) -> None:
    house = open_house(STANCES, state="open")
    house.hall.cast(0, 1)
    house.hall.reach("published")
    assert "赞成</small>" in screen(house)


def test_a_void_round_says_so_with_its_reason(open_house: MakeHouse) -> None:
    text = screen(open_house(state="void"))
    assert "票决无效" in text
    assert "设备故障" in text


def test_a_running_round_comes_before_a_finished_one_and_that_before_a_prepared_one(
    open_house: MakeHouse,
) -> None:
    house = open_house(state="announced")
    first = house.hall.round
    house.hall.round = house.hall.draft("第二轮")
    house.hall.adopt()
    assert f"{first.title}结果" in screen(house)


def test_it_renews_itself_with_and_without_a_script(house: House) -> None:
    text = screen(house)
    assert '<noscript><meta http-equiv="refresh"' in text
    assert "client/screen.js" in text


@pytest.mark.parametrize("code", ["unknown1", "x" * 3000, "%e4%bd%a0", "a%00b"])
def test_an_unknown_or_malformed_code_leads_nowhere(house: House, code: str) -> None:
    assert house.visitor().get(f"/hall/{code}").status_code == 404


def test_it_is_only_looked_at(house: House) -> None:
    answer = house.visitor().post(f"/hall/{house.hall.session.code}")
    assert answer.status_code == 405


def test_it_sets_no_cookie(house: House) -> None:
    assert "set-cookie" not in house.visitor().get(f"/hall/{house.hall.session.code}").headers


def test_of_two_rounds_voted_on_together_each_result_stays_until_the_other_is_announced(
    open_house: MakeHouse,
) -> None:
    house = open_house(state="open")
    hall, first = house.hall, house.hall.round
    second = hall.draft("第二轮")
    hall.turn_to(second)
    hall.reach("open")
    assert screen(house).count("票样码") == 2
    hall.reach("counted")
    hall.turn_to(first)
    hall.reach("announced")
    assert f"{first.title}结果" in screen(house)
    hall.turn_to(second)
    hall.reach("announced")
    assert "第二轮结果" in screen(house)


def test_a_round_opened_after_a_result_takes_the_screen(open_house: MakeHouse) -> None:
    house = open_house(state="announced")
    house.hall.turn_to(house.hall.draft("第二轮"))
    house.hall.reach("counted")
    assert "计票完毕，等待宣布" in screen(house)


def test_while_two_rounds_wait_for_the_opening_the_codes_of_both_stand_there(open_house: MakeHouse) -> None:
    house = open_house(state="sealed")
    second = house.hall.draft("第二轮")
    house.hall.turn_to(second)
    assert screen(house).count("票样码") == 1
    house.hall.reach("sealed")
    assert screen(house).count("票样码") == 2
    assert f"第二轮 · 票样码 {paper_code(house.hall.current().fingerprint or '')}" in screen(house)


def test_of_two_rounds_closed_together_both_heads_are_there_to_be_compared(open_house: MakeHouse) -> None:
    """The scrutineers of the one must not wait for the result of the other."""
    house = open_house(state="open")
    first, second = house.hall.round, house.hall.draft("第二轮")
    house.hall.turn_to(second)
    house.hall.reach("open")
    house.hall.reach("closed")
    assert "封箱码" not in screen(house)
    house.hall.turn_to(first)
    house.hall.reach("counted")
    shown = re.sub("<[^>]+>| ", "", screen(house))
    with house.store.read() as tx:
        heads = [tx.rounds.get(house.hall.staff, one.id).closing_head or "" for one in (first, second)]
    assert all(len(head) == 64 and head in shown for head in heads)
