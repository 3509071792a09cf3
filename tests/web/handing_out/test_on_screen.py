"""The desk of the cards in a real browser, 1280 x 800: nothing bars anybody, a press does what it says."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.dealt import Dealt
from tests.people import OPENING_DAY
from tests.screens import Watch
from tests.web.barriers import barriers
from tests.web.hall_fixture import MakeHall, OpenHall
from tests.web.house import IN_A_CENTURY
from voting import links

pytestmark = pytest.mark.chromium


@pytest.fixture
def dealt(open_hall: MakeHall) -> Dealt:
    """Eight cards for six deputies."""
    return Dealt(open_hall(state="drafted"))


def at_the_desk(page: Page, dealt: Dealt) -> str:
    """Come as staff; the address below which the session's pages lie."""
    hall = dealt.hall
    assert isinstance(hall, OpenHall)
    token = links.issue(
        hall.store,
        hall.staff,
        "staff",
        "刘科长",
        OPENING_DAY + IN_A_CENTURY,
        now=OPENING_DAY,
        random=hall.random,
    )
    page.goto(f"{hall.url}/enter/{token}")
    return page.url.removesuffix("/today")


def test_leftovers_are_counted_and_the_reserve_is_sealed_at_the_desk(dealt: Dealt, desk: Page) -> None:
    base = at_the_desk(desk, dealt)
    desk.goto(f"{base}/sessions/{dealt.hall.session.id}/deck")
    assert barriers(desk) == []
    desk.get_by_role("link", name="清点剩余卡、封存备用卡").click()
    desk.locator("#back").fill(dealt.serial(5))
    desk.get_by_role("button", name="收回", exact=True).click()
    expect(desk.locator("#said")).to_contain_text("刚才收回 1 张")
    desk.locator("#reserve").fill(f"{dealt.serial(6)}-{dealt.serial(7)}")
    desk.get_by_role("button", name="封存为备用").click()
    expect(desk.locator("#said")).to_contain_text("刚才封存为备用 2 张")
    expect(desk.locator("#figures")).to_contain_text("发出的投票卡是 5 张")
    desk.locator("#back").fill(dealt.made.credentials[4])  # a hand scanner types the secret: it stays here
    with desk.expect_request(lambda request: request.method == "POST") as sent:
        desk.get_by_role("button", name="收回", exact=True).click()
    assert dealt.key(4) in (sent.value.post_data or "")
    assert dealt.made.credentials[4] not in (sent.value.post_data or "")
    expect(desk.locator("#figures")).to_contain_text("发出的投票卡是 4 张")
    assert barriers(desk) == []


def test_a_lost_card_is_replaced_at_the_desk(dealt: Dealt, desk: Page, watch: Watch) -> None:
    watch.allow("409")
    dealt.kept(f"{dealt.serial(6)}-{dealt.serial(7)}")
    dealt.opened()
    base = at_the_desk(desk, dealt)
    desk.goto(f"{base}/rounds/{dealt.hall.round.id}")
    desk.get_by_role("link", name="换卡、作废").click()
    assert barriers(desk) == []
    desk.get_by_label("存根上的编号").fill(dealt.serial(1))
    desk.get_by_label("备用卡的编号").fill(dealt.serial(3))
    desk.get_by_label("遗失").check()
    desk.get_by_label("陈秀英").check()
    desk.get_by_role("button", name="作废旧卡，启用备用卡").click()
    expect(desk.locator("#serial-fault")).to_contain_text("不是没有用过的备用卡")
    assert barriers(desk) == []
    desk.get_by_label("备用卡的编号").fill(dealt.serial(7))
    desk.get_by_role("button", name="作废旧卡，启用备用卡").click()
    expect(desk.get_by_role("status")).to_contain_text("旧卡作废，新卡可以投票")
