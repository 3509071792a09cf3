"""等额 on PostgreSQL: three candidates for three places, each with 赞成, 反对 or 弃权.

The rules publish the list only. The way through the pages on SQLite is that of `test_decision`.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import httpx
import pytest
from playwright.sync_api import expect

from tests.journeys.assembly import Assembly
from tests.journeys.electorate import Electorate, stances
from tests.journeys.installation import PATIENCE_S, Installation
from tests.journeys.judges import Record, judge
from tests.journeys.looking import Look
from tests.people import candidates
from tests.screens import Visitors
from voting import publishing
from voting.links import enter

THREE: Final = candidates(3)
DEPUTIES: Final = 20
CARDS: Final = 19
BY_HAND: Final = ("赞成", "反对", "弃权")
BY_HTTP: Final = (
    *[("赞成", "赞成", "赞成")] * 10,
    *[("赞成", "赞成", "反对")] * 3,
    *[("赞成", "反对", "反对")] * 4,
    ("反对", "弃权", "反对"),
)
"""With the deputy whose phone is played: 18, 13 and 10 赞成; 11 are needed."""


@pytest.fixture
def hall(installation_on_postgres: Installation, visitors: Visitors, look: Look) -> Assembly:
    return Assembly(installation_on_postgres, visitors, Electorate("for_against", CARDS), look)


def test_a_round_that_publishes_the_list_only_shows_nobody_a_vote(
    hall: Assembly, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    hall.convene("第十八届人民代表大会第三次会议", DEPUTIES)
    hall.draft("老城片区项目票决", THREE, "逐项表决票", 3, "只公布入选项目名单")
    hall.reach_sealed(scrutineers=2)
    hall.open(CARDS, CARDS)
    vote(hall)
    hall.reach_announced()
    expect(hall.screen.locator(".row.chosen")).to_have_count(2)
    hall.look(hall.screen, "405-大屏-只公布名单")
    reader = hall.publish("〔2027〕第5号")
    hall.look(reader, "605-公布-只公布名单")
    expect(reader.get_by_role("row").filter(has_text=THREE[2].title)).to_contain_text("没有超过全体代表半数")
    reader.goto(f"{hall.installation.url}/r/{hall.round}/technical")
    hall.look(reader, "606-公布-只公布名单的技术信息", technical=True)
    assert told_in_public(hall) == {}
    assert [hall.published(file).status_code for file in ("archive.bel", "round.json")] == [403, 403]
    judge(kept_record(hall), hall.electorate.counts, len(hall.electorate.marked), tmp_path, subtests)


def vote(hall: Assembly) -> None:
    deputy = hall.deputy(0)
    deputy.sees("voting")
    for number, stance in enumerate(BY_HAND, start=1):
        deputy.say(number, stance)
    hall.look(deputy.page, "510-代表-逐项表决")
    deputy.read_back()
    hall.look(deputy.page, "511-代表-逐项核对")
    deputy.submit()
    hall.electorate.voted(stances(*BY_HAND), deputy.receipt())
    for card, said in enumerate(BY_HTTP, start=1):
        hall.vote_over_http(card, stances(*said))


def told_in_public(hall: Assembly) -> dict[str, set[str]]:
    """For every address of the public, the larger figures of the count that stand in it."""
    secret = {str(number) for row in hall.electorate.counts for number in row if number > 9}
    assert len(secret) == 3
    paths = (
        f"/r/{hall.round}",
        f"/r/{hall.round}/technical",
        f"/hall/{hall.code}",
        f"/api/v/{hall.code}",
        "/",
    )
    pages = {path: httpx.get(hall.installation.url + path, timeout=PATIENCE_S).text for path in paths}
    found = {path: figures(text) & secret for path, text in pages.items()}
    return {path: numbers for path, numbers in found.items() if numbers}


def figures(text: str) -> set[str]:
    """Numbers that stand by themselves or in Chinese words, and not in a code."""
    undated = re.sub(r"\d+年\d+月\d+日", "", text)
    return set(re.findall(r"(?<![0-9A-Za-z+/.])\d+(?:\.\d+)?(?![0-9A-Za-z+/])", undated))


def kept_record(hall: Assembly) -> Record:
    """What stays in the house: staff may have it, and could publish it one day."""
    made = hall.installation
    token = hall.installation.staff_link.rsplit("/", 1)[1]
    staff = enter(made.store, token, datetime.now(UTC))
    return Record(
        publishing.archive(made.store, staff, hall.round),
        publishing.round_json(made.store, staff, hall.round, made.signer),
        hall.electorate.trackers,
    )
