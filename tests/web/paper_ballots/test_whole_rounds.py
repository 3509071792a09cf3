"""A round on paper and a show of hands from draft to 公布, all through pages, in a town with one clerk."""

from __future__ import annotations

import re

import pytest

from tests.web.house import House, Person
from tests.web.paper_ballots.desks import flat, given
from voting.cycle import Method

ROUND = {
    "title": "民生实事项目票决",
    "kind": "decision",
    "rows": 3,
    "title_1": "农村公路改造",
    "title_2": "校园食堂改建",
    "title_3": "社区养老服务站",
    "ballot": "select_k",
    "places": 2,
    "majority_floor": "yes",
    "base": "all_deputies",
    "tie": "presidium",
    "shortfall": "presidium",
    "publish": "list_and_votes",
    "do": "save",
}
FIGURES = {"figure_1_0": 40, "figure_2_0": 30, "figure_3_0": 3}


def clerk_of_a_town(house: House) -> tuple[Person, str]:
    """The only clerk, and a session of 45 deputies."""
    clerk = house.enter_as(house.county.town.staff)
    answer = clerk.post("/", title="第三次会议", all_deputies=45, body="congress")
    assert answer.status_code == 303
    return clerk, answer.headers["location"].split("/")[-1]


def drafted(clerk: Person, session: str, method: Method, **more: object) -> str:
    answer = clerk.post(f"/sessions/{session}/rounds/new", **{**ROUND, **more, "held": method})
    assert answer.status_code == 303, re.findall(r'class="fault"[^>]*>([^<]*)', answer.text)
    return str(answer.headers["location"].split("/")[-1])


def did(answer: object) -> None:
    assert getattr(answer, "status_code", None) == 303, re.findall(
        r'class="(?:fault|wrong)"[^>]*>([^<]*)', getattr(answer, "text", "")
    )


def begun(clerk: Person, round_id: str, **figures: object) -> None:
    here = f"/rounds/{round_id}"
    did(clerk.post(f"{here}/adopt", names="张三\n李四", confirm="yes", threshold="2"))
    assert "封存" not in flat(clerk.get(here).text).split("下一步")[1].split("</section>")[0].replace(
        "不需要封存", ""
    )
    did(clerk.post(f"{here}/open", **figures))
    did(clerk.post(f"{here}/close", confirm="yes"))


def finished(clerk: Person, chair: Person, teller: Person, round_id: str) -> str:
    """Printed, signed with the pen, announced, published; what the public then reads."""
    here = f"/rounds/{round_id}"
    page = flat(teller.get(here).text)
    assert "下载计票结果报告单" in page
    printed = teller.get(f"{here}/report.pdf")
    assert (printed.status_code, printed.headers["content-type"]) == (200, "application/pdf")
    assert "张三、李四" in flat(clerk.get(here).text)
    did(clerk.post(f"{here}/papers/signed", signed=["1", "2"]))
    did(chair.post(f"{here}/announce"))
    fields = {"number": "第3号", "date": "2026-01-26", "approval": "主席团同意", "confirm": "yes"}
    did(clerk.post(f"{here}/publish", **fields))
    return flat(clerk.client.get(f"/r/{round_id}").text)


@pytest.mark.parametrize("method", ["paper", "hands"])
def test_one_clerk_a_chair_and_two_tellers_hold_a_round_without_cards(house: House, method: Method) -> None:
    clerk, session = clerk_of_a_town(house)
    round_id = drafted(clerk, session, method)
    issued = {"issued": 44} if method == "paper" else {}
    begun(clerk, round_id, present=44, **issued)
    first, second = (given(clerk, session, "teller", name, n) for n, name in ((1, "王一"), (2, "赵二")))
    chair = given(clerk, session, "chair", "主席")
    here = f"/rounds/{round_id}"
    sheet = {"returned": 43, "blank": 2, **FIGURES} | ({"invalid": 0} if method == "paper" else {})
    for teller in (first, second):
        did(teller.post(f"{here}/counts", do="save", **sheet))
    did(chair.post(f"{here}/valid"))
    if method == "paper":
        for teller in (first, second):
            did(teller.post(f"{here}/counts", do="save", **sheet))
    public = finished(clerk, chair, first, round_id)
    assert "40" in public
    assert "校园食堂改建" in public
    for never in ("封箱码", "票箱记录"):
        assert never not in public


def test_a_failed_network_is_left_behind_with_one_press_once_it_was_said_in_the_hall(house: House) -> None:
    house.hall.reach("open")
    for role in ("staff", "chair"):
        hasty = house.enter(role).post(f"/rounds/{house.id}/papers/switch")
        assert hasty.status_code == 422
        assert "请先勾选“主持人已在会场宣布改用纸质票”" in hasty.text
    assert house.hall.current().state == "open"
    staff = house.enter("staff")
    page = staff.get(f"/rounds/{house.id}").text
    assert "改用纸质票" in page
    answer = staff.post(f"/rounds/{house.id}/papers/switch", switched="yes")
    assert answer.status_code == 303
    made = flat(staff.client.get(answer.headers["location"]).text)
    assert "重新票决" in made
    assert "改用纸质票" in flat(staff.get(f"/rounds/{house.id}").text)
    again = house.enter("chair").post(f"/rounds/{house.id}/papers/switch", switched="yes")
    assert again.headers["location"].split("/")[-1] == answer.headers["location"].split("/")[-1]
