"""Supervision, changes and completion in a real browser: a deputy's phone on the site, the offices' desks."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.county import County
from tests.delivery import project
from tests.pictures import jpeg
from tests.screens import Watch
from tests.voting.supervising.desk import (
    a_conference,
    a_group,
    a_visit,
    an_order,
    asked,
    decided,
    finished,
)
from tests.web.barriers import barriers
from tests.web.hall_fixture import Service
from tests.web.screening.test_on_screen import enter
from voting.days import today
from voting.supervising import ordering, visiting

pytestmark = pytest.mark.chromium


@pytest.fixture
def county(service: Service) -> County:
    """A county on the running server."""
    return County(service.store)


def test_a_deputy_enters_a_visit_on_a_phone(
    county: County, service: Service, phone: Page, watch: Watch, tmp_path: Path
) -> None:
    made = project(county)
    a_group(county, made)
    base = enter(phone, service, county.deputy)
    phone.goto(f"{base}/groups")
    assert barriers(phone) == []
    phone.get_by_role("link", name="登记视察").click()
    expect(phone.get_by_label("视察人员")).to_have_value("张桂兰")
    assert barriers(phone) == []
    watch.allow("422")
    phone.get_by_label("视察日期").fill("2026-09-01")
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_role("alert")).to_contain_text("没有填写“看到的情况”")
    assert barriers(phone) == []
    phone.get_by_label("看到的情况").fill("路基完成三公里，西山段没有护栏。")
    phone.get_by_label("意见建议").fill("建议先装护栏再通车。")
    photo = tmp_path / "现场.jpg"
    photo.write_bytes(jpeg())
    phone.get_by_label("照片").set_input_files(photo)
    phone.get_by_role("button", name="提交").click()
    expect(phone.locator("#visits ~ .part")).to_contain_text("建议先装护栏再通车。")
    expect(phone.get_by_role("img")).to_be_visible()
    assert barriers(phone) == []


def test_a_deputy_corrects_a_visit_on_a_phone_and_staff_withdraw_it_at_a_desk(
    county: County, service: Service, phone: Page, desk: Page
) -> None:
    made = project(county)
    a_group(county, made)
    visit = a_visit(county, made)
    base = enter(phone, service, county.deputy)
    phone.goto(f"{base}/projects/{made.id}/visits/{visit.id}")
    phone.get_by_role("link", name="写错了？").click()
    phone.get_by_label("视察人员").fill("张桂兰")
    phone.get_by_label("更正原因").fill("王建军没有去。")
    assert barriers(phone) == []
    phone.get_by_role("button", name="更正", exact=True).click()
    phone.get_by_text("更正视察人员：王建军没有去。").click()
    expect(phone.get_by_role("region", name="更正前后对照")).to_contain_text("张桂兰、王建军")
    assert barriers(phone) == []
    office = enter(desk, service, county.staff)
    desk.goto(f"{office}/projects/{made.id}/visits/{visit.id}/correct")
    desk.get_by_label("撤回原因").fill("登记到别的项目上了。")
    desk.get_by_role("button", name="撤回").click()
    desk.get_by_text("已撤回的记录").click()
    expect(desk.get_by_text("撤回：登记到别的项目上了。")).to_be_visible()
    assert barriers(desk) == []


def test_the_tabs_of_a_busy_project_have_no_barriers(county: County, service: Service, desk: Page) -> None:
    made = project(county, completion="staged", stage="今年完成路基")
    a_group(county, made)
    visit = a_visit(county, made)
    visiting.reply(county.store, county.unit, made.id, visit.id, "护栏已经订货，十天内装好。", county.now())
    order = an_order(county, made)
    ordering.answer(county.store, county.unit, made.id, order.id, "已装好。", county.now())
    talk = a_conference(county, made, today(county.now()))
    decided(county, made, asked(county, made, "time"))
    decided(county, made, asked(county, made, "target"), approved=False, note="目标不能降。")
    waiting = asked(county, made, "money")
    other = project(county, "社区养老服务站")
    finished(county, other)
    base = enter(desk, service, county.staff)
    here = f"{base}/projects/{made.id}"
    for path in (
        f"{base}/groups",
        f"{here}/supervision",
        f"{here}/orders/{order.id}",
        f"{here}/conferences/new",
        f"{here}/visits/{visit.id}/correct",
        f"{here}/orders/{order.id}/correct",
        f"{here}/conferences/{talk.id}/correct",
        f"{here}/changes",
        f"{here}/changes/{waiting.id}",
    ):
        desk.goto(path)
        assert barriers(desk) == [], path
    base = enter(desk, service, county.government)
    here = f"{base}/projects/{made.id}"
    for path in (
        f"{here}/changes/new?kind=time",
        f"{here}/completion",
        f"{base}/projects/{other.id}/completion",
    ):
        desk.goto(path)
        assert barriers(desk) == [], path
