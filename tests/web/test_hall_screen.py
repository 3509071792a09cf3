"""The hall's screen at 1920 × 1080 in a real Chromium: everything fits, and it renews itself."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.people import SELECT, STATES
from tests.screens import Watch
from tests.web.barriers import barriers
from tests.web.hall_fixture import MakeHall, OpenHall
from voting import drafting
from voting.rounds import Candidate
from voting.rules import Rules


def show(screen: Page, hall: OpenHall) -> None:
    screen.goto(f"{hall.url}/hall/{hall.session.code}")


def overflow(screen: Page) -> int:
    """How many pixels do not fit on the screen."""
    inside: float = screen.evaluate(
        "Math.max(...[...document.querySelectorAll('main *')].map((e) => e.getBoundingClientRect().bottom))"
    )
    above: int = screen.evaluate("document.querySelector('main').firstElementChild.offsetTop")
    bar: int = screen.evaluate("document.querySelector('header').offsetHeight")
    return max(0, round(inside) - 1080, bar - above)


def test_in_every_state_everything_fits_and_nobody_is_kept_out(screen: Page, open_hall: MakeHall) -> None:
    hall = open_hall(state="drafted")
    for state in STATES:
        hall.reach(state)
        show(screen, hall)
        assert (state, overflow(screen), barriers(screen)) == (state, 0, [])


@pytest.mark.parametrize("number", [8, 9, 16, 40, 100])
def test_any_number_of_candidates_fits_before_and_after(
    screen: Page, open_hall: MakeHall, number: int
) -> None:
    hall = open_hall(state="drafted")
    rules = Rules(ballot="select_k", candidates=number, places=number // 2, publish="list_and_votes")
    names = tuple(Candidate(number=n, title=f"城乡第{n}片区老旧小区改造提升") for n in range(1, number + 1))
    hall.round = drafting.create_round(
        hall.store, hall.staff, hall.session.id, "多", rules, names, hall.now()
    )
    for state, rows in (("adopted", "li"), ("announced", ".row")):
        hall.reach("adopted" if state == "adopted" else "announced")
        show(screen, hall)
        expect(screen.locator(rows)).to_have_count(number)
        assert (state, overflow(screen)) == (state, 0)


def test_it_follows_the_round_by_itself(screen: Page, open_hall: MakeHall) -> None:
    hall = open_hall(SELECT, state="open")
    show(screen, hall)
    expect(screen.locator(".turnout strong").first).to_have_text("0")
    hall.cast(0, 1)
    expect(screen.locator(".turnout strong").first).to_have_text("1")
    hall.reach("closed")
    expect(screen.get_by_role("heading", name="封箱码")).to_be_visible()
    hall.reach("announced")
    expect(screen.get_by_role("heading", name="民生实事项目票决结果")).to_be_visible()


def test_when_the_line_is_cut_it_says_that_the_figures_are_old(
    screen: Page, open_hall: MakeHall, watch: Watch
) -> None:
    watch.allow("ERR_FAILED|Failed to load resource")
    hall = open_hall(state="open")
    show(screen, hall)
    note = screen.get_by_text("网络中断，画面不是最新的")
    expect(note).to_be_hidden()

    def cut(route: Route) -> None:
        route.abort()

    screen.route("**/hall/**", cut)
    expect(note).to_be_visible()
    screen.unroute("**/hall/**", cut)
    expect(note).to_be_hidden()
