"""Verifying an archive on all cores, beside belenios-tool's `election verify-ballot` on each of its ballots.

    python -m tests.benchmarks.bench_verify [BALLOTS]

CPU seconds of all processes; the peer's without starting its program once per ballot. Goal: ours ≤ its.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests import parts
from tests.belenios_tool import BeleniosTool
from tests.benchmarks.bench_ballot import TEN
from tests.simulator import Simulator


class Cost(NamedTuple):
    """Seconds on the clock, CPU seconds of all child processes."""

    seconds: float
    cpu: float


def cost(job: Callable[[], object]) -> Cost:
    start, before = time.perf_counter(), _children()
    job()
    return Cost(time.perf_counter() - start, _children() - before)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def ours(archive: Path) -> Cost:
    """The command a stranger runs, start-up included."""
    command = [sys.executable, "-m", "ballots", "verify", str(archive)]
    return cost(lambda: subprocess.run(command, capture_output=True, check=True))


def theirs(tool: BeleniosTool, archive: bytes) -> Cost:
    """All ballots one by one, less what the program needs to start."""
    ballots = 0

    def verify_ballots() -> None:
        nonlocal ballots
        ballots = tool.verify_ballots(archive)

    whole = cost(verify_ballots)
    start = cost(lambda: [_start(tool.path) for _ in range(10)])
    return Cost(whole.seconds - start.seconds / 10 * ballots, whole.cpu - start.cpu / 10 * ballots)


def _start(tool: Path) -> int:
    return subprocess.run([tool, "--version"], capture_output=True, check=False).returncode


def _line(program: str, ballots: int, found: Cost) -> str:
    each = found.cpu / ballots * 1000
    return (
        f"{program:14}{ballots} ballots {found.seconds:7.2f} s, CPU {found.cpu:7.2f} s, {each:6.2f} ms each"
    )


def main(ballots: int = 100) -> None:
    archive = Simulator(questions=(TEN,), deputies=ballots + 1).archive()
    with tempfile.NamedTemporaryFile(suffix=".bel") as file:
        file.write(archive)
        file.flush()
        print(_line("piaojue", ballots, ours(Path(file.name))))
    tool = parts.PARTS["belenios-tool"]()
    if tool is None:
        print("belenios-tool is not installed: tests/run --system")
    else:
        print(_line("belenios-tool", ballots, theirs(BeleniosTool(tool), archive)))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
