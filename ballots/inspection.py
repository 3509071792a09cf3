"""Looking at many ballots at once: each by itself, in worker processes, and their sum."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from itertools import chain, islice
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from queue import SimpleQueue
from typing import NamedTuple

from ballots.ballot import check, digest_of
from ballots.checks import Refused
from ballots.election import Election
from ballots.errors import (
    BadChoiceProof,
    BadCountProof,
    BadPoint,
    BadScalar,
    BadSignature,
    BallotError,
    Malformed,
    TooLarge,
    WrongElection,
)
from ballots.tally import Sums, add, no_ballots

CHUNK = 16
FAILED_CHECK: dict[type[BallotError], int] = {
    Malformed: 2,
    TooLarge: 2,
    WrongElection: 8,
    BadPoint: 12,
    BadScalar: 12,
    BadSignature: 13,
    BadChoiceProof: 14,
    BadCountProof: 15,
}


class Finding(NamedTuple):
    """What a worker says of one ballot; `failed` is the number of the check that does not hold, or 0."""

    digest: str
    credential: str
    failed: int
    reason: str


class Findings(NamedTuple):
    """One chunk: a finding for each ballot, in order, and the sum of those that hold."""

    ballots: list[Finding]
    sums: Sums


class WorkerLost(Exception):
    """A worker process could not be started, or ended before it answered: short of memory, most likely."""


Submit = Callable[[list[bytes]], Future[Findings]]


def inspect(election: Election, raws: Sequence[bytes]) -> Findings:
    """Check ballots one by one and add them up; the first bad one ends the chunk."""
    findings, sums = list[Finding](), no_ballots(election)
    for raw in raws:
        try:
            ballot = check(election, raw)
            add(sums, ballot.answers)
        except BallotError as error:
            findings.append(Finding(digest_of(raw), "", FAILED_CHECK[type(error)], error.finding))
            break
        findings.append(Finding(digest_of(raw), ballot.credential, 0, ""))
    return Findings(findings, sums)


def inspect_all(election: Election, raws: Iterable[bytes], workers: int) -> Iterator[Findings]:
    """The findings of all ballots in order, with at most a few chunks in memory.

    What stops `raws` is raised after the findings on the ballots before it, however many workers read ahead.
    Raises WorkerLost.
    """
    stopped: list[Refused] = []
    chunks = _chunks(_until_stopped(raws, stopped))
    first = list(islice(chunks, workers))
    if workers == 1 or len(first) < workers:
        yield from (inspect(election, chunk) for chunk in chain(first, chunks))
    else:
        with _inspectors(election, workers) as submit:
            yield from _in_order(submit, chain(first, chunks), 3 * workers)
    for refusal in stopped:
        raise refusal


def _until_stopped(raws: Iterable[bytes], stopped: list[Refused]) -> Iterator[bytes]:
    try:
        yield from raws
    except Refused as refusal:
        stopped.append(refusal)


def _chunks(raws: Iterable[bytes]) -> Iterator[list[bytes]]:
    iterator = iter(raws)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk


def _in_order(submit: Submit, chunks: Iterable[list[bytes]], ahead: int) -> Iterator[Findings]:
    waiting: deque[Future[Findings]] = deque()
    for chunk in chunks:
        waiting.append(submit(chunk))
        if len(waiting) > ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


@contextmanager
def _inspectors(election: Election, number: int) -> Iterator[Submit]:
    """Processes, each behind a pipe of its own, which breaks when the process is killed.

    (The process pool of Python before 3.11.5 can wait for a killed one for ever: gh-94777.)
    """
    processes, idle = list[SpawnProcess](), SimpleQueue[Connection]()
    threads = ThreadPoolExecutor(number)
    try:
        for _ in range(number):
            processes.append(_started(election, idle))
        yield lambda chunk: threads.submit(_ask, idle, chunk)
    finally:
        for process in processes:
            process.kill()
        threads.shutdown(cancel_futures=True)
        for process in processes:
            process.join()


def _started(election: Election, idle: SimpleQueue[Connection]) -> SpawnProcess:
    context = get_context("spawn")
    ours, its = context.Pipe()
    process = context.Process(target=_answer, args=(its, election.raw), daemon=True)
    try:
        process.start()
    except OSError:
        raise WorkerLost from None
    its.close()
    idle.put(ours)
    return process


def _ask(idle: SimpleQueue[Connection], chunk: list[bytes]) -> Findings:
    """As many may ask at a time as there are inspectors: one of these is idle, then."""
    inspector = idle.get()
    try:
        inspector.send(chunk)
        findings: Findings = inspector.recv()
    except (EOFError, OSError):
        raise WorkerLost from None
    finally:
        idle.put(inspector)
    return findings


def _answer(asked: Connection, election: bytes) -> None:
    """What a worker process does until nobody asks it any more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for who asks
    parsed = Election.parse(election)
    with suppress(EOFError, OSError):
        while True:
            asked.send(inspect(parsed, asked.recv()))
