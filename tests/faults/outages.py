"""The disk is full for a while; the database is gone for a while."""

from __future__ import annotations

import signal
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Final

from tests import parts
from tests.crashing import Hall
from tests.faults.storm import Fault
from tests.postgres import start_again
from tests.server_process import Server

FIRST: Final = 20
"""Answers after which it begins."""
ROOM: Final = 64 * 1024
"""Bytes that the database's file may still grow when the disk is said to be full."""


def disk_full(hall: Hall, server: Server, seconds: float) -> Fault:
    """No file of the server may grow beyond what it has (SQLite)."""

    def fault(answers: Callable[[], int], over: threading.Event) -> Counter[str]:
        _first_answers(answers, over)
        file = Path(str(hall.store._transactions.url.database))
        _limit(server, f"{file.stat().st_size + ROOM}:")
        time.sleep(seconds)
        _limit(server, "unlimited:")
        return Counter({"full_s": round(seconds)})

    return fault


def database_gone(hall: Hall, seconds: float) -> Fault:
    """PostgreSQL is stopped at once, as by a power cut, and started again over the same data."""

    def fault(answers: Callable[[], int], over: threading.Event) -> Counter[str]:
        _first_answers(answers, over)
        folder = Path(str(hall.store._transactions.url.query["host"]))
        (pid, *_) = (folder / "data" / "postmaster.pid").read_text().split()
        subprocess.run(["kill", f"-{signal.SIGQUIT.value}", pid], check=True)
        time.sleep(seconds)
        start_again(parts.need("postgres"), folder)
        hall.store.close()  # our own connections are as dead as those of the server
        return Counter({"away_s": round(seconds)})

    return fault


def _first_answers(answers: Callable[[], int], over: threading.Event) -> None:
    """In the middle of the cast, not before it."""
    while answers() < FIRST and not over.wait(0.01):
        pass


def _limit(server: Server, size: str) -> None:
    for pid in server.processes():
        subprocess.run(["prlimit", f"--fsize={size}", "--pid", str(pid)], check=True)
