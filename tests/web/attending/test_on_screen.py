"""Word for a deputy, reception days, activities and contacts on a phone and at a desk, in a real Chromium."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.county import County, new_id
from tests.screens import Watch
from tests.web.barriers import barriers
from tests.web.hall_fixture import Service
from tests.web.house import an_account
from voting import liaisons, reception_days
from voting.accounts import logins
from voting.actors import Actor
from voting.collecting import addressing, gate
from voting.collecting.sifting import accept
from voting.congress_settings import PublicSettings, change
from voting.receptions import ReceptionPlan
from voting.stations import Station
from web.access import COOKIE, home


@pytest.fixture
def county(service: Service) -> County:
    """A county of its own on the running server."""
    made = County(service.store)
    made.now = lambda: datetime.now(UTC)
    change(service.store, made.staff, PublicSettings(show_deputies=True), made.now())
    stations = [
        Station(id=new_id(name), congress=made.congress.id, code=new_id(name)[:8], name=name, kind="point")
        for name in ("东河接待点", "南桥接待点")
    ]
    with service.store.write() as tx:
        tx.stations.add_many(stations)
        tx.deputies.change(made.deputies[0], committee=True)
    plan = ReceptionPlan(name="一七有约", day=17, stations=tuple(one.id for one in stations))
    reception_days.set_plan(service.store, made.staff, plan, made.now())
    today = made.now().date()
    wanted = {one.id: [made.deputies[n].id] for n, one in enumerate(stations)}
    reception_days.arrange(service.store, made.staff, today - timedelta(days=3), wanted, made.now())
    reception_days.arrange(service.store, made.staff, today + timedelta(days=3), wanted, made.now())
    return made


def enter(page: Page, service: Service, actor: Actor) -> str:
    """Log in; where the actor's pages begin."""
    account, membership = an_account(actor)
    with service.store.write() as tx:
        tx.accounts.add(account)
        tx.memberships.add(membership)
        _, token = logins.start(tx, account.id, "测试", "strong", now=datetime.now(UTC), random=os.urandom)
    page.context.add_cookies(
        [{"name": COOKIE, "value": token, "domain": "127.0.0.1", "path": home(actor), "httpOnly": True}]
    )
    return service.url + home(actor)


def test_a_citizen_leaves_word_and_the_deputy_answers_on_the_phone(
    phone: Page, service: Service, county: County, watch: Watch
) -> None:
    watch.allow("422")
    phone.goto(f"{service.url}/t/{county.congress.id}/deputies")
    assert barriers(phone) == []
    phone.get_by_role("link", name="给张桂兰代表留言").click()
    assert barriers(phone) == []
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_text("有 3 处需要修改")).to_be_visible()
    assert barriers(phone) == []
    phone.get_by_label("标题（必填）").fill("村口的桥坏了")
    phone.get_by_label("想对代表说的现状和诉求").fill("下雨天孩子过不去。")
    phone.get_by_label("我已阅读并同意").check()
    slip = phone.locator("[name=slip]")
    expect(phone.locator("[name=work]")).not_to_have_value("")
    earlier = datetime.now(UTC) - gate.LEAST_TIME_WITHOUT_WORK * 3
    secret = service.signer.derived(gate.PURPOSE)
    older = gate.give_slip(secret, county.congress.id, slip.input_value().split(".")[1], earlier, os.urandom)
    slip.evaluate("(field, value) => { field.value = value; }", older)
    phone.get_by_role("button", name="提交").click()
    phone.get_by_role("link", name="查看进度").click()
    query_page = phone.url
    with service.store.read() as tx:
        (one,) = tx.inbox.waiting(county.staff, 9)
    accept(service.store, county.staff, one.id, "opinion", county.now(), release=False)
    base = enter(phone, service, county.deputy)
    phone.goto(f"{base}/words")
    assert barriers(phone) == []
    phone.get_by_role("link", name="村口的桥坏了").click()
    phone.get_by_label("您的答复").fill("我周六去看。")
    assert barriers(phone) == []
    phone.get_by_role("button", name="提交答复").click()
    expect(phone.get_by_text("我周六去看。")).to_be_visible()
    phone.goto(query_page)
    expect(phone.get_by_text("我周六去看。").first).to_be_visible()
    assert barriers(phone) == []
    assert addressing.words_left(service.store, county.deputy)[0].answer == "我周六去看。"


def test_a_contact_is_entered_on_the_phone(phone: Page, service: Service, county: County) -> None:
    base = enter(phone, service, county.deputy)
    phone.goto(f"{base}/liaisons")
    phone.get_by_label("姓名").fill("周大爷")
    phone.get_by_role("button", name="增加").last.click()
    phone.get_by_label("联系了谁").select_option(label="周大爷")
    phone.get_by_label("联系日期").fill((county.now() - timedelta(days=1)).date().isoformat())
    phone.get_by_label("微信").check()
    phone.get_by_role("button", name="登记").click()
    expect(phone.get_by_role("heading", name="联系记录")).to_be_visible()
    assert barriers(phone) == []
    found = liaisons.circle(service.store, county.deputy, county.deputies[0].id, county.now())
    assert found.silent == 0 or county.now().day == 1


def test_the_offices_pages_have_no_barrier_at_the_desk(desk: Page, service: Service, county: County) -> None:
    wanted = liaisons.Wanted(other=county.deputies[1].id)
    liaisons.add(service.store, county.staff, county.deputies[0].id, wanted, county.now())
    with service.store.read() as tx:
        station = tx.stations.current(county.congress.id)[0]
    base = enter(desk, service, county.staff)
    paths = ("/stations", f"/stations/{station.id}/activities", "/receptions", "/liaisons")
    for path in (*paths, f"/liaisons/{county.deputies[0].id}"):
        desk.goto(base + path)
        assert (path, barriers(desk)) == (path, [])
    desk.goto(f"{service.url}/t/{county.congress.id}/stations")
    expect(desk.get_by_role("heading", name="一七有约")).to_be_visible()
    assert barriers(desk) == []
