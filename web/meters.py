"""What an operator watches while a hall votes (`/metrics`, for Prometheus); off unless a token is set.

A scrape must tell nothing that the hall is not told. How many ballots are in is public while a round is open:
the screen shows it every two seconds. So nothing here is finer than that:

* no figure carries a round, a card, an address, an account or a path; each is of the whole installation;
* what happens to ballots is added to the figures in one go, at the quarters of a minute by the clock, in
  every process at the same moment: whoever scrapes a hundred times a second sees the same steps, so neither
  the order nor the time of a ballot, nor its own latency unless it was alone for fifteen seconds;
* what moves with every ballot written elsewhere (free bytes, processor time) is rounded, or left out;
* in flight are counted the phones that wait for news and the pages, never a ballot on its way.

Each worker writes to files of its own in one folder (`PROMETHEUS_MULTIPROC_DIR`), which whichever worker is
asked adds up. Litestar's own plugin counts by path and at once, and is therefore not used.
"""

from __future__ import annotations

import asyncio
import os
import re
import time
from collections import Counter as Tally
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol

import prometheus_client as prometheus
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from voting.store import Connections
from web.refusals import REFUSED

if TYPE_CHECKING:
    from litestar.types import ASGIApp, Message, Receive, Scope, Send

# Else the moment of the first ballot of its kind would be told.
prometheus.disable_created_metrics()  # type: ignore[no-untyped-call]  # as the library leaves it
STEP: Final = 15.0
"""Seconds between two additions."""
FOLDER: Final = "PROMETHEUS_MULTIPROC_DIR"
_BALLOT: Final = re.compile(r"/api/v/[^/]+/[^/]+/ballots")
_POLL: Final = re.compile(r"/api/v/[^/]+")
_QUIET: Final = re.compile(r"/(?:api/)?v/")
_BUCKETS: Final = (0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 40)


class Watched(Protocol):
    """What tells how its connections to the database are."""

    def connections(self) -> Connections: ...


class Meters:
    """The figures of one process, and in `PROMETHEUS_MULTIPROC_DIR` those of its siblings."""

    def __init__(self, watched: Watched, clock: Callable[[], float] = time.time) -> None:
        self._watched, self._clock = watched, clock
        self._own = prometheus.CollectorRegistry()
        self._ballots = self._counter("piaojue_ballots", "Ballots answered, by answer", ["answer"])
        self._incidents = self._counter("piaojue_incidents", "Answers 500 with an incident number")
        self._database_errors = self._counter("piaojue_database_errors", "Statements the database failed")
        words = "From a ballot's arrival to its answer"
        self._cast = prometheus.Histogram("piaojue_cast_seconds", words, buckets=_BUCKETS, registry=self._own)
        self._waiting = self._gauge("piaojue_requests_open", "Requests being answered", ["kind"])
        self._connections = self._gauge("piaojue_database_connections", "To the database", ["state"])
        self._answers, self._seconds, self._faults = Tally[str](), list[float](), 0
        self._errors_before, self._due = 0, False

    def _counter(self, name: str, words: str, labels: list[str] | None = None) -> prometheus.Counter:
        return prometheus.Counter(name, words, labels or [], registry=self._own)

    def _gauge(self, name: str, words: str, labels: list[str]) -> prometheus.Gauge:
        return prometheus.Gauge(name, words, labels, registry=self._own, multiprocess_mode="livesum")

    def answered(self, why: str, seconds: float) -> None:
        """A ballot: `accepted`, or the name of what refused it."""
        self._answers[why] += 1
        self._seconds.append(seconds)
        self._later()

    def failed(self) -> None:
        """Something nobody foresaw."""
        self._faults += 1
        self._later()

    def opened(self, kind: str, step: int) -> None:
        """One more request, or one less."""
        self._waiting.labels(kind).inc(step)
        self._later()

    def flush(self) -> None:
        """Add what has happened since the last quarter."""
        self._due = False
        for why, number in self._answers.items():
            self._ballots.labels(why).inc(number)
        for seconds in self._seconds:
            self._cast.observe(seconds)
        self._incidents.inc(self._faults)
        self._answers.clear()
        self._seconds.clear()
        self._faults = 0
        self._look()

    def _look(self) -> None:
        now = self._watched.connections()
        self._connections.labels("used").set(now.used)
        self._connections.labels("most").set(now.most)
        self._database_errors.inc(now.errors - self._errors_before)
        self._errors_before = now.errors

    def _later(self) -> None:
        if not self._due:
            self._due = True
            asyncio.get_running_loop().call_later(STEP - self._clock() % STEP, self.flush)

    def text(self, *more: Any) -> bytes:
        """Everything, in Prometheus' format; `more` are collectors of this moment."""
        whole = self._own
        if os.environ.get(FOLDER):
            whole = prometheus.CollectorRegistry()
            MultiProcessCollector(whole)  # type: ignore[no-untyped-call]  # as the library leaves it
        now = prometheus.CollectorRegistry()
        for one in more:
            now.register(one)
        return prometheus.generate_latest(whole) + prometheus.generate_latest(now)


class Metered:
    """The service, watched from outside: nothing on a ballot's way is longer while nobody watches."""

    def __init__(self, app: ASGIApp, meters: Meters) -> None:
        self._app, self._meters = app, meters

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = str(scope.get("path", ""))
        if scope.get("method") == "POST" and _BALLOT.fullmatch(path):
            await self._ballot(scope, receive, send)
        elif _QUIET.match(path) and not _POLL.fullmatch(path):
            await self._app(scope, receive, send)
        else:
            await self._page("poll" if _POLL.fullmatch(path) else "page", scope, receive, send)

    async def _ballot(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun, statuses = time.perf_counter(), list[int]()

        async def note(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])
            await send(message)

        await self._app(scope, receive, note)
        why = "accepted" if statuses[:1] == [200] else str(scope.get(REFUSED, "interrupted"))
        self._meters.answered(why, time.perf_counter() - begun)
        if why == "incident":
            self._meters.failed()

    async def _page(self, kind: str, scope: Scope, receive: Receive, send: Send) -> None:
        self._meters.opened(kind, 1)
        try:
            await self._app(scope, receive, send)
        finally:
            self._meters.opened(kind, -1)
        if scope.get(REFUSED) == "incident":
            self._meters.failed()


def in_folder(watched: Watched) -> Meters:
    """Those of a worker; what one has left that was killed is no longer counted as open."""
    for file in Path(os.environ.get(FOLDER, "/nonexistent")).glob("gauge_livesum_*.db"):
        pid = int(file.stem.rpartition("_")[2])
        if not Path(f"/proc/{pid}").exists():
            mark_process_dead(pid)  # type: ignore[no-untyped-call]  # as the library leaves it
    return Meters(watched)
