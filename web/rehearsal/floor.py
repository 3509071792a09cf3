"""What libsodium alone needs for a ballot: the floor against which all other work is held.

The floor is the multiplications and additions of a ballot's commitments, nothing else. A machine's pace is
not constant (a core is slower when its neighbour is busy, clocks drift), so the floor is sampled while the
measured work goes on, by a process beside it.
"""

import secrets
import signal
import statistics
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import NamedTuple

from ballots.election import Question
from ballots.group import Point, multiply, multiply_base, product, random_scalar, scalar_bytes
from web.rehearsal.lost import answering

INTERVAL = 0.2
"""Seconds between two samples, each of some 10 ms."""
LEAST = 7
POOL = 64


class Work(NamedTuple):
    """How many fixed-base and other multiplications and additions a ballot's commitments take."""

    base: int
    variable: int
    additions: int


def work(questions: Iterable[Question]) -> Work:
    """Each branch of a proof is one base and three variable multiplications and two additions (NOTES §5)."""
    branches = 0
    for question in questions:
        overall = question.max - question.min + 1
        branches += 2 * question.size + overall + 3 * question.has_blank
    return Work(branches + 1, 3 * branches + 1, 2 * branches + 1)


class Floor:
    """The work of one ballot, on points and scalars of nobody."""

    def __init__(self, amount: Work) -> None:
        self._amount = amount
        self._scalars = [scalar_bytes(random_scalar(secrets.token_bytes)) for _ in range(POOL)]
        self._points: list[Point] = [multiply_base(scalar) for scalar in self._scalars]

    def seconds(self) -> float:
        """CPU of one ballot's commitments, once."""
        start = time.thread_time()
        self._multiply(self._amount)
        return time.thread_time() - start

    def warm(self) -> None:
        """A tenth of it, untimed: after a pause the caches are cold, those of a busy server are not."""
        self._multiply(Work(*(-(-n // 10) for n in self._amount)))

    def _multiply(self, amount: Work) -> None:
        scalars, points = self._scalars, self._points
        for n in range(amount.base):
            multiply_base(scalars[n % POOL])
        for n in range(amount.variable):
            multiply(points[n % POOL], scalars[(n + 7) % POOL])
        for n in range(amount.additions):
            product(points[n % POOL], points[(n + 1) % POOL])


class Pace:
    """The samples of a block that has ended."""

    def __init__(self) -> None:
        self.samples: list[float] = []

    @property
    def floor_ms(self) -> float:
        """Milliseconds of CPU per ballot: the median of the samples."""
        return statistics.median(self.samples) * 1000


@contextmanager
def paced(amount: Work) -> Iterator[Pace]:
    """Sample the floor while the block runs, in a process of its own, with a twentieth of a core's time."""
    context, pace = get_context("spawn"), Pace()
    ours, theirs = context.Pipe()
    process = context.Process(target=_sample, args=(amount, theirs))
    with answering():
        process.start()
        theirs.close()
        ours.recv()
    try:
        yield pace
    finally:
        with answering():
            ours.send("enough")
            pace.samples = ours.recv()
        process.join()


def _sample(amount: Work, line: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for who started us
    floor, samples = Floor(amount), list[float]()
    line.send("ready")
    while len(samples) < LEAST or not line.poll(INTERVAL):
        floor.warm()
        samples.append(floor.seconds())
    line.send(samples)
