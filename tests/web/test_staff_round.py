"""`…/rounds/{id}`: the next step, who must take it, what is missing; each step by its form, in order."""

import re
from typing import Any

import pytest
from msgspec.structs import replace

from tests.people import SELECT, STATES
from tests.web.house import House, MakeHouse
from voting.cycle import State

STEPS: dict[str, tuple[State, State, dict[str, str]]] = {
    "adopt": ("drafted", "adopted", {"names": "陈秀英\n赵建国\n", "confirm": "yes"}),
    "seal": ("adopted", "sealed", {"confirm": "yes"}),
    "open": ("sealed", "open", {"present": "6", "issued": "5"}),
    "close": ("open", "closed", {"confirm": "yes"}),
    "publish": (
        "announced",
        "published",
        {"number": "第5号", "date": "2026-01-26", "approval": "主席团同意", "confirm": "yes"},
    ),
}
"""The steps that are one form at the staff's desk: from, to, and what is typed."""


def page(house: House) -> str:
    answer = house.enter("staff").get(f"/rounds/{house.id}")
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def take(house: House, step: str, **fields: str) -> Any:
    return house.enter("staff").post(f"/rounds/{house.id}/{step}", **fields)


def ready(open_house: MakeHouse, step: str) -> House:
    house = open_house(state=STEPS[step][0])
    if step == "open":
        house.hall.hand_out(5)
    if step == "seal":
        house.hall.load_cards()
        for number in (1, 2):
            house.hall.register_key(number)
    return house


@pytest.mark.parametrize("step", STEPS)
def test_each_step_leads_on_and_names_who_took_it(open_house: MakeHouse, step: str) -> None:
    house = ready(open_house, step)
    answer = take(house, step, **STEPS[step][2])
    assert (answer.status_code, answer.headers.get("location", "").endswith(house.id)) == (303, True)
    assert house.hall.current().state == STEPS[step][1]
    assert "刘科长" in page(house)


@pytest.mark.parametrize("step", STEPS)
def test_the_same_form_sent_again_changes_nothing(open_house: MakeHouse, step: str) -> None:
    house = ready(open_house, step)
    take(house, step, **STEPS[step][2])
    before = house.hall.current()
    assert take(house, step, **STEPS[step][2]).status_code == 303
    assert house.hall.current() == before


@pytest.mark.parametrize(
    ("step", "state"),
    [
        ("adopt", "open"),
        ("seal", "drafted"),
        ("open", "adopted"),
        ("open", "closed"),
        ("close", "sealed"),
        ("publish", "counted"),
        ("publish", "void"),
    ],
)
def test_a_step_out_of_order_gets_a_sentence_and_changes_nothing(
    open_house: MakeHouse, step: str, state: State
) -> None:
    house = open_house(state=state)
    answer = take(house, step, **{**STEPS[step][2], "names": "周丽华"})
    assert answer.status_code == 409
    assert 'class="fault"' in answer.text or 'role="alert"' in answer.text
    assert house.hall.current().state == state


@pytest.mark.parametrize("step", ["adopt", "seal", "close", "publish"])
def test_what_cannot_be_undone_wants_its_box_ticked(open_house: MakeHouse, step: str) -> None:
    house = ready(open_house, step)
    answer = take(house, step, **{**STEPS[step][2], "confirm": ""})
    assert answer.status_code == 422
    assert "请先勾选" in answer.text
    assert house.hall.current().state == STEPS[step][0]


def test_what_was_entered_by_mistake_is_taken_back_until_it_is_sealed(open_house: MakeHouse) -> None:
    house = open_house(state="adopted")
    assert take(house, "redraft").status_code == 303
    assert house.hall.current().state == "drafted"
    assert "撤回登记，改回草拟" in page(house)
    house.hall.reach("sealed")
    refused = take(house, "redraft")
    assert (refused.status_code, house.hall.current().state) == (409, "sealed")
    assert "重新组织" in refused.text


