"""A town's autumn through the pages: one citizen, one clerk who does everything, one deputy who reads.

From a sentence typed on a phone to a candidate on the ballot; and the citizen who sees what became of it.
"""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.county import Body
from tests.journeys.installation import Installation
from tests.journeys.looking import Look
from tests.screens import Visitors
from tests.web.house import an_account
from voting.accounts import logins
from voting.actors import Actor
from voting.collecting import gate
from web.access import COOKIE, home

TITLES: Final = ("东河村主干道安装路灯", "改造镇敬老院", "硬化西山村道路")
FROM_THE_CITIZEN: Final = TITLES[0]


@pytest.fixture
def town(installation: Installation) -> Body:
    """东河镇, with its lists as an office imports them, and the clock of today."""
    made = Body(installation.store, "东河镇人民代表大会", "town")
    made.now = lambda: datetime.now(UTC)
    return made


def log_in(page: Page, installation: Installation, actor: Actor) -> str:
    """Where the actor's pages begin, as if the two steps of the log-in had been taken."""
    account, membership = an_account(actor)
    with installation.store.write() as tx:
        tx.accounts.add(account)
        tx.memberships.add(membership)
        now = datetime.now(UTC)
        _, token = logins.start(tx, account.id, "测试", "strong", now=now, random=os.urandom)
    cookie = {"name": COOKIE, "value": token, "domain": "127.0.0.1", "path": home(actor), "httpOnly": True}
    page.context.add_cookies([cookie])  # type: ignore[list-item]  # the stub wants a TypedDict
    return installation.url + home(actor)


def propose(phone: Page, installation: Installation, town: Body) -> str:
    """The citizen fills in the form; the address of the own page, as the receipt's QR code holds it."""
    phone.goto(f"{installation.url}/t/{town.congress.id}")
    phone.get_by_role("link", name="我要提意见建议").click()
    phone.get_by_label("标题（必填）").fill("村口没有路灯")
    phone.get_by_label("现状和诉求（必填）").fill("晚上看不见路，老人不敢出门。")
    phone.get_by_label("类别（必选）").select_option("人居环境")
    phone.get_by_label("所在的村、社区").select_option("东河村")
    phone.get_by_label("我已阅读并同意").check()
    expect(phone.locator("[name=work]")).not_to_have_value("")
    _as_if_opened_a_minute_ago(phone, installation, town)
    phone.get_by_role("button", name="提交").click()
    expect(phone.get_by_role("heading", name="已经收到，谢谢您")).to_be_visible()
    phone.get_by_role("link", name="查看进度").click()
    return phone.url


def _as_if_opened_a_minute_ago(page: Page, installation: Installation, town: Body) -> None:
    slip = page.locator("[name=slip]")
    mark = slip.input_value().split(".")[1]
    opened = datetime.now(UTC) - timedelta(minutes=1)
    secret = installation.signer.derived(gate.PURPOSE)
    older = gate.give_slip(secret, town.congress.id, mark, opened, os.urandom)
    slip.evaluate("(field, value) => { field.value = value; }", older)


