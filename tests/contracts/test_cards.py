"""Contract of `tx.cards`: the public halves of cards."""

from __future__ import annotations

from tests.contracts.cases import case
from tests.people import Hall
from voting.handing_out.facts import Declared
from voting.store import Store

CARDS = tuple(digit * 64 for digit in "123")


@case("cards.load", "cards.count")
def test_loading_replaces_what_was_loaded(store: Store, hall: Hall) -> None:
    with store.write() as tx:
        tx.cards.load(hall.round, ["9" * 64])
        tx.cards.load(hall.round, CARDS)
    with store.read() as tx:
        assert tx.cards.count(hall.staff, hall.round.id) == 3
        assert tx.box.gate(hall.session.code, hall.reach("adopted").id, "9" * 64).card == "unknown"


@case("cards.load")
def test_loading_nothing_takes_the_cards_away(store: Store, hall: Hall) -> None:
    with store.write() as tx:
        tx.cards.load(hall.round, CARDS)
        tx.cards.load(hall.round, [])
        assert tx.cards.count(hall.staff, hall.round.id) == 0


@case("cards.kill", "cards.dead", "cards.count")
def test_a_dead_card_is_listed_and_no_longer_counted(store: Store, hall: Hall) -> None:
    with store.write() as tx:
        tx.cards.load(hall.round, CARDS)
        assert tx.cards.kill(hall.round, CARDS[2])
        assert tx.cards.kill(hall.round, CARDS[0])
        assert not tx.cards.kill(hall.round, "9" * 64)
    with store.read() as tx:
        assert tx.cards.dead(hall.staff, hall.round.id) == (CARDS[0], CARDS[2])
        assert tx.cards.count(hall.staff, hall.round.id) == 1


@case("cards.load", "cards.kill", "cards.dead", "cards.count")
def test_cards_of_another_congress_are_left_alone_and_not_seen(
    store: Store, hall: Hall, elsewhere: Hall
) -> None:
    with store.write() as tx:
        tx.cards.load(hall.round, CARDS)
        tx.cards.load(elsewhere.round, CARDS[:2])
        assert tx.cards.kill(hall.round, CARDS[0])
    with store.read() as tx:
        assert tx.cards.count(hall.staff, hall.round.id) == 2
        assert tx.cards.count(elsewhere.staff, elsewhere.round.id) == 2
        assert tx.cards.count(elsewhere.staff, hall.round.id) == 0
        assert tx.cards.dead(elsewhere.staff, hall.round.id) == ()


@case("cards.load", "cards.activate", "cards.able", "cards.declared", "cards.count", "cards.dead")
def test_a_reserve_card_votes_from_when_it_is_activated(store: Store, hall: Hall) -> None:
    with store.write() as tx:
        tx.cards.load(hall.round, CARDS[:1], CARDS[1:])
        assert tx.cards.able(hall.round) == CARDS[:1]
        assert not tx.cards.kill(hall.round, CARDS[1])
        assert tx.cards.activate(hall.round, CARDS[1])
        assert not tx.cards.activate(hall.round, CARDS[1])
        assert not tx.cards.activate(hall.round, CARDS[0])
        assert not tx.cards.activate(hall.round, "票")
    with store.read() as tx:
        assert tx.cards.able(hall.round) == CARDS[:2]
        assert tx.cards.count(hall.staff, hall.round.id) == 2
        assert tx.cards.dead(hall.staff, hall.round.id) == ()
        assert tx.cards.declared(hall.round) == Declared(reserve=CARDS[1:], activated=CARDS[1:2], dead=())


@case("cards.activate", "cards.kill", "cards.declared")
def test_an_activated_card_can_die_and_stays_on_record_as_activated(store: Store, hall: Hall) -> None:
    with store.write() as tx:
        tx.cards.load(hall.round, (), CARDS)
        tx.cards.activate(hall.round, CARDS[1])
        assert tx.cards.kill(hall.round, CARDS[1])
        assert not tx.cards.activate(hall.round, CARDS[1])
        declared = tx.cards.declared(hall.round)
    assert declared == Declared(reserve=CARDS, activated=CARDS[1:2], dead=CARDS[1:2])


@case("cards.able", "cards.declared", "cards.activate")
def test_reserve_cards_of_another_congress_are_left_alone(store: Store, hall: Hall, elsewhere: Hall) -> None:
    with store.write() as tx:
        tx.cards.load(hall.round, (), CARDS)
        assert not tx.cards.activate(elsewhere.round, CARDS[0])
        assert tx.cards.able(elsewhere.round) == ()
        assert tx.cards.declared(elsewhere.round) == Declared(reserve=(), activated=(), dead=())
