"""Contract of `tx.cards`: the public halves of cards."""

from __future__ import annotations

from tests.contracts.cases import case
from tests.people import Hall
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
