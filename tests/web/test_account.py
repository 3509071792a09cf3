"""`/account`: roles, password, second step, devices; a stranger and a foreign site get nothing."""

from __future__ import annotations

from datetime import date

import pytest
from litestar.routes import HTTPRoute
from structlog.testing import capture_logs

from tests.web.accounts import PASSWORD, Entry, found
from tests.web.house import House
from web.pages.people.device import device_name

NEW = "另外一句很长很长的话"


@pytest.fixture
def entry(house: House) -> Entry:
    return Entry(house)


def account_routes(house: House) -> list[tuple[str, str]]:
    routes = [one for one in house.app.routes if isinstance(one, HTTPRoute)]
    return [
        (method, route.path.replace("{login_id:str}", "0" * 32).replace("{token:str}", "A" * 43))
        for route in routes
        if route.path.startswith("/account")
        for method in route.methods & {"GET", "POST"}
    ]


def test_a_stranger_finds_nothing_and_is_led_to_the_log_in(entry: Entry) -> None:
    for method, path in account_routes(entry.house):
        for headers in ({}, {"cookie": "piaojue=" + "A" * 43}):
            answer = entry.house.visitor().request(method, path, headers=headers)
            assert (path, answer.status_code) == (path, 404)
            assert 'href="/login"' in answer.text


def test_a_form_that_another_site_sends_changes_nothing(entry: Entry) -> None:
    browser = entry.account()
    posts = [path for method, path in account_routes(entry.house) if method == "POST"]
    assert len(posts) > 5
    for path in posts:
        for headers in ({"sec-fetch-site": "same-site"}, {"origin": "null"}):
            answer = browser.post(path, headers=headers)
            assert (path, answer.status_code) == (path, 403)
    assert browser.get("/account").status_code == 200


def test_a_personal_link_opens_no_account(entry: Entry) -> None:
    headers = {"cookie": f"piaojue={entry.house.token('staff')}"}
    assert entry.house.visitor().get("/account", headers=headers).status_code == 404


def test_the_cookie_of_one_role_opens_no_other_and_nobody_elses(entry: Entry) -> None:
    wang, zhao = entry.account("wang"), entry.account("zhao", "unit", unit=entry.house.county.units[0].id)
    home = entry.log_in("zhao")[1].headers["location"]
    token = next(one.value for one in wang.cookies.jar)
    answer = entry.house.visitor().get(home, headers={"cookie": f"piaojue={token}"})
    assert answer.status_code == 404
    wrong_role = home.replace("/unit/", "/presidium/")
    token = next(one.value for one in zhao.cookies.jar)
    answer = entry.house.visitor().get(wrong_role, headers={"cookie": f"piaojue={token}"})
    assert answer.status_code == 403


def test_several_roles_are_offered_to_choose_from(entry: Entry) -> None:
    browser = entry.account()
    link = entry.invitation("unit", unit=entry.house.county.units[0].id)
    browser.post(f"/account/join/{link.rpartition('/')[2]}")
    again, answer = entry.log_in()
    assert answer.headers["location"] == "/account"
    page = again.get("/account").text
    for role in ("presidium", "unit"):
        assert again.get(found(f'href="(/{role}/\\w+)"', page)).status_code == 200


def test_a_deputy_who_left_is_told_so_and_offered_nothing(entry: Entry) -> None:
    deputy = entry.house.county.deputies[0]
    browser = entry.account("zhang", "deputy", deputy=deputy.id)
    home = entry.log_in("zhang")[1].headers["location"]
    with entry.house.store.write() as tx:
        tx.deputies.end(deputy, date(2026, 9, 1))
    refused = browser.get(home)
    assert refused.status_code == 403
    assert "代表职务已经终止" in refused.text
    page = browser.get("/account").text
    assert "没有可以进入的身份" in page
    assert "代表职务已经终止" in page


def test_a_new_password_goes_on_here_and_ends_the_other_devices(entry: Entry) -> None:
    browser = entry.account()
    other, _ = entry.log_in()
    typed = {"old": PASSWORD, "password": NEW, "again": NEW}
    assert browser.post("/account/password", data=typed).status_code == 303
    assert browser.get("/account").status_code == 200
    assert other.get("/account").status_code == 410
    assert entry.log_in("wang", NEW)[1].status_code == 303


def test_a_password_that_does_not_fit_changes_nothing(entry: Entry) -> None:
    browser = entry.account()
    for old, password, again, said in (
        ("错了错了", NEW, NEW, "现在的密码不对"),
        (PASSWORD, "short", "short", "至少要 10 个字"),
        (PASSWORD, NEW, "", "不一样"),
        ("", "", "", "至少要 10 个字"),
    ):
        typed = {"old": old, "password": password, "again": again}
        answer = browser.post("/account/password", data=typed)
        assert answer.status_code == 422
        assert said in answer.text
    assert entry.log_in()[1].status_code == 303


def test_devices_are_named_and_ended_one_by_one_or_all(entry: Entry) -> None:
    browser = entry.account()
    others = [entry.log_in()[0] for _ in range(2)]
    page = browser.get("/account").text
    assert page.count("本机") == 1
    browser.post(found(r'action="(/account/devices/\w{32}/end)"', page))
    assert sorted(one.get("/account").status_code for one in others) == [200, 410]
    assert browser.post("/account/devices/end").status_code == 303
    assert [one.get("/account").status_code for one in others] == [410, 410]
    for wrong in ("0" * 32, "x" * 4000, "a%00b"):
        assert browser.post(f"/account/devices/{wrong}/end").status_code == 404


