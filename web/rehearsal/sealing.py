"""Everybody's ballots, sealed on all cores before anybody casts one."""

import os
import secrets
import signal
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import NamedTuple, cast

from ballots.election import Election
from ballots.sealing import seal
from web.rehearsal.lost import answering

Choices = list[list[int]]
Task = tuple[int, str, Choices]


class Sealed(NamedTuple):
    """One ballot a card, in their order, and the median of what one took: milliseconds of CPU."""

    ballots: list[bytes]
    ms_per_ballot: float


class _One(NamedTuple):
    """A ballot, whose it is, and the seconds of CPU it took."""

    place: int
    ballot: bytes
    seconds: float


def seal_all(
    election: Election, cards: Sequence[str], choices: Sequence[Choices], done: Callable[[], None]
) -> Sealed:
    """`done` is called after each ballot. Raises ProcessLost."""
    tasks = list(zip(range(len(cards)), cards, choices, strict=True))
    number = min(os.cpu_count() or 1, len(tasks))
    sealed = list[_One]()
    with _sealers(election, [tasks[first::number] for first in range(number)]) as lines:
        for one in _answers(lines):
            sealed.append(one)
            done()
    sealed.sort()
    return Sealed([one.ballot for one in sealed], statistics.median(one.seconds for one in sealed) * 1000)


@contextmanager
def _sealers(election: Election, shares: Sequence[list[Task]]) -> Iterator[list[Connection]]:
    """A process for each share; whoever gives up does not wait for a thousand ballots."""
    context, processes, lines = get_context("spawn"), list[SpawnProcess](), list[Connection]()
    try:
        with answering():
            for share in shares:
                ours, its = context.Pipe()
                process = context.Process(target=_seal, args=(its, election.raw, share), daemon=True)
                process.start()
                its.close()
                processes.append(process)
                lines.append(ours)
        yield lines
    finally:
        for process in processes:
            process.kill()
            process.join()


def _answers(lines: Sequence[Connection]) -> Iterator[_One]:
    """As they come, until each share is done."""
    busy = list(lines)
    while busy:
        for line in cast("list[Connection]", wait(busy)):
            with answering():
                answer: _One | None = line.recv()
            if answer is None:
                busy.remove(line)
            else:
                yield answer


def _seal(asked: Connection, election: bytes, share: list[Task]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for who started us
    parsed = Election.parse(election)
    for place, card, choices in share:
        start = time.thread_time()
        ballot = seal(parsed, card, choices, secrets.token_bytes)
        asked.send(_One(place, ballot, time.thread_time() - start))
    asked.send(None)