def test_a_draft_is_deleted_once_the_box_is_ticked(open_house: MakeHouse) -> None:
    house = open_house(state="drafted")
    asked = take(house, "delete")
    assert (asked.status_code, "请先勾选" in asked.text) == (422, True)
    done = take(house, "delete", delete="yes")
    assert (done.status_code, done.headers["location"].split("/")[-2]) == (303, "sessions")
    assert take(house, "delete", delete="yes").status_code == 404


@pytest.mark.parametrize(
    ("names", "status", "fault"),
    [
        ("", 422, "请填写监票人姓名"),
        (" \n \n", 422, "请填写监票人姓名"),
        ("陈秀英\n陈秀英", 422, "两个相同的姓名"),
        ("陈\x00秀英", 422, "不能显示或打印"),
        ("x" * 10_000, 422, "太长"),
        ("\n".join(f"监票人{n}" for n in range(99)), 422, "1 至 15 名"),
    ],
)
def test_scrutineers_that_cannot_be_adopted(house: House, names: str, status: int, fault: str) -> None:
    answer = take(house, "adopt", names=names, confirm="yes")
    assert answer.status_code == status
    assert fault in answer.text
    assert house.hall.current().state == "drafted"


def test_the_cards_file_is_loaded_and_may_be_replaced_until_sealing(open_house: MakeHouse) -> None:
    house = open_house(state="adopted")
    staff = house.enter("staff")
    for _ in range(2):
        answer = staff.upload(f"/rounds/{house.id}/cards", "cards", "c.json", house.hall.cards_file())
        assert answer.status_code == 303
    assert "已装入投票卡 6 张" in page(house)


@pytest.mark.parametrize(
    ("raw", "fault"),
    [
        (b"", "刚才没有选"),
        (b"not json", "已损坏"),
        (b"{}", "不是投票卡名单"),
        (b'{"uuid":"x","credentials":[]}', "轮次编号"),
        (b"\xff\xfe", "已损坏"),
    ],
)
def test_a_file_that_is_no_list_of_cards(open_house: MakeHouse, raw: bytes, fault: str) -> None:
    house = open_house(state="adopted")
    answer = house.enter("staff").upload(f"/rounds/{house.id}/cards", "cards", "c.json", raw)
    assert answer.status_code == 422
    assert re.search(f'id="cards-fault">[^<]*{fault}', answer.text)
    assert house.hall.current().uuid is None


def test_a_cards_file_that_was_changed_or_is_in_use_is_refused(open_house: MakeHouse) -> None:
    house = open_house(state="sealed")
    house.hall.round = house.hall.draft("第二轮")
    house.hall.adopt()
    staff = house.enter("staff")
    spaced = house.hall.cards_file().replace(b",", b", ")
    changed = staff.upload(f"/rounds/{house.id}/cards", "cards", "c.json", spaced)
    in_use = staff.upload(f"/rounds/{house.id}/cards", "cards", "c.json", house.hall.cards_file())
    assert (changed.status_code, in_use.status_code) == (422, 409)
    assert "改动" in changed.text
    assert "已经用于另一轮票决" in in_use.text


def test_sealing_lists_what_is_missing(open_house: MakeHouse) -> None:
    house = open_house(state="adopted")
    text = page(house)
    assert "还没有装入投票卡名单" in text
    assert "监票人陈秀英还没有生成开箱钥匙" in text
    answer = take(house, "seal", confirm="yes")
    assert answer.status_code == 409
    assert "还不能封存" in answer.text


