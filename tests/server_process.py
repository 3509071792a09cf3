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

from tests.nursery import Nursery, Raised
from web.certificates import Pair
from web.rehearsal.server import free_port
from web.settings import PREFIX

DEADLINE: Final = 60.0
STANDSTILL: Final = 60.0
"""Seconds in which a process that works must have got somewhere, however busy the machine is."""


def wait_until(holds: Callable[[], bool], what: str) -> None:
    """Returns as soon as it holds; fails the test when it does not within a minute."""
    deadline = time.monotonic() + DEADLINE
    while not holds():
        assert time.monotonic() < deadline, f"never: {what}"
        time.sleep(0.02)


def wait_while_it_works(holds: Callable[[], bool], worked: Callable[[], float], what: str) -> None:
    """As `wait_until`, but for as long as `worked` (seconds of CPU) grows within each minute."""
    before, deadline = -1.0, 0.0
    while not holds():
        so_far = worked()
        if so_far != before:
            before, deadline = so_far, time.monotonic() + STANDSTILL
        assert time.monotonic() < deadline, f"never: {what}"
        time.sleep(0.05)


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


def _worked(pids: set[int]) -> float:
    """Seconds of CPU that these have used; who has just ended counts for nothing."""
    ticks = 0
    for pid in pids:
        try:
            ticks += sum(map(int, _stat(pid)[11:13]))
        except OSError:
            continue
    return ticks / os.sysconf("SC_CLK_TCK")


def children(parent: int) -> set[int]:
    return {pid for pid, of, _ in _running() if of == parent}


class Server:
    """One port, one database, one key; `with Server(…) as server` leaves no process behind.

    With a nursery it starts in a tenth of the time.
    """

    def __init__(
        self,
        database: str,
        key: Path,
        workers: int = 2,
        port: int | None = None,
        pair: Pair | None = None,
        nursery: Nursery | None = None,
    ) -> None:
        self.port = port or free_port()
        self.url = f"{'https' if pair else 'http'}://127.0.0.1:{self.port}"
        self._places = (database, key)
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
        self._size, self._nursery = workers, nursery
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
        self.process = self._begun()
        self._leaders.append(self.process.pid)
        wait_while_it_works(self._is_ready, lambda: _worked(self.processes()), "the server answers")

    def _begun(self) -> subprocess.Popen[bytes] | Raised:
        if self._nursery is not None:
            return self._nursery.raised(self._environment)
        return subprocess.Popen(
            [sys.executable, "-m", "web", "serve"],
            env={**os.environ, **self._environment},
            start_new_session=True,
        )

    def beside(self) -> Server:
        """Another one, on a port of its own, over the same database with the same key."""
        return Server(*self._places, workers=self._size, nursery=self._nursery)

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
