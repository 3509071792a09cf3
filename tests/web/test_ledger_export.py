"""A workbook of the ledger: begun with a form, watched without a script, fetched when it is ready."""

from __future__ import annotations

import io
import os
import threading

import openpyxl  # type: ignore[import-untyped]  # it ships no types
import pytest
from playwright.sync_api import Page, expect

from tests.county import County
from tests.people import OPENING_DAY
from tests.web.barriers import barriers
from tests.web.hall_fixture import Service
from tests.web.house import IN_A_CENTURY, House, Person, an_account
from voting.accounts import logins
from web.access import COOKIE, home


@pytest.fixture
def clerk(house: House) -> Person:
    return house.enter_as(house.county.staff)


def finished(address: str) -> None:
    """Wait for the thread that makes this workbook."""
    for thread in threading.enumerate():
        if thread.name == f"workbook {address.rpartition('/')[2]}":
            thread.join()


def test_a_workbook_is_begun_watched_and_fetched(house: House, clerk: Person) -> None:
    house.county.suggest("这件", state="assigned")
    house.county.suggest("别的")
    begun = clerk.post("/ledger/exports", state="assigned")
    assert begun.status_code == 303
    address = begun.headers["location"]
    finished(address)
    page = clerk.client.get(address)
    assert "refresh" not in page.headers
    assert "共 1 行" in page.text
    file = clerk.client.get(f"{address}/workbook")
    assert "filename*=UTF-8''%E5%8F%B0%E8%B4%A6-" in file.headers["content-disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(file.content)).active
    assert [row[2] for row in sheet.iter_rows(values_only=True)] == ["标题", "这件"]


def test_nobody_else_fetches_it(house: House, clerk: Person) -> None:
    address = clerk.post("/ledger/exports").headers["location"]
    finished(address)
    below = address.removeprefix(clerk.base)
    for actor in (house.county.government, house.county.presidium, house.county.town.staff):
        other = house.enter_as(actor)
        assert other.get(below).status_code == 404
        assert other.get(f"{below}/workbook").status_code == 404


def test_an_unknown_filter_begins_nothing(clerk: Person) -> None:
    answer = clerk.post("/ledger/exports", state="burnt")
    assert answer.status_code == 422
    assert clerk.get("/ledger.csv?state=burnt").status_code == 422
    assert clerk.get("/ledger.csv", params={"text": "的"}).status_code == 422


def test_the_csv_is_a_file_with_a_chinese_name(house: House, clerk: Person) -> None:
    house.county.suggest("=1+1")
    file = clerk.get("/ledger.csv")
    assert file.headers["content-type"] == "text/csv; charset=utf-8"
    assert file.content.startswith(b"\xef\xbb\xbf")
    assert "'=1+1" in file.text


@pytest.mark.chromium
def test_a_clerk_finds_saves_and_exports_in_a_browser(desk: Page, service: Service) -> None:
    county = County(service.store)
    old = county.suggest("东河村二组安装路灯", year=2025)
    new = county.suggest("东河村二组安装路灯", photos=2, due=county.now().date())
    others = [county.suggest(text) for text in ("修建公厕", "增加客车班次", "开办幼儿园", "<b>加宽县道</b>")]
    account, membership = an_account(county.staff)
    with service.store.write() as tx:
        tx.words.bulk_put([old, new, *others])
        tx.accounts.add(account)
        tx.memberships.add(membership)
        later = OPENING_DAY + IN_A_CENTURY
        _, token = logins.start(tx, account.id, "浏览器", "strong", now=later, random=os.urandom)
    base = service.url + home(county.staff)
    desk.context.add_cookies([{"name": COOKIE, "value": token, "url": base}])
    desk.goto(f"{base}/ledger")
    assert barriers(desk) == []
    desk.get_by_label("找").fill("路灯")
    desk.get_by_role("button", name="查询").click()
    expect(desk.get_by_role("heading", name="共 2 件")).to_be_visible()
    expect(desk.get_by_text("年年提：2025、2027")).to_have_count(2)
    desk.get_by_role("link", name=new.label).click()
    expect(desk.get_by_text("2025、2027年都有人提过")).to_be_visible()
    desk.get_by_role("link", name="对照、合并").click()
    assert barriers(desk) == []
    desk.get_by_role("button", name=f"是同一件事，并入 {old.label}").click()
    expect(desk.get_by_text("已并入这一件的有 1 件")).to_be_visible()
    desk.goto(f"{base}/ledger?merged=yes")
    desk.get_by_role("button", name="导出 Excel 表格").click()
    expect(desk.get_by_role("link", name="下载 Excel 表格")).to_be_visible()
    assert barriers(desk) == []
    desk.goto(f"{base}/figures")
    assert barriers(desk) == []
