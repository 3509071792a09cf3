"""Checking a ballot against the floor: what libsodium alone needs for its multiplications and additions.

    python -m tests.benchmarks.bench_ballot [BALLOTS]

Times check ÷ floor, interleaved because the machine's clock drifts; the median of five. Goal: ≤ 1.15, of
which a server needs 1.25 with everything included (`piaojue rehearse`).
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Sequence
from typing import Final

from ballots.ballot import check
from ballots.election import Election, Question
from tests.simulator import Simulator
from web.rehearsal.floor import Floor, work

ROUNDS: Final = 5
TEN: Final = Question(
    answers=tuple(f"演练项目{number}" for number in range(1, 11)),
    blank=True,
    min=1,
    max=5,
    question="请选出不超过5件",
)


def ratio(election: Election, ballots: Sequence[bytes], rounds: int = ROUNDS) -> float:
    """CPU of checking ÷ CPU of the floor: in each round every ballot is checked beside one floor."""
    floor = Floor(work(election.questions))
    return statistics.median(_round(election, ballots, floor) for _ in range(rounds))


def _round(election: Election, ballots: Sequence[bytes], floor: Floor) -> float:
    checking, least = 0.0, 0.0
    for raw in ballots:
        least += floor.seconds()
        start = time.thread_time()
        check(election, raw)
        checking += time.thread_time() - start
    return checking / least


def main(ballots: int = 40) -> None:
    simulator = Simulator(questions=(TEN,), deputies=ballots + 1)
    print(f"check ÷ floor  {ratio(simulator.election, simulator.ballots):.3f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
