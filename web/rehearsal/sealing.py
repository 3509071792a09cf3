"""Everybody's ballots, sealed on all cores before anybody casts one."""

import os
import secrets
import signal
import statistics
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import NamedTuple

from ballots.election import Election
from ballots.sealing import seal

Choices = list[list[int]]


class Sealed(NamedTuple):
    """One ballot a card, in their order, and the median of what one took: milliseconds of CPU."""

    ballots: list[bytes]
    ms_per_ballot: float


def seal_all(
    election: Election, cards: Sequence[str], choices: Sequence[Choices], done: Callable[[], None]
) -> Sealed:
    """`done` is called after each ballot."""
    ballots, seconds = list[bytes](), list[float]()
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn"), _ignore_interrupt) as pool:
        try:
            for ballot, took in pool.map(_seal, [election.raw] * len(cards), cards, choices, chunksize=4):
                ballots.append(ballot)
                seconds.append(took)
                done()
        except BaseException:  # whoever gives up does not wait for a thousand ballots
            pool.shutdown(cancel_futures=True)
            raise
    return Sealed(ballots, statistics.median(seconds) * 1000)


def _ignore_interrupt() -> None:
    """Ctrl+C is for who started us."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _seal(election: bytes, card: str, choices: Choices) -> tuple[bytes, float]:
    parsed, start = Election.parse(election), time.thread_time()
    return seal(parsed, card, choices, secrets.token_bytes), time.thread_time() - start
