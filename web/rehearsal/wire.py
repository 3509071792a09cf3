"""The network between a hall and its server, which can be cut: a relay in a process of its own.

While it is cut, every connection is broken off and nobody gets a new one, as when the switch has no power.
"""

import asyncio
import contextlib
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Final

CHUNK: Final = 65536
WAITING_ROOM: Final = 8192


class Wire:
    """A relay at `port` of this machine."""

    def __init__(self, port: int, line: Connection) -> None:
        self.port = port
        self._line = line

    @property
    def url(self) -> str:
        """What phones open instead of the server's own address."""
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        """Returns when nothing passes any more."""
        self._order("cut")

    def mend(self) -> None:
        """Returns when everything passes again."""
        self._order("mend")

    def _order(self, what: str) -> None:
        self._line.send(what)
        self._line.recv()


@contextmanager
def wire(to: int) -> Iterator[Wire]:
    """A relay to this port of this machine, as long as the block lasts."""
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(to, theirs))
    process.start()
    theirs.close()
    try:
        yield Wire(ours.recv(), ours)
    finally:
        process.terminate()
        process.join()


def _run(to: int, line: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for who started us
    asyncio.run(_Relay(to).obey(line))


class _Relay:
    def __init__(self, to: int) -> None:
        self._to = to
        self._passing = set[asyncio.StreamWriter]()

    async def obey(self, line: Connection) -> None:
        server, port = await self._listen(0)
        line.send(port)
        while True:
            order = await asyncio.to_thread(line.recv)
            if order == "cut":
                server.close()
                self._break_off()
            elif not server.is_serving():
                server, _ = await self._listen(port)
            line.send("done")

    async def _listen(self, port: int) -> tuple[asyncio.Server, int]:
        listening = socket.create_server(("127.0.0.1", port), backlog=WAITING_ROOM)
        server = await asyncio.start_server(self._relay, sock=listening, backlog=WAITING_ROOM)
        found: int = listening.getsockname()[1]
        return server, found

    def _break_off(self) -> None:
        for writer in self._passing:
            writer.transport.abort()
        self._passing.clear()

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._to)
        except OSError:
            writer.transport.abort()
            return
        self._passing |= {writer, far_writer}
        await asyncio.gather(_pump(reader, far_writer), _pump(far_reader, writer))
        self._passing -= {writer, far_writer}


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while piece := await reader.read(CHUNK):
            writer.write(piece)
            await writer.drain()
    writer.close()
