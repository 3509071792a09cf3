"""The same questions for every address below `/{role}/{link}`, found by walking the app's own routes:
a stranger, a wrong role, another's link, a foreign site, a malformed and an unknown id, a wrong method."""

import re
from collections.abc import Iterator
from uuid import uuid4

import pytest
from litestar.routes import HTTPRoute

from tests.web.house import House, Person
from web.access import PAGE_ROLES, PageRole

UNKNOWN = uuid4().hex
ODD = ("1", "x" * 4000, "..%2f..%2fetc", "a%00b", "%e4%bd%a0", "' OR 1=1 --")


def role_routes(house: House) -> Iterator[tuple[PageRole, str, str]]:
    """(role, method, path below the link) of every role page."""
    for route in house.app.routes:
        role = route.path.split("/")[1]
        if isinstance(route, HTTPRoute) and role in PAGE_ROLES:
            below = route.path.removeprefix(f"/{role}/{{link:str}}")
            yield from ((role, method, below) for method in route.methods if method in {"GET", "POST"})


def filled(path: str, house: House, id_: str | None = None) -> str:
    """A path with the ids of the house where it has such a thing, or one id everywhere; numbers are 1."""
    ids = {"round_id": house.id, "session_id": house.hall.session.id}
    named = re.sub(r"\{\w+:int\}", "1", path)
    return re.sub(r"\{(\w+):\w+\}", lambda found: id_ or ids.get(found[1], UNKNOWN), named)


@pytest.fixture
def people(house: House) -> dict[PageRole, Person]:
    return {role: house.enter(role) for role in PAGE_ROLES}


def test_every_role_has_pages(house: House) -> None:
    assert {role for role, _, _ in role_routes(house)} == set(PAGE_ROLES)


def test_a_stranger_finds_nothing_and_is_told_how_to_enter(
    house: House, people: dict[PageRole, Person]
) -> None:
    visitor = house.visitor()
    for role, method, path in role_routes(house):
        answer = visitor.request(method, people[role].base + filled(path, house))
        assert (path, answer.status_code) == (path, 404)
        assert "请用您收到的个人链接重新进入" in answer.text


def test_a_link_opens_no_page_of_another_link(house: House, people: dict[PageRole, Person]) -> None:
    visitor = house.visitor()
    for role, method, path in role_routes(house):
        cookie = {"cookie": f"piaojue={house.token(role)}"}
        answer = visitor.request(method, people[role].base + filled(path, house), headers=cookie)
        assert (path, answer.status_code) == (path, 404)


def test_a_link_opens_no_page_of_another_role(house: House, people: dict[PageRole, Person]) -> None:
    visitor = house.visitor()
    for role, method, path in role_routes(house):
        other = people[next(one for one in PAGE_ROLES if one != role)]
        cookie = "; ".join(f"{one.name}={one.value}" for one in other.client.cookies.jar)
        link = other.base.rpartition("/")[2]
        answer = visitor.request(method, f"/{role}/{link}{filled(path, house)}", headers={"cookie": cookie})
        assert (path, answer.status_code) == (path, 403)
        assert "不是这个页面的" in answer.text


def test_a_form_that_another_site_sends_is_refused(house: House, people: dict[PageRole, Person]) -> None:
    for headers in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ):
        for role, method, path in role_routes(house):
            if method == "POST":
                address = people[role].base + filled(path, house)
                answer = people[role].client.post(address, headers=headers)
                assert (path, answer.status_code) == (path, 403)
                assert "不是从本系统的页面发出的" in answer.text


def test_an_unknown_or_malformed_id_leads_nowhere(house: House, people: dict[PageRole, Person]) -> None:
    for role, method, path in role_routes(house):
        if "{" not in path:
            continue
        for id_ in (UNKNOWN, *ODD):
            address = people[role].base + filled(path, house, id_)
            answer = people[role].client.request(method, address, data=VALID if method == "POST" else None)
            if path.endswith("/drop") and answer.status_code == 303:
                continue  # what is gone already may be dropped again
            assert (path, id_, answer.status_code in {403, 404, 422}) == (path, id_, True)
            assert answer.status_code in {403, 404} or path.startswith("/api") or "{code:str}" in path


VALID = {
    "names": "陈秀英",
    "confirm": "yes",
    "present": "5",
    "issued": "5",
    "number": "第5号",
    "date": "2026-01-26",
    "approval": "同意",
    "relation": "runoff",
    "reason": "设备故障",
}
"""Fields that would pass, so that only the id can be wrong."""


def test_a_wrong_method_is_told_so_and_names_the_right_one(
    house: House, people: dict[PageRole, Person]
) -> None:
    methods: dict[tuple[PageRole, str], set[str]] = {}
    for role, method, path in role_routes(house):
        methods.setdefault((role, path), set()).add(method)
    for (role, path), allowed in methods.items():
        for method in {"GET", "POST", "PUT", "DELETE"} - allowed:
            answer = people[role].client.request(method, people[role].base + filled(path, house))
            assert (path, method, answer.status_code) == (path, method, 405)
            assert allowed <= set(answer.headers["allow"].split(", "))


def test_nothing_of_a_role_is_kept_by_a_browser_or_shown_in_a_frame(
    house: House, people: dict[PageRole, Person]
) -> None:
    for role, method, path in role_routes(house):
        answer = people[role].client.request(method, people[role].base + filled(path, house))
        assert (path, answer.headers["cache-control"]) == (path, "no-store")
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