@pytest.mark.parametrize(
    ("present", "issued", "fault"),
    [
        ("", "5", "请填写实到代表人数"),
        ("五", "5", "填写一个整数"),
        ("3", "3", "不符合法定人数"),
        ("7", "5", "多于全体代表"),
        ("5", "6", "多于实到"),
        ("6", "0", "应在 1 至"),
    ],
)
def test_figures_that_contradict_each_other_do_not_open(
    open_house: MakeHouse, present: str, issued: str, fault: str
) -> None:
    house = open_house(state="sealed")
    answer = take(house, "open", present=present, issued=issued)
    assert answer.status_code == 422
    assert fault in answer.text
    assert f'name="issued" value="{issued}"' in answer.text
    assert house.hall.current().state == "sealed"


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"number": ""}, "没有填写“公告编号”"),
        ({"date": "26.1.2026"}, "请填写公告日期"),
        ({"approval": ""}, "没有填写“主席团的意见”"),
        ({"number": "第\x005号"}, "不能显示或打印"),
    ],
)
def test_a_publication_without_its_papers_is_refused(
    open_house: MakeHouse, changes: dict[str, str], fault: str
) -> None:
    house = open_house(state="announced")
    answer = take(house, "publish", **{**STEPS["publish"][2], **changes})
    assert answer.status_code == 422
    assert fault in answer.text
    assert house.hall.current().state == "announced"


@pytest.mark.parametrize("state", [*STATES, "void"])
def test_in_every_state_the_page_says_who_is_next(open_house: MakeHouse, state: State) -> None:
    next_one = {
        "drafted": "由<strong>工作人员</strong>办理",
        "adopted": "由<strong>每名监票人</strong>",
        "sealed": "由<strong>工作人员</strong>在主持人宣布开始投票时办理",
        "open": "正在投票：已投 0 张，发出 6 张",
        "closed": "由<strong>执行主席</strong>在自己的页面办理",
        "reconciled": "还没有开箱的：陈秀英、赵建国",
        "counted": "还没有签字的：陈秀英、赵建国",
        "announced": "由<strong>工作人员</strong>在公告定稿",
        "published": "全部完成",
        "void": "理由：设备故障",
    }[state]
    assert next_one in page(open_house(state=state))


@pytest.mark.parametrize("state", ["reconciled", "counted"])
def test_staff_see_no_count_before_it_is_announced(open_house: MakeHouse, state: State) -> None:
    house = open_house(state="open")
    for card in range(6):
        house.hall.cast(card, 1, 2)
    house.hall.reach(state)
    assert "得赞成票" not in page(house).split("票决办法</h2>")[0]
    house.hall.reach("announced")
    assert "得赞成票6票" in page(house)


def test_a_tie_offers_a_runoff_and_makes_it_once(open_house: MakeHouse) -> None:
    house = open_house(replace(SELECT, places=1, majority_floor=False), state="open")
    for card in range(6):
        house.hall.cast(card, 1 + card % 2)
    house.hall.reach("announced")
    assert "新建再次票决" in page(house)
    made = [take(house, "follow-up", relation="runoff").headers["location"] for _ in "ab"]
    assert made[0].rpartition("/")[2] == made[1].rpartition("/")[2]


def test_a_shortfall_offers_another_vote_where_the_rules_allow_it(open_house: MakeHouse) -> None:
    house = open_house(replace(SELECT, shortfall="supplementary"), state="announced")
    assert "新建另行票决" in page(house), "nobody voted, so no place was filled"
    assert "新建再次票决" not in page(house)


def test_a_follow_up_that_the_outcome_does_not_allow_is_refused(open_house: MakeHouse) -> None:
    house = open_house(state="announced")
    for relation, status in (("repeat", 409), ("runoff", 409), ("", 422), ("again", 422)):
        answer = take(house, "follow-up", relation=relation)
        assert answer.status_code == status
        assert "-fault" in answer.text


def test_a_void_round_is_repeated_as_a_new_draft(open_house: MakeHouse) -> None:
    house = open_house(state="void")
    answer = take(house, "follow-up", relation="repeat")
    again = take(house, "follow-up", relation="repeat")
    assert answer.status_code == 303
    assert answer.headers["location"].rpartition("/")[2] == again.headers["location"].rpartition("/")[2]
    assert answer.headers["location"].rpartition("/")[2] != house.id


def test_codes_of_the_record_are_not_shown_as_words(open_house: MakeHouse) -> None:
    house = open_house(state="open")
    assert (house.hall.current().fingerprint or "") not in page(house)
