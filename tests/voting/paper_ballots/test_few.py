"""Promises of few papers: no figure of theirs anywhere; each is cast with a card from the reserve."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from ballots.record import read_record
from tests.on_paper import DeckHall, sheet
from tests.refusals import refused, unchanged
from voting import publishing
from voting.actors import Forbidden
from voting.cards import serial_of
from voting.casting import CardAlreadyVoted, CardDead
from voting.cycle import State
from voting.handing_out.refusals import NoSuchCard, ReserveRefused, WitnessMissing
from voting.paper_ballots import exchanging
from voting.paper_ballots.exchanging import PapersUnaccounted, ReserveShort
from voting.paper_ballots.sheets import PaperStep
from voting.rounds import Round
from voting.store import Store


@pytest.fixture
def few(sqlite: Store, tmp_path: Path) -> Iterator[DeckHall]:
    """Six cards, two papers, three cards in reserve; open."""
    hall = DeckHall(sqlite, tmp_path)
    hall.reach("open")
    yield hall
    if hall.current().state == "announced":
        hall.audit()


def spoil(hall: DeckHall, witness: int | None = 1) -> None:
    exchanging.spoil_paper(hall.store, hall.tellers[1], hall.round.id, witness, hall.now())


def close(hall: DeckHall, missing: int = 0) -> Round:
    hall.missing = missing
    return hall.close()


def test_papers_that_were_cast_are_ballots_like_all_others(few: DeckHall) -> None:
    few.cast(0, 1, 2)
    few.cast_paper(0, 1)
    few.cast_paper(1, 2, 3)
    close(few)
    few.reach("announced")
    counts = few.figures().counts
    assert (counts.issued, counts.returned, counts.invalid) == (8, 3, 0)
    record, _ = read_record(publishing.round_json(few.store, few.staff, few.round.id, few.signer))
    assert record.paper is None
    assert len(record.activated_cards) == 2
    assert len(record.reserve_cards) == 3


def test_voting_cannot_end_before_every_paper_is_accounted_for(few: DeckHall) -> None:
    few.cast_paper(0, 1)
    for missing in (0, 2):
        with refused(few.store, PapersUnaccounted, "还有1张纸质票"):
            close(few, missing)
    assert close(few, 1).returned == 1


def test_a_paper_that_marks_too_many_is_invalid_and_a_scrutineer_signs_for_it(few: DeckHall) -> None:
    few.cast_paper(0, 1)
    spoil(few)
    close(few)
    assert few.current().returned == 2
    few.sign_paper(2)
    few.reach("announced")
    counts = few.figures().counts
    assert (counts.returned, counts.invalid) == (2, 1)
    record, _ = read_record(publishing.round_json(few.store, few.staff, few.round.id, few.signer))
    assert record.paper is not None
    assert (record.paper.returned, record.paper.invalid) == (1, 1)
    assert not any(figure for row in record.paper.rows for figure in row)


def test_an_invalid_paper_can_be_taken_back_once(few: DeckHall) -> None:
    spoil(few)
    exchanging.unspoil_paper(few.store, few.tellers[0], few.round.id, few.now())
    with unchanged(few.store):
        exchanging.unspoil_paper(few.store, few.tellers[0], few.round.id, few.now())
    with refused(few.store, PapersUnaccounted, "还有2张纸质票"):
        close(few)
    close(few, 2)


def test_a_reserve_card_is_opened_before_a_scrutineer_who_is_named(few: DeckHall) -> None:
    for witness in (None, 9):
        with refused(few.store, WitnessMissing):
            few.cast_paper(0, 1, witness=witness)
        with refused(few.store, WitnessMissing):
            spoil(few, witness)
    few.cast_paper(0, 1, witness=2)
    with few.store.read() as tx:
        steps = tx.steps.of(few.staff, few.round.id)
    assert [one.note for one in steps if one.step == "cast_paper"] == ["监票人赵建国在场"]


def test_only_a_card_from_the_reserve_casts_a_paper_and_only_one(few: DeckHall) -> None:
    outside = -1  # the last card that was handed out
    with refused(few.store, ReserveRefused):
        few.cast_paper(outside, 1)
    few.cast_paper(0, 1)
    with unchanged(few.store):
        exchanging.cast_paper(few.store, few.staff, few.round.id, few.reserve(0), 1, few.now())
    few.cast_paper(1, 1)
    with refused(few.store, PaperStep, "都已经办完"):
        few.cast_paper(2, 1)
    with refused(few.store, PaperStep, "都已经办完"):
        spoil(few)


def test_a_card_that_has_not_voted_is_exchanged_once(few: DeckHall) -> None:
    assert few.exchange(0).paper == 3
    with unchanged(few.store):
        few.exchange(0)
    assert few.current().issued == 8
    few.cast(1, 1)
    with refused(few.store, CardAlreadyVoted, "已经投过票"):
        few.exchange(1)


def test_the_exchanged_card_votes_no_more_in_this_round(few: DeckHall) -> None:
    few.exchange(0)
    with refused(few.store, CardDead):
        few.cast(0, 1)


def test_a_card_that_is_not_known_or_was_lost_is_not_exchanged(few: DeckHall) -> None:
    with refused(few.store, NoSuchCard):
        exchanging.exchange_for_paper(few.store, few.staff, few.round.id, serial_of(900), few.now())
    with few.store.write() as tx:
        tx.cards.kill(few.current(), few.in_this_round(2))
    with refused(few.store, PaperStep, "已经作废"):
        few.exchange(2)


def test_no_more_papers_are_given_out_than_reserve_cards_can_cast(few: DeckHall) -> None:
    few.exchange(0)
    with refused(few.store, ReserveShort, "还缺备用卡1张"):
        few.exchange(1)


def test_a_round_does_not_open_with_few_papers_and_no_reserve(sqlite: Store, tmp_path: Path) -> None:
    hall = DeckHall(sqlite, tmp_path, reserve=1)
    hall.reach("sealed")
    with refused(sqlite, ReserveShort, "还缺备用卡1张"):
        hall.open()


def test_where_many_have_paper_no_card_is_opened_for_them(sqlite: Store, tmp_path: Path) -> None:
    hall = DeckHall(sqlite, tmp_path, papers=10)
    hall.entry = sheet(10, 0, [[0, 10, 10, 0]])
    hall.reach("open")
    with refused(sqlite, PaperStep, "由计票人录入"):
        hall.cast_paper(0, 1)
    hall.audit()


@pytest.mark.parametrize("state", ["drafted", "sealed", "closed", "announced"])
def test_papers_are_given_out_and_cast_while_the_vote_is_open(
    sqlite: Store, tmp_path: Path, state: State
) -> None:
    hall = DeckHall(sqlite, tmp_path)
    hall.missing = 2
    hall.reach(state)
    with refused(sqlite, PaperStep, "已经截止|还没有开始"):
        exchanging.exchange_for_paper(sqlite, hall.staff, hall.round.id, hall.reserve(0), hall.now())
    with refused(sqlite, PaperStep, "已经截止|还没有开始"):
        exchanging.unspoil_paper(sqlite, hall.tellers[0], hall.round.id, hall.now())


def test_nobody_else_gives_out_or_casts_papers(few: DeckHall) -> None:
    for actor in (few.chair, few.usher, few.scrutineers[0], few.operator):
        with refused(few.store, Forbidden):
            exchanging.exchange_for_paper(few.store, actor, few.round.id, few.in_this_round(0), few.now())
        with refused(few.store, Forbidden):
            exchanging.cast_paper(few.store, actor, few.round.id, few.reserve(0), 1, few.now())
