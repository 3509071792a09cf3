"""The hall's screen at 1920 × 1080 in a real Chromium: everything fits, and it renews itself."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from tests.people import GRADES, SELECT, STATES
from tests.web.barriers import barriers
from tests.web.hall_fixture import MakeHall, OpenHall
from voting import drafting
from voting.rounds import Candidate
from voting.rules import RoundRules, Rules

FIVE_LEVELS = ("很满意", "比较满意", "一般", "不太满意", "很不满意")


def show(screen: Page, hall: OpenHall) -> None:
    screen.goto(f"{hall.url}/hall/{hall.session.code}")


def draft_many(hall: OpenHall, rules: RoundRules, number: int) -> None:
    """Another round, with so many candidates, in the place of the first."""
    names = tuple(Candidate(number=n, title=_title(n)) for n in range(1, number + 1))
    made = drafting.create_round(hall.store, hall.staff, hall.session.id, "多", rules, names, hall.now())
    hall.rules, hall.round = rules, made


def _title(number: int) -> str:
    """Every fourth is a long one."""
    more = "（含雨污分流、消防通道、充电车棚）" if number % 4 == 1 else ""
    return f"城乡第{number}片区老旧小区改造提升{more}"


def overflow(screen: Page) -> int:
    """How many pixels do not fit on the screen."""
    inside: float = screen.evaluate(
        "Math.max(...[...document.querySelectorAll('main *')].map((e) => e.getBoundingClientRect().bottom))"
    )
    above: int = screen.evaluate("document.querySelector('main').firstElementChild.offsetTop")
    bar: int = screen.evaluate("document.querySelector('header').offsetHeight")
    return max(0, round(inside) - 1080, bar - above)


def cut_off(screen: Page) -> list[str]:
    """Names of which a part is hidden."""
    hidden: list[str] = screen.evaluate(
        """[...document.querySelectorAll('.name')]
             .filter((e) => e.scrollHeight > 1.2 * e.clientHeight || e.scrollWidth > e.clientWidth + 1)
             .map((e) => e.textContent)"""
    )
    return hidden


def test_in_every_state_everything_fits_and_nobody_is_kept_out(screen: Page, open_hall: MakeHall) -> None:
    hall = open_hall(state="drafted")
    for state in STATES:
        hall.reach(state)
        show(screen, hall)
        assert (state, overflow(screen), barriers(screen)) == (state, 0, [])


@pytest.mark.parametrize("number", [8, 12, 16, 40, 100])
def test_any_number_of_candidates_fits_before_and_after(
    screen: Page, open_hall: MakeHall, number: int
) -> None:
    hall = open_hall(state="drafted")
    rules = Rules(ballot="select_k", candidates=number, places=number // 2, publish="list_and_votes")
    draft_many(hall, rules, number)
    for state, rows in (("adopted", "li"), ("announced", ".row")):
        hall.reach("adopted" if state == "adopted" else "announced")
        show(screen, hall)
        expect(screen.locator(rows)).to_have_count(number)
        assert (state, overflow(screen)) == (state, 0)
        if number <= 12:
            assert cut_off(screen) == [], "a project's name is not wholly to be read"


@pytest.mark.parametrize(
    ("number", "rows", "ballots"),
    [(8, ".graded tbody tr", 5), (16, ".graded tbody tr", 5), (20, ".row", 5), (100, ".row", 0)],
)
def test_any_number_of_levels_fits(
    screen: Page, open_hall: MakeHall, number: int, rows: str, ballots: int
) -> None:
    hall = open_hall(state="drafted")
    levels = FIVE_LEVELS if number <= 20 else GRADES.levels
    draft_many(hall, replace(GRADES, projects=number, levels=levels), number)
    hall.reach("open")
    for card in range(ballots):
        hall.cast(card, *[2] * number)
    hall.reach("announced")
    show(screen, hall)
    expect(screen.locator(rows)).to_have_count(number)
    assert (overflow(screen), barriers(screen)) == (0, [])
    assert screen.evaluate("document.documentElement.scrollWidth <= innerWidth")


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
