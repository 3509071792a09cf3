"""A whole 测评 on SQLite: last year's projects are rated, from the draft to the published record."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import expect

from tests.journeys.assembly import Assembly
from tests.journeys.electorate import Electorate, graded
from tests.journeys.installation import Installation
from tests.journeys.judges import Record, judge
from tests.journeys.looking import Look
from tests.people import candidates
from tests.screens import Visitors

TWO: Final = candidates(2)
ANSWERS: Final = ("满意", "基本满意", "不满意", "弃权")
DEPUTIES: Final = 7
CARDS: Final = 6
BY_HAND: Final = (("满意", "满意"), ("基本满意", "不满意"), ("满意", "弃权"))
"""On three phones; the last says nothing of the second project and lets the rest abstain."""
BY_HTTP: Final = (("满意", "基本满意"), ("满意", "不满意"), ("弃权", "满意"))
COUNTS: Final = [[4, 1, 0, 1], [2, 1, 2, 1]]
"""Four of seven are 满意 with the first; with the second three of seven at most basically."""
REST: Final = "其余未选的都选弃权"


@pytest.fixture
def hall(installation: Installation, visitors: Visitors, look: Look) -> Assembly:
    electorate = Electorate("satisfaction", CARDS)
    return Assembly(installation, visitors, electorate, look, act="测评")


def test_projects_are_rated_and_anybody_can_count_again(
    hall: Assembly, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    hall.convene("第十八届人民代表大会第四次会议", DEPUTIES)
    draft(hall)
    hall.reach_sealed(scrutineers=1)
    hall.open(CARDS, CARDS)
    vote(hall)
    hall.hall_shows_turnout(CARDS, CARDS)
    assert hall.electorate.counts == COUNTS
    hall.reach_announced()
    levels = hall.screen.locator(".graded .verdict")
    expect(levels).to_have_text(["满意", "不满意"])
    hall.look(hall.screen, "406-大屏-测评结果")
    reader = hall.publish("〔2027〕第6号")
    hall.look(reader, "607-公布-测评结果")
    row = reader.get_by_role("row").filter(has_text=TWO[1].title)
    expect(row).to_contain_text("满意、基本满意合计3票，没有超过全体代表（7）的半数")
    expect(row.get_by_role("cell")).to_contain_text(["2", "不满意", "2", "1", "2", "1", "33.3%", "50.0%"])
    record = Record(
        hall.published("archive.bel").content,
        hall.published("round.json").content,
        hall.electorate.trackers,
    )
    judge(record, COUNTS, CARDS, tmp_path, subtests)


def draft(hall: Assembly) -> None:
    office = hall.office
    office.begin_round("2026年民生实事项目满意度测评", TWO)
    hall.look(office.page, "114-工作人员-新建测评")
    hall.round = office.choose_grading("不算达到，必须超过半数", "公布等次、票数、满意率和供复核的票箱记录")
    hall.look(office.page, "115-工作人员-草拟测评")


def vote(hall: Assembly) -> None:
    for card, said in enumerate(BY_HAND):
        deputy = hall.deputy(card)
        deputy.sees("voting")
        for number, level in enumerate(said, start=1):
            if level != "弃权":
                deputy.grade(number, level)
        if "弃权" in said:
            deputy.press(REST)
            hall.look(deputy.page, "512-代表-测评")
        deputy.read_back()
        deputy.submit()
        hall.electorate.voted(graded(ANSWERS, *said), deputy.receipt())
    for card, said in enumerate(BY_HTTP, start=len(BY_HAND)):
        hall.vote_over_http(card, graded(ANSWERS, *said))
