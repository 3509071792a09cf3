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


def test_a_killed_worker_leaves_no_verdict_and_no_traceback(pipe: Path) -> None:
    crowd = Simulator(questions=(ONE,), deputies=5 * CHUNK, scrutineers=1)
    raw = crowd.archive()
    some = len(raw) * 7 // 10  # two chunks or more are still to come: each worker will be asked again
    command: list[str | Path] = [sys.executable, "-m", "ballots", "verify", pipe, "--workers", "2"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as verifier:
        # It may well not read to the end: what is left in the pipe then is nobody's.
        with suppress(BrokenPipeError), pipe.open("wb", buffering=0) as file:
            file.write(raw[:some])
            wait_until(lambda: len(workers_of(verifier.pid)) == 2, "two workers are started")
            workers = workers_of(verifier.pid)
            os.kill(min(workers), signal.SIGKILL)
            file.write(raw[some:])
        out, err = verifier.communicate()
    assert verifier.returncode == UNFINISHED
    assert not any(map(alive, workers))
    assert out == b""
    assert err.decode().startswith("核验没有做完，没有结论：一个核验进程被系统中止")
    assert err.count(b"\n") == 1
