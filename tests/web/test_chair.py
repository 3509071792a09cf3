"""`/chair/{link}`: one large button at a time, what to read out, and figures only when all have signed."""

import re
from typing import Any

import pytest

from tests.people import STATES
from tests.web.house import House, MakeHouse
from voting.cycle import State


def page(house: House, path: str = "") -> str:
    answer = house.enter("chair").get(path)
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def act(house: House, what: str, **fields: str) -> Any:
    return house.enter("chair").post(f"/rounds/{house.id}/{what}", **fields)


def buttons(text: str) -> list[str]:
    """The large ones."""
    return re.findall(r'class="(?:button )?big"[^>]*>([^<]+)<', text)


@pytest.mark.parametrize("state", [*STATES, "void"])
def test_there_is_at_most_one_large_button(open_house: MakeHouse, state: State) -> None:
    house = open_house(state=state)
    if state == "counted":
        for number in (1, 2):
            house.hall.sign(number)
    expected = {"closed": ["宣布票决有效"], "counted": ["宣布"]}
    assert buttons(page(house)) == expected.get(state, [])


def test_at_closing_the_chair_reads_out_what_was_given_out_and_came_back(open_house: MakeHouse) -> None:
    house = open_house(state="open")
    house.hall.cast(0, 1)
    house.hall.reach("closed")
    assert "发出表决票 6 张，收回 1 张" in page(house)
    assert "收回的票少于发出的票，我宣布：本次票决有效" in page(house)


def test_a_valid_vote_is_declared_once_and_again_without_harm(open_house: MakeHouse) -> None:
    house = open_house(state="closed")
    assert [act(house, "valid").status_code for _ in "ab"] == [303, 303]
    assert house.hall.current().state == "reconciled"


def test_the_result_is_announced(open_house: MakeHouse) -> None:
    house = open_house(state="counted")
    for number in (1, 2):
        house.hall.sign(number)
    assert act(house, "announce").status_code == 303
    assert house.hall.current().state == "announced"


@pytest.mark.parametrize(
    ("what", "state"),
    [("valid", "open"), ("valid", "void"), ("announce", "reconciled"), ("announce", "void")],
)
def test_a_declaration_out_of_order_gets_a_sentence_and_changes_nothing(
    open_house: MakeHouse, what: str, state: State
) -> None:
    house = open_house(state=state)
    answer = act(house, what)
    assert answer.status_code == 409
    assert 'role="alert"' in answer.text
    assert house.hall.current().state == state


def test_announcing_waits_for_every_signature_and_names_who_is_missing(open_house: MakeHouse) -> None:
    house = open_house(state="counted")
    house.hall.sign(1)
    assert "正在等监票人在报告单上签字：赵建国。" in page(house)
    answer = act(house, "announce")
    assert answer.status_code == 409
    assert "赵建国还没有" in answer.text
    assert house.hall.current().state == "counted"


def test_the_chair_sees_the_figures_only_when_all_have_signed(open_house: MakeHouse) -> None:
    house = open_house(state="open")
    for card in range(6):
        house.hall.cast(card, 1, 2)
    house.hall.reach("counted")
    house.hall.sign(1)
    assert "得赞成票6票" not in page(house)
    house.hall.sign(2)
    assert "得赞成票6票" in page(house)


def test_void_wants_a_reason_and_a_confirmation(open_house: MakeHouse) -> None:
    house = open_house(state="closed")
    assert "要宣布无效" in page(house)
    assert "无效的理由" in page(house, f"/rounds/{house.id}/void")
    done = act(house, "void", reason="设备故障\n需重新投票", confirm="yes")
    assert done.status_code == 303
    assert house.hall.current().void_reason == "设备故障\n需重新投票"


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"reason": "", "confirm": "yes"}, "必须写明理由"),
        ({"reason": "设备故障", "confirm": ""}, "请先勾选"),
        ({"reason": "设备\x00故障", "confirm": "yes"}, "不能显示或打印"),
        ({"reason": "x" * 10_000, "confirm": "yes"}, "太长"),
    ],
)
def test_void_without_them_is_refused_and_what_was_typed_stays(
    open_house: MakeHouse, fields: dict[str, str], fault: str
) -> None:
    house = open_house(state="closed")
    answer = act(house, "void", **fields)
    assert answer.status_code == 422
    assert fault in answer.text
    assert house.hall.current().state == "closed"


@pytest.mark.parametrize("state", ["open", "counted", "announced"])
def test_void_out_of_order_gets_a_sentence_and_changes_nothing(open_house: MakeHouse, state: State) -> None:
    house = open_house(state=state)
    answer = act(house, "void", reason="设备故障", confirm="yes")
    assert answer.status_code == 409
    assert house.hall.current().state == state


def test_the_round_that_is_running_comes_first_and_others_are_linked(open_house: MakeHouse) -> None:
    house = open_house(state="open")
    other = house.hall.draft("第二轮")
    text = page(house)
    assert f"<h1>{house.hall.round.title} " in text
    assert f"/rounds/{other.id}" in text
    assert "<h1>第二轮 " in page(house, f"/rounds/{other.id}")


def test_of_rounds_voted_on_together_the_chair_speaks_once_and_judges_each(open_house: MakeHouse) -> None:
    house = open_house(state="sealed")
    hall, first = house.hall, house.hall.round
    second = hall.draft("第二轮")
    assert f"现在对“{first.title}”进行票决" in page(house)
    hall.turn_to(second)
    hall.reach("sealed")
    assert "现在，下面2项同时进行，一次投完。" in page(house)
    assert all(f"{one.title}：候选项目3件，应选2件。" in page(house) for one in (first, second))
    for one in (second, first):
        hall.turn_to(one)
        hall.reach("open")
    assert "还有没有代表没有投完？请看一看每一项是不是都投了。" in page(house)
    assert "第二轮：已投 <strong>0</strong> 张" in page(house)
    for one in (second, first):
        hall.turn_to(one)
        hall.reach("closed")
    assert "根据总监票人的报告，“第二轮”，实到代表" in page(house, f"/rounds/{second.id}")
