"""In which order cards voted: the attacker learns it while voting is open, and not once it is closed."""

from __future__ import annotations

import random
from hashlib import shake_256
from pathlib import Path

import pytest
from sqlalchemy import make_url

from tests.contracts.cases import case
from tests.people import Hall
from tests.web.secrecy import order
from tests.web.secrecy.order import ENOUGH, Cast
from voting import closing
from voting.store import Store


class Watched:
    """Cards that vote in an order the attacker knows; bodies are of a real ballot's length, and opaque."""

    def __init__(self, store: Store, hall: Hall, database: str) -> None:
        self.store, self.hall = store, hall
        self.database = Path(make_url(database).database or "")
        cards = list(hall.cards.public[hall.uuid()])
        random.Random("who votes when").shuffle(cards)  # noqa: S311 - the same order each time
        self.cast = [Cast(card, shake_256(card.encode()).digest(6000)) for card in cards]
        hall.reach("open")
        for one in self.cast:
            with store.cast() as box:
                assert box.put(hall.congress.id, hall.round.id, one.credential, one.digest, one.body)

    def learns(self) -> dict[str, float]:
        with self.store._statements.connect() as connection:
            return order.of_database(self.cast, connection, order.files_of(self.database))


@pytest.fixture
def watched(store: Store, tmp_path: Path, database_url: str) -> Watched:
    return Watched(store, Hall(store, tmp_path, deputies=ENOUGH), database_url)


@case("box.shuffle")
def test_whoever_reads_the_open_database_learns_the_order_and_after_closing_nobody(watched: Watched) -> None:
    assert watched.learns(), "this attacker cannot even read a database that tells"
    with watched.store.write() as tx:
        tx.box.shuffle(tx.rounds.lock(watched.hall.staff, watched.hall.round.id))
    watched.store.sweep()
    assert watched.learns() == {}
    with watched.store.read() as tx:
        kept = dict(tx.box.ballots(watched.hall.current()))
    assert kept == {one.digest: one.body for one in watched.cast}


def test_after_a_trial_the_order_is_gone_too(watched: Watched) -> None:
    with watched.store.write() as tx:
        tx.rounds.change(tx.rounds.lock(watched.hall.staff, watched.hall.round.id), trial=True)
    closing.close_round(watched.store, watched.hall.staff, watched.hall.round.id, watched.hall.now())
    assert watched.learns() == {}
