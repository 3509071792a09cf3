"""Screens of the hall and the presidium, 1920 × 1080 in a real Chromium: three at once, a dead line.

Nobody measures seconds here: the pages' clock is the test's, so that "within two seconds" is two seconds of
theirs, however slow the machine is.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.people import SELECT
from tests.screens import Visitors, Watch
from tests.web.barriers import barriers
from tests.web.hall_fixture import MakeHall, OpenHall
from tests.web.test_desk_pages import enter

SECOND = 1000
TWO_SECONDS = 2 * SECOND
CUT = "连接中断，正在重连"


def still(page: Page) -> Page:
    """The page's clock goes on only when the test says so."""
    page.clock.install()
    return page


def stop(page: Page) -> None:
    page.clock.pause_at(page.evaluate("Date.now()") + 100)


def voted(page: Page) -> int:
    return int(page.locator(".turnout strong").first.inner_text())


def after_two_seconds(pages: list[Page], words: str) -> None:
    for page in pages:
        page.clock.run_for(TWO_SECONDS)
    for page in pages:
        expect(page.locator("main")).to_contain_text(words)


@pytest.fixture
def hall(open_hall: MakeHall) -> OpenHall:
    return open_hall(SELECT, state="open")


def test_three_screens_show_within_two_seconds_what_has_changed(visitors: Visitors, hall: OpenHall) -> None:
    pages = [still(visitors.screen()) for _ in range(3)]
    for page in pages:
        page.goto(f"{hall.url}/hall/{hall.session.code}")
        stop(page)
    hall.cast(0, 1)
    after_two_seconds(pages, "已投1")
    hall.reach("closed")
    after_two_seconds(pages, "封箱码")
    hall.reach("counted")
    after_two_seconds(pages, "计票完毕，等待宣布")
    assert all("入选" not in page.content() for page in pages)
    hall.reach("announced")
    after_two_seconds(pages, "没有项目入选")


def test_it_keeps_what_it_shows_while_the_line_is_dead_and_comes_back(
    screen: Page, hall: OpenHall, watch: Watch
) -> None:
    watch.allow("ERR_INTERNET_DISCONNECTED|Failed to load resource")
    still(screen).goto(f"{hall.url}/hall/{hall.session.code}")
    stop(screen)
    note = screen.get_by_text(CUT)
    screen.context.set_offline(True)
    hall.cast(0, 1)
    for _ in range(6):
        screen.clock.run_for(SECOND)
    expect(note).to_be_visible()
    assert voted(screen) == 0
    expect(screen.get_by_role("heading", name=hall.round.title)).to_be_visible()
    screen.clock.resume()
    assert barriers(screen) == []
    screen.context.set_offline(False)
    expect(screen.locator(".turnout strong").first).to_have_text("1")
    expect(note).to_be_hidden()
    screen.reload()
    expect(screen.locator(".turnout strong").first).to_have_text("1")


def test_the_presidium_sees_something_else_than_the_hall(visitors: Visitors, hall: OpenHall) -> None:
    podium, wall = visitors.screen(), visitors.screen()
    wall.goto(f"{hall.url}/hall/{hall.session.code}")
    base = enter(podium, hall, "chair")
    podium.goto(f"{base}/screen")
    steps = podium.get_by_role("region", name="下一步")
    expect(steps).to_contain_text("主持人宣布截止时，截止投票")
    expect(wall.locator("main")).not_to_contain_text("截止投票")
    assert barriers(podium) == []
    hall.reach("reconciled")
    expect(steps).to_contain_text("还没有开箱的：陈秀英、赵建国")
    hall.reach("counted")
    expect(steps).to_contain_text("还没有签字的：陈秀英、赵建国")
    assert "没有项目入选" not in podium.content()
    hall.reach("announced")
    expect(podium.locator("main")).to_contain_text("主席团决定")
    assert barriers(podium) == []
    fits = "document.documentElement.scrollHeight <= innerHeight"
    assert podium.evaluate(fits)


def test_the_chair_s_page_shows_the_next_button_by_itself_and_says_when_the_line_is_dead(
    desk: Page, hall: OpenHall, watch: Watch
) -> None:
    watch.allow("ERR_INTERNET_DISCONNECTED|Failed to load resource")
    base = enter(desk, hall, "chair")
    still(desk).goto(f"{base}/rounds/{hall.round.id}")
    stop(desk)
    hall.reach("closed")
    desk.clock.run_for(TWO_SECONDS)
    button = desk.get_by_role("button", name="宣布票决有效")
    expect(button).to_be_visible()
    desk.context.set_offline(True)
    for _ in range(6):
        desk.clock.run_for(SECOND)
    expect(desk.get_by_text(CUT)).to_be_visible()
    expect(button).to_be_visible()
    desk.clock.resume()
    assert barriers(desk) == []
    desk.context.set_offline(False)
    expect(desk.get_by_text(CUT)).to_be_hidden()


def test_the_chair_s_page_never_takes_away_what_is_being_filled_in(desk: Page, open_hall: MakeHall) -> None:
    hall = open_hall(SELECT, state="open")
    base = enter(desk, hall, "chair")
    still(desk).goto(f"{base}/rounds/{hall.round.id}")
    stop(desk)
    fold = desk.locator("[data-renew] details summary").first
    fold.click()
    hall.cast(0, 1)
    desk.clock.run_for(TWO_SECONDS)
    expect(desk.get_by_text("正在投票：已投 0 张")).to_be_visible()
    fold.click()
    desk.clock.run_for(TWO_SECONDS)
    expect(desk.get_by_text("正在投票：已投 1 张")).to_be_visible()
