"""After a tie 再次票决, after 票决无效 重新票决: a new round with a spare list of the same cards.

The rounds themselves are walked through by functions; what staff see and press is on their pages.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import httpx
import pytest
from playwright.sync_api import Page, expect

from ballots.credentials import generate_uuid, public_credential
from tests.journeys.installation import Installation
from tests.journeys.judges import Record, judge
from tests.journeys.looking import Look
from tests.journeys.office import Office
from tests.people import SELECT
from tests.screens import Watch
from tests.web.hall_fixture import OpenHall
from voting import links, publishing
from voting.actors import NotYet
from voting.cards import Deck
from voting.rounds import Relation, Round

FILES: Final = ("archive.bel", "round.json")


@pytest.fixture
def hall(installation: Installation, tmp_path: Path) -> OpenHall:
    """Six deputies, three candidates for two places."""
    return OpenHall(installation.service(), tmp_path, SELECT)


@pytest.fixture
def office(hall: OpenHall, desk: Page) -> Office:
    """Staff of this hall's congress, at a desk."""
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    token = links.issue(
        hall.store, hall.staff, "staff", hall.staff.name, tomorrow, now=hall.now(), random=os.urandom
    )
    return Office(desk, f"{hall.url}/enter/{token}")


def test_a_tie_at_the_last_place_is_voted_on_again_with_the_same_cards(
    hall: OpenHall, office: Office, look: Look, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    hall.reach("open")
    for card, marks in enumerate([(1, 2), (1, 3), (1, 2), (1, 3), (2, 3), (2, 3)]):
        hall.cast(card, *marks)
    hall.reach("announced")
    office.visit(hall.round.id)
    look(office.page, "114-工作人员-票数相同")
    first = hall.round
    follow_up(hall, office, "再次票决", "runoff")
    look(office.page, "115-工作人员-再次票决")
    expect(office.page.get_by_role("link", name=first.title, exact=True)).to_be_visible()
    adopt_with_spare_cards(hall, office)
    hall.reach("open")
    receipts = [hall.cast(card, *marks) for card, marks in enumerate([(2,), (2, 1), (1,), (2,), (), (2, 3)])]
    hall.reach("published")
    office.visit(hall.round.id)
    look(office.page, "116-工作人员-再次票决的结果")
    judge(record(hall, [one.tracker for one in receipts]), [[1, 2, 4, 1]], 6, tmp_path, subtests)


def test_a_void_round_is_repeated_under_another_number_and_never_under_its_own(
    hall: OpenHall, office: Office, look: Look, watch: Watch, tmp_path: Path, subtests: pytest.Subtests
) -> None:
    watch.allow("status of 409")
    hall.reach("open")
    hall.cast(0, 1, 2)
    hall.reach("void")
    office.visit(hall.round.id)
    look(office.page, "117-工作人员-票决无效")
    used, first = hall.cards_file(), hall.round
    follow_up(hall, office, "重新票决", "repeat")
    expect(office.page.get_by_role("link", name=first.title, exact=True)).to_be_visible()
    hall.adopt()
    office.visit(hall.round.id)
    office.load_cards("credentials.json", used)
    expect(office.page.locator("#cards-fault")).to_contain_text("已经用于另一轮票决，不能再用")
    look(office.page, "118-工作人员-名单用过")
    deal_spare_cards(hall)
    office.load_cards("credentials.json", hall.cards_file())
    expect(office.page.get_by_role("main")).to_contain_text("已装入投票卡 6 张")
    hall.reach("open")
    receipts = [hall.cast(card, 1, 3) for card in range(5)]
    hall.reach("published")
    judge(record(hall, [one.tracker for one in receipts]), [[0, 5, 0, 5]], 5, tmp_path, subtests)
    with pytest.raises(NotYet):
        publishing.archive(hall.store, hall.staff, first.id)


def follow_up(hall: OpenHall, office: Office, name: str, relation: Relation) -> None:
    """One press on the page of the round before; everybody turns to the new round."""
    office.press(f"新建{name}")
    office.faces("大会通过办法和监票人以后")
    before, hall.round = hall.round, fetched(hall, office.shown)
    assert (hall.round.previous, hall.round.relation) == (before.id, relation)


def fetched(hall: OpenHall, round_id: str) -> Round:
    with hall.store.read() as tx:
        return tx.rounds.get(hall.staff, round_id)


def adopt_with_spare_cards(hall: OpenHall, office: Office) -> None:
    """The office loads the spare list that the cards' maker had prepared."""
    hall.adopt()
    deal_spare_cards(hall)
    office.visit(hall.round.id)
    office.load_cards("credentials.json", hall.cards_file())
    expect(office.page.get_by_role("main")).to_contain_text("已装入投票卡 6 张")


def deal_spare_cards(hall: OpenHall) -> None:
    """The same secrets for another uuid."""
    uuid, cards = generate_uuid(hall.random), hall.cards.credentials
    public = tuple(sorted(public_credential(uuid, card) for card in cards))
    hall.cards = Deck(credentials=cards, derived=(), public={uuid: public})


def record(hall: OpenHall, trackers: Sequence[str]) -> Record:
    """As the public gets it."""
    answers = [httpx.get(f"{hall.url}/r/{hall.round.id}/{name}", timeout=60) for name in FILES]
    archive, description = (one.raise_for_status().content for one in answers)
    return Record(archive, description, trackers)
