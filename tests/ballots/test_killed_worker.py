"""A verifier whose worker is killed, as a system short of memory does, has no verdict and says so."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from ballots.__main__ import UNFINISHED
from ballots.inspection import CHUNK
from tests.ballots.sound import ONE
from tests.server_process import alive, children, wait_until
from tests.simulator import Simulator


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    """A file that ends only when this test says so: the verifier cannot have finished before."""
    path = tmp_path / "slow.bel"
    os.mkfifo(path)
    return path


def workers_of(verifier: int) -> set[int]:
    return {pid for pid in children(verifier) if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()}


@pytest.mark.skipif(
    sys.version_info < (3, 11, 5),
    reason="a process pool of that Python waits for ever when a process of it is killed (gh-94777)",
)
def test_a_killed_worker_leaves_no_verdict_and_no_traceback(pipe: Path) -> None:
    crowd = Simulator(questions=(ONE,), deputies=4 * CHUNK, scrutineers=1)
    raw = crowd.archive()
    almost_all = len(raw) * 4 // 5
    command: list[str | Path] = [sys.executable, "-m", "ballots", "verify", pipe, "--workers", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as verifier:
        # It may well not read to the end: what is left in the pipe then is nobody's.
        with suppress(BrokenPipeError), pipe.open("wb", buffering=0) as file:
            file.write(raw[:almost_all])
            wait_until(lambda: len(workers_of(verifier.pid)) == 2, "two workers are started")
            workers = workers_of(verifier.pid)
            os.kill(min(workers), signal.SIGKILL)
            wait_until(lambda: not any(map(alive, workers)), "the other one ends too")
            file.write(raw[almost_all:])
        out, err = verifier.communicate()
    assert verifier.returncode == UNFINISHED
    assert out == b""
    assert err.decode().startswith("核验没有做完，没有结论：一个核验进程被系统中止")
    assert err.count(b"\n") == 1
