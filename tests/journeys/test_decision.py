"""代表决: seven candidates for five places, from the candidates' table to a result that a stranger recounts.

Everybody acts through the pages, on a device of the own; nobody cheats. The congress has 15 deputies.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.journeys.assembly import Assembly
from tests.journeys.electorate import Electorate, chosen
from tests.journeys.installation import Installation
from tests.journeys.judges import Record, judge, verdict
from tests.journeys.looking import Look
from tests.journeys.officers import Scrutineer
from tests.journeys.onlookers import Onlooker, Traces, changed
from tests.screens import Visitors, Watch
from tests.web.deputy import Deputy
from voting.demo.county import CANDIDATES

SESSION: Final = "示例县第十八届人民代表大会第二次会议"
ROUND: Final = "2027年度民生实事项目票决"
DEPUTIES, PRESENT = 15, 13
SEVEN: Final = len(CANDIDATES)
BY_HTTP: Final = (
    (1, 2, 3, 4, 7),
    (1, 2, 3, 4, 7),
    (1, 2, 3, 4, 6),
    (1, 2, 4, 6, 7),
    (1, 2, 3, 4, 7),
    (1, 2, 3, 5, 7),
    (2, 3, 4, 6, 7),
)
"""What the deputies mark whose phones are not played here; 5 others have a real page each."""


class Hall(Assembly):
    """This hall, and who looks on."""

    def invite_onlookers(self) -> None:
        """Everybody who is not to know the count before 宣布, and a scrutineer."""
        known = {
            "code": self.code,
            "session_id": self.session,
            "round_id": self.round,
            "digest": "0" * 64,
            "credential": self.electorate.public_half(0),
        }
        titles = [one.title for one in CANDIDATES]

        def watching(link: str = "") -> Onlooker:
            return Onlooker(self.installation, known, titles, link)

        self.strangers = {"public": watching(), "staff": watching(self.installation.staff_link)}
        self.officers = {role: watching(self.links[role]) for role in ("执行主席", "会务操作员")}
        self.scrutineer = watching(self.links["林建国"])

        self.onlookers = {**self.strangers, **self.officers}

    def watched(self, who: dict[str, Onlooker]) -> dict[str, Traces]:
        return {name: one.sees() for name, one in who.items()}

    def learned(self, who: dict[str, Onlooker], before: dict[str, Traces]) -> dict[str, object]:
        """What each of them has found out meanwhile."""
        found = {name: changed(before[name], one.sees()) for name, one in who.items()}
        return {name: news for name, news in found.items() if news}


@pytest.fixture
def hall(installation: Installation, visitors: Visitors, look: Look) -> Hall:
    return Hall(installation, visitors, Electorate("decision", PRESENT), look, closely=True)


def test_a_decision_from_the_table_of_candidates_to_a_recount_by_a_stranger(
    hall: Hall, watch: Watch, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    watch.allow("ERR_INTERNET_DISCONNECTED")
    prepare(hall)
    phones = everybody_votes(hall)
    close(hall)
    count_in_confidence(hall)
    announce(hall)
    page = hall.publish("〔2027〕第3号")
    record = read_public_page(hall, page, phones, tmp_path)
    judge(record, hall.electorate.counts, len(hall.electorate.marked), tmp_path, subtests)
    assert hall.installation.log() == ""


def prepare(hall: Hall) -> None:
    """Until the box is sealed and everybody waits."""
    hall.convene(SESSION, DEPUTIES)
    hall.draft(ROUND, CANDIDATES, "差额表决票", 5, "公布名单、得票数和供复核的票箱记录")
    hall.reach_sealed(scrutineers=3)


def everybody_votes(hall: Hall) -> list[Deputy]:
    """Five with real phones, seven by the same API; one card handed out stays unused."""
    early = hall.deputy(0)
    early.sees("waiting")
    hall.look(early.page, "501-代表-等待")
    hall.open(PRESENT, PRESENT)
    hall.hall_shows_turnout(0, PRESENT)
    early.sees("voting")
    phones = [early, *(hall.deputy(card) for card in range(1, 5))]
    vote_and_check(hall, phones[0], 1, 2, 3, 4, 6)
    abstain(hall, phones[1])
    choose_fewer(hall, phones[2], 2, 7)
    lose_the_connection(hall, phones[3], 1, 2, 3, 4, 7)
    reload_in_the_middle(hall, phones[4], 1, 3, 4, 5, 7)
    for card, numbers in enumerate(BY_HTTP, start=5):
        hall.vote_over_http(card, chosen(SEVEN, *numbers))
    hall.hall_shows_turnout(12, PRESENT)
    hall.look(hall.screen, "402-大屏-正在投票")
    shown = hall.screen.locator("main").inner_text()
    assert [one.title for one in CANDIDATES if one.title in shown] == []
    assert [phone.page.context.cookies() for phone in phones] == [[]] * 5
    return phones


def vote_and_check(hall: Hall, deputy: Deputy, *numbers: int) -> None:
    """Unfold a candidate, choose, read back, submit, 核对."""
    deputy.row(3).locator("summary").click()
    hall.look(deputy.page, "502-代表-展开一件")
    deputy.row(3).locator("summary").click()
    deputy.choose(*numbers)
    hall.look(deputy.page, "503-代表-选满五件")
    deputy.choose(next(n for n in range(1, SEVEN + 1) if n not in numbers))
    deputy.reads("已经选满5件")
    hall.look(deputy.page, "504-代表-多选一件")
    deputy.read_back()
    hall.look(deputy.page, "505-代表-核对")
    deputy.submit()
    hall.electorate.voted(chosen(SEVEN, *numbers), deputy.receipt())
    deputy.press("核对：我的票在不在票箱里")
    deputy.reads("核对无误")
    hall.look(deputy.page, "506-代表-回执号")


def abstain(hall: Hall, deputy: Deputy) -> None:
    deputy.sees("voting")
    deputy.abstain()
    deputy.read_back()
    hall.look(deputy.page, "507-代表-弃权")
    deputy.submit()
    hall.electorate.voted(chosen(SEVEN), deputy.receipt())


def choose_fewer(hall: Hall, deputy: Deputy, *numbers: int) -> None:
    deputy.sees("voting")
    deputy.choose(*numbers)
    deputy.read_back()
    deputy.reads("还可以再选3件")
    hall.look(deputy.page, "508-代表-少选")
    deputy.submit()
    hall.electorate.voted(chosen(SEVEN, *numbers), deputy.receipt())


def lose_the_connection(hall: Hall, deputy: Deputy, *numbers: int) -> None:
    """At 提交 there is no network, then there is."""
    deputy.sees("voting")
    deputy.choose(*numbers)
    deputy.read_back()
    deputy.page.context.set_offline(True)
    deputy.submit()
    deputy.sees("sending")
    deputy.reads("还没有收到回执，正在自动重试")
    hall.look(deputy.page, "509-代表-断网")
    deputy.page.context.set_offline(False)
    hall.electorate.voted(chosen(SEVEN, *numbers), deputy.receipt())


def reload_in_the_middle(hall: Hall, deputy: Deputy, *numbers: int) -> None:
    deputy.sees("voting")
    deputy.choose(*numbers[:2])
    deputy.page.reload()
    deputy.sees("voting")
    assert deputy.chosen() == [*numbers[:2]]
    deputy.choose(*numbers[2:])
    deputy.read_back()
    deputy.submit()
    hall.electorate.voted(chosen(SEVEN, *numbers), deputy.receipt())


def close(hall: Hall) -> None:
    """截止: every screen in the hall shows the same 封箱码."""
    hall.look(hall.chair.page, "202-执行主席-正在投票")
    hall.office.page.reload()
    hall.look(hall.office.page, "109-工作人员-正在投票")
    hall.close()
    hall.look(hall.screen, "403-大屏-封箱码")
    for one in hall.scrutineers:
        one.at("await_valid")
        assert one.seal_code() == hall.seal_code()
    hall.look(hall.scrutineers[0].page, "305-监票人-封箱码")
    replace_a_phone(hall)


def replace_a_phone(hall: Hall) -> None:
    """The third scrutineer's phone is broken: another device, and the code from the paper."""
    link = hall.scrutineers[2].link
    hall.scrutineers[2].page.context.close()
    other = Scrutineer(hall.visitors.phone(), link, hall.round)
    other.at("restore")
    hall.look(other.page, "306-监票人-另一台设备")
    other.restore(hall.codes[2])
    other.at("await_valid")
    hall.scrutineers[2] = other


