"""`/enter/{token}` and the cookie it gives: right, wrong, expired, revoked, and nobody else's."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.county import new_id
from tests.people import OPENING_DAY
from tests.web.accounts import Entry
from tests.web.house import House, MakeHouse, an_account
from voting import links
from web.access import LINK_ROLES, LinkRole


@pytest.mark.parametrize("role", LINK_ROLES)
def test_a_link_leads_to_its_roles_page_and_out_of_the_address_bar(house: House, role: LinkRole) -> None:
    visitor = house.visitor()
    answer = visitor.get(f"/enter/{house.token(role)}")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"/{role}/")
    assert visitor.get(answer.headers["location"]).status_code == 200


def test_the_cookie_is_for_this_links_pages_and_no_script(house: House) -> None:
    answer = house.visitor().get(f"/enter/{house.token('chair')}")
    parts = {part.strip().lower() for part in answer.headers["set-cookie"].split(";")[1:]}
    assert parts == {f"path={answer.headers['location']}", "httponly", "samesite=lax"}


def test_over_https_the_cookie_never_travels_in_the_clear(open_house: MakeHouse) -> None:
    house = open_house(url="https://vote.example.cn")
    answer = house.visitor().get(f"/enter/{house.token('chair')}")
    assert "secure" in answer.headers["set-cookie"].lower()


def test_one_browser_holds_several_roles_at_once(house: House) -> None:
    visitor = house.visitor()
    pages = [visitor.get(f"/enter/{house.token(role)}").headers["location"] for role in LINK_ROLES]
    assert [visitor.get(page).status_code for page in pages] == [200] * len(LINK_ROLES)


@pytest.mark.parametrize("token", ["wrong", "x" * 5000, "%e4%bd%a0", "%00"])
def test_a_wrong_link_gives_no_cookie(house: House, token: str) -> None:
    answer = house.visitor().get(f"/enter/{token}")
    assert answer.status_code == 404
    assert "set-cookie" not in answer.headers


def test_a_link_copied_without_its_end_is_told_so(house: House) -> None:
    answer = house.visitor().get(f"/enter/{house.token('staff')[:-1]}")
    assert answer.status_code == 404
    assert "是否复制完整" in answer.text


def test_an_expired_link_ends_also_in_a_browser_that_is_inside(house: House) -> None:
    house.clock = OPENING_DAY
    visitor, token = house.visitor(), house.token("staff", expires=timedelta(hours=1))
    page = visitor.get(f"/enter/{token}").headers["location"]
    house.clock = OPENING_DAY + timedelta(hours=1)
    for path in (f"/enter/{token}", page):
        answer = visitor.get(path)
        assert answer.status_code == 410
        assert "已经过期" in answer.text


def test_a_revoked_link_ends_also_in_a_browser_that_is_inside(house: House) -> None:
    visitor, token = house.visitor(), house.token("operator")
    page = visitor.get(f"/enter/{token}").headers["location"]
    links.revoke(house.store, house.hall.staff, page.rpartition("/")[2], OPENING_DAY)
    for path in (f"/enter/{token}", page):
        answer = visitor.get(path)
        assert answer.status_code == 410
        assert "已经被收回" in answer.text


def test_a_staff_link_leads_to_the_log_in_once_a_colleague_has_an_account_with_a_second_step(
    house: House,
) -> None:
    entry = Entry(house)
    clerk, chair, token = house.enter("staff"), house.enter("chair"), house.token("staff")
    congress = house.hall.congress.id
    own = replace(house.county.staff, link=new_id("own"), congress=congress)
    account, membership = an_account(own)
    with house.store.write() as tx:
        tx.accounts.add(account)
        tx.memberships.add(membership)
    assert clerk.get().status_code == 200, "a password alone is no account of an office yet"
    with house.store.write() as tx:
        tx.accounts.change(account, totp_secret="A" * 32)
    for answer in (clerk.get(), house.visitor().get(f"/enter/{token}")):
        assert answer.status_code == 403
        assert "本单位已启用账号登录" in answer.text
        assert 'href="/login"' in answer.text
        assert "set-cookie" not in answer.headers
    assert chair.get().status_code == 200
    assert entry.town_clerk().get("/today").status_code == 200
    with house.store.write() as tx:
        tx.accounts.change(account, disabled_at=OPENING_DAY)
    assert clerk.get().status_code == 200, (
        "without accounts, the server's administrator gives out links again"
    )


def test_staff_come_in_on_the_page_that_says_what_is_next(house: House) -> None:
    answer = house.visitor().get(f"/enter/{house.token('staff')}")
    assert answer.headers["location"].endswith("/today")


def test_a_link_is_not_entered_with_a_form(house: House) -> None:
    assert house.visitor().post(f"/enter/{house.token('staff')}").status_code == 405


def test_a_form_of_our_own_page_passes(house: House) -> None:
    staff = house.enter("staff")
    ours: tuple[dict[str, str], ...] = (
        {"sec-fetch-site": "same-origin", "origin": "null"},
        {"origin": house.settings.origin},
        {"origin": "http://localhost:9000", "host": "localhost:9000"},
        {},
    )
    for headers in ours:
        answer = staff.client.post(staff.base, data={"title": "会议"}, headers=headers)
        assert answer.status_code == 422
