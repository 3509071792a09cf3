"""`piaojue serve`: one parent, one worker process per core, and nothing old left serving.

granian shares a port silently (SO_REUSEPORT) and its workers outlive a killed parent. So the port is tried
first, one server at a time may hold it, and a worker whose parent is gone ends at once: two generations of
the program answering on one port would be two truths in one hall.
"""

import gc
import logging
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from voting.signing import Signer
from voting.store import Store
from web import logs
from web.assets import CLIENT, Assets
from web.certificates import check_pair
from web.port import holding
from web.settings import Settings

if TYPE_CHECKING:
    from litestar import Litestar
    from litestar.types import ASGIApp

WATCH_INTERVAL = 0.1
LOOK_UP = 0.5
GRACE = 5
"""Seconds in which a stopped worker may finish the requests it has begun."""
WAITING_ROOM = 8192
"""Connections that may wait at once: a city's deputies, each with a spare."""
PARENT = "PARENT_OF_PIAOJUE"


def serve(settings: Settings) -> None:
    """Run until stopped. Refuses to start wrong: all that a worker needs is tried first.

    Raises SettingsError, PortTaken, MissingAsset, and whatever `Store.open` and `Signer.load` refuse.
    """
    Assets().require(*CLIENT)
    Signer.load(Path(settings.signing_key))
    Store.open(settings.database).close()
    if settings.tls_cert:
        check_pair(settings, datetime.now(UTC))
    with holding(settings.host, settings.port):
        os.environ[PARENT] = str(os.getpid())
        with _meters(settings):
            prepare()
            _run(settings)


_pages: Final[list["Litestar"]] = []
"""Put together in the parent, settled in by each worker."""


def prepare() -> None:
    """Load the program and put its pages together before workers are forked, once.

    They share what lies in memory, and one that replaces a killed one is there in a tenth of the time.
    """
    from web.app import every_page

    if not _pages:
        _pages.append(every_page())
        gc.freeze()  # what is loaded stays; looking through it would also make a copy of it for each worker


@contextmanager
def _meters(settings: Settings) -> Iterator[None]:
    """Where the workers write what they count; gone with the server."""
    if not settings.metrics_token:
        yield
        return
    with TemporaryDirectory(prefix="piaojue-meters-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        yield


class Bell(threading.Event):
    """An event that signal handlers set, and that the main thread waits for; two signals at once do no harm.

    `Event.set` takes a lock. The handler of a second signal (Ctrl-C, then SIGTERM from whoever started us)
    runs on top of the first, or of `wait`, in the same thread, and would wait for that lock for ever;
    `SimpleQueue.put` is made for this. And the system may give a signal to another thread while the main
    thread, which alone runs handlers, sleeps: so it looks up now and then.
    """

    def __init__(self) -> None:
        super().__init__()
        self._rings: SimpleQueue[None] = SimpleQueue()
        threading.Thread(target=self._hear, daemon=True).start()

    def set(self) -> None:
        self._rings.put(None)

    def wait(self, timeout: float | None = None) -> bool:
        """As `Event.wait`; granian's main thread gives no timeout."""
        while not super().wait(LOOK_UP if timeout is None else timeout) and timeout is None:
            pass
        return self.is_set()

    def _hear(self) -> None:
        while True:
            self._rings.get()
            super().set()


def _run(settings: Settings) -> None:
    server = Granian(
        "web.serving:application",
        factory=True,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGINL,
        workers=settings.workers or os.cpu_count() or 1,
        workers_kill_timeout=GRACE,
        respawn_failed_workers=True,
        respawn_interval=0.1,
        backlog=WAITING_ROOM,
        backpressure=WAITING_ROOM,
        ssl_cert=Path(settings.tls_cert) if settings.tls_cert else None,
        ssl_key=Path(settings.tls_key) if settings.tls_key else None,
        websockets=False,
        log_access=False,
        log_level=LogLevels.error,
        log_dictconfig=logs.server_logging(),
    )
    server.main_loop_interrupt = Bell()
    server.serve()


def application() -> "ASGIApp":
    """What each worker runs; it ends when its parent does."""
    parent = os.environ.get(PARENT)
    if parent:
        # Ctrl-C in a terminal reaches every process: a worker that heard it before its parent would end too
        # early, and look as if it had crashed. The parent alone hears it, and tells the workers (SIGTERM).
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        threading.Thread(target=end_with, args=(int(parent),), daemon=True).start()
    from web.app import from_environment

    app = from_environment(_pages.pop() if _pages else None)  # none where workers are not forked
    gc.freeze()  # what is loaded stays; looking through it for garbage costs as much as ten ballots each time
    return app


def end_with(parent: int) -> None:
    """End this process when its parent has gone: an orphan would keep the port and an old program."""
    while os.getppid() == parent:
        time.sleep(WATCH_INTERVAL)
    logging.shutdown()
    os._exit(1)


def end_with_input() -> None:
    """Stop serving when standard input ends: whoever started us and held its other end is gone."""
    threading.Thread(target=_stop_at_end_of_input, daemon=True).start()


def _stop_at_end_of_input() -> None:
    while os.read(sys.stdin.fileno(), 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
