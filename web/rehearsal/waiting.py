"""A hall's phones in the waiting room: each asks as the ballot page does, until it hears what it
waits for: that voting is open or closed, or the result announced.

They run in a process of their own, so that what they cost is not taken for the server's, nor the other way
round. `time.monotonic` is one clock for all processes of a machine.
"""

import asyncio
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from secrets import SystemRandom
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from web.rehearsal.burst import secure_context
from web.rehearsal.lost import answering

EVERY: Final = 1.5
JITTER: Final = 0.5
"""Seconds, as in the ballot page's `polling.ts` while it waits."""
PATIENCE: Final = 60.0
"""Seconds in which the last phone must have heard."""
CHANCE: Final = SystemRandom()


class Heard(NamedTuple):
    """How many phones heard of what they waited for, and the seconds from it to the last of them."""

    phones: int
    seconds: float


class WaitingRoom:
    """The phones of a block of `waiting`."""

    def __init__(self, line: Connection) -> None:
        self._line = line

    def all_heard(self, since: float) -> Heard:
        """Wait until every phone has heard; `since` is when it came to be, by `time.monotonic`."""
        with answering():
            self._line.send("it has come")
            times: list[float] = self._line.recv()
        return Heard(len(times), max(times, default=since) - since)


@contextmanager
def waiting(url: str, path: str, phones: int, phase: str = "open") -> Iterator[WaitingRoom]:
    """So many phones that ask for `path` until a round is in this phase; when the block begins every one of
    them has had an answer."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_wait, args=(url, path, phones, phase, theirs))
    with answering():
        process.start()
    theirs.close()
    try:
        with answering():
            ours.recv()
        yield WaitingRoom(ours)
    finally:
        process.terminate()
        process.join()


def _wait(url: str, path: str, phones: int, phase: str, line: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for who started us
    asyncio.run(_wait_all([_Phone(url, path, phase) for _ in range(phones)], line))


async def _wait_all(room: "list[_Phone]", line: Connection) -> None:
    tasks = [asyncio.create_task(phone.wait()) for phone in room]
    await asyncio.gather(*(phone.here.wait() for phone in room))
    line.send("ready")
    await asyncio.to_thread(line.recv)
    await asyncio.wait(tasks, timeout=PATIENCE)
    line.send([phone.heard for phone in room if phone.heard is not None])


class _Phone:
    """One connection, kept open; after a failure another."""

    def __init__(self, url: str, path: str, phase: str) -> None:
        self._url, self._path = urlsplit(url), path
        self._awaited = b'"state":"%b"' % phase.encode()
        self._etag = b'""'
        self.here = asyncio.Event()
        self.heard: float | None = None

    async def wait(self) -> None:
        """Come in some time within the first pause, as people do; ask until it has come."""
        await asyncio.sleep(CHANCE.uniform(0, EVERY))
        while self.heard is None:
            try:
                await self._ask_on_one_connection()
            except (OSError, EOFError, ValueError):
                await asyncio.sleep(EVERY)

    async def _ask_on_one_connection(self) -> None:
        url, secure = self._url, secure_context(self._url.scheme)
        port = url.port or (443 if secure else 80)
        reader, writer = await asyncio.open_connection(url.hostname, port, ssl=secure)
        try:
            while not await self._ask(reader, writer):
                await asyncio.sleep(EVERY + CHANCE.uniform(0, JITTER))
        finally:
            writer.close()

    async def _ask(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One question; whether it has come. Raises what a broken connection raises."""
        writer.write(b"GET %b HTTP/1.1\r\n" % self._path.encode())
        writer.write(b"Host: %b\r\nIf-None-Match: %b\r\n\r\n" % (self._url.netloc.encode(), self._etag))
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        body = await reader.readexactly(int(_header(head, b"content-length") or 0))
        self._etag = _header(head, b"etag") or self._etag
        self.here.set()
        if self._awaited in body:
            self.heard = time.monotonic()
        return self.heard is not None


def _header(head: bytes, name: bytes) -> bytes:
    _, _, rest = head.partition(b"\r\n%b:" % name)
    return rest.partition(b"\r\n")[0].strip()
