"""A network between phones and server that drops, delays, reorders, repeats and replays what it carries.

Every request goes on to the server twice, each copy after a delay of its own; of the answers some are lost
and some come before those of earlier requests. What was seen can be sent once more, in another order.
"""

from __future__ import annotations

import asyncio
import random
import threading
from collections import Counter
from contextlib import suppress
from typing import Final, Self
from urllib.parse import urlsplit

COPIES: Final = 2
LONGEST_DELAY: Final = 0.05
LOST: Final = 0.4
"""The share of answers that do not arrive, and of requests that do not."""


class Wire:
    """`with Wire(server.url, dice) as wire`: phones talk to `wire.url`."""

    def __init__(self, url: str, dice: random.Random) -> None:
        self._to, self._dice = urlsplit(url), dice
        self.seen: list[bytes] = []
        self.did = Counter[str]()

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self._thread.start()
        self._door = asyncio.run_coroutine_threadsafe(self._open(), self._loop).result()
        self.url = f"http://127.0.0.1:{self._door.sockets[0].getsockname()[1]}"
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def replay(self) -> Counter[int]:
        """Everything that was ever seen, in another order; how often each status came back."""
        again = [*self.seen]
        self._dice.shuffle(again)
        return asyncio.run_coroutine_threadsafe(self._replayed(again), self._loop).result()

    async def _open(self) -> asyncio.Server:
        return await asyncio.start_server(self._carry, "127.0.0.1", 0)

    async def _close(self) -> None:
        self._door.close()
        rest = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.gather(*rest, return_exceptions=True)

    async def _carry(self, phone: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        try:
            with suppress(OSError, asyncio.IncompleteReadError):
                await self._carried(await _request(phone), back)
        finally:
            back.close()

    async def _carried(self, request: bytes, back: asyncio.StreamWriter) -> None:
        if self._dice.random() < LOST:
            self.did["requests lost"] += 1
            return
        self.seen.append(request)
        answers = await asyncio.gather(*(self._late(request) for _ in range(COPIES)))
        self.did["requests sent twice"] += 1
        if self._dice.random() < LOST:
            self.did["answers lost"] += 1
            return
        back.write(self._dice.choice(answers))
        await back.drain()

    async def _late(self, request: bytes) -> bytes:
        await asyncio.sleep(self._dice.uniform(0, LONGEST_DELAY))
        return await self._exchanged(request)

    async def _exchanged(self, request: bytes) -> bytes:
        reader, writer = await asyncio.open_connection(self._to.hostname, self._to.port)
        try:
            writer.write(request)
            return await reader.read()
        finally:
            writer.close()

    async def _replayed(self, requests: list[bytes]) -> Counter[int]:
        answers = [await self._exchanged(request) for request in requests]
        return Counter(int(answer[9:12]) for answer in answers)


async def _request(phone: asyncio.StreamReader) -> bytes:
    """One request, head and body."""
    head = await phone.readuntil(b"\r\n\r\n")
    (length,) = (
        int(line.partition(b":")[2])
        for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length:")
    )
    return head + await phone.readexactly(length)
