"""Contract of `tx.box`: a ballot goes in once, for a live card of an open round."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text

from tests.contracts.cases import case
from tests.people import Hall
from voting.actors import PUBLIC, NotFound
from voting.cycle import State
from voting.store import Store
from voting.store.box import Sealed


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


def until_it_waits(store: Store, statement: Future[Any]) -> None:
    """On PostgreSQL: until the other's statement waits for a lock, or is done without having waited."""
    awaited = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with store._statements.connect() as connection:
        if connection.dialect.name == "postgresql":
            while not statement.done() and connection.execute(awaited).scalar() == 0:
                pass


@pytest.fixture
def put(store: Store, hall: Hall) -> Callable[[str, bytes], bool]:
    """Puts bytes into the box of the hall for a card."""

    def put(credential: str, body: bytes) -> bool:
        with store.cast() as box:
            return box.put(hall.congress.id, hall.round.id, credential, digest(body), body)

    return put


@case("box.put", "box.gate", "box.has_voted", "box.count")
def test_a_ballot_uses_its_card(store: Store, hall: Hall, put: Callable[[str, bytes], bool]) -> None:
    opened = hall.reach("open")
    first, second = hall.cards.public[hall.uuid()][:2]
    assert put(first, b"ballot")
    with store.read() as tx:
        gate = tx.box.gate(hall.session.code, hall.round.id, first)
        assert (gate.congress, gate.state, gate.card, gate.digest) == (
            hall.congress.id,
            "open",
            "used",
            digest(b"ballot"),
        )
        assert gate.election == opened.election
        assert tx.box.gate(hall.session.code, hall.round.id, second).card == "unused"
        assert tx.box.has_voted(opened, first)
        assert not tx.box.has_voted(opened, second)
        assert tx.box.count(hall.staff, hall.round.id) == 1


@case("box.put")
def test_neither_other_bytes_nor_the_same_go_in_twice(hall: Hall, put: Callable[[str, bytes], bool]) -> None:
    hall.reach("open")
    card = hall.cards.public[hall.uuid()][0]
    assert [put(card, b"first"), put(card, b"second"), put(card, b"first")] == [True, False, False]


@case("box.put_together", "box.gate")
def test_ballots_put_in_together_go_in_each_by_itself(store: Store, hall: Hall) -> None:
    hall.reach("open")
    cards = hall.cards.public[hall.uuid()]
    ballots = [Sealed(card, digest(card.encode()), card.encode()) for card in cards[:3]]
    second = Sealed(cards[1], digest(b"second"), b"second")
    stranger = Sealed("0" * 64, digest(b"stranger"), b"stranger")
    with store.cast() as box:
        assert box.put_together(hall.congress.id, hall.round.id, ballots[:2])
        assert not box.put_together(hall.congress.id, hall.round.id, [ballots[2], second])
        assert not box.put_together(hall.congress.id, hall.round.id, [stranger, ballots[2]])
        found = [box.gate(hall.session.code, hall.round.id, one.credential).digest for one in ballots]
        assert found == [one.digest for one in ballots]
    with store.read() as tx:
        assert tx.box.count(hall.staff, hall.round.id) == 3


@case("box.put", "box.gate")
def test_unknown_and_dead_cards_put_nothing(
    store: Store, hall: Hall, put: Callable[[str, bytes], bool]
) -> None:
    opened = hall.reach("open")
    card = hall.cards.public[hall.uuid()][0]
    with store.write() as tx:
        tx.cards.kill(opened, card)
    assert not put(card, b"ballot")
    assert not put("0" * 64, b"ballot")
    with store.read() as tx:
        assert tx.box.gate(hall.session.code, hall.round.id, card).card == "dead"
        assert tx.box.gate(hall.session.code, hall.round.id, "0" * 64).card == "unknown"
        assert tx.box.count(hall.staff, hall.round.id) == 0


@case("box.put")
@pytest.mark.parametrize("state", ["adopted", "sealed", "closed", "reconciled", "void"])
def test_nothing_goes_in_unless_the_round_is_open(
    hall: Hall, put: Callable[[str, bytes], bool], state: State
) -> None:
    hall.load_cards()
    hall.reach(state)
    assert not put(hall.cards.public[hall.uuid()][0], b"ballot")


@case("box.put", "rounds.lock")
def test_a_ballot_waits_for_whoever_is_closing_and_stays_out(
    store: Store, hall: Hall, put: Callable[[str, bytes], bool]
) -> None:
    hall.reach("open")
    card = hall.cards.public[hall.uuid()][0]
    with ThreadPoolExecutor(1) as other:
        with store.write() as tx:
            locked = tx.rounds.lock(hall.staff, hall.round.id)
            waiting = other.submit(put, card, b"ballot")
            until_it_waits(store, waiting)
            tx.rounds.change(locked, state="closed")
        assert not waiting.result()


