"""The register of tampered records: which check each must fail at, and what it starts from."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import cache
from typing import Final, NamedTuple

import pytest

from ballots.checks import Refused
from ballots.verify import verify
from tests.simulator import GRADES, SELECT, STANCES, Simulator, seeded

BASES: Final[dict[str, Callable[[], Simulator]]] = {
    "select": lambda: Simulator(questions=(SELECT,)),
    "stances": lambda: Simulator(questions=(STANCES, STANCES)),
    "stance": lambda: Simulator(questions=(STANCES,)),
    "grades": lambda: Simulator(questions=(GRADES, GRADES)),
    "nobody": lambda: Simulator(questions=(SELECT,), deputies=1),
    "threshold": lambda: Simulator(questions=(STANCES,), scrutineers=3, threshold=2),
}
"""Sound elections to start from."""


class Submission(NamedTuple):
    """What is handed to the verifier."""

    archive: bytes
    record: bytes | None = None
    trackers: Sequence[str] = ()


Tampering = Callable[[Simulator], Submission | bytes]


class Case(NamedTuple):
    """A tampering that must be refused by check `check`, at event `event` where one can be named."""

    check: int
    event: int | None
    base: str
    tamper: Tampering

    @property
    def name(self) -> str:
        return f"{self.check:02}-{self.tamper.__name__}"

    def submission(self) -> Submission:
        made = self.tamper(base(self.base))
        return Submission(made) if isinstance(made, bytes) else made


CASES: Final[list[Case]] = []


def fails(check: int, event: int | None = None, base: str = "select") -> Callable[[Tampering], Tampering]:
    """Registers a tampering under its function's name."""

    def register(tamper: Tampering) -> Tampering:
        CASES.append(Case(check, event, base, tamper))
        return tamper

    return register


@cache
def _made(name: str) -> Simulator:
    return BASES[name]()


def base(name: str) -> Simulator:
    """A fresh copy of a sound election, with randomness of its own."""
    copy = _made(name).copy()
    copy.random = seeded(f"copy of {name}")
    return copy


def refusal(submission: Submission, workers: int = 1) -> Refused:
    """How the verifier refuses it; fails the test when it does not."""
    with pytest.raises(Refused) as caught:
        verify(io.BytesIO(submission.archive), submission.record, submission.trackers, workers)
    return caught.value
