"""Promises of voting/closing.py: the record holds every ballot once and tells no casting order."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from ballots.archive import Event
from ballots.ballot import digest_of, tracker_of
from ballots.encoding import decode, sha256_hex
from ballots.tally import read_tally
from tests.people import Hall
from tests.refusals import refused, unchanged
from voting import closing, recording
from voting.actors import Forbidden, NotFound, Role
from voting.cycle import State, WrongStep
from voting.rounds import Round


def close(hall: Hall) -> Round:
    return closing.close_round(hall.store, hall.staff, hall.round.id, hall.now())


def events(hall: Hall) -> list[Event]:
    with hall.store.read() as tx:
        found = tx.record.entries(hall.scrutineers[0], hall.round.id, "EncryptedTally")
        return [decode(entry.body, Event, "event") for entry in found]


def test_ballots_enter_the_record_in_the_order_of_their_digests(anywhere: Hall) -> None:
    anywhere.reach("open")
    ballots = [anywhere.ballot(card, 1) for card in range(5)]
    for raw in ballots:
        anywhere.hand_in(raw)
    closed = close(anywhere)
    setup, *cast, end, tally = events(anywhere)
    assert [one.type for one in (setup, end, tally)] == ["Setup", "EndBallots", "EncryptedTally"]
    assert [one.payload for one in cast] == sorted(digest_of(raw) for raw in ballots)
    assert (closed.state, closed.returned) == ("closed", 5)


def test_the_head_shown_in_the_hall_is_the_hash_of_the_sum_s_event(anywhere: Hall) -> None:
    anywhere.reach("open")
    anywhere.cast(0, 1)
    closed = close(anywhere)
    with anywhere.store.read() as tx:
        *_, last = tx.record.entries(anywhere.scrutineers[0], closed.id, "EncryptedTally")
        assert recording.head(tx, closed) == (closed.closing_head, 4)
    assert closed.closing_head == sha256_hex(last.body)
    assert last.data[0] == closed.encrypted_tally


def test_closing_twice_changes_nothing(anywhere: Hall) -> None:
    anywhere.reach("open")
    anywhere.cast(0, 1)
    closed = close(anywhere)
    with unchanged(anywhere.store):
        assert close(anywhere) == closed


@pytest.mark.parametrize("state", ["reconciled", "published", "void"])
def test_closing_once_more_later_changes_nothing(hall: Hall, state: State) -> None:
    later = hall.reach(state)
    with unchanged(hall.store):
        assert close(hall) == later


def test_an_empty_box_is_closed_with_an_empty_sum(hall: Hall, stances: Hall) -> None:
    for one in (hall, stances):
        one.reach("open")
        closed = close(one)
        assert closed.returned == 0
        assert read_tally(one.election(), closed.encrypted_tally or b"")


def test_each_ballot_counts_once_however_many_are_added_up_at_a_time(
    anywhere: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pages of two, of which one may wait; the rounds of the other tests are one page."""
    monkeypatch.setattr(closing, "PAGE", 2)
    monkeypatch.setattr(closing, "AHEAD", 1)
    anywhere.reach("open")
    for card in range(5):
        anywhere.cast(card, 1)
    assert close(anywhere).boxed == 5
    anywhere.audit()


def test_the_record_is_the_same_in_whatever_order_the_ballots_came(anywhere: Hall, hall: Hall) -> None:
    """The two halls are seeded alike, so that cards and ballots are the same bytes."""
    for one in (anywhere, hall):
        one.reach("open")
    ballots = [anywhere.ballot(card, 1) for card in range(4)]
    same = [hall.ballot(card, 1) for card in range(4)]
    assert [tracker_of(raw) for raw in ballots] == [tracker_of(raw) for raw in same]
    for raw in ballots:
        anywhere.hand_in(raw)
    for raw in reversed(same):
        hall.hand_in(raw)
    assert close(anywhere).closing_head == close(hall).closing_head


@pytest.mark.parametrize("state", ["drafted", "adopted", "sealed"])
def test_what_is_not_open_cannot_be_closed(hall: Hall, state: State) -> None:
    hall.reach(state)
    with refused(hall.store, WrongStep):
        close(hall)


@pytest.mark.parametrize("role", ["operator", "scrutineer", "chair", "public", "system"])
def test_only_staff_close(hall: Hall, role: Role) -> None:
    hall.reach("open")
    with refused(hall.store, Forbidden):
        closing.close_round(hall.store, replace(hall.staff, role=role), hall.round.id, hall.now())


def test_staff_of_another_congress_have_nothing_to_close(hall: Hall) -> None:
    hall.reach("open")
    with refused(hall.store, NotFound):
        closing.close_round(hall.store, replace(hall.staff, congress="0" * 32), hall.round.id, hall.now())
