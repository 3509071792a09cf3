"""The list of papers in Chromium, on the operator's desk and on a telephone."""

from __future__ import annotations

import os
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.people import OPENING_DAY
from tests.web.barriers import barriers
from tests.web.hall_fixture import MakeHall, OpenHall
from voting import links
from voting.actors import Role

pytestmark = pytest.mark.chromium


def enter(page: Page, hall: OpenHall, role: Role) -> str:
    """Open a personal link in this browser; the address of the list of papers."""
    token = links.issue(
        hall.store,
        hall.staff,
        role,
        "王明",
        OPENING_DAY + timedelta(days=36500),
        session=None if role == "staff" else hall.session.id,
        scrutineer=None,
        now=OPENING_DAY,
        random=os.urandom,
    )
    page.goto(f"{hall.url}/enter/{token}")
    return f"{page.url.removesuffix('/today')}/sessions/{hall.session.id}/papers"


def printed(page: Page, hall: OpenHall, role: Role) -> None:
    """Find the papers, unfold the way to print a ballot, and take it home."""
    page.goto(enter(page, hall, role))
    expect(page.get_by_role("heading", name="会议文件", exact=True)).to_be_visible()
    assert barriers(page) == []
    page.get_by_text("印制纸质表决票").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="下载 PDF").click()
    assert download.value.suggested_filename == "纸质表决票（民生实事项目票决）.pdf"
    assert barriers(page) == []


def test_staff_print_from_their_desk(desk: Page, open_hall: MakeHall) -> None:
    printed(desk, open_hall(state="closed"), "staff")
    desk.get_by_role("link", name="修改票上的符号").click()
    assert barriers(desk) == []
    desk.get_by_label("画“√”").check()
    desk.get_by_role("button", name="保存").click()
    expect(desk.get_by_role("heading", name="会议文件", exact=True)).to_be_visible()


def test_the_operator_prints_from_a_phone(phone: Page, open_hall: MakeHall) -> None:
    printed(phone, open_hall(state="closed"), "operator")
