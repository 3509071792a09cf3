"""`piaojue serve` as a process group of its own: to be stopped, killed in part or whole, started again."""

from __future__ import annotations

import os
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from typing import Final, Self

from web.certificates import Pair
from web.rehearsal.server import free_port
from web.settings import PREFIX

DEADLINE: Final = 60.0


def wait_until(holds: Callable[[], bool], what: str) -> None:
    """Returns as soon as it holds; fails the test when it does not within a minute."""
    deadline = time.monotonic() + DEADLINE
    while not holds():
        assert time.monotonic() < deadline, f"never: {what}"
        time.sleep(0.02)


def alive(pid: int) -> bool:
    """Whether this process still runs; one that has ended and was not yet collected does not."""
    try:
        return _stat(pid)[0] != "Z"
    except OSError:
        return False


def _stat(pid: int) -> list[str]:
    """State, parent, process group, … of proc(5)."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def _running() -> Iterator[tuple[int, int, int]]:
    """Every process that runs, with its parent and its process group."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, parent, group = _stat(int(folder.name))[:3]
        except OSError:
            continue
        if state != "Z":
            yield int(folder.name), int(parent), int(group)


def _group(leader: int) -> set[int]:
    return {pid for pid, _, group in _running() if group == leader}


def children(parent: int) -> set[int]:
    return {pid for pid, of, _ in _running() if of == parent}


class Server:
    """One port, one database, one key; `with Server(…) as server` leaves no process behind."""

    def __init__(
        self,
        database: str,
        key: Path,
        workers: int = 2,
        port: int | None = None,
        pair: Pair | None = None,
    ) -> None:
        self.port = port or free_port()
        self.url = f"{'https' if pair else 'http'}://127.0.0.1:{self.port}"
        values = {
            "url": self.url,
            "port": self.port,
            "workers": workers,
            "database": database,
            "signing_key": key,
            "tls_cert": pair.certificate if pair else "",
            "tls_key": pair.key if pair else "",
        }
        self._trusted = pair and pair.authority
        self._size = workers
        self._environment = {f"{PREFIX}{name.upper()}": str(value) for name, value in values.items()}
        self._leaders: list[int] = []

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        for leader in self._leaders:
            if _group(leader):
                os.killpg(leader, signal.SIGKILL)
        self.process.wait()

    def start(self) -> None:
        """Returns when every worker is there and a page is answered."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "web", "serve"],
            env={**os.environ, **self._environment},
            start_new_session=True,
        )
        self._leaders.append(self.process.pid)
        wait_until(self._is_ready, "the server answers")

    def _is_ready(self) -> bool:
        assert self.process.poll() is None, "the server did not start"
        return self.answers() and len(self.workers()) == self._size

    def answers(self) -> bool:
        try:
            return self.get("/") == 200
        except OSError:
            return False

    def get(self, path: str) -> int:
        """The status, over a connection of its own: the system chooses the worker."""
        connection = self._connection()
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        finally:
            connection.close()

    def _connection(self) -> HTTPConnection:
        if self._trusted is None:
            return HTTPConnection("127.0.0.1", self.port, timeout=DEADLINE)
        trusting = ssl.create_default_context(cafile=self._trusted)
        return HTTPSConnection("127.0.0.1", self.port, timeout=DEADLINE, context=trusting)

    def workers(self) -> set[int]:
        return self.processes() - {self.process.pid}

    def processes(self) -> set[int]:
        """All that were started last and still run."""
        return _group(self.process.pid)

    def kill(self, pid: int) -> None:
        """This one, without a warning."""
        os.kill(pid, signal.SIGKILL)
        if pid == self.process.pid:
            self.process.wait()

    def kill_all(self) -> None:
        """The whole group at once, as a power cut does."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to stop; the exit code."""
        self.process.send_signal(how)
        return self.process.wait(DEADLINE)