def count_in_confidence(hall: Hall) -> None:
    """From the last opening on there is a count: for the scrutineers; signed, for chair and operator."""
    hall.invite_onlookers()
    hall.declare_valid()
    hall.hall_reads("票决有效")
    uncounted = hall.watched(hall.onlookers)
    box = hall.scrutineer.fetch("/scrutineer/{link:str}/api/{round_id:str}/ballots.bel").content
    hall.look(hall.scrutineers[0].page, "307-监票人-比对")
    hall.open_box()
    reports = [one.report() for one in hall.scrutineers]
    hall.look(hall.scrutineers[0].page, "308-监票人-报告")
    assert reports == [reports[0]] * 3
    assert report_lines(hall) <= set(reports[0].splitlines())
    hall.sign(*hall.scrutineers[:2])
    assert hall.learned(hall.onlookers, uncounted) == {}
    hall.look(hall.chair.page, "204-执行主席-等签字")
    hall.sign(hall.scrutineers[2])
    assert hall.learned(hall.strangers, uncounted) == {}
    assert hall.scrutineer.fetch("/scrutineer/{link:str}/api/{round_id:str}/ballots.bel").content == box
    assert hall.learned(hall.officers, uncounted).keys() == hall.officers.keys()
    print_the_report(hall)


def report_lines(hall: Hall) -> set[str]:
    blank, *votes = hall.electorate.counts[0]
    each = {f"{one.number}. {one.title}：得赞成票{n}票。" for one, n in zip(CANDIDATES, votes, strict=True)}
    return {f"弃权票{blank}张。", *each}


