"""The secretariat's desk: what the clerk sees and presses, in the words of the pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, Literal

from playwright.sync_api import Locator, Page, expect

from voting.rounds import Candidate

HEADER: Final = "序号,项目名称,主要内容,实施地点,投资（万元）,责任单位,完成时限"

Ballot = Literal["差额表决票", "逐项表决票"]
Extent = Literal["只公布入选项目名单", "公布名单和得票数", "公布名单、得票数和供复核的票箱记录"]
Act = Literal["票决", "测评"]


def table_of(candidates: Sequence[Candidate]) -> bytes:
    """The candidates as Excel in China saves a .csv: GB18030."""
    rows = (
        (str(one.number), one.title, one.content, one.place, one.cost, one.unit, one.deadline)
        for one in candidates
    )
    return "\r\n".join((HEADER, *(",".join(row) for row in rows), "")).encode("gb18030")


class Office:
    """Drives the staff's pages; `act` is what its round is called."""

    def __init__(self, page: Page, link: str, act: Act = "票决") -> None:
        self.page, self.act = page, act
        page.goto(link)
        self.home = page.url.removesuffix("/today")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str) -> None:
        self.page.get_by_role("link", name=name, exact=True).click()

    def fill(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def tick(self, label: str | re.Pattern[str]) -> None:
        self.page.get_by_label(label).check()

    def upload(self, label: str, name: str, body: bytes) -> None:
        self.page.get_by_label(label, exact=True).set_input_files(
            {"name": name, "mimeType": "application/octet-stream", "buffer": body}
        )

    def heading(self) -> Locator:
        """The next step."""
        return self.page.locator("#next")

    def faces(self, step: str) -> None:
        """Waits until this is the next step."""
        expect(self.heading()).to_contain_text(step)

    # A session and its rounds

    def convene(self, title: str, deputies: int) -> str:
        """A new session; gives the code in its cards' address."""
        self.page.goto(self.home)
        self.fill("会议名称", title)
        self.fill("全体代表人数", str(deputies))
        self.press("新建会议")
        address = self.page.locator(".code", has_text=re.compile(r"/v/\w+$")).inner_text()
        return address.rsplit("/", 1)[1]

    @property
    def shown(self) -> str:
        """The id of the round or session on the page."""
        return self.page.url.rsplit("/", 1)[1]

    def begin_round(self, title: str, candidates: Sequence[Candidate]) -> None:
        """The form of a new round, its candidates read from a table."""
        self.follow(f"新建{self.act}")
        self.fill(f"{self.act}名称", title)
        table = "候选项目表" if self.act == "票决" else "测评项目表"
        self.upload(f"{table}（.xlsx 或 .csv）", "候选项目.csv", table_of(candidates))
        self.press("读入表格")
        expect(self.page.get_by_role("status")).to_contain_text(f"已从表格读入 {len(candidates)} 件")

    def choose_rules(self, ballot: Ballot, places: int, extent: Extent) -> str:
        """The 办法, and the draft is saved; gives its id."""
        self.tick(re.compile(f"^{ballot[:2]}.*票："))
        self.fill("应选件数", str(places))
        return self._save(extent)

    def choose_grading(self, half: str, extent: str) -> str:
        """The 测评办法 where it has no default, and the draft is saved; gives its id."""
        self.page.get_by_role("radio", name=half, exact=True).check()
        return self._save(extent)

    def _save(self, extent: str) -> str:
        self.page.get_by_role("radio", name=extent, exact=True).check()
        self.page.get_by_role("button", name="保存", exact=True).last.click()
        self.faces("大会通过办法和监票人以后")
        return self.shown

    def adopt(self, names: Sequence[str]) -> None:
        self.fill("监票人姓名", "\n".join(names))
        self.tick(f"大会已通过{self.act}办法和监票人名单")
        self.press("登记通过")
        self.faces("备齐投票卡和开箱钥匙")

    # Links, each shown once

    def link_for(self, session: str, role: str, name: str) -> str:
        """执行主席 or 会务操作员, from the session's page."""
        self.page.goto(f"{self.home}/sessions/{session}")
        self.follow(f"给{role}发链接")
        self.fill("姓名", name)
        return self._issued()

    def scrutineers_link(self, round_id: str, name: str) -> str:
        """From the round's page, where number and name are filled in already."""
        self.visit(round_id)
        self.page.get_by_role("link", name=re.compile(f"^发链接 ?给{name}$")).click()
        return self._issued()

    def _issued(self) -> str:
        self.press("发链接")
        return self.page.locator("p.code").inner_text()

    # The round's steps

    def visit(self, round_id: str) -> None:
        self.page.goto(f"{self.home}/rounds/{round_id}")

    def load_cards(self, name: str, public: bytes) -> None:
        self.upload("投票卡名单文件", name, public)
        self.press("装入")

    def seal(self) -> None:
        self.page.reload()
        self.faces("封存")
        self.tick("项目、办法和监票人都已核对无误")
        self.press("封存")
        self.faces("开始投票")

    def open(self, present: int, issued: int) -> None:
        self.fill("实到代表人数", str(present))
        self.fill("发出票数", str(issued))
        self.press("开始投票")

    def close(self) -> None:
        self.page.reload()
        self.tick("主持人已宣布截止投票")
        self.press("截止投票")
        self.faces(f"执行主席宣布{self.act}有效或者无效")

    def publish(self, number: str) -> None:
        self.page.reload()
        expect(self.page.get_by_role("button", name="公布", exact=True)).to_be_visible()
        self.fill("公告编号", number)
        self.fill("主席团的意见", "主席团第三次会议同意公布")
        self.tick("公告已经主席团同意")
        self.press("公布")
        self.faces(f"本轮{self.act}已经全部完成")
