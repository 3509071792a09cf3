"""The public pages in a real Chromium: on a phone, at a desk, on a station's wall, on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.county import County
from tests.publicity import Year, a_year
from tests.screens import Visitors
from tests.voting.supervising import desk as supervisors
from tests.web.barriers import barriers
from tests.web.hall_fixture import Service
from voting.publicity.scores import CitizenSettings


@pytest.fixture
def county(service: Service) -> County:
    return County(service.store)


@pytest.fixture
def year(county: County) -> Year:
    found = a_year(county)
    supervisors.decided(county, found.red, supervisors.asked(county, found.red))
    with county.store.write() as tx:
        tx.settings.put(county.staff, CitizenSettings(scores="grades"), county.now())
    return found


def test_no_page_has_a_barrier_on_a_phone_or_at_a_desk(
    visitors: Visitors, service: Service, county: County, year: Year
) -> None:
    paths = ["", f"/{year.red.id}", f"/{year.handed.id}", f"/{year.red.id}/opinion", f"/{year.red.id}/score"]
    for page in (visitors.phone(), visitors.desk()):
        for path in paths:
            page.goto(f"{service.url}/t/{county.congress.id}/projects{path}")
            assert (path, barriers(page)) == (path, [])


def test_a_page_of_the_wall_fits_its_screen_and_needs_no_hand(
    screen: Page, service: Service, county: County, year: Year
) -> None:
    screen.goto(f"{service.url}/t/{county.congress.id}/projects/wall")
    assert screen.evaluate("document.documentElement.scrollHeight") <= 1080
    assert screen.locator("a, button").count() == 0
    assert barriers(screen) == []


def test_on_paper_there_is_the_address_and_nothing_to_press(
    desk: Page, service: Service, county: County, year: Year
) -> None:
    address = f"{service.url}/t/{county.congress.id}/projects/{year.red.id}"
    desk.goto(address)
    desk.emulate_media(media="print")
    assert desk.get_by_text(address).is_visible()
    assert desk.locator("a.button:visible, nav:visible").count() == 0
    assert desk.locator("figure svg").is_visible()
