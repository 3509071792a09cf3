"""An empty box is opened like any other: the sum of no ballots, no project chosen, a record that verifies."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.assembly import Assembly
from tests.journeys.electorate import Electorate
from tests.journeys.installation import Installation
from tests.journeys.judges import Record, judge
from tests.journeys.looking import Look
from tests.screens import Visitors
from voting.demo.county import CANDIDATES

CARDS = 12


@pytest.fixture
def hall(installation: Installation, visitors: Visitors, look: Look) -> Assembly:
    return Assembly(installation, visitors, Electorate("nobody", CARDS), look)


def test_when_nobody_votes_the_chair_announces_that_no_project_was_chosen(
    hall: Assembly, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    hall.convene("第十八届人民代表大会第四次会议", 15)
    hall.draft("冷门项目票决", CANDIDATES[:3], "差额表决票", 2, "公布名单、得票数和供复核的票箱记录")
    hall.reach_sealed(scrutineers=1)
    hall.open(CARDS, CARDS)
    hall.hall_shows_turnout(0, CARDS)
    hall.close()
    hall.declare_valid()
    hall.open_box()
    hall.sign(*hall.scrutineers)
    assert "没有项目入选" in hall.chair.speech()
    hall.announce()
    hall.hall_reads("没有项目入选")
    hall.look(hall.screen, "406-大屏-没有项目入选")
    reader = hall.publish("〔2027〕第6号")
    expect(reader.locator("main")).to_contain_text("没有项目入选")
    hall.look(reader, "607-公布-没有项目入选")
    archive, description = (hall.published(name).content for name in ("archive.bel", "round.json"))
    judge(Record(archive, description), [[0, 0, 0, 0]], 0, tmp_path, subtests)
