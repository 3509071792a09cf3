"""Everybody's ballots, sealed on all cores before anybody casts one."""

import os
import secrets
import signal
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from ballots.election import Election
from ballots.sealing import seal

Choices = list[list[int]]


def seal_all(
    election: Election, cards: Sequence[str], choices: Sequence[Choices], done: Callable[[], None]
) -> list[bytes]:
    """One ballot a card, in their order; `done` is called after each."""
    ballots = []
    with ProcessPoolExecutor(os.cpu_count(), get_context("spawn"), _ignore_interrupt) as pool:
        for ballot in pool.map(_seal, [election.raw] * len(cards), cards, choices, chunksize=4):
            ballots.append(ballot)
            done()
    return ballots


def _ignore_interrupt() -> None:
    """Ctrl+C is for who started us."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _seal(election: bytes, card: str, choices: Choices) -> bytes:
    return seal(Election.parse(election), card, choices, secrets.token_bytes)
