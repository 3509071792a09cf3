"""What every answer carries and no request can change: headers, cookies, methods, addresses."""

from __future__ import annotations

from http.cookies import SimpleCookie

import pytest

from tests.pictures import jpeg
from tests.web.accounts import Entry
from tests.web.citizen import Citizen
from tests.web.house import House, MakeHouse

EVIL = "evil.example"
SITE = "https://rd.example.cn"
OTHER_METHODS = ("OPTIONS", "HEAD", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "PROPFIND", "POST\t")


def test_over_https_every_cookie_is_secure_and_named_so(open_house: MakeHouse) -> None:
    """Of links, log-ins, second steps and the public form: none of them without all attributes."""
    house = open_house(url=SITE)
    entry = Entry(house)
    entry.account()
    visitor = house.visitor()
    answers = [
        visitor.get(f"/enter/{house.token('chair')}"),
        entry.log_in()[1],
        visitor.get(f"/t/{house.county.congress.id}/new"),
    ]
    for answer in answers:
        lines = answer.headers.get_list("set-cookie")
        assert lines
        for line in lines:
            (cookie,) = SimpleCookie(line).values()
            assert cookie.key.startswith("__Secure-piaojue")
            assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "lax")
            assert cookie["domain"] == ""
            assert cookie["path"] != "/"


def test_over_https_a_cookie_that_http_may_have_planted_opens_nothing(open_house: MakeHouse) -> None:
    house = open_house(url=SITE)
    chair = house.enter("chair")
    token = chair.client.cookies["__Secure-piaojue"]
    asked = house.visitor().get(chair.base, headers={"cookie": f"piaojue={token}"})
    assert (chair.get().status_code, asked.status_code) == (200, 404)


@pytest.mark.parametrize("method", OTHER_METHODS)
def test_other_methods_are_refused_before_anybody_is_recognised(house: House, method: str) -> None:
    chair = house.enter("chair")
    anybodys = () if method == "HEAD" else ("/", f"/r/{house.id}")
    for path in (*anybodys, "/login", f"/v/{house.hall.session.code}", chair.base, f"/chair/{'0' * 32}"):
        answer = chair.client.request(method, path)
        assert (path, answer.status_code) == (path, 405)
        assert "OPTIONS" not in answer.headers["allow"]
        assert "GET" in answer.headers["allow"]
        assert "access-control-allow-origin" not in answer.headers


def test_head_says_of_what_anybody_may_read_the_same_as_get_without_its_body(house: House) -> None:
    """Link checkers and the preview of a messenger ask so."""
    congress = house.county.congress.id
    for path in ("/", f"/t/{congress}", f"/t/{congress}/new", "/health", f"/r/{house.id}", "/t/x"):
        asked, read = (house.visitor().request(method, path) for method in ("HEAD", "GET"))
        assert (asked.status_code, asked.content) == (read.status_code, b"")
        for header in ("content-type", "content-length", "content-security-policy"):
            assert asked.headers.get(header) == read.headers.get(header)


def test_no_header_turns_a_reader_into_a_writer(house: House) -> None:
    """Method override as some frameworks know it."""
    clerk = house.enter_as(house.county.staff)
    for name in ("x-http-method-override", "x-http-method", "x-method-override"):
        assert clerk.get("/settings", headers={name: "POST"}).status_code == 200
        answer = clerk.client.post(clerk.base + "/today", headers={name: "GET"}, data={"_method": "GET"})
        assert answer.status_code == 405


def test_nothing_a_request_says_about_its_host_reaches_an_answer(open_house: MakeHouse) -> None:
    """Addresses, QR codes and redirects are built from the setting `url` alone."""
    house = open_house(state="published", url=SITE)
    clerk = house.enter("staff")
    names = ("host", "x-forwarded-host", "x-forwarded-server", "x-original-url", "x-rewrite-url", "forwarded")
    for path in (
        "/",
        f"/r/{house.id}",
        "/t/x",
        clerk.base,
        clerk.base + "/links/new",
        "/enter/x",
        "/nowhere",
    ):
        for name in names:
            answer = clerk.client.get(path, headers={name: EVIL})
            assert EVIL not in answer.text
            assert EVIL not in str(answer.headers)


def test_no_field_and_no_address_sends_a_visitor_elsewhere(house: House) -> None:
    """Open redirects: whatever stands in the usual parameters, a redirect stays below our own pages."""
    entry = Entry(house)
    entry.account()
    places = dict.fromkeys(("next", "url", "return", "to", "redirect", "invitation"), f"https://{EVIL}/")
    browser = house.visitor()
    typed = {"login": "wang", "password": "一句很长又好记的话呀"}
    for target in (f"//{EVIL}/", f"https://{EVIL}/", f"\\\\{EVIL}", f"/\\{EVIL}", "javascript:alert(1)"):
        answer = browser.post("/login", params=places | {"next": target}, data=typed | {"invitation": target})
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/presidium/")
    for path in (f"//{EVIL}/", f"/%2f%2f{EVIL}", f"/login//{EVIL}", f"/enter/%2e%2e%2f{EVIL}"):
        answer = house.visitor().get(path)
        assert "location" not in answer.headers or EVIL not in answer.headers["location"]


def test_pages_of_a_role_are_kept_by_no_browser_and_neither_are_their_photos(house: House) -> None:
    """A computer in an office has many users; only what is public may be kept."""
    citizen = Citizen(house)
    code = citizen.code_of(citizen.send(photos=(jpeg(40, 30),)))
    clerk = house.enter_as(house.county.staff)
    with house.store.read() as tx:
        (photo,) = tx.photos.of(tx.inbox.waiting(house.county.staff, 10)[0])
    own = f"{citizen.home}/mine/{code}"
    asked = [
        clerk.get(),
        clerk.get("/inbox"),
        clerk.get(f"/photos/{photo.id}"),
        clerk.get("/ledger.csv"),
        citizen.client.get(own),
        citizen.client.get(f"{own}/photos/{photo.id}"),
    ]
    assert [(one.status_code, one.headers["cache-control"]) for one in asked] == [(200, "no-store")] * len(
        asked
    )


def test_no_page_may_stand_in_a_frame_and_no_answer_is_read_by_another_site(house: House) -> None:
    clerk = house.enter_as(house.county.staff)
    for path in ("/", "/login", clerk.base, f"/api/v/{house.hall.session.code}", "/nowhere"):
        answer = clerk.client.get(path, headers={"origin": f"https://{EVIL}"})
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        assert not [name for name in answer.headers if name.startswith("access-control-")]
