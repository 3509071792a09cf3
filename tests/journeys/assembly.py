"""Everybody in one hall, each in front of an own page, and what they do together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import httpx
from playwright.sync_api import Page, expect

from tests.journeys.electorate import Choices, Electorate
from tests.journeys.installation import Installation
from tests.journeys.looking import Look
from tests.journeys.office import Act, Ballot, Extent, Office
from tests.journeys.officers import Chair, Scrutineer
from tests.screens import Visitors
from tests.web.deputy import Deputy
from voting.rounds import Candidate

NAMES: Final = ("林建国", "周秀兰", "吴志强")
"""监票人, the chief first."""


class Assembly:
    """A session with one round that goes its way through the pages."""

    def __init__(
        self,
        installation: Installation,
        visitors: Visitors,
        electorate: Electorate,
        look: Look,
        *,
        closely: bool = False,
        act: Act = "票决",
    ) -> None:
        """`closely`: every page on the common way is examined in passing, not only what a test looks at."""
        self.installation, self.visitors, self.electorate = installation, visitors, electorate
        self.look, self._closely = look, closely
        self.act = act
        self.office = Office(visitors.desk(), installation.staff_link, act)
        self.screen: Page = visitors.screen()
        self.scrutineers: list[Scrutineer] = []
        self.codes: list[str] = []
        """备用码, as each scrutineer has it on paper."""
        self.links: dict[str, str] = {}

    def passing(self, page: Page, name: str) -> None:
        """A page that every round passes through."""
        if self._closely:
            self.look(page, name)

    # Before the session

    def convene(self, title: str, deputies: int) -> None:
        self.passing(self.office.page, "101-工作人员-会议")
        self.code = self.office.convene(title, deputies)
        self.session = self.office.shown
        self.passing(self.office.page, "102-工作人员-本次会议")

    def draft(
        self, title: str, candidates: Sequence[Candidate], ballot: Ballot, places: int, extent: Extent
    ) -> None:
        self.office.begin_round(title, candidates)
        self.passing(self.office.page, "103-工作人员-新建票决")
        self.round = self.office.choose_rules(ballot, places, extent)
        self.passing(self.office.page, "104-工作人员-草拟")

    @property
    def page(self) -> str:
        """The deputies' address, as it stands on the cards."""
        return f"{self.installation.url}/v/{self.code}"

    @property
    def api(self) -> str:
        return f"{self.installation.url}/api/v/{self.code}"

    # 通过办法, 开箱钥匙, 封存

    def reach_sealed(self, scrutineers: int) -> None:
        """Until the box is sealed and everybody waits."""
        self.adopt(scrutineers)
        self.load_cards()
        self.make_keys()
        self.seal()

    def adopt(self, scrutineers: int) -> None:
        """The plenary has passed the 办法; everybody is handed an own link."""
        names = NAMES[:scrutineers]
        self.office.adopt(names)
        for name in names:
            self.links[name] = self.office.scrutineers_link(self.round, name)
        self.passing(self.office.page, "105-工作人员-监票人的链接")
        for role, name in (("执行主席", "郑国栋"), ("会务操作员", "许文静")):
            self.links[role] = self.office.link_for(self.session, role, name)
        self.passing(self.office.page, "106-工作人员-操作员的链接")
        self.chair = Chair(self.visitors.desk(), self.links["执行主席"], self.act)
        self.passing(self.chair.page, "201-执行主席-投票以前")
        self.operator = Chair(self.visitors.desk(), self.links["会务操作员"])
        self.office.visit(self.round)
        self.passing(self.office.page, "107-工作人员-还缺什么")

    def load_cards(self) -> None:
        self.office.load_cards(f"credentials-{self.electorate.uuid}.json", self.electorate.public())

    def make_keys(self) -> None:
        """Each on an own phone, the code copied onto paper."""
        for name in list(self.links)[:-2]:
            one = Scrutineer(self.visitors.phone(), self.links[name], self.round)
            one.at("make_key")
            self.passing(one.page, "301-监票人-生成钥匙")
            one.make_key()
            self.passing(one.page, "302-监票人-备用码")
            self.codes.append(one.backup_code())
            one.confirm(self.codes[-1])
            self.scrutineers.append(one)
        self.passing(self.scrutineers[-1].page, "303-监票人-已登记")

    def seal(self) -> None:
        self.office.seal()
        self.passing(self.office.page, "108-工作人员-已封存")
        self.show_hall()
        self.passing(self.screen, "401-大屏-等待投票")
        for one in self.scrutineers:
            one.at("await_close")
        self.passing(self.scrutineers[0].page, "304-监票人-已核对钥匙")

    def show_hall(self) -> None:
        self.screen.goto(f"{self.installation.url}/hall/{self.code}")

    # 投票, 截止

    def open(self, present: int, issued: int) -> None:
        self.office.open(present, issued)
        self.office.faces("正在投票")

    def deputy(self, card: int) -> Deputy:
        """Somebody scans this card with an own phone."""
        deputy = Deputy(self.visitors.phone())
        deputy.scan(self.electorate.card_for(self.page, card))
        return deputy

    def vote_over_http(self, card: int, choices: Choices) -> None:
        self.electorate.vote(self.api, card, choices)

    def hall_shows_turnout(self, voted: int, issued: int) -> None:
        expect(self.screen.locator(".turnout strong")).to_have_text([str(voted), str(issued)])

    def close(self) -> None:
        self.office.close()
        self.passing(self.office.page, "110-工作人员-已截止")

    def seal_code(self) -> str:
        """封箱码 on the hall's screen."""
        expect(self.screen.locator(".head span")).to_have_count(16)
        return "".join(self.screen.locator(".head span").all_inner_texts())

    def hall_reads(self, *words: str) -> None:
        for one in words:
            expect(self.screen.locator("main")).to_contain_text(one)

    # 有效, 开箱, 签字, 宣布, 公布

    def reach_announced(self) -> None:
        """From the box's closing to the chair's words."""
        self.close()
        self.declare_valid()
        self.open_box()
        self.sign(*self.scrutineers)
        self.announce()

    def declare_valid(self) -> None:
        self.chair.page.reload()
        self.passing(self.chair.page, "203-执行主席-宣布有效")
        self.chair.declare_valid()

    def open_box(self) -> None:
        """Each compares the own device with the screen, and opens."""
        for one in self.scrutineers:
            one.at("compare")
            assert (one.seal_code(), one.tally()) == (self.seal_code(), str(len(self.electorate.marked)))
            one.open_box()

    def sign(self, *scrutineers: Scrutineer) -> None:
        for one in scrutineers:
            one.report()
            one.sign()
            one.at("signed")

    def announce(self) -> None:
        self.chair.page.reload()
        self.passing(self.chair.page, "205-执行主席-宣布结果")
        self.chair.announce()

    def publish(self, number: str) -> Page:
        """公布, and somebody at home opens the page."""
        self.office.page.reload()
        self.passing(self.office.page, "112-工作人员-公布")
        self.office.publish(number)
        self.passing(self.office.page, "113-工作人员-全部完成")
        reader = self.visitors.phone()
        reader.goto(f"{self.installation.url}/r/{self.round}")
        return reader

    def published(self, file: str) -> httpx.Response:
        """What a stranger gets: `archive.bel`, `round.json` …"""
        return httpx.get(f"{self.installation.url}/r/{self.round}/{file}", timeout=60)
