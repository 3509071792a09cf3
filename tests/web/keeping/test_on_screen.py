"""保存期限, 会议档案 and 个人信息怎么用 in Chromium, on a desk and on a telephone."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.people import OPENING_DAY
from tests.web.barriers import barriers
from tests.web.hall_fixture import MakeHall, OpenHall
from voting import links

pytestmark = pytest.mark.chromium


def enter(page: Page, hall: OpenHall) -> str:
    """Open a clerk's personal link in this browser; where its pages begin."""
    token = links.issue(
        hall.store,
        hall.staff,
        "staff",
        "王明",
        OPENING_DAY + timedelta(days=36500),
        session=None,
        scrutineer=None,
        now=OPENING_DAY,
        random=os.urandom,
    )
    page.goto(f"{hall.url}/enter/{token}")
    return page.url.removesuffix("/today")


def test_a_clerk_holds_a_round_reads_the_statement_and_finds_the_archive(
    desk: Page, open_hall: MakeHall
) -> None:
    hall = open_hall(state="published")
    base = enter(desk, hall)
    desk.goto(f"{base}/office")
    desk.get_by_role("link", name="保存期限").click()
    assert barriers(desk) == []
    desk.get_by_label("一轮票决或者测评").check()
    desk.get_by_label("哪一轮").select_option(hall.round.id)
    desk.get_by_label("原因").fill("有人申诉")
    desk.get_by_role("button", name="暂停删除").click()
    expect(desk.get_by_role("button", name="恢复删除")).to_be_visible()
    desk.get_by_role("link", name="网络安全、密码和个人信息说明").click()
    expect(desk.get_by_role("heading", name="四、密码应用（密评）")).to_be_visible()
    assert barriers(desk) == []
    desk.goto(f"{base}/sessions/{hall.session.id}")
    desk.get_by_role("link", name="会议档案").click()
    assert barriers(desk) == []
    expect(desk.get_by_role("button", name="下载会议档案")).to_be_visible()


def test_on_a_phone_the_periods_and_what_citizens_read_fit_the_screen(
    phone: Page, open_hall: MakeHall
) -> None:
    hall = open_hall(state="drafted")
    phone.goto(f"{enter(phone, hall)}/keeping")
    expect(phone.get_by_role("heading", name="保存期限", exact=True)).to_be_visible()
    assert barriers(phone) == []
    phone.goto(f"{hall.url}/t/{hall.congress.id}/new")
    phone.get_by_role("contentinfo").get_by_role("link", name="个人信息怎么用").click()
    expect(phone.get_by_role("heading", name="您的权利")).to_be_visible()
    assert barriers(phone) == []
