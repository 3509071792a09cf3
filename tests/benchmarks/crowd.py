"""Thousands of readers with a connection each, in processes of their own: little is imported there."""

from __future__ import annotations

import asyncio
import os
import resource
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Final, NamedTuple

from web.rehearsal.processes import usage

CLIENTS: Final = 2
AT_ONCE: Final = 200
"""Connections that are being opened at one time."""
SPARE: Final = 200
LEAST: Final = 1 / os.sysconf("SC_CLK_TCK")
"""Seconds of CPU: less cannot be seen."""


class Turn(NamedTuple):
    """Of all readers together; `cpu` is the server's milliseconds for an answer."""

    answers: int
    seconds: float
    cpu: float
    p50: float
    p99: float


class Crowd:
    """So many readers in processes of their own, each with one connection; they do what they are told."""

    def __init__(self, lines: Sequence[Connection]) -> None:
        self._lines = lines

    def ask(self, path: str, seconds: float, server: int) -> Turn:
        """Everybody asks for it again and again."""
        before, start = cpu_of(server), time.perf_counter()
        for one in self._lines:
            one.send((path, seconds))
        waits = sorted(wait for one in self._lines for wait in one.recv())
        wall, cpu = time.perf_counter() - start, max(cpu_of(server) - before, LEAST)
        last = len(waits) - 1
        return Turn(len(waits), wall, 1000 * cpu / len(waits), waits[last // 2], waits[last * 99 // 100])


@contextmanager
def crowd(port: int, readers: int, clients: int = CLIENTS) -> Iterator[Crowd]:
    """When the block begins all of them are connected."""
    context, lines, processes = get_context("spawn"), list[Connection](), []
    for n in range(clients):
        ours, theirs = context.Pipe()
        some = readers // clients + (n < readers % clients)
        processes.append(context.Process(target=_read, args=(port, some, theirs), daemon=True))
        processes[-1].start()
        theirs.close()
        lines.append(ours)
    try:
        for one in lines:
            one.recv()
        yield Crowd(lines)
    finally:
        for process in processes:
            process.terminate()
            process.join()


def _read(port: int, readers: int, line: Connection) -> None:
    allow_files(readers + SPARE)
    asyncio.run(_obey(port, readers, line))


async def _obey(port: int, readers: int, line: Connection) -> None:
    turn = asyncio.Semaphore(AT_ONCE)

    async def connect() -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        async with turn:
            return await asyncio.open_connection("127.0.0.1", port)

    streams = await asyncio.gather(*(connect() for _ in range(readers)))
    line.send("ready")
    while True:
        path, seconds = await asyncio.to_thread(line.recv)
        until = time.perf_counter() + seconds
        found = await asyncio.gather(*(_ask(reader, writer, path, until) for reader, writer in streams))
        line.send([wait for waits in found for wait in waits])


async def _ask(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str, until: float
) -> list[float]:
    """Once at least; the seconds until each answer was there."""
    waits, request = list[float](), f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()
    while not waits or time.perf_counter() < until:
        start = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200 "):
            raise ValueError(head)
        length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        await reader.readexactly(int(length))
        waits.append(time.perf_counter() - start)
    return waits


def allow_files(number: int) -> None:
    """Raises ValueError if this machine does not let a process have so many."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(number, 1024), most))


def cpu_of(process: int) -> float:
    """Seconds so far, with all its children."""
    found = usage(process)
    assert found is not None
    return found.cpu
