"""What an outcome leaves open, at the desk and at the chair: offered, entered, withdrawn, announced."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.people import SELECT
from tests.web.house import House, MakeHouse
from tests.web.quiet import unchanged

DECIDED = {
    "settle_way": "presidium",
    "settle_chosen": "2",
    "settle_words": "大会主席团第三次会议决定，将2号列入。",
    "settle_day": "2026-01-26",
    "settle_number": "主席团会议纪要第3号",
}


@pytest.fixture
def tied(open_house: MakeHouse) -> House:
    """One place, two candidates with three votes each, and the 主席团 decides."""
    rules = replace(SELECT, places=1, majority_floor=False, tie="presidium")
    house = open_house(rules, state="open")
    for card in range(6):
        house.hall.cast(card, 1 + card % 2)
    house.hall.reach("announced")
    return house


def desk(house: House) -> str:
    return " ".join(house.enter("staff").get(f"/rounds/{house.id}").text.split())


def chair(house: House) -> str:
    return " ".join(house.enter("chair").get(f"/rounds/{house.id}").text.split())


def hall(house: House) -> str:
    return " ".join(house.visitor().get(f"/hall/{house.hall.session.code}").text.split())


def test_the_ways_are_offered_and_nothing_is_done_by_itself(tied: House) -> None:
    staff = tied.enter("staff")
    with unchanged(tied.store):
        text = staff.get(f"/rounds/{tied.id}").text
    for words in ("主席团决定列入", "主席团决定再次票决", "主席团决定缺额不补", "1号 农村公路改造"):
        assert words in text
    assert "3号 社区养老服务站" not in text
    assert "新建再次票决" not in text
    assert "宣布对未定名额的决定" not in chair(tied)


def test_from_the_decision_to_the_hall_s_screen_to_the_public_page(tied: House) -> None:
    assert tied.enter("staff").post(f"/rounds/{tied.id}/settle", **DECIDED).status_code == 303
    sentence = "主席团决定（主席团会议纪要第3号，2026年1月26日）：列入2号。"
    assert sentence in desk(tied)
    assert sentence in chair(tied)
    assert "列入2号" not in hall(tied)
    pressed = [tied.enter("chair").post(f"/rounds/{tied.id}/settled").status_code for _ in "ab"]
    assert pressed == [303, 303]
    assert sentence in hall(tied)
    assert "未列入" in hall(tied)
    assert "待定</span>" not in hall(tied)
    assert "撤回" not in desk(tied).split("全部记录")[0]
    assert sentence not in tied.visitor().get(f"/r/{tied.id}").text
    tied.hall.publish()
    public = tied.visitor().get(f"/r/{tied.id}").text
    assert sentence in public
    assert "决定列入" in public


def test_a_published_page_tells_later_what_was_decided_later(tied: House) -> None:
    tied.hall.publish()
    assert "列入2号" not in tied.visitor().get(f"/r/{tied.id}").text
    staff = tied.enter("staff")
    staff.post(f"/rounds/{tied.id}/settle", **DECIDED)
    assert "列入2号" not in tied.visitor().get(f"/r/{tied.id}").text
    assert staff.post(f"/rounds/{tied.id}/settle/known", known="yes").status_code == 303
    assert "列入2号" in tied.visitor().get(f"/r/{tied.id}").text


def test_what_is_wrong_is_said_and_what_was_typed_stays(tied: House) -> None:
    staff, presiding = tied.enter("staff"), tied.enter("chair")
    bad: dict[str, tuple[dict[str, object], str]] = {
        "nobody": ({"settle_chosen": []}, "请选择决定列入的项目"),
        "no words": ({"settle_words": " "}, "请写明主席团的决定"),
        "no day": ({"settle_day": ""}, "请填写作出决定的日期"),
        "odd day": ({"settle_day": "昨天"}, "请填写主席团作出决定的日期"),
        "no way": ({"settle_way": ""}, "请选择怎样决定"),
        "another": ({"settle_chosen": "3"}, "3号不在"),
    }
    with unchanged(tied.store):
        for fields, said in bad.values():
            answer = staff.post(f"/rounds/{tied.id}/settle", **{**DECIDED, **fields})
            assert answer.status_code == 422
            assert said in answer.text
            assert "主席团会议纪要第3号" in answer.text
        assert staff.post(f"/rounds/{tied.id}/settle/known", known="").status_code == 422
        assert staff.post(f"/rounds/{tied.id}/settle/known", known="yes").status_code == 409
        assert presiding.post(f"/rounds/{tied.id}/settled").status_code == 409


def test_it_is_withdrawn_before_it_is_announced_and_never_afterwards(tied: House) -> None:
    staff = tied.enter("staff")
    staff.post(f"/rounds/{tied.id}/settle", **DECIDED)
    answer = staff.post(f"/rounds/{tied.id}/settle", **{**DECIDED, "settle_chosen": "1"})
    assert answer.status_code == 409
    assert "已经登记了决定" in answer.text
    assert staff.post(f"/rounds/{tied.id}/settle/withdraw").status_code == 303
    assert "怎样决定" in desk(tied)
    staff.post(f"/rounds/{tied.id}/settle", **DECIDED)
    tied.enter("chair").post(f"/rounds/{tied.id}/settled")
    assert staff.post(f"/rounds/{tied.id}/settle/withdraw").status_code == 409


def test_another_ballot_is_made_by_one_press_after_the_decision(tied: House) -> None:
    staff = tied.enter("staff")
    staff.post(f"/rounds/{tied.id}/settle", **{**DECIDED, "settle_way": "another_round", "settle_chosen": []})
    assert "新建再次票决" in desk(tied)
    made = [staff.post(f"/rounds/{tied.id}/follow-up", relation="runoff") for _ in "ab"]
    assert made[0].headers["location"] == made[1].headers["location"]
    assert "已经建了后面的一轮" in desk(tied)


def test_a_vacancy_by_the_rules_is_one_button(open_house: MakeHouse) -> None:
    house = open_house(replace(SELECT, shortfall="vacant"), state="announced")
    assert "登记缺额不补" in desk(house)
    answer = house.enter("staff").post(f"/rounds/{house.id}/settle", settle_way="vacant")
    assert answer.status_code == 303
    assert "按票决办法，缺额2件，不补。" in desk(house)


def test_before_the_result_is_announced_there_is_nothing_to_enter(open_house: MakeHouse) -> None:
    house = open_house(replace(SELECT, tie="presidium"), state="counted")
    staff = house.enter("staff")
    with unchanged(house.store):
        answer = staff.post(f"/rounds/{house.id}/settle", **DECIDED)
    assert answer.status_code == 409
    assert "还没有宣布" in answer.text
