"""The archive verified as a stranger does it: by the verifier's own command, in processes of its own."""

import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import msgspec

from ballots.__main__ import UNFINISHED
from ballots.archive import read
from ballots.ballot import tracker_of
from ballots.inspection import CHUNK
from web.rehearsal.floor import Work, paced
from web.rehearsal.lost import ProcessLost

FEW = 4
"""So many times the handful must the hall be, for the difference between the two to mean anything."""


class Verification(NamedTuple):
    """Seconds on the clock, CPU seconds of all processes, the floor meanwhile, and what was found."""

    seconds: float
    cpu: float
    floor_ms: float
    ballots: int
    result: list[list[int]]


class _Found(msgspec.Struct):
    ballots: int
    result: list[list[int]]


def handful_for(deputies: int) -> int:
    """So many that a verifier of their archive starts a process on every core; fewer for a small hall."""
    cores = os.cpu_count() or 1
    return CHUNK * cores if deputies >= FEW * CHUNK * cores else 2 * cores


def verify(archive: Path, amount: Work) -> Verification:
    """Every check, on all cores. Raises ProcessLost."""
    command = [sys.executable, "-m", "ballots", "verify", str(archive), "--json"]
    with paced(amount) as pace:
        start, before = time.perf_counter(), _children()
        answer = subprocess.run(command, check=False, capture_output=True)  # noqa: S603 - our own program and file
        seconds, cpu = time.perf_counter() - start, _children() - before
    if answer.returncode < 0 or answer.returncode == UNFINISHED:
        raise ProcessLost
    answer.check_returncode()
    found = msgspec.json.decode(answer.stdout, type=_Found)
    return Verification(seconds, cpu, pace.floor_ms, found.ballots, found.result)


def trackers_in(archive: Path) -> set[str]:
    """The 回执号 of every ballot in the record."""
    with archive.open("rb") as file:
        ballots = (entry.data[0] for entry in read(file) if entry.event.type == "Ballot")
        return set(map(tracker_of, ballots))


def verify_ms_per_ballot(whole: Verification, handful: Verification, floor_ms: float) -> float:
    """CPU of each ballot beyond the handful's, at the pace the machine had when its floor was `floor_ms`.

    The difference leaves out what the verifier needs to start (interpreters, imports, the first look at the
    election); a hall not much larger than the handful pays for that too.
    """
    further = whole.ballots - handful.ballots
    if further >= (FEW - 1) * handful.ballots:
        per_ballot = (whole.cpu - handful.cpu) / further
    else:
        per_ballot = whole.cpu / max(1, whole.ballots)
    return per_ballot * 1000 * floor_ms / whole.floor_ms


def _children() -> float:
    """CPU seconds of all ended child processes."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
