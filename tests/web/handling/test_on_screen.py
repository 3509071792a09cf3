"""The pages of 承办 in a real Chromium: an office's desk, a unit's phone; nobody is kept out."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from tests.county import County
from tests.screens import Watch
from tests.voting.handling.desk import accepted, handed, met, part_of, released, submitted
from tests.web.barriers import barriers
from tests.web.hall_fixture import Service
from tests.web.house import an_account
from voting.accounts import logins
from voting.actors import Actor
from voting.handling import checking, working
from web.access import COOKIE, home


@pytest.fixture
def county(service: Service) -> County:
    """At work today, as the server's own clock has it."""
    made, minutes = County(service.store), count()
    start = datetime.now(UTC) - timedelta(hours=2)
    made.now = lambda: start + timedelta(minutes=next(minutes))
    return made


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


def test_the_offices_pages_have_no_barrier_in_any_state(
    desk: Page, service: Service, county: County, watch: Watch
) -> None:
    watch.allow("422")
    base = enter(desk, service, county.staff)
    late = county.suggest("超期没有分办的线索", kind="clue", received_at=county.now() - timedelta(days=40))
    fresh = county.suggest("村口没有路灯，老人晚上不敢出门", kind="proposal", deputy=county.deputies[0].id)
    complaint = county.suggest("反映占道经营", kind="complaint")
    working_on, waiting, done = (county.suggest(f"修好第{n}座桥") for n in (1, 2, 3))
    asked = accepted(county, working_on, 1, 2, key=True, chief="王副县长", watcher="李副主任")
    until = asked.answer_by + timedelta(days=20)
    working.ask_extension(county.store, county.unit, asked.id, until, "等待招标。", county.now())
    checking.urge(county.store, county.staff, working_on.id, "请于本周内联系提出人。", county.now())
    submitted(county, waiting)
    released(county, done)
    paths = [f"/suggestions/{one.id}" for one in (late, fresh, complaint, working_on, waiting, done)]
    for path in [*paths, "/handling", "/handling?queue=work", "/calendar", "/clocks"]:
        desk.goto(base + path)
        assert (path, barriers(desk)) == (path, [])
    desk.goto(base + f"/suggestions/{fresh.id}")
    desk.get_by_label("交单位办理").check()
    desk.get_by_role("button", name="确定").click()
    assert barriers(desk) == []
    expect(desk.get_by_label("主办单位")).to_be_visible()


def test_a_unit_does_its_work_on_a_phone(phone: Page, service: Service, county: County, watch: Watch) -> None:
    watch.allow("422")
    item = county.suggest("村口没有路灯，老人晚上不敢出门", kind="proposal", deputy=county.deputies[0].id)
    part = handed(county, item, 1)
    base = enter(phone, service, county.unit)
    phone.goto(f"{base}/items")
    assert barriers(phone) == []
    phone.get_by_role("link", name=item.title).click()
    assert barriers(phone) == []
    phone.get_by_role("button", name="签收").click()
    assert barriers(phone) == []
    phone.get_by_label("经办人员").fill("孙工")
    phone.get_by_label("办理方案").fill("现场查看，装三盏灯。")
    phone.get_by_role("button", name="签收").click()
    expect(phone.get_by_role("main")).to_contain_text("答复以前还缺")
    met(county, part)
    phone.reload()
    phone.get_by_label("A 已经解决或基本解决").check()
    phone.get_by_label("答复内容").fill("已经装好三盏灯。")
    phone.get_by_role("button", name="提交答复").click()
    expect(phone.get_by_role("main")).to_contain_text("等待办公室审核")
    assert barriers(phone) == []
    assert part_of(county, item).state == "submitted"


def test_a_deputys_page_has_no_barrier(phone: Page, service: Service, county: County) -> None:
    item = county.suggest("村口没有路灯", kind="proposal", deputy=county.deputies[0].id)
    base = enter(phone, service, county.deputy)
    part = accepted(county, item)
    phone.goto(f"{base}/suggestions/{item.id}")
    assert barriers(phone) == []
    met(county, part)
    working.answer(county.store, county.unit, part.id, "路灯已经装好。", "A", county.now())
    checking.release(county.store, county.staff, part.id, county.now())
    phone.reload()
    assert barriers(phone) == []
    phone.get_by_label("满意", exact=True).check()
    phone.get_by_role("button", name="提交评价").click()
    expect(phone.get_by_role("heading", name="答复确认")).to_be_visible()
