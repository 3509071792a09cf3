"""The pages of progress in a real Chromium: a unit's phone, an office's desk; nobody is kept out."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.county import County, new_id
from tests.delivery import project
from tests.pictures import jpeg
from tests.reporting import at, submit
from tests.screens import Watch
from tests.web.barriers import barriers
from tests.web.hall_fixture import Service
from tests.web.house import an_account
from voting.accounts import logins
from voting.actors import Actor
from voting.delivering.projects import Project
from voting.photos import prepare
from voting.reporting import issuing
from voting.reporting.periods import period_of
from web.access import COOKIE, home


@pytest.fixture
def county(service: Service) -> County:
    return County(service.store)


def enter(page: Page, service: Service, actor: Actor) -> str:
    """Log in with an account of its own; where its pages begin."""
    account, membership = an_account(actor)
    with service.store.write() as tx:
        tx.accounts.add(account)
        tx.memberships.add(membership)
        now = datetime.now(UTC)
        _, token = logins.start(tx, account.id, "浏览器", "strong", now=now, random=os.urandom)
    base = service.url + home(actor)
    page.context.add_cookies([{"name": COOKIE, "value": token, "url": base}])
    return base


def last_year(county: County, title: str, **fields: Any) -> Project:
    """Its plan was public early last year, as the server's own clock has it."""
    year = datetime.now(UTC).year - 1
    return project(county, title, year=year, planned_at=at(1, 20, year=year), **fields)


def test_the_offices_pages_have_no_barrier_in_any_state(desk: Page, service: Service, county: County) -> None:
    road, bridge = last_year(county, "农村公路提升改造"), last_year(county, "中心小学食堂改建")
    year = road.year
    photos = [prepare(jpeg(640, 480)), prepare(jpeg(480, 640))]
    submit(county, road, f"{year}Q1", 60, 0, 0, wan="12.5", now=at(4, 2, year=year), photos=photos)
    submit(
        county, road, f"{year}Q2", 100, 30, 0, wan="96", now=at(7, 5, year=year), problems="雨季停工十天。"
    )
    corrected: dict[str, Any] = {
        "reason": "西山段工程量重复计算。",
        "now": at(7, 9, year=year),
        "actor": county.government,
    }
    submit(county, road, f"{year}Q2", 100, 22, 0, wan="96", problems="雨季停工十天。", **corrected)
    sent = issuing.issue(
        county.store, county.staff, road.id, new_id("w"), "red", "路基施工落后三个月。", at(9, 1, year=year)
    )
    issuing.acknowledge(
        county.store, county.unit, sent.id, "增加两个班组，10月底前赶上。", at(9, 3, year=year)
    )
    base = enter(desk, service, county.government)
    paths = [
        f"/projects/{road.id}/progress",
        f"/projects/{bridge.id}/progress",
        f"/projects/{road.id}/reports/{year}Q2",
        "/reports",
        "/reports/settings",
        "/warnings",
    ]
    for path in paths:
        desk.goto(base + path)
        assert (path, barriers(desk)) == (path, [])
    assert desk.get_by_text("不发出").count() > 0


def test_an_own_table_is_shown_as_it_was_understood(
    desk: Page, service: Service, county: County, watch: Watch
) -> None:
    road = last_year(county, "农村公路提升改造")
    rows = (
        f"{road.year}年第一季度进度表,,,,,",
        "项目,节点,形象进度（%）,累计支付（万元）,工作进展,督导组",
        f"{road.title},完成招标,100,12.5,已经招标,一组",
        ",路基施工,三成,,,",
        ",铺设路面并通车,0,,,",
    )
    base = enter(desk, service, county.government)
    watch.allow("422")
    for told, text in (
        ("需要修改的行", "\n".join(rows)),
        ("会改动的内容", "\n".join(rows).replace("三成", "30")),
    ):
        table: FilePayload = {"name": "进度.csv", "mimeType": "text/csv", "buffer": text.encode()}
        desk.goto(f"{base}/reports")
        desk.get_by_label("填好的进度表").set_input_files([table])
        desk.get_by_role("button", name="核对").click()
        expect(desk.get_by_role("region", name=told)).to_be_visible()
        expect(desk.get_by_role("row", name="督导组 没有认出，不使用")).to_be_visible()
        assert barriers(desk) == []
    desk.get_by_role("button", name="导入并公开").click()
    expect(desk.get_by_role("cell", name="35%").or_(desk.get_by_text("35%").first).first).to_be_visible()


def test_a_unit_reports_on_a_phone(phone: Page, service: Service, county: County, watch: Watch) -> None:
    watch.allow("422")
    road = last_year(county, "农村公路提升改造")
    key = period_of(date(road.year, 3, 1), "quarter").key
    base = enter(phone, service, county.unit)
    phone.goto(f"{base}/projects/{road.id}/progress")
    assert barriers(phone) == []
    phone.get_by_role("link", name="填写报告").first.click()
    phone.get_by_label("完成招标").fill("101")
    phone.get_by_label("累计支出").fill("12.5")
    phone.get_by_label("进展情况").fill("一标段已经开工，征地完成。")
    photo: FilePayload = {"name": "路.jpg", "mimeType": "image/jpeg", "buffer": jpeg(640, 480)}
    phone.get_by_label("照片").set_input_files([photo])
    phone.get_by_role("button", name="提交报告").click()
    expect(phone.get_by_text("现在是 101").first).to_be_visible()
    expect(phone.get_by_label("进展情况")).to_have_value("一标段已经开工，征地完成。")
    assert barriers(phone) == []
    phone.get_by_label("完成招标").fill("80")
    phone.get_by_label("照片").set_input_files([photo])
    phone.get_by_role("button", name="提交报告").click()
    expect(phone.get_by_role("heading", name="完成16%")).to_be_visible()
    expect(phone.get_by_role("img", name="照片 1").first).to_be_visible()
    assert barriers(phone) == []
    with county.store.read() as tx:
        assert [one.period for one in tx.reports.of_project(county.deputy, road)] == [key]
