"""Staff, chair and operator at a computer of 1280 × 800, in a real Chromium: nobody is kept out, and
the way of a round can be gone without a script."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.people import OPENING_DAY, STATES
from tests.screens import Watch
from tests.web.barriers import barriers
from tests.web.hall_fixture import MakeHall, OpenHall
from voting import drafting, links
from voting.actors import Role
from voting.rounds import Candidate
from voting.rules import Rules


def enter(page: Page, hall: OpenHall, role: Role) -> str:
    """Go in by a personal link; where its pages begin."""
    actor = {"staff": hall.staff, "chair": hall.chair, "operator": hall.operator}[role]
    token = links.issue(
        hall.store,
        hall.staff,
        role,
        actor.name,
        OPENING_DAY + timedelta(days=36500),
        session=actor.session,
        now=OPENING_DAY,
        random=os.urandom,
    )
    page.goto(f"{hall.url}/enter/{token}")
    return page.url.removesuffix("/today")


def test_no_staff_page_has_a_barrier(desk: Page, open_hall: MakeHall) -> None:
    hall = open_hall(state="drafted")
    base = enter(desk, hall, "staff")
    pages = ["", "/trial", "/links/new", f"/rounds/{hall.round.id}/edit"]
    pages += [f"/sessions/{hall.session.id}{more}" for more in ("", "/rounds/new")]
    pages += [f"/links/new?session={hall.session.id}&role=chair"]
    for path in pages:
        desk.goto(base + path)
        assert (path, barriers(desk)) == (path, [])


def test_no_page_of_the_three_desks_has_a_barrier_in_any_state(desk: Page, open_hall: MakeHall) -> None:
    hall = open_hall(state="drafted")
    bases = [enter(desk, hall, role) for role in ("staff", "chair", "operator")]
    for state in STATES:
        hall.reach(state)
        if state == "counted":
            for number in (1, 2):
                hall.sign(number)
        for base in bases:
            desk.goto(f"{base}/rounds/{hall.round.id}")
            assert (state, base, barriers(desk)) == (state, base, [])


def test_the_pages_of_a_void_round_have_no_barrier(desk: Page, open_hall: MakeHall) -> None:
    hall = open_hall(state="closed")
    chair, staff = enter(desk, hall, "chair"), enter(desk, hall, "staff")
    desk.goto(f"{chair}/rounds/{hall.round.id}/void")
    assert barriers(desk) == []
    hall.reach("void")
    for base in (chair, staff):
        desk.goto(f"{base}/rounds/{hall.round.id}")
        assert barriers(desk) == []


def test_a_form_with_faults_has_no_barrier_and_leads_to_its_fields(
    desk: Page, open_hall: MakeHall, watch: Watch
) -> None:
    watch.allow("422")
    hall = open_hall(state="drafted")
    base = enter(desk, hall, "staff")
    desk.goto(f"{base}/sessions/{hall.session.id}/rounds/new")
    desk.fill("#title_1", "路灯亮化")
    desk.get_by_role("button", name="保存", exact=True).last.click()
    assert barriers(desk) == []
    desk.get_by_role("link", name="请填写应选件数。").click()
    assert desk.url.endswith("#places")
    expect(desk.locator("#title_1")).to_have_value("路灯亮化")


def test_a_link_is_shown_once_with_its_code(desk: Page, open_hall: MakeHall) -> None:
    hall = open_hall(state="drafted")
    base = enter(desk, hall, "staff")
    desk.goto(f"{base}/links/new?session={hall.session.id}&role=chair")
    desk.get_by_label("姓名").fill("王主席")
    desk.get_by_role("button", name="发链接").click()
    expect(desk.get_by_role("img", name="执行主席王主席的链接二维码")).to_be_visible()
    assert barriers(desk) == []


@pytest.fixture
def scriptless(browser: Browser, watch: Watch) -> Iterator[Page]:
    """A desk where scripts do not run."""
    context = browser.new_context(
        locale="zh-CN", viewport={"width": 1280, "height": 800}, java_script_enabled=False
    )
    watch.attach(context)
    yield context.new_page()
    context.close()


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).last.click()


def _see(page: Page, words: str) -> None:
    expect(page.get_by_role("main")).to_contain_text(words)


def _draft(page: Page, base: str, session: str, table: Path) -> str:
    """Draft a round from a table; its address."""
    page.goto(f"{base}/sessions/{session}/rounds/new")
    page.get_by_label("票决名称").fill("无脚本的票决")
    page.get_by_label("候选项目表").set_input_files(table)
    _press(page, "读入表格")
    _see(page, "已从表格读入 3 件候选项目，还没有保存")
    page.get_by_label("应选件数", exact=True).fill("2")
    page.get_by_label("公布名单和得票数").check()
    _press(page, "保存")
    _see(page, "大会通过办法和监票人以后，在这里登记")
    return page.url.removesuffix("/today")


def test_the_whole_way_is_gone_without_a_script(
    scriptless: Page, open_hall: MakeHall, tmp_path: Path
) -> None:
    hall, page = open_hall(state="drafted"), scriptless
    table = tmp_path / "候选.csv"
    table.write_bytes("项目名称\n路灯亮化\n校园食堂\n口袋公园\n".encode("gb18030"))
    base = enter(page, hall, "staff")
    address = _draft(page, base, hall.session.id, table)
    with hall.store.read() as tx:
        hall.round = tx.rounds.get(hall.staff, address.rpartition("/")[2])
    _adopt_and_seal(page, hall, tmp_path)
    _open_and_close(page, hall)
    _declare_and_announce(page, hall)
    _publish(page, hall, address)


def _adopt_and_seal(page: Page, hall: OpenHall, folder: Path) -> None:
    page.get_by_label("监票人姓名").fill("陈秀英\n赵建国")
    page.get_by_label("大会已通过票决办法和监票人名单").check()
    _press(page, "登记通过")
    _see(page, "还没有装入投票卡名单")
    cards = folder / "credentials.json"
    cards.write_bytes(hall.cards_file())
    page.get_by_label("投票卡名单文件").set_input_files(cards)
    _press(page, "装入")
    _see(page, "已装入投票卡 6 张")
    for number in (1, 2):
        hall.register_key(number)
    page.reload()
    page.get_by_label("项目、办法和监票人都已核对无误").check()
    _press(page, "封存")


def _open_and_close(page: Page, hall: OpenHall) -> None:
    page.get_by_label("实到代表人数").fill("6")
    page.get_by_label("发出票数").fill("6")
    _press(page, "开始投票")
    _see(page, "已投 0 张，发出 6 张")
    for card in range(5):
        hall.cast(card, 1, 3)
    page.get_by_role("link", name="刷新数字").click()
    _see(page, "已投 5 张，发出 6 张")
    page.get_by_label("主持人已宣布截止投票").check()
    _press(page, "截止投票")
    _see(page, "发出 6 张，收回 5 张")


def _declare_and_announce(page: Page, hall: OpenHall) -> None:
    enter(page, hall, "chair")
    _press(page, "宣布票决有效")
    for number in (1, 2):
        hall.decrypt(number)
    for number in (1, 2):
        hall.sign(number)
    page.get_by_role("link", name="刷新").click()
    _see(page, "入选项目2件，按得票由多到少，依次是")
    _press(page, "宣布")
    _see(page, "大屏正在显示结果")


def _publish(page: Page, hall: OpenHall, address: str) -> None:
    page.goto(address)
    page.get_by_label("公告编号").fill("〔2026〕第3号")
    page.get_by_label("公告日期").fill("2026-01-26")
    page.get_by_label("主席团的意见").fill("主席团第三次会议同意")
    page.get_by_label("公告已经主席团同意").check()
    _press(page, "公布")
    page.get_by_role("link", name="打开公布页").click()
    assert page.url == f"{hall.url}/r/{hall.round.id}"
    expect(page.get_by_role("row", name=re.compile("路灯亮化"))).to_contain_text("入选")


def test_many_long_names_do_not_break_the_page(desk: Page, open_hall: MakeHall) -> None:
    hall = open_hall(state="drafted")
    names = [f"{n}号" + "很长的项目名称" * 16 for n in range(1, 41)]
    rules = Rules(ballot="select_k", candidates=40, places=20, publish="list")
    many = tuple(Candidate(number=n, title=name) for n, name in enumerate(names, start=1))
    made = drafting.create_round(hall.store, hall.staff, hall.session.id, "多", rules, many, hall.now())
    desk.goto(f"{enter(desk, hall, 'staff')}/rounds/{made.id}")
    assert barriers(desk) == []


def test_the_next_step_appears_at_a_waiting_desk_by_itself(desk: Page, open_hall: MakeHall) -> None:
    hall = open_hall(state="open")
    enter(desk, hall, "chair")
    button = desk.get_by_role("button", name="宣布票决有效")
    expect(button).to_have_count(0)
    hall.close()
    expect(button).to_be_visible(timeout=20_000)
