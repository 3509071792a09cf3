"""Whatever happens to the papers, the round can go on, no ballot is lost unseen, and the record is sound."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from ballots.checks import Refused
from ballots.record import SignedRecord, read_record, record_message
from tests.audited import verified
from tests.on_paper import DeckHall, sheet
from tests.people import STANCES
from tests.refusals import refused
from tests.voting.paper_ballots.conftest import MakeHall
from voting import announcing, publishing
from voting.actors import PUBLIC
from voting.announcing import NotSigned
from voting.cards import serial_of
from voting.casting import CardDead
from voting.handing_out import replacing
from voting.paper_ballots import exchanging
from voting.paper_ballots.exchanging import PapersUnaccounted, ReserveShort
from voting.paper_ballots.sheets import PaperSettings
from voting.paper_ballots.switching import switch_to_paper
from voting.publishing import KeptBack
from voting.store import Store


@pytest.fixture
def few(sqlite: Store, tmp_path: Path) -> Iterator[DeckHall]:
    """Six cards, two papers, three cards in reserve; open."""
    hall = DeckHall(sqlite, tmp_path)
    hall.reach("open")
    yield hall
    if hall.current().state in {"announced", "published"}:
        hall.audit()


def open_for_teller(hall: DeckHall, place: int) -> None:
    """The reserve card is opened, and nothing is cast with it yet."""
    exchanging.cast_paper(hall.store, hall.tellers[0], hall.round.id, hall.reserve(place), 1, hall.now())


def renew(hall: DeckHall, old: str, new: int) -> None:
    replacing.replace_card(
        hall.store,
        hall.staff,
        hall.round.id,
        old,
        hall.reserve(new),
        "spoilt",
        hall.now(),
        witness=hall.names[0],
    )


def test_a_paper_whose_reserve_card_has_not_voted_is_not_accounted_for(few: DeckHall) -> None:
    few.cast_paper(0, 1)
    open_for_teller(few, 1)
    with refused(few.store, PapersUnaccounted, "1张备用卡已经打开"):
        few.close()
    few.cast(few.outside + 1, 2)
    assert few.close().returned == 2


def test_a_paper_that_cannot_be_cast_in_the_end_is_said_to_be_missing(few: DeckHall) -> None:
    few.cast_paper(0, 1)
    open_for_teller(few, 1)
    few.missing = 1
    few.reach("announced")
    assert few.figures().counts.returned == 1


def test_a_spoilt_card_of_a_teller_is_replaced_for_the_same_paper(few: DeckHall) -> None:
    few.cast_paper(0, 1)
    open_for_teller(few, 1)
    renew(few, few.reserve(1), 2)
    with pytest.raises(CardDead):
        few.cast(few.outside + 1, 2)
    few.cast(few.outside + 2, 2)
    few.reach("announced")
    assert few.figures().counts.returned == 2


def test_a_lost_card_does_not_take_the_reserve_that_a_paper_needs(few: DeckHall) -> None:
    few.exchange(5)
    with refused(few.store, ReserveShort, "要留给还没有代投的纸质票"):
        renew(few, serial_of(1), 0)
    for place, marks in enumerate([(1,), (2,), (3,)]):
        few.cast_paper(place, *marks)
    few.reach("announced")


def test_a_setting_that_changes_meanwhile_does_not_touch_a_round_that_is_open(
    sqlite: Store, tmp_path: Path
) -> None:
    hall = DeckHall(sqlite, tmp_path, papers=10, reserve=0)
    hall.entry = sheet(10, 0, [[0, 10, 10, 0]])
    hall.reach("open")
    with sqlite.write() as tx:
        tx.settings.put(hall.staff, PaperSettings(fewest=50), hall.now())
    hall.close()
    hall.reach("announced")
    hall.audit()


def test_one_valid_paper_among_invalid_ones_is_not_told_to_the_public(paper_hall: MakeHall) -> None:
    hall = paper_hall(cards=4, papers=12)
    hall.entry = sheet(12, 11, [[0, 1, 0, 0]])
    hall.reach("published")
    with refused(hall.store, KeptBack, "太少"):
        publishing.round_json(hall.store, PUBLIC, hall.round.id, hall.signer)
    assert not publishing.public_result(hall.store, hall.round.id).with_archive


def test_the_record_of_a_round_that_its_own_count_made_void_is_sound(paper_hall: MakeHall) -> None:
    hall = paper_hall(cards=2, papers=12, rules=replace(STANCES, candidates=3, places=1, most_for=True))
    hall.entry = sheet(12, 0, [[12, 0, 0], [2, 10, 0], [0, 12, 0]])
    hall.reach("announced")
    assert hall.figures().outcome.status == "void"


def test_a_round_on_paper_is_announced_though_one_scrutineer_is_absent(paper_hall: MakeHall) -> None:
    hall = paper_hall(method="paper", scrutineers=3)
    hall.entry = sheet(6, 0, [[0, 6, 6, 0]])
    hall.reach("counted")
    hall.sign_with_pen(1)
    with refused(hall.store, NotSigned, "要有2名监票人签字，现在有1名"):
        announcing.announce(hall.store, hall.chair, hall.round.id, hall.now())
    hall.sign_with_pen(3)
    announced = announcing.announce(hall.store, hall.chair, hall.round.id, hall.now())
    assert announced.state == "announced"


@pytest.mark.parametrize(
    ("papers", "lost", "cast", "spoilt"),
    [(0, 1, 0, 0), (2, 0, 0, 0), (2, 1, 0, 1), (2, 1, 1, 1), (10, 1, 0, 0)],
)
def test_the_record_is_sound_whatever_came_together(
    sqlite: Store, tmp_path: Path, papers: int, lost: int, cast: int, spoilt: int
) -> None:
    hall = DeckHall(sqlite, tmp_path, papers=papers, reserve=4)
    hall.reach("open")
    if lost:
        renew(hall, serial_of(2), 3)
    few = 0 < papers < 10
    if few and cast:
        hall.cast_paper(0, 1)
    if few and spoilt:
        exchanging.spoil_paper(hall.store, hall.tellers[0], hall.round.id, 1, hall.now())
    replacing.declare_dead(hall.store, hall.staff, hall.round.id, serial_of(3), hall.now())
    hall.cast(0, 1)
    hall.missing = papers - cast - spoilt if few else 0
    hall.entry = sheet(9, 1, [[8, 0, 0, 0]])
    hall.reach("announced")
    hall.audit()
    record, _ = read_record(publishing.round_json(sqlite, hall.staff, hall.round.id, hall.signer))
    assert len(record.activated_cards) == lost + (cast if few else 0)


def test_breaking_off_asks_nothing_of_papers_and_cards_that_are_still_out(few: DeckHall) -> None:
    open_for_teller(few, 0)
    made = switch_to_paper(few.store, few.staff, few.round.id, few.now())
    assert (made.method, few.current().state) == ("paper", "void")


def test_a_round_cannot_be_called_void_when_its_sum_fits(paper_hall: MakeHall) -> None:
    hall = paper_hall(cards=2, rules=replace(STANCES, candidates=3, places=1, most_for=True))
    hall.reach("open")
    hall.cast(0, 1)
    hall.reach("announced")
    archive = publishing.archive(hall.store, hall.staff, hall.round.id)
    record, _ = read_record(publishing.round_json(hall.store, hall.staff, hall.round.id, hall.signer))
    void = msgspec.json.encode(replace(record, outcome=msgspec.Raw(b'{"status":"void","standings":[]}')))
    signature = hall.signer.sign(record_message(void))
    forged = msgspec.json.encode(SignedRecord(round=msgspec.Raw(void), signature=signature))
    with pytest.raises(Refused, match="第28项"):
        verified(archive, forged)
