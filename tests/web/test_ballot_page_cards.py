"""`/v/{code}`: cards scanned and typed, used and dead; and browsers that cannot vote."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.screens import Visitors, Watch
from tests.web.deputy import Deputy
from tests.web.hall_fixture import MakeHall

GROUPS = ["1111A", "22222B", "3333C", "44444D"]


@pytest.fixture
def deputy(phone: Page) -> Deputy:
    """Somebody with a phone, 390 x 844."""
    return Deputy(phone)


def type_in(deputy: Deputy, groups: list[str]) -> None:
    for number, group in enumerate(groups, start=1):
        deputy.page.locator(f"#group-{number}").fill(group)
    deputy.press("确定")


def test_a_typed_card_votes_like_a_scanned_one(deputy: Deputy, open_hall: MakeHall) -> None:
    hall = open_hall()
    deputy.scan(hall.page)
    deputy.sees("entry")
    deputy.examine()
    type_in(deputy, hall.cards.credentials[1].split("-"))
    deputy.sees("voting")
    assert deputy.vote(1) == hall.tracker(1)


def test_a_whole_number_may_be_pasted_into_any_group(deputy: Deputy, open_hall: MakeHall) -> None:
    hall = open_hall()
    deputy.scan(hall.page)
    deputy.page.locator("#group-2").fill(hall.scan(1))
    fields = [deputy.page.locator(f"#group-{number}").input_value() for number in range(1, 5)]
    assert fields == hall.cards.credentials[1].split("-")
    deputy.press("确定")
    deputy.sees("voting")


def test_typing_flows_from_group_to_group(deputy: Deputy, open_hall: MakeHall) -> None:
    hall = open_hall()
    deputy.scan(hall.page)
    deputy.page.locator("#group-1").focus()
    deputy.page.keyboard.type(hall.cards.credentials[1].replace("-", ""))
    deputy.page.keyboard.press("Enter")
    deputy.sees("voting")


@pytest.mark.parametrize(
    ("at", "typed", "sentence"),
    [
        (0, "1111", "第一组应该是5个字符"),
        (1, "", "第二组应该是6个字符"),
        (2, "33330", "第三组里的“0”不对"),
        (3, "4444lD", "第四组里的“l”不对"),
        (1, "2222中B", "第二组里的“中”不对"),
    ],
)
def test_a_wrong_group_is_named_with_the_reason(
    deputy: Deputy, open_hall: MakeHall, at: int, typed: str, sentence: str
) -> None:
    deputy.scan(open_hall().page)
    type_in(deputy, [typed if number == at else group for number, group in enumerate(GROUPS)])
    expect(deputy.page.get_by_role("alert")).to_contain_text(sentence)
    expect(deputy.page.locator(f"#group-{at + 1}")).to_be_focused()
    expect(deputy.page.locator("[aria-invalid]")).to_have_count(1)


def test_an_unknown_card_gets_a_sentence_and_another_try(deputy: Deputy, open_hall: MakeHall) -> None:
    hall = open_hall()
    deputy.scan(hall.page)
    type_in(deputy, GROUPS)
    deputy.sees("bad-card")
    deputy.reads("没有这张投票卡")
    deputy.reads("找工作人员")
    deputy.examine()
    deputy.press("重新扫卡或输入卡号")
    deputy.press("清除并换卡")
    type_in(deputy, hall.cards.credentials[0].split("-"))
    deputy.sees("voting")


def test_a_torn_qr_code_asks_for_the_number(deputy: Deputy, open_hall: MakeHall) -> None:
    hall = open_hall()
    deputy.scan(hall.scan(0)[:-4])
    deputy.sees("entry")
    deputy.reads("二维码不完整")
    assert "#" not in deputy.page.url


def test_a_dead_card_is_sent_to_the_staff(deputy: Deputy, open_hall: MakeHall) -> None:
    hall = open_hall()
    hall.kill(0)
    deputy.scan(hall.scan(0))
    deputy.sees("bad-card")
    deputy.reads("已经作废")
    deputy.reads("找工作人员")


def test_a_card_that_voted_elsewhere_shows_its_tracker(deputy: Deputy, open_hall: MakeHall) -> None:
    hall = open_hall()
    receipt = hall.cast(0, 2)
    deputy.scan(hall.scan(0))
    deputy.sees("used")
    assert deputy.code() == receipt.tracker
    deputy.reads("如果不是您本人投的")
    deputy.examine()
    deputy.press("核对：我的票在不在票箱里")
    deputy.reads("您的票在票箱里")


def test_on_a_shared_tablet_nobody_meets_the_last_persons_receipt(
    deputy: Deputy, open_hall: MakeHall
) -> None:
    hall = open_hall()
    deputy.scan(hall.scan(0))
    first = deputy.vote(1)
    deputy.scan(hall.scan(1))
    deputy.sees("voting")
    assert deputy.chosen() == []
    assert first not in str(deputy.kept())
    assert deputy.vote(2) == hall.tracker(1) != first


def test_a_card_is_given_up_only_on_purpose(deputy: Deputy, open_hall: MakeHall) -> None:
    hall = open_hall(state="sealed")
    deputy.scan(hall.scan(0))
    deputy.press("换一张投票卡")
    deputy.press("不换，返回")
    deputy.sees("waiting")
    deputy.press("换一张投票卡")
    deputy.press("清除并换卡")
    deputy.sees("entry")
    assert deputy.kept_kinds() == {"election"}, "more than which paper is the right one, the same for all"


def test_an_unknown_session_gets_a_sentence(deputy: Deputy, open_hall: MakeHall, watch: Watch) -> None:
    watch.allow("404")
    hall = open_hall()
    deputy.page.route("**/api/v/*", lambda route: route.continue_(url=f"{hall.url}/api/v/ZZZZZZZZ"))
    deputy.scan(hall.scan(0))
    deputy.sees("no-session")
    deputy.reads("找工作人员")


OLD = {
    "BigInt": "delete window.BigInt",
    "getRandomValues": "Crypto.prototype.getRandomValues = undefined",
    "localStorage": "Storage.prototype.setItem = () => { throw new Error('full') }",
}


@pytest.mark.parametrize("missing", sorted(OLD))
def test_a_browser_that_cannot_vote_is_told_the_way_to_paper(
    deputy: Deputy, open_hall: MakeHall, watch: Watch, missing: str
) -> None:
    watch.allow("uncaught error")
    deputy.page.add_init_script(OLD[missing])
    deputy.scan(open_hall().scan(0))
    expect(deputy.page.get_by_text("领取纸质票")).to_be_visible(timeout=10_000)
    deputy.examine()


def test_an_engine_too_old_to_read_the_script_is_told_the_way_to_paper(
    deputy: Deputy, open_hall: MakeHall, watch: Watch
) -> None:
    watch.allow("uncaught error|integrity")
    deputy.page.route("**/deputy.js", lambda route: route.fulfill(body="let a = 1n ?? {;"))
    deputy.scan(open_hall().scan(0))
    expect(deputy.page.get_by_text("领取纸质票")).to_be_visible(timeout=10_000)


def test_without_scripts_the_way_to_paper_is_there_at_once(browser: Browser, open_hall: MakeHall) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(open_hall().scan(0))
        expect(page.locator("noscript p")).to_be_visible()
        expect(page.locator("noscript p")).to_contain_text("领取纸质票")


def test_two_windows_of_one_phone_send_one_ballot(visitors: Visitors, open_hall: MakeHall) -> None:
    hall = open_hall()
    page = visitors.phone()
    one, other = Deputy(page), Deputy(page.context.new_page())
    for window in (one, other):
        window.scan(hall.scan(0))
        window.sees("voting")
    tracker = one.vote(1)
    assert other.receipt() == tracker == hall.tracker(0)
