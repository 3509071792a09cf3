"""Verifying archives on one core and on all, beside belenios-tool's `election verify`.

    python -m tests.benchmarks.bench_verify [BALLOTS …] [--cache FOLDER] [--peer BALLOTS] [--workers N …]

Both programs check the same whole archive: CPU and memory of all their processes, start-up included. The
peer only those of at most `--peer` ballots (0: none; 30,000 take it ten minutes). Goals: ours ≤ the peer's;
twice as fast on two cores; as much memory for 30,000 ballots as for 500, but for the list of who voted. The
floor is libsodium's share, sampled meanwhile. Archives are sealed once and kept in `--cache`.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from tests import parts
from tests.belenios_tool import BeleniosTool
from tests.benchmarks.archives import TEN, archive_of
from tests.benchmarks.load import line
from web.rehearsal.floor import paced, work
from web.rehearsal.processes import usage

HEADINGS = (
    *("ballots", "program", "processes", "seconds", "CPU ms each", "÷ floor", "÷ belenios-tool", "speed-up"),
    "memory MB",
)
SAMPLED = 0.2


class Cost(NamedTuple):
    """Seconds on the clock, CPU seconds of all child processes."""

    seconds: float
    cpu: float


class Measured(NamedTuple):
    """`memory` is the most that all processes had together at one time, in MB."""

    ballots: int
    program: str
    workers: int
    cost: Cost
    floor_ms: float
    memory: float = 0.0

    @property
    def each(self) -> float:
        """Milliseconds of CPU for a ballot."""
        return self.cost.cpu / self.ballots * 1000


def cost(job: Callable[[], object]) -> Cost:
    start, before = time.perf_counter(), _children()
    job()
    return Cost(time.perf_counter() - start, _children() - before)


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def ours(archive: Path, workers: int = 0) -> tuple[Cost, float]:
    """The command a stranger runs, and its memory in MB; 0 workers: one for each core."""
    command = [sys.executable, "-m", "ballots", "verify", str(archive)]
    return watched([*command, "--workers", str(workers)] if workers else command)


def theirs(tool: BeleniosTool, archive: Path) -> tuple[Cost, float]:
    """Its `verify` may drop what it finds out about the ballots, but finds it out."""
    with tool.verifying(archive) as command:
        return watched(command)


def watched(command: Sequence[str]) -> tuple[Cost, float]:
    """What a command costs that must succeed, and the memory of all its processes in MB."""
    most = 0.0

    def run() -> None:
        nonlocal most
        quiet = subprocess.DEVNULL
        with subprocess.Popen(command, stdout=quiet, stderr=quiet) as process:
            while process.poll() is None:
                used = usage(process.pid)
                most = max(most, used.memory / 1e6 if used else 0.0)
                time.sleep(SAMPLED)
        assert process.returncode == 0, command

    return cost(run), most


def measure(archive: Path, ballots: int, workers: Sequence[int], peer: int) -> Iterator[Measured]:
    """The peer first, where it is asked for and installed."""
    tool = parts.PARTS["belenios-tool"]() if ballots <= peer else None
    if tool is not None:
        with paced(work([TEN])) as pace:
            used, memory = theirs(BeleniosTool(tool), archive)
        yield Measured(ballots, "belenios-tool", 1, used, pace.floor_ms, memory)
    for number in workers:
        with paced(work([TEN])) as pace:
            used, memory = ours(archive, number)
        yield Measured(ballots, "piaojue", number, used, pace.floor_ms, memory)


def cells(one: Measured, among: Sequence[Measured]) -> tuple[str, ...]:
    """Beside the peer, and beside one process, on the same archive; each at the pace of its own minutes."""
    peer = next((other for other in among if other.program != one.program), None)
    alone = next((other for other in among if other[1:3] == (one.program, 1)), None)
    ratio = one.each / one.floor_ms
    return (
        *(str(one.ballots), one.program, str(one.workers), f"{one.cost.seconds:.1f}"),
        *(f"{one.each:.2f}", f"{ratio:.3f}"),
        f"{ratio / (peer.each / peer.floor_ms):.3f}" if peer and one.program == "piaojue" else "–",
        f"{alone.cost.seconds / one.cost.seconds:.2f}" if alone else "–",
        f"{one.memory:.0f}" if one.memory else "–",
    )


def main(arguments: Sequence[str] | None = None) -> None:
    asked = _parser().parse_args(arguments)
    print(line(HEADINGS), line(["---"] * len(HEADINGS)), sep="\n", flush=True)
    with ExitStack() as stack:
        folder = asked.cache or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for ballots in asked.ballots:
            among = list[Measured]()
            for one in measure(archive_of(ballots, folder), ballots, asked.workers, asked.peer):
                among.append(one)
                print(line(cells(one, among)), flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bench_verify")
    parser.add_argument("ballots", type=int, nargs="*", default=[500, 3_000, 30_000])
    parser.add_argument("--cache", type=Path, help="where archives are kept")
    parser.add_argument("--peer", type=int, default=3_000, help="most ballots for belenios-tool")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, os.cpu_count() or 1])
    return parser


if __name__ == "__main__":
    main()
