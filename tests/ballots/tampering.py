"""The register of tampered records: which check each must fail at, and what it starts from."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any, Final, NamedTuple

import pytest

from ballots.checks import Refused
from ballots.verify import verify
from tests.simulator import GRADES, SELECT, STANCES, Simulator, seeded

BASES: Final[dict[str, dict[str, Any]]] = {
    "select": {"questions": (SELECT,)},
    "stances": {"questions": (STANCES, STANCES)},
    "stance": {"questions": (STANCES,)},
    "grades": {"questions": (GRADES, GRADES)},
    "nobody": {"questions": (SELECT,), "deputies": 1},
    "threshold": {"questions": (STANCES,), "scrutineers": 3, "threshold": 2},
}
"""Sound elections to start from, as the simulator is told of them."""


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

    def submission(self, seed: str = "") -> Submission:
        """The tampering done to its base; another `seed` gives another election of that kind."""
        made = self.tamper(base(self.base, seed))
        return Submission(made) if isinstance(made, bytes) else made


CASES: Final[list[Case]] = []


def fails(check: int, event: int | None = None, base: str = "select") -> Callable[[Tampering], Tampering]:
    """Registers a tampering under its function's name."""

    def register(tamper: Tampering) -> Tampering:
        CASES.append(Case(check, event, base, tamper))
        return tamper

    return register


@cache
def _made(name: str, seed: str) -> Simulator:
    return Simulator(**BASES[name], random=seeded(f"simulator{seed}"))


def base(name: str, seed: str = "") -> Simulator:
    """A fresh copy of a sound election, with randomness of its own."""
    copy = _made(name, seed).copy()
    copy.random = seeded(f"copy of {name}{seed}")
    return copy


def refusal(submission: Submission, workers: int = 1) -> Refused:
    """How the verifier refuses it; fails the test when it does not."""
    with pytest.raises(Refused) as caught:
        verify(io.BytesIO(submission.archive), submission.record, submission.trackers, workers)
    return caught.value