@case("box.put", "cards.kill")
def test_a_ballot_waits_for_whoever_kills_its_card_and_stays_out(
    store: Store, hall: Hall, put: Callable[[str, bytes], bool]
) -> None:
    hall.reach("open")
    card = hall.cards.public[hall.uuid()][0]
    with ThreadPoolExecutor(1) as other:
        with store.write() as tx:
            locked = tx.rounds.lock(hall.staff, hall.round.id)
            waiting = other.submit(put, card, b"ballot")
            until_it_waits(store, waiting)
            tx.cards.kill(locked, card)
        assert not waiting.result()


@case("box.gate")
def test_a_card_finds_no_draft_and_no_round_of_another_session(
    store: Store, hall: Hall, elsewhere: Hall
) -> None:
    elsewhere.reach("adopted")
    with store.read() as tx:
        for code, round_id in (
            (hall.session.code, hall.round.id),
            (hall.session.code, elsewhere.round.id),
            ("", elsewhere.round.id),
            ("\0" * 8, elsewhere.round.id),
            (elsewhere.session.code, "\0" * 32),
        ):
            with pytest.raises(NotFound):
                tx.box.gate(code, round_id, "0" * 64)
        assert tx.box.gate(elsewhere.session.code, elsewhere.round.id, "0" * 64).state == "adopted"


@case("box.gate", "box.has_voted", "box.holds", "cards.kill")
@pytest.mark.parametrize("odd", ["", "\0", "0" * 63, "票" * 64, "\0" * 64, "G" * 64])
def test_what_is_no_hash_is_of_no_card_and_no_ballot(store: Store, hall: Hall, odd: str) -> None:
    opened = hall.reach("open")
    with store.write() as tx:
        assert tx.box.gate(hall.session.code, hall.round.id, odd).card == "unknown"
        assert not tx.box.has_voted(opened, odd)
        assert not tx.box.holds(hall.staff, hall.round.id, odd, odd)
        assert not tx.cards.kill(opened, odd)


@case("box.ballots")
def test_ballots_come_out_in_the_order_of_digests_however_many_there_are(
    store: Store, hall: Hall, put: Callable[[str, bytes], bool]
) -> None:
    opened = hall.reach("open")
    cards = [f"{number:064x}" for number in range(205)]  # three pages, the last not full
    with store.write() as tx:
        tx.cards.load(opened, cards)
    bodies = [f"ballot {number}".encode() for number in range(205)]
    for card, body in zip(cards, bodies, strict=True):
        assert put(card, body)
    with store.read() as tx:
        found = list(tx.box.ballots(opened))
    assert found == sorted((digest(body), body) for body in bodies)


@case("box.holds", "box.count")
def test_a_ballot_is_found_within_bounds_by_whoever_may_see_the_round(
    store: Store, hall: Hall, elsewhere: Hall, put: Callable[[str, bytes], bool]
) -> None:
    hall.reach("open")
    put(hall.cards.public[hall.uuid()][0], b"ballot")
    there, zeros, ends = digest(b"ballot"), "0" * 64, "f" * 64
    with store.read() as tx:
        assert tx.box.holds(PUBLIC, hall.round.id, there, there)
        assert tx.box.holds(PUBLIC, hall.round.id, zeros, ends)
        assert not tx.box.holds(PUBLIC, hall.round.id, zeros, zeros)
        assert not tx.box.holds(elsewhere.staff, hall.round.id, zeros, ends)
        assert tx.box.count(PUBLIC, hall.round.id) == 1
        assert tx.box.count(elsewhere.staff, hall.round.id) == 0


@case("box.empty")
def test_an_emptied_box_knows_who_voted_and_nothing_of_what(
    store: Store, hall: Hall, put: Callable[[str, bytes], bool]
) -> None:
    opened = hall.reach("open")
    card = hall.cards.public[hall.uuid()][0]
    put(card, b"ballot")
    with store.write() as tx:
        tx.box.empty(opened)
    with store.read() as tx:
        assert list(tx.box.ballots(opened)) == [(digest(b"ballot"), b"")]
        assert tx.box.gate(hall.session.code, opened.id, card).digest == digest(b"ballot")


@case("box.empty")
def test_emptying_one_box_leaves_the_others(store: Store, hall: Hall, elsewhere: Hall) -> None:
    opened = elsewhere.reach("open")
    card, raw = elsewhere.cards.public[elsewhere.uuid()][0], b"ballot"
    with store.cast() as box:
        box.put(elsewhere.congress.id, opened.id, card, digest(raw), raw)
    with store.write() as tx:
        tx.box.empty(hall.round)
        assert list(tx.box.ballots(opened)) == [(digest(raw), raw)]
