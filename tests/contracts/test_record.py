"""Contract of `tx.record`: events come back byte for byte and in order, to whom they may be shown."""

from __future__ import annotations

import hashlib

import pytest
from sqlalchemy.exc import IntegrityError

from tests.contracts.cases import case
from tests.people import Hall
from voting.actors import PUBLIC, NotFound, NotYet
from voting.store import Store
from voting.store.record import Entry

BODY = b"a ballot"
DIGEST = hashlib.sha256(BODY).hexdigest()


def entry(height: int, *data: bytes) -> Entry:
    return Entry(height=height, type="EndBallots", body=f"event {height}".encode(), data=data)


@case("record.append", "record.last", "record.entries")
def test_events_come_back_with_their_data_and_ballots(store: Store, hall: Hall) -> None:
    hall.reach("open")
    with store.cast() as box:
        box.put(hall.congress.id, hall.round.id, hall.cards.public[hall.uuid()][0], DIGEST, BODY)
    new = [
        Entry(height=1, type="Ballot", body=b"event 1", ballot=DIGEST),
        entry(2),
        Entry(height=3, type="EncryptedTally", body=b"event 3", data=(b"z", b"a")),
        Entry(height=4, type="Result", body=b"event 4", data=(b"r",)),
    ]
    with store.write() as tx:
        opened = tx.rounds.lock(hall.staff, hall.round.id)
        tx.record.append(opened, new)
        assert tx.record.last(opened) == (4, b"event 4")
        announced = tx.rounds.change(opened, state="announced")
    with store.read() as tx:
        setup, ballot, *others = tx.record.entries(hall.staff, announced.id, "Result")
        assert (setup.type, len(setup.data)) == ("Setup", 4)
        assert ballot == Entry(height=1, type="Ballot", body=b"event 1", ballot=DIGEST, data=(BODY,))
        assert others == new[1:]
        closed = list(tx.record.entries(hall.staff, announced.id, "EncryptedTally"))
        assert [one.height for one in closed] == [0, 1, 2, 3]


@case("record.holds")
def test_events_hold_while_each_follows_from_the_one_before(store: Store, hall: Hall) -> None:
    closed = hall.reach("closed")
    with store.read() as tx:
        assert tx.record.holds(closed)
    with store.write() as tx:
        tx.record.append(closed, [Entry(height=9, type="Result", body=b'{"height":9,"parent":null}')])
    with store.read() as tx:
        assert not tx.record.holds(closed)


@case("record.last")
def test_a_round_that_was_never_opened_has_no_event(store: Store, hall: Hall) -> None:
    with store.read() as tx:
        assert tx.record.last(hall.round) is None


@case("record.entries")
def test_long_records_come_out_whole(store: Store, hall: Hall) -> None:
    opened = hall.reach("open")
    with store.write() as tx:
        tx.record.append(opened, [entry(height) for height in range(1, 250)])
        tx.rounds.change(opened, state="announced")
    with store.read() as tx:
        heights = [one.height for one in tx.record.entries(hall.staff, hall.round.id, "Result")]
    assert heights == list(range(250))


@case("record.append")
def test_a_height_is_written_once(store: Store, hall: Hall) -> None:
    opened = hall.reach("open")
    with pytest.raises(IntegrityError), store.write() as tx:
        tx.record.append(opened, [entry(0)])


@case("record.append")
def test_an_event_cannot_name_a_ballot_that_is_not_in_the_box(store: Store, hall: Hall) -> None:
    opened = hall.reach("open")
    with pytest.raises(IntegrityError), store.write() as tx:
        tx.record.append(opened, [Entry(height=1, type="Ballot", body=b"event 1", ballot=DIGEST)])


@case("record.entries")
def test_nobody_gets_a_record_before_its_time(store: Store, hall: Hall, elsewhere: Hall) -> None:
    hall.reach("closed")
    with store.read() as tx:
        for actor in (PUBLIC, hall.staff, hall.chair, hall.operator):
            with pytest.raises(NotYet):
                tx.record.entries(actor, hall.round.id, "EncryptedTally")
        with pytest.raises(NotYet):
            tx.record.entries(hall.scrutineers[0], hall.round.id, "Result")
        with pytest.raises(NotFound):
            tx.record.entries(elsewhere.staff, hall.round.id, "Result")
        assert len(list(tx.record.entries(hall.scrutineers[0], hall.round.id, "EncryptedTally"))) == 3
