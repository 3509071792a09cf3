"""Looking at many ballots at once: each by itself, in worker processes, and their sum."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from itertools import chain, islice
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


def inspect(election: Election, raws: Sequence[bytes]) -> Findings:
    """Check ballots one by one and add them up; the first bad one ends the chunk."""
    findings, sums = list[Finding](), no_ballots(election)
    for raw in raws:
        try:
            ballot = check(election, raw)
            add(sums, ballot.answers)
        except BallotError as error:
            findings.append(Finding(digest_of(raw), "", FAILED_CHECK[type(error)], str(error)))
            break
        findings.append(Finding(digest_of(raw), ballot.credential, 0, ""))
    return Findings(findings, sums)


def inspect_all(election: Election, raws: Iterable[bytes], workers: int) -> Iterator[Findings]:
    """The findings of all ballots in order, with at most a few chunks in memory.

    What stops `raws` is raised after the findings on the ballots before it, however many workers read ahead.
    """
    stopped: list[Refused] = []
    chunks = _chunks(_until_stopped(raws, stopped))
    first = list(islice(chunks, workers))
    if workers == 1 or len(first) < workers:
        yield from (inspect(election, chunk) for chunk in chain(first, chunks))
    else:
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(workers, context, _remember, (election.raw,)) as pool:
            yield from _in_order(pool, chain(first, chunks), 3 * workers)
    for refusal in stopped:
        raise refusal


def _until_stopped(raws: Iterable[bytes], stopped: list[Refused]) -> Iterator[bytes]:
    try:
        yield from raws
    except Refused as refusal:
        stopped.append(refusal)


def _in_order(pool: Executor, chunks: Iterable[list[bytes]], ahead: int) -> Iterator[Findings]:
    waiting: deque[Future[Findings]] = deque()
    for chunk in chunks:
        waiting.append(pool.submit(_inspect_remembered, chunk))
        if len(waiting) > ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _chunks(raws: Iterable[bytes]) -> Iterator[list[bytes]]:
    iterator = iter(raws)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk


_remembered: dict[str, Election] = {}
"""In a worker process: the one election it inspects ballots of."""


def _remember(raw: bytes) -> None:
    _remembered["election"] = Election.parse(raw)


def _inspect_remembered(chunk: list[bytes]) -> Findings:
    return inspect(_remembered["election"], chunk)
