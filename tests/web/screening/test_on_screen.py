"""The pages of candidates in a real browser: on a clerk's desk and on a deputy's phone."""

from __future__ import annotations

import os
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from tests.county import County
from tests.drafts import Way, plan
from tests.people import OPENING_DAY
from tests.web.barriers import barriers
from tests.web.hall_fixture import Service
from tests.web.house import IN_A_CENTURY, an_account
from voting.accounts import logins
from voting.actors import Actor
from voting.days import today
from voting.screening import advising, commenting, judging, listing, proposing
from voting.screening.drafts import Draft
from web.access import COOKIE, home

pytestmark = pytest.mark.chromium


def enter(page: Page, service: Service, actor: Actor) -> str:
    """Log this browser in; the address below which the actor's pages lie."""
    account, membership = an_account(actor)
    with service.store.write() as tx:
        tx.accounts.add(account)
        tx.memberships.add(membership)
        later = OPENING_DAY + IN_A_CENTURY
        _, token = logins.start(tx, account.id, "浏览器", "strong", now=later, random=os.urandom)
    base = service.url + home(actor)
    page.context.add_cookies([{"name": COOKIE, "value": token, "url": base}])
    return base


def busy_year(county: County) -> tuple[Way, list[Draft]]:
    """A year in which every state occurs."""
    way = Way(county)
    source = county.suggest(released_at=county.now())
    listed = [
        way.shortlisted(title, [source.id] if n == 0 else [])
        for n, title in enumerate(("农村公路硬化提升工程", "中心小学食堂改扩建", "社区养老服务站建设"))
    ]
    way.propose("口袋公园建设")
    waiting = way.taken("老旧小区加装电梯")
    due = today(county.now())
    advising.ask(
        county.store, county.government, waiting.id, [one.id for one in county.units[:2]], due, county.now()
    )
    back = way.propose("县城停车场扩容")
    judging.judge(county.store, county.staff, back.id, 1, "amend", "投资偏大，请压减", county.now())
    proposing.resubmit(
        county.store,
        county.government,
        back.id,
        1,
        plan(county, "县城停车场扩容", cost=Decimal(200)),
        county.now(),
    )
    way.assess(way.taken("河道整治"), "reserve", "今年资金不足")
    way.assess(way.taken("办公楼维修"), "dropped", "在负面清单内")
    return way, listed


@pytest.fixture
def county(service: Service) -> County:
    """A county on the running server."""
    return County(service.store)


def test_a_clerk_works_through_the_year_without_barriers(
    county: County, service: Service, desk: Page
) -> None:
    way, listed = busy_year(county)
    slate = way.slate(drafts=listed, title="2027年民生实事候选项目名单")
    way.decide(slate, 1, "amended", "第一件压减投资")
    base = enter(desk, service, county.government)
    desk.goto(f"{base}/drafts?year=2027")
    expect(desk.get_by_role("link", name="老旧小区加装电梯")).to_be_visible()
    assert barriers(desk) == []
    desk.get_by_role("link", name="老旧小区加装电梯").click()
    expect(desk.get_by_role("heading", name="下一步：初选")).to_be_visible()
    assert barriers(desk) == []
    for path in (
        "/drafts/new",
        f"/slates/{slate.id}",
        f"/slates/{slate.id}/edit",
        f"/slate/{slate.id}/table",
    ):
        desk.goto(base + path)
        assert barriers(desk) == [], path


def test_a_deputy_reads_and_comments_on_a_phone_without_barriers(
    county: County, service: Service, phone: Page
) -> None:
    way, listed = busy_year(county)
    slate = way.slate(drafts=listed, title="2027年民生实事候选项目名单")
    listing.open_reading(county.store, county.staff, slate.id, county.now())
    base = enter(phone, service, county.deputy)
    phone.goto(f"{base}/slate/{slate.id}")
    phone.get_by_label("对哪一件").select_option(label="2. 中心小学食堂改扩建")
    phone.get_by_label("审议意见").fill("建议暑假期间施工。")
    phone.get_by_role("button", name="提交").click()
    expect(phone.locator("#candidate-2")).to_contain_text("建议暑假期间施工。")
    [said] = [one for one in _comments(county, slate.id) if one]
    commenting.reply(county.store, county.government, slate.id, said, "已安排在七、八月。", county.now())
    phone.reload()
    expect(phone.locator("#candidate-2")).to_contain_text("已安排在七、八月。")
    phone.get_by_text("群众和代表怎么说").click()
    expect(phone.locator("#candidate-1")).to_contain_text("晚上看不见路")
    assert barriers(phone) == []
    phone.goto(f"{base}/slate/{slate.id}/table")
    assert barriers(phone) == []


def _comments(county: County, slate_id: str) -> list[str]:
    with county.store.read() as tx:
        return [one.id for one in tx.slates.comments(tx.slates.get(county.staff, slate_id))]
