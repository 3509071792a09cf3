"""`/login`: both steps, what they refuse, and which cookies they give."""

from __future__ import annotations

import pytest
from structlog.testing import capture_logs

from tests.web.accounts import PASSWORD, Browser, Entry, cookie_paths, found
from tests.web.house import House, MakeHouse
from voting.accounts import members
from voting.actors import system

FOREIGN = ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}, {"origin": "null"})


@pytest.fixture
def entry(house: House) -> Entry:
    return Entry(house)


def test_whoever_has_one_role_goes_straight_there(entry: Entry) -> None:
    entry.account()
    browser, answer = entry.log_in()
    assert answer.status_code == 303
    home = answer.headers["location"]
    assert home.startswith("/presidium/")
    assert browser.get(home).status_code == 200


def test_the_cookies_are_below_the_account_and_each_role_and_nowhere_else(entry: Entry) -> None:
    entry.account()
    _, answer = entry.log_in()
    assert cookie_paths(answer) == ["/account", "/login", answer.headers["location"]]
    for line in answer.headers.get_list("set-cookie"):
        assert "HttpOnly" in line
        assert "SameSite=lax" in line


def test_over_https_the_cookies_never_travel_in_the_clear(open_house: MakeHouse) -> None:
    entry = Entry(open_house(url="https://rd.example.cn"))
    entry.account()
    _, answer = entry.log_in()
    assert all("Secure" in line for line in answer.headers.get_list("set-cookie"))


def test_the_ballots_pages_receive_no_cookie_of_an_account(entry: Entry) -> None:
    browser = entry.account()
    for path in (f"/v/{entry.house.hall.session.code}", "/"):
        request = browser.build_request("GET", path)
        assert "cookie" not in request.headers
    assert "piaojue=" not in browser.build_request("GET", "/login").headers["cookie"]
    assert "cookie" in browser.build_request("GET", "/account").headers


def test_whatever_is_wrong_is_told_the_same(entry: Entry) -> None:
    entry.account()
    for login, password in (
        ("wang", "这不是密码这不是密码"),
        ("nobody", PASSWORD),
        ("", ""),
        ("wa\x00ng", PASSWORD),
        ("x" * 10_000, PASSWORD),
        ("wang", "x" * 10_000),
        ("<script>alert(1)</script>", PASSWORD),
    ):
        browser, answer = entry.log_in(login, password)
        assert answer.status_code == 422
        assert "登录名或者密码不对" in answer.text
        assert "set-cookie" not in answer.headers
        assert "<script>" not in answer.text
        assert not password or password not in answer.text
        assert browser.get("/account").status_code == 404


def test_a_form_from_another_site_logs_nobody_in(entry: Entry) -> None:
    entry.account()
    for headers in FOREIGN:
        for path in ("/login", "/login/code", "/login/passkey"):
            typed = {"login": "wang", "password": PASSWORD}
            answer = entry.house.visitor().post(path, data=typed, headers=headers)
            assert (path, answer.status_code) == (path, 403)
            assert "不是从本系统的页面发出的" in answer.text


def test_the_second_step_follows_the_first_and_its_code_opens_once(entry: Entry) -> None:
    secret = entry.set_up_codes(entry.account())
    entry.later(minutes=1)
    browser, answer = entry.log_in()
    assert answer.headers["location"] == "/login/second"
    assert cookie_paths(answer) == ["/login", "/login"]
    assert browser.get("/account").status_code == 404
    assert browser.get("/login/second").status_code == 200
    wrong = browser.post("/login/code", data={"code": "12345"})
    assert wrong.status_code == 422
    assert "验证码不对" in wrong.text
    right = browser.post("/login/code", data={"code": entry.code(secret)})
    assert right.headers["location"].startswith("/presidium/")
    again, _ = entry.log_in()
    replayed = again.post("/login/code", data={"code": entry.code(secret)})
    assert replayed.status_code == 422


