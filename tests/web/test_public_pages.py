"""The public pages in a real Chromium: at a desk, on a phone, and on paper."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.people import SELECT, STANCES
from tests.screens import Visitors, Watch
from tests.web.barriers import barriers
from tests.web.hall_fixture import MakeHall, OpenHall
from voting.rules import Rules


def published(open_hall: MakeHall, rules: Rules = SELECT) -> OpenHall:
    hall = open_hall(rules, state="open")
    for card in range(5):
        hall.cast(card, 1, 2)
    hall.reach("published")
    return hall


def test_no_public_page_has_a_barrier_at_a_desk_or_on_a_phone(
    visitors: Visitors, open_hall: MakeHall
) -> None:
    hall = published(open_hall)
    for page in (visitors.desk(), visitors.phone()):
        for path in ("/", f"/r/{hall.round.id}", f"/r/{hall.round.id}/technical"):
            page.goto(hall.url + path)
            assert (path, barriers(page)) == (path, [])


def test_for_and_against_fits_a_phone(phone: Page, open_hall: MakeHall) -> None:
    hall = published(open_hall, STANCES)
    phone.goto(f"{hall.url}/r/{hall.round.id}")
    assert barriers(phone) == []


def test_a_page_that_is_not_there_has_no_barrier(desk: Page, open_hall: MakeHall, watch: Watch) -> None:
    watch.allow("404")
    desk.goto(f"{open_hall(state='drafted').url}/r/unknown")
    assert barriers(desk) == []


def test_a_tracker_is_looked_up_by_a_person(desk: Page, open_hall: MakeHall, watch: Watch) -> None:
    watch.allow("422")
    hall = open_hall(state="open")
    tracker = hall.cast(0, 1).tracker
    hall.reach("published")
    desk.goto(f"{hall.url}/r/{hall.round.id}")
    for typed, answer in ((tracker, "在票箱记录里"), ("A" * 43, "没有查到"), ("abc", "回执号写法不对")):
        desk.get_by_label("回执号", exact=True).fill(typed)
        desk.get_by_role("button", name="核对", exact=True).click()
        expect(desk.locator("#tracker-part")).to_contain_text(answer)
        assert barriers(desk) == []
        assert tracker not in desk.url


def test_on_paper_there_are_no_buttons_and_the_address_is_printed(desk: Page, open_hall: MakeHall) -> None:
    hall = published(open_hall)
    desk.goto(f"{hall.url}/r/{hall.round.id}")
    desk.emulate_media(media="print")
    expect(desk.get_by_role("link", name="下载票箱记录")).to_be_hidden()
    expect(desk.get_by_role("button", name="核对", exact=True)).to_be_hidden()
    expect(desk.get_by_text(f"{hall.url}/r/{hall.round.id}")).to_be_visible()
    assert desk.pdf(format="A4").count(b"/Type /Page\n") <= 3
