"""Many ballots at once: found in order, summed up, stopped at the first that is bad."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from multiprocessing import Pipe
from multiprocessing.connection import Connection

import pytest

from ballots.ballot import digest_of
from ballots.checks import Refused
from ballots.inspection import CHUNK, Finding, Findings, _answer, inspect, inspect_all
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
    sound, bad = chunk.ballots
    assert sound == Finding(digest_of(crowd.ballots[0]), crowd.card(0), 0, "")
    assert bad == Finding(digest_of(b"{}"), "", 2, bad.reason)
    assert bad.reason


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


@pytest.mark.parametrize(("workers", "chunks"), [(1, 1), (2, 7)])
def test_two_processes_and_one_have_a_few_chunks_in_memory_however_many_there_are(
    crowd: Simulator, workers: int, chunks: int
) -> None:
    """Three for each worker that wait, and the one that is given out."""
    read = count()
    findings = inspect_all(crowd.election, (b"{}" for _ in read), workers)
    assert len(next(findings).ballots) == 1
    findings.close()  # type: ignore[attr-defined]  # it is a generator
    assert next(read) == chunks * CHUNK


def asked(inspector: Connection, chunk: list[bytes]) -> Findings:
    inspector.send(chunk)
    findings: Findings = inspector.recv()
    return findings


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """What it does is what it did before."""
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("ctrl_c")
def test_a_worker_answers_until_nobody_asks_and_leaves_ctrl_c_to_who_asks(crowd: Simulator) -> None:
    chunks = [crowd.ballots[:2], [b"{}"]]
    ours, its = Pipe()

    def ask() -> list[Findings]:
        with ours:
            return [asked(ours, chunk) for chunk in chunks]

    with ThreadPoolExecutor(1) as asker, its:
        answers = asker.submit(ask)
        _answer(its, crowd.election.raw)
    assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN
    assert answers.result() == [inspect(crowd.election, chunk) for chunk in chunks]


@pytest.mark.usefixtures("ctrl_c")
def test_a_worker_whose_answer_nobody_takes_ends_in_silence(crowd: Simulator) -> None:
    ours, its = Pipe()
    ours.send([b"{}"])
    ours.close()
    with its:
        _answer(its, crowd.election.raw)