def test_the_second_step_without_the_first_leads_back(entry: Entry) -> None:
    browser = entry.account()
    for visitor in (browser, entry.house.visitor()):
        assert visitor.get("/login/second").status_code == 404
        for path in ("/login/code", "/login/passkey"):
            answer = visitor.post(path, data={"code": "123456", "answer": "{}"})
            assert answer.status_code == 404
            assert 'href="/login"' in answer.text


def test_where_there_are_no_passkeys_none_opens(entry: Entry) -> None:
    entry.set_up_codes(entry.account())
    browser, _ = entry.log_in()
    answer = browser.post("/login/passkey", data={"answer": '{"id": "x"}'})
    assert answer.status_code == 422
    assert "通行密钥没有通过" in answer.text


def test_a_token_from_before_the_log_in_is_never_taken_over(entry: Entry) -> None:
    entry.account()
    planted = "A" * 43
    browser = entry.house.visitor()
    headers = {"cookie": f"piaojue={planted}"}
    answer = browser.post("/login", data={"login": "wang", "password": PASSWORD}, headers=headers)
    assert planted not in str(answer.headers)
    assert entry.house.visitor().get("/account", headers=headers).status_code == 404


def test_a_disabled_account_is_told_so(entry: Entry) -> None:
    browser = entry.account()
    members.disable(entry.house.store, system(""), "wang", entry.house.clock or entry.house.hall.now())
    _, answer = entry.log_in()
    assert answer.status_code == 403
    assert "这个账号已经停用" in answer.text
    assert "已经停用" in browser.get("/account").text


def test_an_idle_log_in_ends_with_a_sentence_and_a_way_back(entry: Entry) -> None:
    browser = entry.account()
    home = entry.log_in()[1].headers["location"]
    entry.later(hours=12)
    for path in ("/account", home):
        answer = browser.get(path)
        assert answer.status_code == 410
        assert "登录时间已过" in answer.text
        assert 'href="/login"' in answer.text


def test_the_log_holds_how_each_step_went_and_not_whose_it_was(entry: Entry) -> None:
    secret = entry.set_up_codes(entry.account())
    with capture_logs() as logs:
        entry.log_in("wang", "不是这一句不是这一句")
        entry.log_in("nobody", PASSWORD)
        browser, _ = entry.log_in()
        browser.post("/login/code", data={"code": "000000"})
        entry.later(minutes=1)
        browser.post("/login/code", data={"code": entry.code(secret)})
    told = [(one["event"], one["step"], one.get("stage")) for one in logs]
    assert told == [
        ("login_refused", "password", None),
        ("login_refused", "password", None),
        ("login", "password", "pending"),
        ("login_refused", "code", None),
        ("login", "code", "strong"),
    ]
    assert set().union(*logs) == {"event", "step", "stage", "log_level"}


def test_a_browser_is_known_by_its_mark_and_by_no_other(entry: Entry) -> None:
    browser = entry.account()
    browser.post("/login", data={"login": "wang", "password": PASSWORD})
    assert "没有用过的设备" not in notices(browser)
    other, _ = entry.log_in()
    assert notices(other).count("去办理：您的账号刚刚在一台没有用过的设备上登录") == 1
    other.cookies.set("piaojue_browser", "x" * 5000, path="/login")
    assert other.post("/login", data={"login": "wang", "password": PASSWORD}).status_code == 303


def test_whoever_must_log_in_again_comes_back_to_the_second_step(entry: Entry) -> None:
    browser = entry.account()
    entry.later(minutes=16)
    refused = browser.get("/account/second")
    assert refused.status_code == 403
    assert "超过 15 分钟" in refused.text
    assert 'href="/login?to=second"' in refused.text
    typed = {"login": "wang", "password": PASSWORD, "to": "second"}
    answer = browser.post("/login", data=typed)
    assert answer.headers["location"] == "/account/second"
    assert browser.get("/account/second").status_code == 200
    for invented in ("https://evil.example", "../../staff", "x" * 9000):
        answer = browser.post("/login", data={**typed, "to": invented})
        assert answer.headers["location"].startswith("/presidium/")


def notices(browser: Browser) -> str:
    home = found(r'href="(/presidium/\w+)"', browser.get("/account").text)
    return browser.get(f"{home}/notices").text
