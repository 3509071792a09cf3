"""The pages of the year in a real browser: on a clerk's desk, and on a phone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.contracts.test_sketches import raised_twice
from tests.county import County
from tests.delivery import project
from tests.drafts import Way
from tests.web.barriers import barriers
from tests.web.hall_fixture import Service
from tests.web.screening.test_on_screen import enter
from voting.days import today
from voting.years.earlier import template_csv
from voting.years.importing import import_scores

pytestmark = pytest.mark.chromium


@pytest.fixture
def county(service: Service) -> County:
    """A county on the running server, whose clock is the real one."""
    return County(service.store)


def busy(county: County) -> int:
    """The year whose projects are being delivered now, by the real clock: one of them late."""
    from datetime import UTC, datetime

    day = today(datetime.now(UTC))
    year = day.year + 1 if day.month >= 7 else day.year
    project(county, "农村公路提升改造", year=year - 1, deadline=day - timedelta(days=20))
    project(county, "城乡老年食堂", "accepted", year=year - 1, deadline=date(year - 1, 1, 30))
    project(county, "社区服务用房", "cancelled", year=year - 1)
    project(county, "县城污水管网", year=year - 1, completion="staged", stage="今年完成城东片区")
    Way(county).propose("口袋公园建设")
    import_scores(county.store, county.staff, "模板.csv", template_csv(), county.now())
    return year


def test_a_clerk_goes_through_the_year_without_barriers(county: County, service: Service, desk: Page) -> None:
    year = busy(county)
    base = enter(desk, service, county.government)
    desk.goto(f"{base}/year")
    expect(desk.get_by_role("heading", name=f"{year}年的民生实事")).to_be_visible()
    assert barriers(desk) == []
    desk.get_by_role("link", name=f"开启{year}年").click()
    desk.get_by_label("转入：农村公路提升改造").check()
    desk.get_by_label("转入：县城污水管网").check()
    assert barriers(desk) == []
    desk.get_by_role("button", name=f"开启{year}年").click()
    expect(desk.get_by_role("link", name="已转为候选项目")).to_be_visible()
    expect(desk.get_by_role("link", name="已转入下一年度阶段")).to_be_visible()
    desk.get_by_role("link", name="已转为候选项目").click()
    expect(desk.get_by_role("heading", name=f"来自{year - 1}年")).to_be_visible()
    assert barriers(desk) == []
    raised_twice(county, year)
    desk.goto(f"{base}/year/next?year={year}")
    desk.get_by_label("选入：桥还是太窄").check()
    assert barriers(desk) == []
    desk.get_by_role("button", name="转入勾选的").click()
    desk.goto(f"{base}/drafts?year={year}")
    expect(desk.get_by_text("投资估算、资金来源")).to_be_visible()
    assert barriers(desk) == []
    desk.get_by_role("link", name="补全并提交预审").click()
    expect(desk.get_by_label("项目名称")).to_have_value("桥还是太窄")
    office = enter(desk, service, county.staff)
    for path in ("/year/earlier", "/year/papers"):
        desk.goto(office + path)
        assert barriers(desk) == [], path


def test_the_board_and_the_documents_are_read_on_a_phone(
    county: County, service: Service, phone: Page
) -> None:
    busy(county)
    base = enter(phone, service, county.staff)
    phone.goto(f"{base}/year")
    expect(phone.get_by_text("超期20天")).to_be_visible()
    assert barriers(phone) == []
    phone.goto(f"{service.url}/t/{county.congress.id}/papers")
    expect(phone.get_by_role("heading", name="怎样核对文件真伪")).to_be_visible()
    assert barriers(phone) == []
