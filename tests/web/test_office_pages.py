"""Lists, stations, settings and the log in a real Chromium: the office at a desk, deputies on a phone."""

from __future__ import annotations

import os
from typing import Final

from playwright.sync_api import Page, expect

from tests.county import County
from tests.people import OPENING_DAY
from tests.screens import Visitors, Watch
from tests.web.barriers import barriers
from tests.web.hall_fixture import Service
from tests.web.house import IN_A_CENTURY, an_account
from voting.accounts import logins
from voting.actors import Actor
from web.access import COOKIE, home


def enter(page: Page, service: Service, actor: Actor) -> str:
    """Logged in with an account of the own; where the pages begin."""
    account, membership = an_account(actor)
    with service.store.write() as tx:
        tx.accounts.add(account)
        tx.memberships.add(membership)
        later = OPENING_DAY + IN_A_CENTURY
        _, token = logins.start(tx, account.id, "测试", "strong", now=later, random=os.urandom)
    page.context.add_cookies(
        [{"name": COOKIE, "value": token, "domain": "127.0.0.1", "path": home(actor), "httpOnly": True}]
    )
    return service.url + home(actor)


TABLE: Final = (
    "序号,姓名,代表团,手机号码\n1,张桂兰,城关代表团,13912345678\n2,王建军,西山代表团,\n7,𠮷田㛃,城关代表团,\n"
).encode()


def import_deputies(desk: Page, base: str) -> None:
    """Differences first, then the import."""
    desk.goto(f"{base}/lists/deputies/import")
    desk.set_input_files("#table", {"name": "名册.csv", "mimeType": "text/csv", "buffer": TABLE})
    desk.get_by_role("button", name="看看有哪些变动").click()
    expect(desk.get_by_role("heading", name="核对变动：代表名册")).to_be_visible()
    assert barriers(desk) == []
    desk.get_by_role("button", name="导入").click()
    expect(desk.get_by_role("cell", name="𠮷田㛃", exact=True)).to_be_visible()


def keep_a_station(desk: Page, base: str, day: str) -> None:
    """A new station, somebody on duty, and a reception that lacks everything."""
    desk.goto(f"{base}/lists/stations")
    desk.get_by_label("名称").fill("南桥社区人大代表联络站")
    desk.get_by_label("站", exact=True).check()
    desk.get_by_label("开放时间").fill("每月17日 9:00至11:30")
    desk.get_by_role("button", name="增加").click()
    desk.goto(f"{base}/stations")
    region = desk.get_by_role("region", name="联络站")
    region.get_by_role("link", name="南桥社区人大代表联络站", exact=True).click()
    desk.get_by_label("日期", exact=True).fill(day)
    desk.get_by_label("代表", exact=True).select_option(label="张桂兰（城关代表团）")
    desk.get_by_role("button", name="安排值班").click()
    expect(desk.get_by_role("button", name="取消张桂兰2026年9月17日的值班")).to_be_visible()
    desk.get_by_role("button", name="登记接待").click()
    expect(desk.get_by_role("link", name="没有填写“接待代表”")).to_be_visible()
    assert barriers(desk) == []


def test_the_office_keeps_its_lists_and_stations_without_barriers(
    visitors: Visitors, service: Service, watch: Watch
) -> None:
    watch.allow("422")
    county = County(service.store)
    desk = visitors.desk()
    base = enter(desk, service, county.staff)
    for path in ("/lists", "/lists/deputies", "/lists/categories", "/settings", "/notices", "/stations"):
        desk.goto(base + path)
        assert (path, barriers(desk)) == (path, [])
    import_deputies(desk, base)
    keep_a_station(desk, base, "2026-09-17")
    log = visitors.desk()
    log.goto(enter(log, service, county.presidium) + "/audit")
    expect(log.get_by_text("链校验通过")).to_be_visible()
    expect(log.get_by_role("cell", name="增加代表").first).to_be_visible()
    assert barriers(log) == []
    phone = visitors.phone()
    phone.goto(enter(phone, service, county.deputy) + "/duties")
    expect(phone.get_by_role("heading", name="我的值班")).to_be_visible()
    assert barriers(phone) == []
    phone.goto(f"{service.url}/t/{county.congress.id}/stations")
    expect(phone.get_by_role("heading", name="南桥社区人大代表联络站")).to_be_visible()
    assert barriers(phone) == []
