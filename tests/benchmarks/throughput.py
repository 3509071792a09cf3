"""Requests a second of pages, beside those of an empty handler of the same program.

One server process as in production, 200 connections that stay open, each asking again as soon as it has its
answer. The empty handler and the page take turns, because the machine's clock drifts and others use it too.
What counts is the server's own CPU for a request, the median of all turns: at full load requests a second are
its inverse.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Final

import httpx
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from litestar import Litestar, Response, Router, get
from msgspec import Struct

from tests.benchmarks.crowd import LEAST, cpu_of
from voting.signing import Signer
from web.app import from_environment
from web.rehearsal.server import START_SECONDS, free_port
from web.serving import WAITING_ROOM
from web.settings import PREFIX

EMPTY: Final = "/empty"
TURNS: Final = 15
SECONDS: Final = 1.0
CONNECTIONS: Final = 200


class Turn(Struct, frozen=True):
    """Of one turn: requests a second, and milliseconds of the server's CPU for each."""

    rate: float
    cpu: float


class Share(Struct, frozen=True):
    """Turns of a page, each with the empty handler's that followed it."""

    name: str
    turns: tuple[tuple[Turn, Turn], ...]

    @property
    def share(self) -> float:
        """Of the empty handler's throughput, by CPU: the median of all pairs."""
        return statistics.median(empty.cpu / page.cpu for page, empty in self.turns)

    def __str__(self) -> str:
        page, empty = (_median([pair[n] for pair in self.turns]) for n in (0, 1))
        clock = statistics.median(one.rate / other.rate for one, other in self.turns)
        return (
            f"{self.name:20} {page.rate:6.0f} a second, {page.cpu:.3f} ms CPU each; "
            f"empty handler {empty.rate:6.0f}, {empty.cpu:.3f} ms: "
            f"{100 * self.share:.0f} % by CPU, {100 * clock:.0f} % by the clock"
        )


@get(EMPTY)
async def empty() -> Response[bytes]:
    """What the server, the framework and our headers cost without any page."""
    return Response(b"", media_type="text/html")


def application() -> Litestar:
    """The whole service, with an empty handler beside its pages."""
    app = from_environment()
    assert isinstance(app, Litestar), "it is measured without its meters"
    app.register(Router("/", route_handlers=[empty]))
    return app


def shares(
    url: str, pages: Mapping[str, Sequence[str]], folder: Path, turns: int = TURNS, seconds: float = SECONDS
) -> Iterator[Share]:
    """Of each page over the database at `url`; its addresses are asked in turn, after each was asked once."""
    with running(url, folder) as (process, port):
        for name, addresses in pages.items():
            _warm(port, addresses)
            found = [
                (_turn(process, port, addresses, seconds), _turn(process, port, [EMPTY], seconds))
                for _ in range(turns)
            ]
            yield Share(name, tuple(found))


def _median(turns: Sequence[Turn]) -> Turn:
    return Turn(statistics.median(one.rate for one in turns), statistics.median(one.cpu for one in turns))


def _warm(port: int, addresses: Sequence[str]) -> None:
    with httpx.Client(base_url=f"http://127.0.0.1:{port}") as client:
        for address in addresses:
            assert client.get(address).status_code == 200, address


def _turn(process: int, port: int, addresses: Sequence[str], seconds: float) -> Turn:
    before, start = cpu_of(process), time.perf_counter()
    requests = asyncio.run(_ask(port, addresses, start + seconds))
    wall, cpu = time.perf_counter() - start, max(cpu_of(process) - before, LEAST)
    return Turn(requests / wall, 1000 * cpu / requests)


async def _ask(port: int, addresses: Sequence[str], until: float) -> int:
    asked = cycle(addresses)
    return sum(await asyncio.gather(*(_connection(port, asked, until) for _ in range(CONNECTIONS))))


async def _connection(port: int, addresses: Iterator[str], until: float) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    requests = 0
    while not requests or time.perf_counter() < until:
        writer.write(f"GET {next(addresses)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 200 "), head
        length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
        await reader.readexactly(int(length))
        requests += 1
    writer.close()
    return requests


@contextmanager
def running(url: str, folder: Path) -> Iterator[tuple[int, int]]:
    """(process, port) of a server with one worker, until the block ends."""
    port, key = free_port(), folder / f"{os.urandom(4).hex()}.key"
    Signer.create(key, os.urandom)
    settings = {"URL": f"http://127.0.0.1:{port}", "PORT": port, "DATABASE": url, "SIGNING_KEY": key}
    environment = {**os.environ, **{PREFIX + name: str(value) for name, value in settings.items()}}
    command = [sys.executable, "-m", "tests.benchmarks.throughput", str(port)]
    with subprocess.Popen(command, env=environment) as process:
        try:
            _wait(port)
            yield process.pid, port
        finally:
            process.terminate()
            process.wait()


def _wait(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            httpx.get(f"http://127.0.0.1:{port}{EMPTY}", timeout=START_SECONDS)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise TimeoutError


def main(port: int) -> None:
    Granian(
        "tests.benchmarks.throughput:application",
        factory=True,
        address="127.0.0.1",
        port=port,
        interface=Interfaces.ASGINL,
        workers=1,
        backlog=WAITING_ROOM,
        backpressure=2 * WAITING_ROOM,
        websockets=False,
        log_access=False,
        log_level=LogLevels.error,
    ).serve()


if __name__ == "__main__":
    main(int(sys.argv[1]))
