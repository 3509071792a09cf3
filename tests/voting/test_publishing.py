"""Promises of voting/publishing.py: not before its time, and never more than the rules of the round chose."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from msgspec.structs import replace

from ballots.ballot import digest_of, tracker_of
from ballots.verify import verify
from tests import rated
from tests.county import County
from tests.delivery import project
from tests.people import SELECT, Hall
from tests.refusals import refused, unchanged
from voting import publishing, tally_report
from voting.actors import PUBLIC, Actor, Forbidden, NotFound, NotYet, Role
from voting.cycle import State, WrongStep
from voting.disclosure import Disclosure
from voting.errors import TextError
from voting.handing_out import replacing
from voting.publishing import KeptBack, TrackerUnreadable
from voting.rounds import Publication, Round
from voting.rules import Extent
from voting.signing import Signer, SigningKeyError
from voting.store import Store

DAY = date(2026, 1, 26)


def publish(hall: Hall, number: str = "第5号", approval: str = "主席团会议同意") -> Round:
    return publishing.publish(hall.store, hall.staff, hall.round.id, number, DAY, approval, hall.now())


@contextmanager
def hall_that_publishes(extent: Extent, url: str, folder: Path) -> Iterator[Hall]:
    with Store.open(url) as store:
        hall = Hall(store, folder, rules=replace(SELECT, publish=extent))
        hall.reach("open")
        for card, marks in enumerate([(1, 2), (1, 2), (1, 2), (1, 3)]):
            hall.cast(card, *marks)
        yield hall
        hall.audit()


def test_what_was_announced_is_published_under_number_date_and_approval(anywhere: Hall) -> None:
    anywhere.reach("announced")
    published = publish(anywhere)
    assert published.state == "published"
    assert published.published is not None
    assert replace(published.published, at=anywhere.round.drafted_at) == Publication(
        number="第5号", date=DAY, approval="主席团会议同意", at=anywhere.round.drafted_at
    )
    assert anywhere.current() == published


def test_publishing_the_same_again_changes_nothing_and_something_else_is_refused(hall: Hall) -> None:
    hall.reach("announced")
    published = publish(hall)
    with unchanged(hall.store):
        assert publish(hall) == published
    with refused(hall.store, WrongStep):
        publish(hall, number="第6号")


def test_of_a_committees_round_the_leaders_meeting_must_have_agreed(county: County, tmp_path: Path) -> None:
    meeting = rated.a_session(county, of="committee")
    sitting = rated.held(county, tmp_path, [project(county)], [(1,)] * 6, session=meeting)
    with refused(county.store, TextError, match="主任会议的意见"):
        publish(sitting, approval="")


@pytest.mark.parametrize(("number", "approval"), [("", "同意"), ("第5号", " "), ("第\0号", "同意")])
def test_number_and_approval_must_be_there(hall: Hall, number: str, approval: str) -> None:
    hall.reach("announced")
    with refused(hall.store, TextError):
        publish(hall, number, approval)


@pytest.mark.parametrize("state", ["drafted", "open", "counted", "void"])
def test_nothing_is_published_before_it_was_announced(hall: Hall, state: State) -> None:
    hall.reach(state)
    with refused(hall.store, WrongStep):
        publish(hall)


@pytest.mark.parametrize("role", ["operator", "scrutineer", "chair", "public", "system"])
def test_only_staff_publish(hall: Hall, role: Role) -> None:
    hall.reach("announced")
    outsider = replace(hall.staff, role=role)
    with refused(hall.store, Forbidden):
        publishing.publish(hall.store, outsider, hall.round.id, "第5号", DAY, "同意", hall.now())


# What the public sees


@pytest.mark.parametrize("state", ["open", "counted", "announced", "void"])
def test_before_publication_the_public_page_has_nothing(hall: Hall, state: State) -> None:
    hall.reach(state)
    with refused(hall.store, NotYet):
        publishing.public_result(hall.store, hall.round.id)


def test_a_draft_does_not_exist_for_the_public(hall: Hall) -> None:
    with refused(hall.store, NotFound):
        publishing.public_result(hall.store, hall.round.id)


@pytest.mark.parametrize("extent", ["list", "list_and_votes", "with_archive"])
def test_votes_and_record_are_public_as_far_as_the_rules_chose(
    extent: Extent, sqlite_url: str, tmp_path: Path
) -> None:
    with hall_that_publishes(extent, sqlite_url, tmp_path) as hall:
        hall.reach("published")
        shown = publishing.public_result(hall.store, hall.round.id)
        assert isinstance(shown.disclosure, Disclosure)
        assert [one.status for one in shown.disclosure.standings] == ["chosen", "not_chosen", "not_chosen"]
        assert shown.disclosure.with_votes == (extent != "list")
        assert [one.votes for one in shown.disclosure.standings] == (
            [None, None, None] if extent == "list" else [4, 3, 1]
        )
        assert shown.with_archive == (extent == "with_archive")
        if extent != "with_archive":
            with refused(hall.store, KeptBack):
                publishing.archive(hall.store, PUBLIC, hall.round.id)
            with refused(hall.store, KeptBack):
                publishing.round_json(hall.store, PUBLIC, hall.round.id, hall.signer)


@pytest.mark.parametrize("extent", ["list", "with_archive"])
def test_the_head_of_the_record_is_public_in_any_case(
    extent: Extent, sqlite_url: str, tmp_path: Path
) -> None:
    with hall_that_publishes(extent, sqlite_url, tmp_path) as hall:
        hall.reach("published")
        archive = publishing.archive(hall.store, hall.staff, hall.round.id)
        head = verify(BytesIO(archive), workers=1).head
        assert publishing.public_result(hall.store, hall.round.id).archive_head == head


# The record


def insiders(hall: Hall) -> list[Actor]:
    return [hall.staff, hall.chair, hall.operator, hall.scrutineers[0]]


@pytest.mark.parametrize("state", ["open", "closed", "counted"])
def test_before_the_announcement_nobody_gets_the_whole_record(hall: Hall, state: State) -> None:
    hall.reach(state)
    for actor in (PUBLIC, *insiders(hall)):
        with refused(hall.store, NotYet):
            publishing.archive(hall.store, actor, hall.round.id)
        with refused(hall.store, NotYet):
            publishing.round_json(hall.store, actor, hall.round.id, hall.signer)


def test_between_announcement_and_publication_only_insiders_get_it(hall: Hall) -> None:
    hall.reach("announced")
    whole = {publishing.archive(hall.store, actor, hall.round.id) for actor in insiders(hall)}
    assert len(whole) == 1
    with refused(hall.store, NotYet):
        publishing.archive(hall.store, PUBLIC, hall.round.id)


def test_a_stranger_verifies_archive_round_json_and_tracker(anywhere: Hall) -> None:
    anywhere.reach("open")
    receipts = [anywhere.cast(0, 1), anywhere.cast(1, 2, 3), anywhere.cast(2)]
    raw = anywhere.ballot(3, 1)
    with anywhere.store.read() as tx:
        dead = next(
            card
            for card in anywhere.cards.public[anywhere.uuid()]
            if tx.box.gate(anywhere.session.code, anywhere.round.id, card).card == "unused"
            and card.encode() not in raw
        )
    replacing.declare_dead(anywhere.store, anywhere.staff, anywhere.round.id, dead, anywhere.now())
    published = anywhere.reach("published")
    archive = publishing.archive(anywhere.store, PUBLIC, anywhere.round.id)
    record = publishing.round_json(anywhere.store, PUBLIC, anywhere.round.id, anywhere.signer)
    verified = verify(BytesIO(archive), record, [one.tracker for one in receipts], workers=1)
    assert verified.result == ((1, 1, 1, 1),)
    assert verified.closing_head == published.closing_head
    assert dead.encode() in record


def test_a_report_signed_under_the_program_before_keeps_its_words_and_its_record_verifies(hall: Hall) -> None:
    hall.reach("counted")
    lines = tally_report.report_text(hall.store, hall.scrutineers[0], hall.round.id).decode().split("\n")
    earlier = "\n".join([*lines[:-3], lines[-1]])
    assert ("入选" in earlier, "监票人" in earlier) == (False, False)
    with hall.store.write() as tx:
        for number, one in enumerate(tx.scrutineers.of(hall.staff, hall.round.id), 1):
            signature = hall.report_key(number).sign(earlier.encode()).signature.hex()
            tx.scrutineers.keep_signature(one, signature)
    assert tally_report.report_text(hall.store, hall.scrutineers[0], hall.round.id).decode() == earlier
    hall.reach("published")
    record = publishing.round_json(hall.store, PUBLIC, hall.round.id, hall.signer)
    assert b'{"round":{"version":2,' in record
    archive = publishing.archive(hall.store, PUBLIC, hall.round.id)
    assert 32 in verify(BytesIO(archive), record, workers=1).checks


def test_record_and_round_json_are_the_same_bytes_whenever_they_are_asked_for(hall: Hall) -> None:
    hall.reach("announced")
    before = publishing.archive(hall.store, hall.staff, hall.round.id)
    record = publishing.round_json(hall.store, hall.staff, hall.round.id, hall.signer)
    hall.reach("published")
    assert publishing.archive(hall.store, PUBLIC, hall.round.id) == before
    assert publishing.round_json(hall.store, PUBLIC, hall.round.id, hall.signer) == record


def test_another_installation_s_key_signs_no_round_json(hall: Hall, tmp_path: Path) -> None:
    hall.reach("announced")
    other = Signer.create(tmp_path / "other.key", hall.random)
    with refused(hall.store, SigningKeyError):
        publishing.round_json(hall.store, hall.staff, hall.round.id, other)


def test_another_congress_gets_no_record(hall: Hall) -> None:
    hall.reach("announced")
    stranger = replace(hall.staff, congress="0" * 32)
    with refused(hall.store, NotFound):
        publishing.archive(hall.store, stranger, hall.round.id)


# 回执号


def test_a_tracker_is_found_whole_or_by_its_beginning_in_any_round_after_closing(hall: Hall) -> None:
    hall.reach("open")
    tracker = hall.cast(0, 1).tracker
    for state in ("closed", "counted", "published"):
        hall.reach(state)
        for typed in (tracker, tracker[:12], tracker[:25], f"  {tracker[:20]} {tracker[20:]}\n"):
            assert publishing.find_tracker(hall.store, hall.round.id, typed)


def test_a_tracker_of_no_ballot_is_not_found(hall: Hall) -> None:
    hall.reach("open")
    hall.cast(0, 1)
    absent = tracker_of(hall.ballot(1, 1))
    hall.reach("closed")
    for typed in (absent, absent[:12], "A" * 12, "/" * 12):
        assert not publishing.find_tracker(hall.store, hall.round.id, typed)


@pytest.mark.parametrize("length", range(12, 44))
def test_the_bounds_of_a_beginning_hold_exactly_the_digests_that_begin_so(length: int) -> None:
    raw = b"any bytes at all"
    lowest, highest = publishing.digests(tracker_of(raw)[:length])
    assert lowest <= digest_of(raw) <= highest
    span = int(highest, 16) - int(lowest, 16) + 1
    assert span == 2 ** max(256 - 6 * length, 0)


def test_while_voting_is_open_no_tracker_is_looked_up(hall: Hall) -> None:
    hall.reach("open")
    tracker = hall.cast(0, 1).tracker
    with refused(hall.store, NotYet):
        publishing.find_tracker(hall.store, hall.round.id, tracker)


@pytest.mark.parametrize(
    "typed", ["", "A" * 11, "A" * 44, "回执号", "A" * 11 + "-", "A" * 42 + "B", "\0" * 43, "<script>"]
)
def test_what_is_no_tracker_is_refused(hall: Hall, typed: str) -> None:
    hall.reach("closed")
    with refused(hall.store, TrackerUnreadable):
        publishing.find_tracker(hall.store, hall.round.id, typed)
