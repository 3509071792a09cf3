"""The pages of 人大评 in a real browser: on a clerk's desk and on a unit's phone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.county import County, new_id
from tests.delivery import project
from tests.people import OPENING_DAY
from tests.rated import PAPER, PARTLY, SATISFIED, UNSATISFIED, handed_in, held, ordered
from tests.web.barriers import barriers
from tests.web.hall_fixture import Service
from tests.web.house import IN_A_CENTURY, an_account
from voting.accounts import logins
from voting.actors import Actor
from voting.days import today
from voting.rating import climbing, inquiring
from voting.rating.climbing import Climb
from voting.rating.inquiring import Asked, Plan
from voting.rating.rectifications import Rectification
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


@pytest.fixture
def county(service: Service) -> County:
    """A county on the running server."""
    return County(service.store)


def rated_year(county: County, folder: Path) -> tuple[str, Rectification]:
    """The round, and the matter that is being put right."""
    projects = [
        project(county, "农村公路硬化提升工程", state="accepted"),
        project(county, "中心小学食堂改扩建", lead_unit=county.units[1].id, progress=820),
        project(county, "社区养老服务站建设", state="accepted", lead_unit=county.units[2].id),
    ]
    ballots = [(SATISFIED, UNSATISFIED, PARTLY)] * 4 + [(SATISFIED, PARTLY, SATISFIED)] * 2
    sitting = held(county, folder, projects, ballots, "published")
    matter = ordered(county, sitting, 2)
    handed_in(county, matter, "plan", by=county.other_unit)
    climb = Climb(place=1, day=today(county.now()), body="常委会主任会议", text="在全县通报测评结果。")
    climbing.climb(county.store, county.staff, matter.id, new_id("r"), climb, PAPER, county.now())
    return sitting.round.id, matter


def an_inquiry(county: County) -> str:
    plan = Plan(
        title="民生实事项目推进情况",
        day=today(county.now()),
        meeting="县人大常委会第二十次会议",
        months=3,
        projects=(),
        units=(county.units[1].id,),
    )
    of = inquiring.prepare(county.store, county.staff, new_id("inquiry"), plan, county.now())
    asked = Asked(unit=county.units[1].id, asked_by="张桂兰", text="食堂为什么没有按期建成？")
    one = inquiring.ask(county.store, county.staff, of.id, new_id("q"), asked, county.now())
    inquiring.answer(
        county.store, county.staff, of.id, one.id, "局长钱敏", "因设计变更延误，十月底建成。", county.now()
    )
    return of.id


def test_a_clerk_sees_results_and_what_must_follow_without_barriers(
    county: County, service: Service, desk: Page, tmp_path: Path
) -> None:
    made, matter = rated_year(county, tmp_path)
    inquiry = an_inquiry(county)
    base = enter(desk, service, county.staff)
    desk.goto(f"{base}/rating")
    expect(desk.get_by_role("heading", name="2027年项目的满意度测评")).to_be_visible()
    assert barriers(desk) == []
    desk.get_by_role("link", name="结果和通报").click()
    expect(desk.get_by_role("region", name="各项目测评结果")).to_contain_text("33.3%")
    for path in (
        "",
        "/rating/new?year=2027",
        f"/rating/rounds/{made}",
        f"/rectifications/{matter.id}",
        f"/rectifications/{matter.id}/retest",
        f"/inquiries/{inquiry}",
        f"/inquiries/{inquiry}/round",
        "/inquiries/new",
        f"/inquiries/new?matter={matter.id}",
        f"/projects/{matter.project}/rating",
    ):
        desk.goto(base + (path or "/rating"))
        assert barriers(desk) == [], path


def test_a_unit_reports_from_a_phone_without_barriers(
    county: County, service: Service, phone: Page, tmp_path: Path
) -> None:
    _, matter = rated_year(county, tmp_path)
    base = enter(phone, service, county.other_unit)
    phone.goto(f"{base}/rectifications")
    assert barriers(phone) == []
    phone.get_by_role("link", name="中心小学食堂改扩建").click()
    phone.get_by_label("整改完成报告").check()
    phone.get_by_label("内容").fill("食堂已经建成，九月一日开始供餐。")
    assert barriers(phone) == []
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_text("已报告完成，等待验收").first).to_be_visible()
    phone.goto(f"{base}/projects/{matter.project}/rating")
    expect(phone.get_by_text("满意率").first).to_be_visible()
    assert barriers(phone) == []
