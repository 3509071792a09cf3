"""Many ballots at once: found in order, summed up, stopped at the first that is bad."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ballots.ballot import digest_of
from ballots.checks import Refused
from ballots.inspection import CHUNK, inspect, inspect_all
from ballots.tally import encode_sums, merge, no_ballots
from tests.ballots.sound import ONE
from tests.simulator import Simulator


@pytest.fixture(scope="module")
def crowd() -> Simulator:
    return Simulator(questions=(ONE,), deputies=2 * CHUNK + 5, scrutineers=1)


def test_the_findings_are_in_order_and_add_up_to_the_sum(crowd: Simulator) -> None:
    findings = list(inspect_all(crowd.election, crowd.ballots, 1))
    assert [len(chunk.ballots) for chunk in findings] == [CHUNK, CHUNK, 4]
    found = [finding.digest for chunk in findings for finding in chunk.ballots]
    assert found == [digest_of(raw) for raw in crowd.ballots]
    sums = no_ballots(crowd.election)
    for chunk in findings:
        merge(sums, chunk.sums)
    assert encode_sums(sums) == crowd.tally


def test_a_chunk_ends_with_its_first_bad_ballot(crowd: Simulator) -> None:
    chunk = inspect(crowd.election, [crowd.ballots[0], b"{}", crowd.ballots[1]])
    assert [finding.failed for finding in chunk.ballots] == [0, 2]
    assert chunk.ballots[1].reason
    assert chunk.ballots[0].credential == crowd.card(0)


def test_what_stops_the_reading_comes_after_the_ballots_before_it(crowd: Simulator) -> None:
    def stopping() -> Iterator[bytes]:
        yield from crowd.ballots[:3]
        raise Refused(3, "", "断了")

    findings = inspect_all(crowd.election, stopping(), 1)
    assert len(next(findings).ballots) == 3
    with pytest.raises(Refused, match="断了"):
        next(findings)


def test_no_ballots_have_no_findings(crowd: Simulator) -> None:
    assert list(inspect_all(crowd.election, [], 2)) == []
