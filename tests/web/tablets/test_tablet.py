"""`/v/{code}/tablet`: cards held to a tablet's camera, one deputy after another, and nothing left behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.people import STANCES
from tests.screens import Visitors, Watch, filming
from tests.web.deputy import Deputy
from tests.web.filmed import Film
from tests.web.hall_fixture import MakeHall, OpenHall
from tests.web.house import House


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Film:
    return Film(tmp_path_factory.mktemp("film"))


@pytest.fixture(scope="module")
def camera(browser: Browser, film: Film) -> Iterator[Browser]:
    with filming(browser, film.file) as opened:
        yield opened


@pytest.fixture
def tablet(camera: Browser, watch: Watch, film: Film) -> Iterator[Page]:
    """A tablet with a camera, its clock in the hands of the test; nothing lies before it."""
    film.show(None)
    people = Visitors(camera, watch)
    page = people.tablet()
    page.clock.install()
    yield page
    people.leave()


def start(tablet: Page, hall: OpenHall) -> Deputy:
    deputy = Deputy(tablet)
    deputy.scan(f"{hall.page}/tablet")
    deputy.sees("entry")
    return deputy


def left_behind(deputy: Deputy, hall: OpenHall) -> list[str]:
    """What of anybody's card or vote is to be found on the tablet, in its memory too."""
    page = deputy.page
    stored = deputy.kept(), page.evaluate("caches.keys()"), page.evaluate("indexedDB.databases()")
    found = [f"stored: {one}" for one in stored if one]
    text = page.content() + page.url
    found += [card for card in hall.cards.credentials if card in text]
    return found + page.locator("input:checked").all_inner_texts()


def test_two_deputies_vote_one_after_the_other_with_their_cards_before_the_camera(
    tablet: Page, film: Film, open_hall: MakeHall
) -> None:
    hall = open_hall()
    deputy = start(tablet, hall)
    threads: list[str] = []
    tablet.on("worker", lambda thread: threads.append(thread.url))
    deputy.examine()
    film.show(hall.scan(0))
    tablet.reload()
    deputy.sees("voting")
    deputy.examine()
    film.show(hall.scan(1))
    assert deputy.vote(1, 3) == hall.tracker(0)
    deputy.press("先别清除，我要抄下来")
    deputy.examine()
    deputy.press("完成")
    deputy.sees("voting")
    assert deputy.chosen() == []
    film.show(None)
    assert deputy.vote(2) == hall.tracker(1)
    tablet.clock.fast_forward(5_000)
    deputy.sees("entry")
    assert left_behind(deputy, hall) == []
    assert len(threads) == 2, "a ballot was not sealed in a thread of its own"
    assert hall.votes() == [[0, 1, 1, 1]]


def test_back_and_a_minute_without_a_touch_lead_to_the_start_and_never_to_a_choice(
    tablet: Page, film: Film, open_hall: MakeHall
) -> None:
    hall = open_hall(STANCES)
    deputy = start(tablet, hall)
    expect(tablet.locator(".camera video")).to_be_visible()
    # A camera that is switched on late would see the card before the page is loaded anew.
    tablet.wait_for_function("document.querySelector('.camera video').videoWidth > 0")
    entries = tablet.evaluate("history.length")
    film.show(hall.scan(0))
    tablet.reload()
    deputy.say(1, "反对")
    film.show(None)
    tablet.go_back()
    deputy.sees("entry")
    assert left_behind(deputy, hall) == []
    tablet.go_forward()
    deputy.sees("entry")
    film.show(hall.scan(0))
    tablet.reload()
    deputy.say(1, "反对")
    film.show(None)
    tablet.clock.fast_forward(41_000)
    expect(tablet.locator("#leaving")).to_contain_text("很快就要清除")
    deputy.examine()
    deputy.say(2, "赞成")
    tablet.clock.fast_forward(35_000)
    deputy.sees("voting")
    tablet.clock.fast_forward(30_000)
    deputy.sees("entry")
    assert left_behind(deputy, hall) == []
    assert tablet.evaluate("history.length") <= entries + 1
    assert hall.turnout() == 0


def test_a_ballot_on_its_way_is_neither_cleared_nor_lost_while_the_network_is_gone(
    tablet: Page, film: Film, open_hall: MakeHall, watch: Watch
) -> None:
    watch.allow("ERR_INTERNET_DISCONNECTED|ERR_FAILED")
    hall = open_hall()
    film.show(hall.scan(0))
    deputy = start_with_card(tablet, hall)
    film.show(None)
    deputy.choose(2)
    deputy.read_back()
    tablet.context.set_offline(True)
    deputy.submit()
    deputy.reads("还没有收到回执")
    deputy.examine()
    tablet.clock.fast_forward(120_000)
    tablet.go_back()
    deputy.sees("sending")
    tablet.context.set_offline(False)
    assert deputy.receipt() == hall.tracker(0)
    assert hall.votes() == [[0, 0, 1, 0]]


def start_with_card(tablet: Page, hall: OpenHall) -> Deputy:
    """The card lies before the camera already."""
    deputy = Deputy(tablet)
    deputy.scan(f"{hall.page}/tablet")
    deputy.sees("voting")
    return deputy


@pytest.mark.parametrize(
    ("shown", "sentence"),
    [
        ("https://example.com/", "这不是投票卡的二维码"),
        ("PJ1:AbCdEfGh:0123456789", "这不是投票卡的二维码"),
        ("http://127.0.0.1/v/AbCdEfGh#11111-222222-33333-444444", "不是本次会议的"),
    ],
    ids=["another code", "a pass", "another session's card"],
)
def test_what_is_no_card_of_this_session_gets_a_sentence_and_the_camera_goes_on(
    tablet: Page, film: Film, open_hall: MakeHall, shown: str, sentence: str
) -> None:
    hall = open_hall()
    film.show(shown)
    deputy = start(tablet, hall)
    deputy.reads(sentence)
    expect(tablet.locator(".camera video")).to_be_visible()


def test_a_tablet_without_a_camera_says_so_and_takes_a_typed_number(
    visitors: Visitors, open_hall: MakeHall
) -> None:
    hall = open_hall()
    page = visitors.tablet()
    deputy = start(page, hall)
    deputy.reads("请手工输入")
    page.get_by_text("扫不出来，输入卡号").click()
    deputy.examine()
    page.locator("#group-1").fill(hall.cards.credentials[0])
    deputy.press("确定")
    assert deputy.vote(1) == hall.tracker(0)
    assert left_behind(deputy, hall) == []


def test_only_pages_that_scan_may_use_the_camera(house: House) -> None:
    visitor = house.visitor()
    code = house.hall.session.code
    policies = {
        path: visitor.get(path).headers["permissions-policy"].split(",")[0]
        for path in (f"/v/{code}", f"/v/{code}/tablet", f"/hall/{code}", "/v/unknown/tablet")
    }
    assert policies == {
        f"/v/{code}": "camera=()",
        f"/v/{code}/tablet": "camera=(self)",
        f"/hall/{code}": "camera=()",
        "/v/unknown/tablet": "camera=()",
    }