class Clerk:
    """The town's one clerk, at a desk, who does what the page says is next."""

    def __init__(self, page: Page, base: str, look: Look) -> None:
        self.page, self.base, self.look = page, base, look

    def go(self, path: str) -> None:
        self.page.goto(self.base + path)
        self.look(self.page, path.strip("/").replace("/", "-")[:40])

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, words: str) -> None:
        """A task of today's list."""
        self.go("/today")
        self.page.get_by_role("link", name=re.compile(words)).click()

    def accept(self, title: str) -> None:
        self.follow("新收到，等待审核")
        self.page.get_by_role("link", name=title).click()
        self.page.get_by_label("受理", exact=True).check()
        self.page.locator("[name=kind][value=clue]").check()
        self.page.locator("[name=release][value=yes]").check()
        self.press("确定")

    def make_candidate_of(self, title: str) -> None:
        self.follow("等待分办")
        self.page.get_by_role("link", name=title).click()
        self.look(self.page, "suggestion")
        self.page.locator("[name=route][value=candidate]").check()
        self.page.get_by_label("文字说明").fill("多个村都有同样的需要，转为候选线索。")
        self.page.locator("form", has=self.page.locator("[name=route]")).get_by_role("button").click()

    def draft(self, title: str) -> None:
        """On the form of a new candidate, until it has passed 初选."""
        for name, words in {
            "title": title,
            "content": "安装太阳能路灯120盏。",
            "place": "东河村",
            "beneficiaries": "全镇群众",
            "cost": "36",
            "funds": "镇财政预算",
            "stage": "10月底前完工",
            "land": "不新增用地",
            "legality": "已审查",
            "indicator_1": "路灯",
            "amount_1": "120",
            "measure_1": "盏",
        }.items():
            self.page.locator(f"[name={name}]").fill(words)
        self.page.locator("[name=lead]").select_option(index=1)
        self.page.locator("[name=completion][value=this_year]").check()
        self.press("提交预审")
        self.judge_and_shortlist()

    def judge_and_shortlist(self) -> None:
        self.page.locator("[name=verdict][value=taken]").check()
        self.page.get_by_label("理由").fill("群众呼声高。")
        self.press("提交预审意见")
        for one in self.page.locator("[name^=finding_][value=yes]").all():
            one.check()
        self.page.locator("[name=outcome][value=shortlisted]").check()
        self.page.get_by_label("理由").fill("符合条件。")
        self.look(self.page, "shortlist")
        self.press("提交初选结论")

    def list_all(self, places: int) -> None:
        self.go("/slates/new")
        self.page.locator("[name=title]").fill("2027年民生实事候选项目")
        self.page.locator("[name=places]").fill(str(places))
        for place, one in enumerate(self.page.locator("[name^=number_]").all(), start=1):
            one.fill(str(place))
        self.page.locator("main form").get_by_role("button").last.click()
        while self.page.get_by_role("button", name="登记研究决定").count():
            self.page.get_by_label("研究日期").fill(datetime.now(UTC).date().isoformat())
            self.page.locator("[name=decision][value=passed]").check()
            self.press("登记研究决定")
        self.press("开放查阅")
        self.page.get_by_label("名单与研究决定一致，确定后不再修改").check()
        self.press("确定名单")

    def hold_vote(self) -> None:
        """From the frozen list; the session is the town's newest."""
        self.page.locator("[name=session]").select_option(index=1)
        self.page.locator("[name=publish][value=with_archive]").check()
        self.press("建立票决")


def test_a_sentence_becomes_a_candidate_on_the_ballot_and_its_author_sees_it(
    visitors: Visitors, installation: Installation, town: Body, look: Look
) -> None:
    phone, desk, reader = visitors.phone(), visitors.desk(), visitors.phone()
    own_page = propose(phone, installation, town)
    look(phone, "own")
    clerk = Clerk(desk, log_in(desk, installation, town.staff), look)
    desk.goto(clerk.base)
    desk.get_by_label("会议名称").fill("第二次会议")
    desk.get_by_label("全体代表人数").fill("60")
    clerk.press("新建会议")
    clerk.accept("村口没有路灯")
    clerk.make_candidate_of("村口没有路灯")
    desk.get_by_role("link", name="做成候选项目").click()
    clerk.draft(FROM_THE_CITIZEN)
    for title in TITLES[1:]:
        clerk.go("/drafts")
        desk.get_by_role("link", name="直接新拟").first.click()
        clerk.draft(title)
    clerk.list_all(places=2)

    reader.goto(log_in(reader, installation, town.deputy) + "/slate")
    reader.locator("main a").first.click()
    look(reader, "reading")
    expect(reader.get_by_text("老人不敢出门").first).to_be_attached()

    clerk.hold_vote()
    expect(desk.get_by_role("heading", name="2027年民生实事项目票决").first).to_be_visible()
    for title in TITLES:
        expect(desk.get_by_text(title).first).to_be_visible()
    phone.goto(own_page)
    look(phone, "own-at-last")
    expect(phone.get_by_text(FROM_THE_CITIZEN).first).to_be_visible()
