"""`/staff/{link}` and `…/sessions/{id}`: sessions are made and listed."""

import pytest

from tests.web.house import House
from voting import drafting
from voting.actors import Actor


def test_the_first_page_names_the_congress_and_lists_its_sessions(house: House) -> None:
    text = house.enter("staff").get().text
    assert "示例县人民代表大会" in text
    assert house.hall.session.title in text


def test_a_session_is_made_and_shown(house: House) -> None:
    staff = house.enter("staff")
    made = staff.post(title="第十九届第六次会议", all_deputies="２９８")
    assert made.status_code == 303
    shown = staff.client.get(made.headers["location"])
    assert "第十九届第六次会议" in shown.text
    assert "全体代表 298 人" in shown.text


@pytest.mark.parametrize(
    ("title", "all_deputies", "fault"),
    [
        ("", "298", "没有填写“会议名称”"),
        ("x" * 10_000, "298", "太长"),
        ("第\x00六次", "298", "不能显示或打印"),
        ("第六次\u202e会议", "298", "不能显示或打印"),
        ("第六次会议", "", "请填写全体代表人数"),
        ("第六次会议", "许多", "填写一个整数"),
        ("第六次会议", "0", "应在 1 至"),
    ],
)
def test_what_cannot_be_a_session_is_refused_beside_its_field(
    house: House, title: str, all_deputies: str, fault: str
) -> None:
    staff = house.enter("staff")
    before = staff.get().text.count("/sessions/")
    answer = staff.post(title=title, all_deputies=all_deputies)
    assert answer.status_code == 422
    assert fault in answer.text
    assert staff.get().text.count("/sessions/") == before


def test_nothing_typed_is_lost(house: House) -> None:
    answer = house.enter("staff").post(title='<b>"第六次"', all_deputies="x")
    assert 'value="&lt;b&gt;&#34;第六次&#34;"' in answer.text
    assert 'value="x"' in answer.text
    assert 'aria-describedby="all_deputies-hint all_deputies-fault"' in answer.text


def test_a_session_shows_its_rounds_and_the_addresses_of_the_hall(house: House) -> None:
    text = house.enter("staff").get(f"/sessions/{house.hall.session.id}").text
    assert house.hall.round.title in text
    assert f"{house.settings.url}/hall/{house.hall.session.code}" in text
    assert f"{house.settings.url}/v/{house.hall.session.code}" in text


def test_another_congress_in_the_same_installation_is_not_seen(house: House) -> None:
    system = Actor(role="system", congress="", name="本机命令")
    town = drafting.create_congress(house.store, system, "示例镇人民代表大会", "town")
    clerk = Actor(role="staff", congress=town.id, name="镇干事")
    session = drafting.create_session(house.store, clerk, "镇会议", 60, house.hall.random)
    staff = house.enter("staff")
    assert "镇会议" not in staff.get().text
    assert staff.get(f"/sessions/{session.id}").status_code == 404
