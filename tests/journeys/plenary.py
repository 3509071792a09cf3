"""One plenary of a county's deputies: the rooms and the people in them, each in front of the own page.

What needs no script is done on pages without one (`plain_pages`); scrutineers, deputies and the screen of the
hall have a real browser.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

import httpx
from playwright.sync_api import expect

from tests.journeys.electorate import Choices, chosen
from tests.journeys.installation import Installation
from tests.journeys.key_holders import KeyHolder
from tests.journeys.office import table_of
from tests.journeys.plain_pages import Visitor
from tests.journeys.stubs import Stubs
from tests.screens import Visitors
from tests.web.deputy import Deputy
from voting.rounds import Candidate

SCRUTINEERS: Final = ("林建国", "周秀兰", "吴志强")
"""拟任监票人, the chief first."""


class Plenary:
    """A session that goes its way, from the empty installation to the papers on the shelf."""

    def __init__(self, installation: Installation, visitors: Visitors, stubs: Stubs) -> None:
        self.installation, self.visitors, self.stubs = installation, visitors, stubs
        self._everybody: list[Visitor] = []
        self.clerk = self.come(installation.staff_link)
        self.scrutineers: list[KeyHolder] = []
        self.code = self.session = self.round = ""
        self.chair = self.operator = self.presidium = self.teller = self.clerk

    def come(self, address: str) -> Visitor:
        """Somebody opens a page without scripts."""
        visitor = Visitor(address)
        self._everybody.append(visitor)
        return visitor

    def leave(self) -> None:
        """Everybody goes home."""
        for one in self._everybody:
            one.leave()

    @property
    def api(self) -> str:
        return f"{self.installation.url}/api/v/{self.code}"

    # Pages of the secretariat

    def convene(self, title: str, deputies: int) -> None:
        self.clerk.follow("票决和测评")
        self.clerk.press("新建会议", {"会议名称": title, "全体代表人数": str(deputies)})
        self.session = _last_part(self.clerk)
        found = re.search(r"/v/([0-9A-Za-z]+)", self.clerk.text)
        assert found
        self.code = found[1]

    def at_session(self) -> Visitor:
        """The clerk opens the session's page."""
        self.clerk.open(f"/sessions/{self.session}")
        return self.clerk

    def at_round(self) -> Visitor:
        """The clerk opens the round's page."""
        self.clerk.open(f"/rounds/{self.round}")
        return self.clerk

    def at_deck(self) -> Visitor:
        """The clerk opens the page of the cards."""
        self.at_session().follow("投票卡和试投")
        return self.clerk

    def draft(self, title: str, candidates: Sequence[Candidate], places: int, extent: str) -> None:
        self.at_session().follow("新建票决")
        sheet = ("候选项目.csv", table_of(candidates))
        self.clerk.press("读入表格", {"票决名称": title, "候选项目表（.xlsx 或 .csv）": sheet})
        self.clerk.reads(f"已从表格读入 {len(candidates)} 件")
        self.clerk.press("保存", {"应选件数": str(places), extent: True})
        self.round = _last_part(self.clerk)

    def link(self, words: str, name: str = "") -> str:
        """The clerk follows this link of the page and hands out a personal link; its address."""
        self.clerk.follow(words)
        self.clerk.press("发链接", {"姓名": name} if name else {})
        (shown,) = (one.text for one in self.clerk.page.all("p") if one.attributes.get("class") == "code")
        return shown

    def enter(self, words: str, name: str = "") -> Visitor:
        """Somebody comes by a link from the session's page."""
        self.at_session()
        return self.come(self.link(words, name))

    def invite(self) -> None:
        """Who presides, who prints, and the screens."""
        self.chair = self.enter("给执行主席发链接", "郑国栋")
        self.operator = self.enter("给会务操作员发链接", "许文静")
        self.presidium = self.chair.twin("/screen")
        self.show_hall()

    def turn_to_shown(self) -> None:
        """Everybody turns to the round that the clerk's page shows."""
        self.round = _last_part(self.clerk)
        for one in self.scrutineers:
            one.turn_to(self.round)

    # Scrutineers

    def make_key(self) -> None:
        """The 拟任监票人 make a key of which any two open, each on an own phone, and compare its code."""
        self.at_session().follow("一起生成开箱钥匙")
        self.clerk.press("开始生成", {"拟任监票人姓名": "\n".join(SCRUTINEERS)})
        page = str(self.clerk.answer.url)
        for number, name in enumerate(SCRUTINEERS, start=1):
            self.clerk.open(page)
            words = f"给{'总监票人' if number == 1 else '监票人'}{name}发链接"
            self.scrutineers.append(KeyHolder(self.visitors.phone(), self.link(words), self.round))
        for one in self.scrutineers:
            one.take_part()
        codes = [one.code() for one in self.scrutineers]
        assert codes == [codes[0]] * 3
        self.clerk.open(page)
        self.clerk.reads("任意 2 名到场就能开箱")
        for one in self.scrutineers:
            one.agree()

    @property
    def chief(self) -> KeyHolder:
        return self.scrutineers[0]

    # Deputies

    def deputy(self, card: int) -> Deputy:
        """Somebody scans this card with an own phone."""
        deputy = Deputy(self.visitors.phone())
        deputy.scan(f"{self.installation.url}/v/{self.code}#{self.stubs.secret(card)}")
        return deputy

    def tablet(self) -> Deputy:
        """The tablet of the hall, waiting for a card."""
        deputy = Deputy(self.visitors.tablet())
        deputy.scan(f"{self.installation.url}/v/{self.code}/tablet")
        deputy.sees("entry")
        return deputy

    def hold_to(self, tablet: Deputy, card: int) -> None:
        """No camera here: the number inside the card is typed."""
        tablet.sees("entry")
        tablet.page.get_by_text("扫不出来，输入卡号").click()
        tablet.page.locator("#group-1").fill(self.stubs.secret(card))
        tablet.press("确定")

    def by_hand(self, deputy: Deputy, candidates: int, *numbers: int) -> None:
        """Touch, read back, submit, and remember the 回执号."""
        deputy.sees("voting")
        self.stubs.voted(self.round, chosen(candidates, *numbers), deputy.vote(*numbers))

    def by_http(self, card: int, choices: Choices) -> None:
        self.stubs.vote(self.api, self.round, card, choices)

    def show_hall(self) -> None:
        self.screen = self.visitors.screen()
        self.screen.goto(f"{self.installation.url}/hall/{self.code}")

    def hall_shows(self, *words: str) -> None:
        for one in words:
            expect(self.screen.locator("body")).to_contain_text(one)

    def seal_code(self) -> str:
        """封箱码 on the hall's screen."""
        expect(self.screen.locator(".head span")).to_have_count(16)
        return "".join(self.screen.locator(".head span").all_inner_texts())

    def published(self, file: str) -> bytes:
        """What a stranger gets of the round: `archive.bel`, `round.json`."""
        address = f"{self.installation.url}/r/{self.round}/{file}"
        return httpx.get(address, timeout=60).raise_for_status().content

    def hall_hides(self, *words: str) -> None:
        shown = self.screen.locator("body").inner_text()
        assert [one for one in words if one in shown] == []


def _last_part(visitor: Visitor) -> str:
    return visitor.answer.url.path.rsplit("/", 1)[1]
