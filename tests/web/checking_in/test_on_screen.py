"""The desk and the list in a real browser: a phone at the door, a computer in the office."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.doors import Doors
from tests.people import OPENING_DAY
from tests.screens import Watch
from tests.web.barriers import barriers
from tests.web.hall_fixture import MakeHall, OpenHall
from tests.web.house import IN_A_CENTURY
from voting import links
from voting.checking_in import leave
from web.access import LinkRole

pytestmark = pytest.mark.chromium


def enter(page: Page, hall: OpenHall, role: LinkRole, name: str) -> str:
    """Come by a new link; the address below which the pages lie."""
    token = links.issue(
        hall.store,
        hall.staff,
        role,
        name,
        OPENING_DAY + IN_A_CENTURY,
        session=None if role == "staff" else hall.session.id,
        now=OPENING_DAY,
        random=hall.random,
    )
    page.goto(f"{hall.url}/enter/{token}")
    return page.url.removesuffix("/today")


@pytest.fixture
def doors(open_hall: MakeHall) -> Doors:
    """Six deputies expected, one of them on leave."""
    doors = Doors(open_hall(state="sealed"))
    leave.note_leave(
        doors.store,
        doors.hall.staff,
        doors.hall.session.id,
        doors.deputy(5).id,
        "因病住院",
        doors.hall.now(),
    )
    return doors


def test_an_usher_checks_in_a_queue_with_one_tap_each(doors: Doors, phone: Page) -> None:
    hall = doors.hall
    assert isinstance(hall, OpenHall)
    enter(phone, hall, "usher", "东门小周")
    figures = phone.locator("#figures")
    expect(figures).to_contain_text("还差 4 人达到法定人数")
    phone.get_by_label("扫出席证，或输入姓名、拼音首字母、序号").fill("zgl")
    phone.get_by_role("button", name="查找").click()
    people = phone.locator("#found .person")
    expect(people).to_have_count(2)
    assert barriers(phone) == []
    here = phone.url
    people.first.get_by_role("button", name="签到").tap()
    expect(phone.locator("#said")).to_contain_text("签到好了")
    expect(figures.locator(".now-there dd")).to_have_text("1")
    assert phone.url == here
    assert barriers(phone) == []
    doors.check_in(3, doors.second)
    expect(figures.locator(".now-there dd")).to_have_text("2")
    phone.get_by_label("扫出席证").fill("3")
    phone.get_by_role("button", name="查找").tap()
    expect(people).to_contain_text("已在“西门小吴”签到，不用再签")
    assert barriers(phone) == []
    phone.locator("#recent").get_by_role("button", name="撤销").tap()
    expect(phone.locator("#said")).to_contain_text("已撤销：没有签到")
    assert doors.standing().present == 1


def test_a_desk_without_network_says_so_and_recovers_by_itself(
    doors: Doors, phone: Page, watch: Watch
) -> None:
    watch.allow("Failed to load resource")
    hall = doors.hall
    assert isinstance(hall, OpenHall)
    enter(phone, hall, "usher", "东门小周")
    phone.get_by_label("扫出席证").fill("2")
    phone.get_by_role("button", name="查找").tap()
    tap = phone.locator("#found").get_by_role("button", name="签到")
    expect(tap).to_be_visible()
    phone.context.set_offline(True)
    tap.tap()
    expect(phone.locator("#said")).to_contain_text("网络不通，这一次可能没有记上")
    expect(phone.locator("#figures")).to_contain_text("连接中断，正在重连")
    assert doors.standing().present == 0
    assert barriers(phone) == []
    phone.context.set_offline(False)
    expect(phone.locator("#figures")).not_to_contain_text("连接中断")
    tap.tap()
    expect(phone.locator("#said")).to_contain_text("签到好了")
    assert doors.standing().present == 1


def test_the_office_sees_the_list_live_without_barriers(doors: Doors, desk: Page) -> None:
    hall = doors.hall
    assert isinstance(hall, OpenHall)
    base = enter(desk, hall, "staff", "刘科长")
    doors.come(1, 2)
    doors.check_out(2)
    desk.goto(f"{base}/sessions/{hall.session.id}/attendance")
    expect(desk.locator(".attendance tbody tr")).to_have_count(6)
    assert barriers(desk) == []
    doors.come(3)
    expect(desk.locator("#figures .now-there dd")).to_have_text("2")
    desk.get_by_role("link", name="请假", exact=True).click()
    expect(desk.get_by_role("heading", name="请假名单（1 人次）")).to_be_visible()
    assert barriers(desk) == []
    desk.get_by_role("link", name="出席证").click()
    desk.get_by_role("button", name="给全部 6 位代表制作出席证").click()
    expect(desk.get_by_role("link", name="下载全部出席证（PDF）")).to_be_visible()
    assert barriers(desk) == []
    desk.goto(f"{base}/sessions/{hall.session.id}/desk?q=张")
    assert barriers(desk) == []