def print_the_report(hall: Hall) -> None:
    """The one named operator does, when all have signed."""
    hall.operator.page.reload()
    hall.look(hall.operator.page, "207-操作员-打印")
    with hall.operator.page.expect_download() as downloading:
        hall.operator.page.get_by_role("link", name="下载计票结果报告单").click()
    raw = Path(downloading.value.path()).read_bytes()
    printed = "".join(page.extract_text() for page in PdfReader(BytesIO(raw)).pages)
    for one in CANDIDATES:
        assert one.title in printed


def announce(hall: Hall) -> None:
    """宣布: from now on everybody may know."""
    _, *votes = hall.electorate.counts[0]
    speech = hall.chair.speech()
    for one, number in zip(CANDIDATES, votes, strict=True):
        assert f"{one.title}，得赞成票{number}票" in speech or number < 8
    hall.announce()
    hall.look(hall.chair.page, "206-执行主席-已宣布")
    expect(hall.screen.locator(".row.chosen")).to_have_count(5)
    hall.look(hall.screen, "404-大屏-结果")
    hall.scrutineers[0].at("announced")
    hall.look(hall.scrutineers[0].page, "309-监票人-已宣布")
    hall.office.page.reload()
    hall.look(hall.office.page, "111-工作人员-已宣布")


def read_public_page(hall: Hall, page: Page, phones: list[Deputy], folder: Path) -> Record:
    """A reader at home: result, rule, 回执号, and the record with the program that checks it."""
    hall.look(page, "601-公布-结果")
    _, *votes = hall.electorate.counts[0]
    for one, number in zip(CANDIDATES, votes, strict=True):
        row = page.get_by_role("row").filter(has_text=one.title)
        expect(row).to_contain_text("入选" if number >= 8 else "未入选")
        expect(row.get_by_role("cell", name=str(number), exact=True).first).to_be_visible()
    trackers = [phone.code() for phone in phones]
    for tracker in (*trackers, trackers[0][:12]):
        assert look_up(page, tracker) == "在票箱记录里。"
    hall.look(page, "602-公布-核对回执号")
    assert look_up(page, "A" * 43) == "没有查到。"
    files = {name: download(page, name, folder) for name in ("下载票箱记录", "下载本轮说明", "下载核验程序")}
    record = Record(files["下载票箱记录"].read_bytes(), files["下载本轮说明"].read_bytes(), trackers)
    assert verdict(record, folder, files["下载核验程序"])["result"] == hall.electorate.counts
    page.get_by_role("link", name="技术信息").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("技术信息")
    hall.look(page, "603-公布-技术信息", technical=True)
    page.goto(hall.installation.url)
    hall.look(page, "604-公布-全部")
    expect(page.get_by_role("link", name=ROUND)).to_be_visible()
    return record


def look_up(page: Page, tracker: str) -> str:
    """What the page says of this 回执号."""
    page.get_by_label("回执号", exact=True).fill(tracker)
    page.get_by_role("button", name="核对", exact=True).click()
    return page.locator("#tracker-part [role=status] strong").inner_text()


def download(page: Page, name: str, folder: Path) -> Path:
    with page.expect_download() as downloading:
        page.get_by_role("link", name=name).click()
    saved = folder / downloading.value.suggested_filename
    downloading.value.save_as(saved)
    return saved
