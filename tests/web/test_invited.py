"""`/invited/{token}`: accepting, joining, a new password; and every link that opens nothing."""

from __future__ import annotations

import pytest

from tests.web.accounts import PASSWORD, Entry, found, shown_link
from tests.web.house import House

NEW = "另外一句很长很长的话"


@pytest.fixture
def entry(house: House) -> Entry:
    return Entry(house)


def test_an_invitation_says_who_invites_as_what_and_for_which_unit(entry: Entry) -> None:
    unit = entry.house.county.units[0]
    page = entry.house.visitor().get(entry.invitation("unit", name="小孙", unit=unit.id)).text
    for said in ("小孙", "示例县人民代表大会", "承办单位", unit.name, "2026年9月15日"):
        assert said in page


def test_accepting_logs_in_and_a_role_without_duty_of_a_second_step_is_entered_at_once(entry: Entry) -> None:
    deputy = entry.house.county.deputies[0]
    browser = entry.account("zhang", "deputy", deputy=deputy.id)
    home = entry.log_in("zhang")[1].headers["location"]
    assert home.startswith("/deputy/")
    assert deputy.name in browser.get(home).text


def test_staff_set_up_a_second_step_before_they_enter(entry: Entry) -> None:
    link = entry.invitation("staff", name="李科长")
    browser = entry.house.visitor()
    answer = browser.post(link, data={"login": "li", "password": PASSWORD, "again": PASSWORD})
    assert answer.headers["location"] == "/account/second"
    account = browser.get("/account").text
    assert "要先" in account
    assert 'href="/staff/' not in account
    role = found(r"Path=(/staff/\w+)", str(answer.headers))
    refused = browser.get(role)
    assert refused.status_code == 403
    assert "需要两步登录" in refused.text
    entry.set_up_codes(browser)
    assert browser.get(role).status_code == 200


def test_what_does_not_fit_is_said_beside_its_field_and_the_invitation_stays_open(entry: Entry) -> None:
    entry.account("wang")
    link = entry.invitation()
    for login, password, again, said in (
        ("", PASSWORD, PASSWORD, "登录名要用"),
        ("x" * 10_000, PASSWORD, PASSWORD, "登录名要用"),
        ("a\x00b", PASSWORD, PASSWORD, "登录名要用"),
        ("zhao", "short", "short", "至少要 10 个字"),
        ("zhao", PASSWORD, "别的", "两次输入的密码不一样"),
        ("wang", PASSWORD, PASSWORD, "已经有人用了"),
    ):
        typed = {"login": login, "password": password, "again": again}
        answer = entry.house.visitor().post(link, data=typed)
        assert answer.status_code in {409, 422}
        assert said in answer.text
        assert PASSWORD not in answer.text
    entry.accept(link, "zhao")


def test_expired_used_revoked_and_invented_links_get_their_sentences(entry: Entry) -> None:
    used, revoked = entry.invitation(), entry.invitation(name="赵明")
    entry.accept(used)
    page = entry.clerk.get("/members").text
    entry.clerk.client.post(found(r'action="(/staff/\w+/members/invitations/\w+/revoke)"', page))
    expired = entry.invitation(days="1")
    entry.later(days=1)
    cases = [
        (used, 410, "已经用过"),
        (revoked, 410, "已经被收回"),
        (expired, 410, "已经过期"),
        ("/invited/" + "A" * 43, 404, "邀请链接无效"),
        ("/invited/" + "x" * 5000, 404, "邀请链接无效"),
        ("/invited/%E4%BD%A0", 404, "邀请链接无效"),
        ("/invited/a%00b", 404, "没有这个页面"),
    ]
    for link, status, said in cases:
        typed = {"login": "qian", "password": PASSWORD, "again": PASSWORD}
        for answer in (entry.house.visitor().get(link), entry.house.visitor().post(link, data=typed)):
            assert (link, answer.status_code) == (link, status)
            assert said in answer.text
            assert "set-cookie" not in answer.headers
    assert entry.log_in("qian")[1].status_code == 422


def test_a_form_from_another_site_accepts_nothing(entry: Entry) -> None:
    link = entry.invitation()
    typed = {"login": "wang", "password": PASSWORD, "again": PASSWORD}
    answer = entry.house.visitor().post(link, data=typed, headers={"origin": "https://evil.example"})
    assert answer.status_code == 403
    entry.accept(link)


def test_whoever_has_an_account_logs_in_and_takes_the_role_with_it(entry: Entry) -> None:
    entry.account()
    town = entry.town_clerk()
    link = entry.invitation("presidium", by=town)
    token = link.rpartition("/")[2]
    browser = entry.house.visitor()
    assert f"/login?join={token}" in browser.get(link).text
    assert f'name="join" value="{token}"' in browser.get(f"/login?join={token}").text
    typed = {"login": "wang", "password": PASSWORD, "join": token}
    answer = browser.post("/login", data=typed)
    assert answer.headers["location"] == f"/account/join/{token}"
    assert "东河镇人民代表大会" in browser.get(f"/account/join/{token}").text
    assert browser.post(f"/account/join/{token}").status_code == 303
    page = browser.get("/account").text
    assert "示例县人民代表大会：主席团" in page
    assert "东河镇人民代表大会：主席团" in page
    assert browser.post(f"/account/join/{token}").status_code == 410


def test_an_invented_invitation_leads_nowhere_after_the_log_in(entry: Entry) -> None:
    entry.account()
    for join in ("//evil.example", "..%2f..", "x" * 5000, "a b", "你好"):
        typed = {"login": "wang", "password": PASSWORD, "join": join}
        to = entry.house.visitor().post("/login", data=typed).headers["location"]
        assert to.startswith("/presidium/")


def test_a_reset_link_sets_a_new_password_and_ends_what_was_open(entry: Entry) -> None:
    browser = entry.account()
    page = entry.clerk.get("/members").text
    reset = found(r'action="(/staff/\w+/members/\w+/reset)"', page)
    link = shown_link(entry.clerk.client.post(reset))
    ended = browser.get("/account")
    assert ended.status_code == 410
    assert "已经退出" in ended.text
    fresh = entry.house.visitor()
    assert "请设置新密码" in fresh.get(link).text
    assert fresh.post(link, data={"password": NEW, "again": NEW}).status_code == 303
    assert entry.log_in("wang", PASSWORD)[1].status_code == 422
    assert entry.log_in("wang", NEW)[1].status_code == 303
