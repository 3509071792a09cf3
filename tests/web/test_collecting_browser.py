"""The form on a phone, its receipt and query page, and the office's queue, in a real Chromium."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import pictures
from tests.county import County
from tests.screens import Watch
from tests.web.barriers import barriers
from tests.web.hall_fixture import Service
from tests.web.house import an_account
from voting.accounts import logins
from voting.actors import Actor
from voting.collecting import gate
from web.access import COOKIE, home

LEAVING: Final = """async (input) => Promise.all(Array.from(input.files).map(async (file) =>
    Array.from(new Uint8Array(await file.arrayBuffer())).map((one) => String.fromCharCode(one)).join("")))"""
"""The photos as they would be sent, a character for each byte."""


@pytest.fixture
def county(service: Service) -> County:
    """A county of its own on the running server."""
    made = County(service.store)
    made.now = lambda: datetime.now(UTC)
    return made


@pytest.fixture
def scriptless(browser: Browser, watch: Watch) -> Iterator[Page]:
    """A phone where scripts do not run."""
    context = browser.new_context(
        locale="zh-CN", viewport={"width": 390, "height": 844}, java_script_enabled=False
    )
    watch.attach(context)
    yield context.new_page()
    context.close()


def enter(page: Page, service: Service, actor: Actor) -> str:
    """Log in; where the actor's pages begin."""
    account, membership = an_account(actor)
    with service.store.write() as tx:
        tx.accounts.add(account)
        tx.memberships.add(membership)
        now = datetime.now(UTC)
        _, token = logins.start(tx, account.id, "测试", "strong", now=now, random=os.urandom)
    page.context.add_cookies(
        [{"name": COOKIE, "value": token, "domain": "127.0.0.1", "path": home(actor), "httpOnly": True}]
    )
    return service.url + home(actor)


def fill(page: Page) -> None:
    page.get_by_label("标题（必填）").fill("村口没有路灯")
    page.get_by_label("现状和诉求（必填）").fill("晚上看不见路。\n希望装几盏灯。")
    page.get_by_label("类别（必选）").select_option("交通出行")
    page.get_by_label("所在的村、社区").select_option("东河村")
    page.get_by_label("我已阅读并同意").check()


def _as_if_opened_a_minute_ago(page: Page, service: Service, county: County) -> None:
    """The script has worked for the page's own slip; with an older one nobody has to wait."""
    slip, work = page.locator("[name=slip]"), page.locator("[name=work]")
    expect(work).not_to_have_value("")
    assert gate.has_worked(slip.input_value(), work.input_value())
    mark = slip.input_value().split(".")[1]
    opened = datetime.now(UTC) - timedelta(minutes=1)
    secret = service.signer.derived(gate.PURPOSE)
    older = gate.give_slip(secret, county.congress.id, mark, opened, os.urandom)
    slip.evaluate("(field, value) => { field.value = value; }", older)


def test_the_form_is_filled_in_on_a_phone_and_leads_to_the_query_page(
    phone: Page, service: Service, county: County, watch: Watch, tmp_path: Path
) -> None:
    watch.allow("422")
    photo = tmp_path / "a.jpg"
    photo.write_bytes(pictures.phone(2000, 1500, turned=6))
    phone.goto(f"{service.url}/t/{county.congress.id}/new")
    assert barriers(phone) == []
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_text("有 4 处需要修改")).to_be_visible()
    assert barriers(phone) == []
    fill(phone)
    phone.get_by_label("照片").set_input_files([photo, photo])
    expect(phone.get_by_text("照片已经在您的手机或电脑上缩小")).to_be_visible()
    leaving = phone.get_by_label("照片").evaluate(LEAVING)
    assert [len(one) < len(photo.read_bytes()) // 2 for one in leaving] == [True, True]
    assert not any(pictures.MAKER in one for one in leaving), "what the camera wrote stays on the telephone"
    _as_if_opened_a_minute_ago(phone, service, county)
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_role("heading", name="已经收到，谢谢您")).to_be_visible()
    assert barriers(phone) == []
    phone.get_by_role("link", name="查看进度").click()
    expect(phone.get_by_text("等待工作人员查看")).to_be_visible()
    expect(phone.get_by_role("img", name="照片 1")).to_have_js_property("naturalHeight", 400)
    assert barriers(phone) == []


def test_the_form_works_without_a_script_and_asks_for_patience(
    scriptless: Page, service: Service, county: County, watch: Watch
) -> None:
    watch.allow("422")
    scriptless.goto(f"{service.url}/t/{county.congress.id}/new")
    fill(scriptless)
    scriptless.get_by_role("button", name="提交").click()
    expect(scriptless.get_by_text("提交得太快了")).to_be_visible()
    expect(scriptless.get_by_label("标题（必填）")).to_have_value("村口没有路灯")
    expect(scriptless.get_by_label("我已阅读并同意")).to_be_checked()


def test_the_offices_pages_have_no_barrier(desk: Page, service: Service, county: County) -> None:
    one = county.suggest(state="received")
    county.suggest("举报乱收费", state="received", kind="complaint")
    base = enter(desk, service, county.staff)
    for path in ("/inbox", f"/inbox/{one.id}", "/register", "/import", "/calls"):
        desk.goto(base + path)
        assert (path, barriers(desk)) == (path, [])


def test_a_deputys_pages_have_no_barrier_on_a_phone(phone: Page, service: Service, county: County) -> None:
    own = county.suggest(kind="proposal", deputy=county.deputies[0].id)
    base = enter(phone, service, county.deputy)
    for path in ("/proposals", f"/proposals/{own.id}", "/proposals/new"):
        phone.goto(base + path)
        assert (path, barriers(phone)) == (path, [])