def test_logging_out_ends_the_token_and_takes_the_cookies_away(entry: Entry) -> None:
    browser = entry.account()
    token = next(one.value for one in browser.cookies.jar if one.name == "piaojue")
    answer = browser.post("/account/leave")
    assert answer.headers["location"] == "/login"
    assert answer.headers["clear-site-data"] == '"cache"'
    assert [one.name for one in browser.cookies.jar] == ["piaojue_browser"]
    stolen = entry.house.visitor().get("/account", headers={"cookie": f"piaojue={token}"})
    assert stolen.status_code == 410


def test_setting_up_codes_keeps_the_secret_until_the_first_code_is_right(entry: Entry) -> None:
    browser = entry.account()
    secret = found(r'name="secret" value="(\w+)"', browser.get("/account/second").text)
    wrong = browser.post("/account/second/codes", data={"secret": secret, "code": "12345"})
    assert wrong.status_code == 422
    assert f'value="{secret}"' in wrong.text
    right = browser.post("/account/second/codes", data={"secret": secret, "code": entry.code(secret)})
    assert right.status_code == 303
    assert "一次性验证码" in browser.get("/account").text
    assert browser.post("/account/second/codes/remove").status_code == 303
    assert entry.log_in()[1].headers["location"].startswith("/presidium/")


def test_an_office_keeps_its_second_step(entry: Entry) -> None:
    browser = entry.account("li", "staff")
    entry.set_up_codes(browser)
    answer = browser.post("/account/second/codes/remove")
    assert answer.status_code == 409
    assert "至少要保留一种" in answer.text


def test_what_no_authenticator_made_is_no_passkey(entry: Entry) -> None:
    browser = entry.account()
    for answer in ("", "{}", "x" * 30_000):
        refused = browser.post("/account/second/passkeys", data={"name": "手机", "answer": answer})
        assert refused.status_code == 422
    assert browser.post("/account/second/passkeys/remove", data={"credential": "x\x00"}).status_code == 404


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        ("Mozilla/5.0 (Linux; Android 13) Chrome/120 Mobile MicroMessenger/8.0", "安卓手机，微信"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 14_0 like Mac OS X) Safari/604.1", "iPhone，Safari 浏览器"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537.36 Edg/120", "Windows 电脑，Edge 浏览器"),
        ("curl/8", "其他设备"),
        ("", "其他设备"),
        ("<script>\x00" + "x" * 100_000, "其他设备"),
    ],
)
def test_a_device_is_called_by_words_that_its_owner_knows(user_agent: str, words: str) -> None:
    assert device_name(user_agent) == words


def test_the_record_says_when_by_what_device_and_what_was_typed_wrong(entry: Entry) -> None:
    entry.account()
    for _ in range(2):
        assert entry.log_in("wang", "不是这一句不是这一句")[1].status_code == 422
    entry.later(hours=1)
    browser, _ = entry.log_in()
    assert entry.log_in("wang", "<b>不是这一句不是这一句")[1].status_code == 422
    page = browser.get("/account/log-ins").text
    assert "输错 2 次" in page
    assert "又有人输错密码或者验证码 1 次" in page
    assert "接受邀请" in page
    assert "不是这一句" not in page
    short = browser.get("/account").text
    assert "输错 2 次" in short
    assert 'href="/account/log-ins"' in short


def test_a_notice_about_the_account_leads_to_its_record(entry: Entry) -> None:
    browser = entry.account()
    browser.post("/account/password", data={"old": PASSWORD, "password": NEW, "again": NEW})
    home = found(r'href="(/presidium/\w+)"', browser.get("/account").text)
    page = browser.get(f"{home}/notices").text
    assert "修改了密码" in page
    answer = browser.post(found(r'action="(/presidium/\w+/notices/\w+/see)"', page))
    assert answer.headers["location"] == f"{home}/my-account"
    assert 'href="/account/log-ins"' in browser.get(f"{home}/my-account").text


def test_every_page_of_an_account_has_a_way_out(entry: Entry) -> None:
    browser = entry.account()
    home = found(r'href="(/presidium/\w+)"', browser.get("/account").text)
    for path in (home, f"{home}/notices", "/account", "/account/log-ins", "/account/second"):
        assert 'action="/account/leave"' in browser.get(path).text, path
    assert "/account/leave" not in entry.house.enter("staff").get("/members").text


def test_the_log_holds_that_somebody_was_refused_and_not_who_and_nothing_of_the_ballot(entry: Entry) -> None:
    browser = entry.account()
    home = found(r'href="(/presidium/\w+)"', browser.get("/account").text)
    token = next(one.value for one in browser.cookies.jar if one.name == "piaojue")
    wrong_role = home.replace("/presidium/", "/staff/")
    with capture_logs() as logs:
        refused = browser.get(wrong_role, headers={"cookie": f"piaojue={token}"})
        browser.post("/account/leave", headers={"sec-fetch-site": "cross-site"})
        entry.house.visitor().post(f"/api/v/{entry.house.hall.session.code}", headers={"origin": "null"})
    assert refused.status_code == 403
    assert [(one["event"], one["kind"], one["route"]) for one in logs] == [
        ("refused", "wrong_role", "/staff/{link}"),
        ("refused", "foreign_request", "/account/leave"),
    ]
    assert home.rpartition("/")[2] not in str(logs)


def test_a_password_of_the_congresss_own_name_is_refused_with_the_word(entry: Entry) -> None:
    browser = entry.account()
    word = entry.house.county.congress.name.removesuffix("人民代表大会")
    typed = {"old": PASSWORD, "password": f"{word}城东门外三棵柳树", "again": f"{word}城东门外三棵柳树"}
    answer = browser.post("/account/password", data=typed)
    assert answer.status_code == 422
    assert f"密码里不能有“{word}”" in answer.text
