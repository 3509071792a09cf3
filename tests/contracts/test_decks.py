"""Contract of `tx.decks` and `tx.incidents`: cards by serial, and what went wrong with them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.contracts.cases import case
from tests.people import OPENING_DAY, Hall
from voting.actors import PUBLIC, NotFound
from voting.handing_out.facts import DeckCard, Incident, LoadedDeck
from voting.store import Store


def a_deck(hall: Hall, id_: str = "d" * 32, minutes: int = 0) -> LoadedDeck:
    return LoadedDeck(
        id=id_,
        congress=hall.congress.id,
        session=hall.session.id,
        digest="e" * 64,
        uuids=("ir3x7XriMAWbJG", "ir3x7XriMAWbJH"),
        number=3,
        first="0000018",
        last="0000034",
        loaded_at=OPENING_DAY + timedelta(minutes=minutes),
        loaded_by="刘科长",
    )


CARDS = tuple(
    DeckCard(serial=serial, place="out", credentials=(digit * 64, digit.upper() * 64))
    for serial, digit in (("0000034", "a"), ("0000018", "b"), ("0000026", "c"))
)
"""Not in the order of serials."""


def an_incident(hall: Hall, id_: str = "1" * 32, minutes: int = 0) -> Incident:
    return Incident(
        id=id_,
        congress=hall.congress.id,
        session=hall.session.id,
        round=hall.round.id,
        kind="used_card",
        serial="0000018",
        what="第一次扫码显示已使用",
        reported_by="刘科长",
        reported_at=OPENING_DAY + timedelta(minutes=minutes),
    )


@case("decks.add", "decks.get", "decks.lock", "decks.of_session", "decks.cards")
def test_a_deck_comes_back_with_its_cards_by_serial(store: Store, hall: Hall) -> None:
    newer, older = a_deck(hall, minutes=1), a_deck(hall, "c" * 32)
    with store.write() as tx:
        tx.decks.add(newer, CARDS)
        tx.decks.add(older, CARDS)
        assert tx.decks.lock(hall.staff, newer.id) == newer
    with store.read() as tx:
        assert tx.decks.get(hall.staff, newer.id) == newer
        assert tx.decks.of_session(hall.staff, hall.session.id) == (older, newer)
        assert [one.serial for one in tx.decks.cards(newer)] == ["0000018", "0000026", "0000034"]


@case("decks.card", "decks.move", "decks.places")
def test_cards_are_found_and_moved_one_by_one(store: Store, hall: Hall) -> None:
    deck, other = a_deck(hall), a_deck(hall, "c" * 32)
    with store.write() as tx:
        tx.decks.add(deck, CARDS)
        tx.decks.add(other, CARDS)
        tx.decks.move(deck, CARDS[:1], "leftover")
        tx.decks.move(deck, (), "dead")
        assert tx.decks.card(deck, "0000034") == replace(CARDS[0], place="leftover")
        assert tx.decks.card(deck, "b" * 64) == CARDS[1]
        assert [tx.decks.card(deck, odd) for odd in ("", "0000042", "f" * 64)] == [None] * 3
        assert dict(tx.decks.places(deck)) == {"leftover": 1, "out": 2}
        assert dict(tx.decks.places(other)) == {"out": 3}


@case("decks.erase")
def test_an_erased_deck_remembers_that_it_was(store: Store, hall: Hall) -> None:
    deck, other = a_deck(hall), a_deck(hall, "c" * 32)
    with store.write() as tx:
        tx.decks.add(deck, CARDS)
        tx.decks.add(other, CARDS)
        tx.decks.erase(deck, OPENING_DAY)
        assert tx.decks.cards(deck) == ()
        assert tx.decks.get(hall.staff, deck.id) == replace(deck, erased_at=OPENING_DAY)
        assert len(tx.decks.cards(other)) == 3


@case("decks.drop")
def test_a_dropped_deck_never_was(store: Store, hall: Hall) -> None:
    deck, other = a_deck(hall), a_deck(hall, "c" * 32)
    with store.write() as tx:
        tx.decks.add(deck, CARDS)
        tx.decks.add(other, CARDS)
        tx.decks.drop(deck)
        with pytest.raises(NotFound):
            tx.decks.get(hall.staff, deck.id)
        assert tx.decks.of_session(hall.staff, hall.session.id) == (other,)
        assert len(tx.decks.cards(other)) == 3


@case("decks.get", "decks.lock", "decks.of_session")
def test_nobody_else_sees_a_deck(store: Store, hall: Hall, elsewhere: Hall) -> None:
    deck = a_deck(hall)
    with store.write() as tx:
        tx.decks.add(deck, CARDS)
        for stranger in (elsewhere.staff, replace(hall.chair, session=elsewhere.session.id), PUBLIC):
            for look in (tx.decks.get, tx.decks.lock):
                with pytest.raises(NotFound):
                    look(stranger, deck.id)
            assert tx.decks.of_session(stranger, hall.session.id) == ()
        for odd in ("", "\0" * 32, "D" * 32):
            with pytest.raises(NotFound):
                tx.decks.get(hall.staff, odd)


@case("incidents.add", "incidents.get", "incidents.lock", "incidents.of_session", "incidents.change")
def test_incidents_come_as_they_were_reported(store: Store, hall: Hall) -> None:
    later, earlier = an_incident(hall, minutes=1), an_incident(hall, "2" * 32)
    with store.write() as tx:
        tx.incidents.add(later)
        tx.incidents.add(earlier)
        assert tx.incidents.lock(hall.chair, later.id) == later
        answered = tx.incidents.change(later, answer="换发", answered_by="王主席", answered_at=OPENING_DAY)
    with store.read() as tx:
        assert tx.incidents.get(hall.chair, later.id) == answered
        assert tx.incidents.of_session(hall.staff, hall.session.id) == (earlier, answered)


@case("incidents.forget_serials")
def test_a_session_forgets_its_own_serials(store: Store, hall: Hall, elsewhere: Hall) -> None:
    ours, theirs = an_incident(hall), an_incident(elsewhere)
    with store.write() as tx:
        tx.incidents.add(ours)
        tx.incidents.add(theirs)
        tx.incidents.forget_serials(hall.congress.id, hall.session.id)
        assert tx.incidents.get(hall.staff, ours.id).serial is None
        assert tx.incidents.get(elsewhere.staff, theirs.id) == theirs


@case("incidents.get", "incidents.lock", "incidents.of_session")
def test_nobody_else_sees_an_incident(store: Store, hall: Hall, elsewhere: Hall) -> None:
    reported = an_incident(hall)
    with store.write() as tx:
        tx.incidents.add(reported)
        for stranger in (elsewhere.staff, replace(hall.chair, session=elsewhere.session.id), PUBLIC):
            for look in (tx.incidents.get, tx.incidents.lock):
                with pytest.raises(NotFound):
                    look(stranger, reported.id)
            assert tx.incidents.of_session(stranger, hall.session.id) == ()
        with pytest.raises(NotFound):
            tx.incidents.get(hall.staff, "\0" * 32)
