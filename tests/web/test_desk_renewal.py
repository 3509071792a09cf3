"""A desk's page renews itself (static/desk.js), and never under the hands of somebody who is filling it in.

The page's clock is the test's: it goes on only when a test says so.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Request, expect

from tests.web.hall_fixture import MakeHall, OpenHall
from tests.web.test_desk_pages import enter

LONG: int = 60_000


class Desk:
    """Staff at the page of an open round; `asked` counts how often the page was fetched again."""

    def __init__(self, page: Page, hall: OpenHall) -> None:
        self.page, self.hall, self.asked = page, hall, 0
        page.clock.install()
        base = enter(page, hall, "staff")
        page.goto(f"{base}/rounds/{hall.round.id}")
        page.clock.pause_at(page.evaluate("Date.now()") + 1000)
        page.on("request", self._count)

    def _count(self, request: Request) -> None:
        self.asked += request.resource_type == "fetch"

    def shows(self, voted: int) -> None:
        expect(self.page.get_by_role("main")).to_contain_text(f"已投 {voted} 张")

    def renews(self) -> None:
        """Somebody votes, time passes, and the page knows."""
        voted = self.hall.turnout() + 1
        self.hall.cast(voted - 1, 1)
        self.page.clock.run_for(5_000)
        self.shows(voted)

    def stays_as_it_is(self) -> None:
        before, text = self.asked, self.page.get_by_role("main").inner_html()
        self.hall.cast(self.hall.turnout(), 1)
        self.page.clock.run_for(LONG)
        assert (self.asked, self.page.get_by_role("main").inner_html()) == (before, text)


@pytest.fixture
def waiting(desk: Page, open_hall: MakeHall) -> Desk:
    return Desk(desk, open_hall(state="open"))


def test_a_page_that_nobody_touches_is_renewed_again_and_again(waiting: Desk) -> None:
    waiting.renews()
    waiting.renews()


def test_a_page_in_which_a_box_was_ticked_is_never_renewed(waiting: Desk) -> None:
    waiting.renews()
    box = waiting.page.get_by_label("主持人已宣布截止投票")
    box.check()
    waiting.stays_as_it_is()
    expect(box).to_be_checked()
    box.blur()
    waiting.stays_as_it_is()


def test_a_page_is_not_renewed_while_a_part_is_unfolded_and_then_goes_on(waiting: Desk) -> None:
    fold = waiting.page.locator("#main details summary").first
    fold.click()
    waiting.stays_as_it_is()
    fold.click()
    waiting.renews()
