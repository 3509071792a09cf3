"""Contract of `tx.sessions`: congresses and sessions, on both databases."""

from __future__ import annotations

import pytest

from tests.contracts.cases import case
from tests.people import Hall
from voting.actors import PUBLIC, NotFound
from voting.rounds import Congress, Session
from voting.store import Store


@case("sessions.add_congress", "sessions.congress", "sessions.congresses")
def test_congresses_come_back_as_they_were_added_by_name(store: Store) -> None:
    second = Congress(id="b" * 32, name="乙镇人民代表大会", level="town")
    first = Congress(id="f" * 32, name="丙县人民代表大会", level="county")
    with store.write() as tx:
        tx.sessions.add_congress(second)
        tx.sessions.add_congress(first)
    with store.read() as tx:
        assert tx.sessions.congress("f" * 32) == first
        assert set(tx.sessions.congresses()) == {first, second}


@case("sessions.congress")
@pytest.mark.parametrize("unknown", ["a" * 32, "", "\0", "1; DROP TABLE congress"])
def test_an_unknown_congress_is_not_found(store: Store, unknown: str) -> None:
    with store.read() as tx, pytest.raises(NotFound):
        tx.sessions.congress(unknown)


@case("sessions.add", "sessions.get", "sessions.by_code")
def test_a_session_is_found_by_its_id_and_by_the_code_on_the_cards(store: Store, hall: Hall) -> None:
    new = Session(
        id="e" * 32, congress=hall.congress.id, code="Kj3nP7wX", title="第六次会议", all_deputies=298
    )
    with store.write() as tx:
        tx.sessions.add(new)
    with store.read() as tx:
        assert tx.sessions.get(hall.staff, new.id) == new
        assert tx.sessions.by_code(PUBLIC, "Kj3nP7wX") == new


@case("sessions.add", "sessions.get", "sessions.listing")
def test_a_meeting_of_the_committee_stays_one(store: Store, hall: Hall) -> None:
    new = Session(
        id="e" * 32,
        congress=hall.congress.id,
        code="Kj3nP7wX",
        title="常委会第三十次会议",
        all_deputies=35,
        body="committee",
    )
    with store.write() as tx:
        tx.sessions.add(new)
    with store.read() as tx:
        assert tx.sessions.get(hall.staff, new.id) == new
        assert {one.body for one in tx.sessions.listing(hall.staff)} == {"congress", "committee"}


@case("sessions.get", "sessions.lock", "sessions.by_code")
@pytest.mark.parametrize("unknown", ["0" * 32, "", "\0" * 32, "会议", "0OIl0OIl"])
def test_an_unknown_session_is_not_found(store: Store, hall: Hall, unknown: str) -> None:
    with store.write() as tx:
        for find in (tx.sessions.get, tx.sessions.lock, tx.sessions.by_code):
            with pytest.raises(NotFound):
                find(hall.staff, unknown)


@case("sessions.lock")
def test_a_locked_session_reads_as_it_is(store: Store, hall: Hall) -> None:
    with store.write() as tx:
        assert tx.sessions.lock(hall.staff, hall.session.id) == hall.session


@case("sessions.get", "sessions.some", "sessions.listing", "sessions.by_code")
def test_another_congress_sees_nothing_of_a_session(store: Store, hall: Hall, elsewhere: Hall) -> None:
    with store.read() as tx:
        assert tx.sessions.listing(elsewhere.staff) == (elsewhere.session,)
        both = {hall.session.id, elsewhere.session.id}
        assert tx.sessions.some(elsewhere.staff, both) == {elsewhere.session.id: elsewhere.session}
        assert tx.sessions.some(PUBLIC, both).keys() == both
        with pytest.raises(NotFound):
            tx.sessions.get(elsewhere.staff, hall.session.id)
        with pytest.raises(NotFound):
            tx.sessions.by_code(elsewhere.chair, hall.session.code)


@case("sessions.listing")
def test_the_chair_has_the_own_session_and_the_public_no_list(store: Store, hall: Hall) -> None:
    other = Session(
        id="e" * 32, congress=hall.congress.id, code="Kj3nP7wX", title="第六次会议", all_deputies=298
    )
    with store.write() as tx:
        tx.sessions.add(other)
    with store.read() as tx:
        assert set(tx.sessions.listing(hall.staff)) == {hall.session, other}
        assert tx.sessions.listing(hall.chair) == (hall.session,)
        assert tx.sessions.listing(PUBLIC) == ()
