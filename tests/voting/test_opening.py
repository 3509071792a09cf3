"""Promises of voting/opening.py: a quorum, no more cards than people, a record that begins."""

from __future__ import annotations

import json

import pytest
from msgspec.structs import replace

from ballots.archive import setup_data
from ballots.errors import UnknownCredential
from tests.people import Hall
from tests.refusals import refused, unchanged
from voting import opening
from voting.actors import Forbidden, NotFound, Role
from voting.casting import CardAlreadyVoted
from voting.cycle import State, WrongStep
from voting.errors import CountsError
from voting.handing_out import replacing
from voting.handing_out.refusals import CardsFixed
from voting.rounds import Round


def open_round(hall: Hall, present: int, issued: int) -> Round:
    return opening.open_round(hall.store, hall.staff, hall.round.id, present, issued, hall.now())


def kill(hall: Hall, credential: str) -> Round:
    return replacing.declare_dead(hall.store, hall.staff, hall.round.id, credential, hall.now())


def test_opening_fixes_the_figures_and_begins_the_record(hall: Hall) -> None:
    hall.reach("sealed")
    hall.hand_out(4)
    opened = open_round(hall, 5, 4)
    assert (opened.state, opened.present, opened.issued) == ("open", 5, 4)
    documents = (opened.election or b"", opened.trustees or b"", opened.credentials or b"")
    hall.reach("announced")
    with hall.store.read() as tx:
        setup, *_ = tx.record.entries(hall.staff, hall.round.id, "Result")
    assert setup.type == "Setup"
    assert setup.data == (*documents, setup_data(*documents))


@pytest.mark.parametrize(
    ("present", "issued", "what"),
    [
        (3, 3, "不足三分之二"),
        (0, 0, "发出"),
        (7, 6, "多于全体代表6人"),
        (5, 6, "多于实到5人"),
        (6, 0, "发出"),
        (-1, -1, "小于0"),
        (10**9, 6, "大得不合情理"),
    ],
)
def test_figures_that_do_not_make_a_vote_are_refused(
    hall: Hall, present: int, issued: int, what: str
) -> None:
    hall.reach("sealed")
    with refused(hall.store, CountsError, what):
        open_round(hall, present, issued)


def test_two_thirds_present_is_enough(hall: Hall) -> None:
    hall.reach("sealed")
    hall.hand_out(4)
    assert open_round(hall, 4, 4).state == "open"


def test_what_is_handed_out_are_the_cards_that_are_loaded_and_alive(hall: Hall) -> None:
    hall.reach("sealed")
    kill(hall, hall.cards.public[hall.uuid()][0])
    with refused(hall.store, CountsError, "发出6张票，名单上没有收回的投票卡是5张"):
        open_round(hall, 6, 6)


def test_cards_that_were_not_counted_back_keep_the_round_shut(hall: Hall) -> None:
    hall.reach("sealed")
    with refused(hall.store, CountsError, "发出4张票，名单上没有收回的投票卡是6张"):
        open_round(hall, 6, 4)


def test_a_round_opens_with_a_list_of_exactly_the_cards_handed_out(hall: Hall) -> None:
    hall.reach("sealed")
    hall.hand_out(4)
    opened = open_round(hall, 6, 4)
    out = sorted(credential for credential, *_ in hall.cards.derived[:4])
    assert json.loads(opened.credentials or b"") == out
    with hall.store.read() as tx:
        assert tx.cards.dead(hall.staff, hall.round.id) == ()


def test_opening_once_more_with_the_same_figures_changes_nothing(hall: Hall) -> None:
    hall.reach("sealed")
    hall.hand_out(4)
    opened = open_round(hall, 5, 4)
    with unchanged(hall.store):
        assert open_round(hall, 5, 4) == opened


def test_an_open_round_keeps_its_figures(hall: Hall) -> None:
    hall.reach("open")
    with refused(hall.store, WrongStep, "已经做过"):
        open_round(hall, 5, 5)


@pytest.mark.parametrize("state", ["drafted", "adopted"])
def test_what_is_not_sealed_cannot_be_opened(hall: Hall, state: State) -> None:
    hall.reach(state)
    with refused(hall.store, WrongStep):
        open_round(hall, 6, 6)


@pytest.mark.parametrize("role", ["operator", "scrutineer", "chair", "public", "system"])
def test_only_staff_open_and_declare_cards_dead(hall: Hall, role: Role) -> None:
    hall.reach("sealed")
    outsider = replace(hall.staff, role=role)
    with refused(hall.store, Forbidden):
        opening.open_round(hall.store, outsider, hall.round.id, 6, 6, hall.now())
    with refused(hall.store, Forbidden):
        replacing.declare_dead(hall.store, outsider, hall.round.id, "0" * 64, hall.now())


def test_another_congress_has_no_such_round(hall: Hall) -> None:
    hall.reach("sealed")
    stranger = replace(hall.staff, congress="0" * 32)
    with refused(hall.store, NotFound):
        opening.open_round(hall.store, stranger, hall.round.id, 6, 6, hall.now())


@pytest.mark.parametrize("state", ["sealed", "open"])
def test_a_card_can_be_declared_dead_until_closing_and_once(hall: Hall, state: State) -> None:
    hall.reach(state)
    card = hall.cards.public[hall.uuid()][0]
    kill(hall, card)
    with hall.store.read() as tx:
        assert tx.cards.dead(hall.staff, hall.round.id) == (card,)
    with unchanged(hall.store):
        kill(hall, card)
    if state == "sealed":
        open_round(hall, 6, 5)


def test_a_card_that_has_voted_cannot_be_declared_dead(hall: Hall) -> None:
    hall.reach("open")
    hall.cast(0, 1)
    with hall.store.read() as tx:
        used = next(
            card
            for card in hall.cards.public[hall.uuid()]
            if tx.box.gate(hall.session.code, hall.round.id, card).card == "used"
        )
    with refused(hall.store, CardAlreadyVoted):
        kill(hall, used)


@pytest.mark.parametrize("credential", ["0" * 64, "", "票"])
def test_a_card_of_another_round_cannot_be_declared_dead(hall: Hall, credential: str) -> None:
    hall.reach("open")
    with refused(hall.store, UnknownCredential):
        kill(hall, credential)


def test_after_closing_no_card_dies(hall: Hall) -> None:
    hall.reach("closed")
    with refused(hall.store, CardsFixed):
        kill(hall, hall.cards.public[hall.uuid()][0])
