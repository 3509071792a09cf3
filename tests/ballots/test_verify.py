"""Every check has tampered records that fail at exactly that check, and sound records of every kind pass."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Final

import msgspec
import pytest

from ballots.checks import CHECKS, Refused
from ballots.encoding import sha256_hex
from ballots.verify import Verified, verify
from tests.audited import verified
from tests.ballots import (
    tampered_ballot,
    tampered_ceremony,
    tampered_chain,
    tampered_file,
    tampered_hall,
    tampered_rating,
    tampered_record,
    tampered_report,
    tampered_setup,
    tampered_tally,
)
from tests.ballots.refusals import SENTENCES, spoken
from tests.ballots.sound import ONE_OF_TWO, SOUND
from tests.ballots.tampering import CASES, Case, Submission, refusal
from tests.simulator import Simulator, events_of, write

SUBJECTS: Final = (
    tampered_file,
    tampered_chain,
    tampered_setup,
    tampered_ceremony,
    tampered_ballot,
    tampered_tally,
    tampered_record,
    tampered_rating,
    tampered_hall,
    tampered_report,
)


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_a_tampered_record_fails_at_exactly_its_check(case: Case) -> None:
    refused = refusal(case.submission())
    assert refused.check == case.check, str(refused)
    if case.event is not None:
        assert f"第{case.event}个事件" in str(refused)
    assert spoken(refused) == SENTENCES.get(case.name)


def test_every_check_has_a_tampered_record_that_fails_at_it() -> None:
    assert {case.check for case in CASES} == {check.number for check in CHECKS}
    assert {case.tamper.__module__ for case in CASES} == {subject.__name__ for subject in SUBJECTS}


def _verified(sim: Simulator, workers: int = 1) -> Verified:
    record = sim.record() if sim.follows_rules else None
    return verify(io.BytesIO(sim.archive()), record, sim.trackers, workers)


@pytest.mark.parametrize("make", SOUND.values(), ids=SOUND)
def test_a_sound_record_passes_and_says_what_was_voted(make: Callable[[], Simulator]) -> None:
    sim = make()
    found = _verified(sim)
    assert [list(row) for row in found.result] == sim.counts
    assert (found.cards, found.ballots) == (len(sim.cards), len(sim.ballots))
    assert (found.uuid, found.fingerprint) == (sim.uuid, sim.election.fingerprint)


def test_the_numbers_of_the_checks_made_depend_on_what_was_given(select: Simulator) -> None:
    archive = select.archive()
    assert verify(io.BytesIO(archive), workers=1).checks == tuple(range(1, 24))
    assert verify(io.BytesIO(archive), select.record(), workers=1).checks == (*range(1, 31), 32)
    assert verify(io.BytesIO(archive), trackers=select.trackers, workers=1).checks == (*range(1, 24), 31)
    assert _verified(select).checks == tuple(range(1, 33))


def test_the_heads_are_the_hashes_of_the_sum_and_of_the_last_event(select: Simulator) -> None:
    events = events_of(select.steps())
    found = _verified(select)
    assert found.closing_head == sha256_hex(events[5])
    assert found.head == sha256_hex(events[-1])


def test_trackers_may_stand_between_spaces(select: Simulator) -> None:
    verify(io.BytesIO(select.archive()), trackers=[f" {select.trackers[0]}\n"], workers=1)


# Several processes. A chunk is 16 ballots, so the second one begins with the seventeenth.


@pytest.fixture(scope="module")
def crowd() -> Simulator:
    return Simulator(questions=(ONE_OF_TWO,), deputies=36, scrutineers=1)


def _bad_proof(sim: Simulator) -> bytes:
    others = msgspec.json.decode(sim.ballots[0])["answers"][0]["individual_proofs"]
    sim.edit(30, lambda ballot: ballot["answers"][0].update(individual_proofs=others))
    return sim.archive()


def _replay_of_the_first_chunk(sim: Simulator) -> bytes:
    sim.replay(2)
    sim.swap(20, 35)
    return sim.archive()


def _bad_proof_and_later_a_broken_chain(sim: Simulator) -> bytes:
    sim.edit(3, lambda ballot: ballot.update(election_uuid="AnotherUuid123"))
    steps = sim.steps()
    steps[34].changes = {"height": 7}
    return write(steps)


def _broken_chain_and_later_a_bad_proof(sim: Simulator) -> bytes:
    sim.edit(34, lambda ballot: ballot.update(election_uuid="AnotherUuid123"))
    steps = sim.steps()
    steps[20].changes = {"height": 7}
    return write(steps)


def _cut(sim: Simulator) -> bytes:
    return sim.archive()[:90_000]


@pytest.mark.parametrize(
    "tamper",
    [
        _bad_proof,
        _replay_of_the_first_chunk,
        _bad_proof_and_later_a_broken_chain,
        _broken_chain_and_later_a_bad_proof,
        _cut,
    ],
)
def test_two_processes_refuse_at_the_same_check_and_event_as_one(
    crowd: Simulator, tamper: Callable[[Simulator], bytes]
) -> None:
    submission = Submission(tamper(crowd.copy()))
    one, two = refusal(submission, workers=1), refusal(submission, workers=2)
    assert (one.check, one.where, one.reason) == (two.check, two.where, two.reason)


def test_two_processes_find_the_same_as_one(crowd: Simulator) -> None:
    assert verified(crowd.archive(), workers=2) == verified(crowd.archive(), workers=1)


def test_the_first_fault_in_the_file_is_the_one_reported(crowd: Simulator) -> None:
    both = Submission(_bad_proof_and_later_a_broken_chain(crowd.copy()))
    assert (refusal(both).check, refusal(both).where) == (8, "第4个事件（Ballot）")


def test_a_refusal_reads_as_a_sentence() -> None:
    assert (
        str(Refused(9, "第3个事件（Ballot）", "投票卡不在名单中"))
        == "第9项：第3个事件（Ballot）：投票卡不在名单中"
    )
