"""`/staff/{link}/members`: who has access, inviting, taking back."""

from __future__ import annotations

import pytest

from tests.county import new_id
from tests.web.accounts import Entry, found
from tests.web.house import House


@pytest.fixture
def entry(house: House) -> Entry:
    return Entry(house)


def test_the_page_lists_people_roles_and_invitations_with_their_state(entry: Entry) -> None:
    entry.account("wang", name="王晓")
    entry.invitation(name="赵明", role="government_office")
    page = entry.clerk.get("/members").text
    for said in ("刘科长", "王晓", "wang", "已使用", "赵明", "政府办", "待使用"):
        assert said in page
    entry.later(days=14)
    assert "已过期" in entry.clerk.get("/members").text


def test_an_invitation_is_shown_once_with_a_code_to_scan(entry: Entry) -> None:
    answer = entry.clerk.post("/members/invite", role="presidium", name="王晓", days="7")
    link = found(r"(/invited/[\w-]+)", answer.text)
    assert "<svg" in answer.text or "<img" in answer.text
    assert "2026年9月8日" in answer.text
    assert link not in entry.clerk.get("/members").text


def test_an_invitation_that_does_not_fit_is_not_given_out(entry: Entry) -> None:
    elsewhere = entry.house.county.town.units[0].id
    cases: tuple[tuple[dict[str, object], str], ...] = (
        ({}, "请选择身份"),
        ({"role": "chair", "name": "王晓", "days": "7"}, "请选择身份"),
        ({"role": "staff", "name": "", "days": "7"}, "没有填写“姓名”"),
        ({"role": "staff", "name": "王\x00晓", "days": "7"}, "不能显示"),
        ({"role": "staff", "name": "王晓", "days": "61"}, "应在 1 至 60 之间"),
        ({"role": "unit", "name": "小孙", "days": "7"}, "请选择承办单位"),
        ({"role": "unit", "name": "小孙", "days": "7", "unit": elsewhere}, "请选择承办单位"),
        ({"role": "unit", "name": "小孙", "days": "7", "unit": "x" * 4000}, "请选择承办单位"),
        ({"role": "deputy", "days": "7", "deputy": "\x00"}, "请选择代表"),
    )
    for typed, said in cases:
        answer = entry.clerk.post("/members/invite", **typed)
        assert answer.status_code == 422
        assert said in answer.text
    assert "还没有发出邀请" in entry.clerk.get("/members").text


def test_a_deputy_with_an_account_is_sent_to_the_reset(entry: Entry) -> None:
    deputy = entry.house.county.deputies[0].id
    entry.account("zhang", "deputy", deputy=deputy)
    answer = entry.clerk.post("/members/invite", role="deputy", days="7", deputy=deputy)
    assert answer.status_code == 422
    assert "已经有账号" in answer.text


def test_ending_a_role_is_immediate_and_repeating_it_changes_nothing(entry: Entry) -> None:
    browser = entry.account()
    home = entry.log_in()[1].headers["location"]
    member = home.rpartition("/")[2]
    for _ in range(2):
        assert entry.clerk.post(f"/members/{member}/end").status_code == 303
    refused = browser.get(home)
    assert refused.status_code == 403
    assert "身份已经结束" in refused.text
    assert "身份已经结束的人（1）" in entry.clerk.get("/members").text


def test_nobody_ends_the_own_role_here(entry: Entry) -> None:
    own = entry.clerk.base.rpartition("/")[2]
    assert entry.clerk.post(f"/members/{own}/end").status_code == 409
    assert f"/members/{own}/end" not in entry.clerk.get("/members").text


def test_another_congress_reaches_nobody_here(entry: Entry) -> None:
    entry.account()
    member = entry.log_in()[1].headers["location"].rpartition("/")[2]
    town = entry.town_clerk()
    assert "王晓" not in town.get("/members").text
    for path in (f"/members/{member}/end", f"/members/{member}/reset", f"/members/{new_id('x')}/end"):
        assert town.post(path).status_code == 404


def test_a_towns_clerk_is_told_that_one_is_enough(entry: Entry) -> None:
    assert "一位工作人员就能办理本乡镇的全部事项" in entry.town_clerk().get("/members").text
    assert "一位工作人员就能" not in entry.clerk.get("/members").text


def test_a_personal_link_of_staff_invites_too(entry: Entry) -> None:
    answer = entry.house.enter("staff").post("/members/invite", role="presidium", name="王晓", days="7")
    assert answer.status_code == 200
