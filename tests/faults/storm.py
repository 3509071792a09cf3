"""A hall that casts while servers are killed under it, and goes on asking until each deputy has an answer."""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final, Literal

from tests.crashing import Hall
from tests.server_process import Server, alive, wait_until
from web.rehearsal.burst import Reply, exchange

Kill = Literal["everything", "parent", "worker"]
KILLS: Final[tuple[Kill, ...]] = ("everything", "parent", "worker")
CROWD: Final = 40
"""Deputies whose request is under way at once: enough that every kill meets some of them."""
PAUSE: Final = 0.05
STANDSTILL: Final = 600.0
"""Seconds in which somebody must have been answered."""
PATIENCE: Final = 60.0
"""Seconds for one answer; a fault may leave a connection open for ever."""

Fault = Callable[[Callable[[], int], threading.Event], Counter[str]]
"""Gets the number of answers so far and the end; does its worst and says what it did."""


def voted_through(hall: Hall, urls: Sequence[str], fault: Fault) -> tuple[list[Reply], Counter[str]]:
    """All press at once; each begins with one of the servers and turns to the next when it gets no answer."""
    replies: dict[int, Reply] = {}
    over, did = threading.Event(), Counter[str]()
    happening = threading.Thread(target=lambda: did.update(fault(lambda: len(replies), over)))
    happening.start()
    try:
        asyncio.run(_press(hall, urls, replies))
    finally:
        over.set()
        happening.join()
    return [replies[number] for number in range(len(hall.ballots))], did


async def _press(hall: Hall, urls: Sequence[str], replies: dict[int, Reply]) -> None:
    crowd = asyncio.Semaphore(CROWD)

    async def deputy(number: int, raw: bytes) -> None:
        async with crowd:
            replies[number] = await _answered(hall.path, urls, number, raw, lambda: len(replies))

    async with asyncio.TaskGroup() as everybody:
        for number, raw in enumerate(hall.ballots):
            everybody.create_task(deputy(number, raw))


async def _answered(
    path: str, urls: Sequence[str], number: int, raw: bytes, progress: Callable[[], int]
) -> Reply:
    """The same bytes again and again, as the page sends them, until a server says something final."""
    begun = moved = time.monotonic()
    before, attempt = -1, number
    while time.monotonic() < moved + STANDSTILL:
        if progress() != before:
            before, moved = progress(), time.monotonic()
        try:
            url = urls[attempt % len(urls)]
            status, body = await asyncio.wait_for(exchange(url, path, raw), PATIENCE)
        except OSError:
            status, body = 0, b""
        if 0 < status < 500:
            return Reply(status, body, time.monotonic() - begun)
        attempt += 1
        await asyncio.sleep(PAUSE)
    raise AssertionError(f"deputy {number} was never answered")


def killing(server: Server, deputies: int, kills: int, dice: random.Random) -> Fault:
    """So many kills, each after a number of answers chosen beforehand and some milliseconds more; fewer if
    everybody has been answered before: a server at rest proves nothing."""
    marks = sorted(dice.randrange(deputies) for _ in range(kills))

    def fault(answers: Callable[[], int], over: threading.Event) -> Counter[str]:
        did = Counter[str]()
        for mark in marks:
            while answers() < mark and not over.wait(0.002):
                did["gave up"] += _started_if_gone(server)
            if over.wait(dice.uniform(0, 0.02)):
                break
            did["gave up"] += _started_if_gone(server)
            did[_kill(server, dice)] += 1
        did["gave up"] += _started_if_gone(server)
        return did

    return fault


def landed(did: Counter[str]) -> int:
    """Of kills, those that hit somebody while the hall was casting."""
    return sum(did[kind] for kind in KILLS)


def _started_if_gone(server: Server) -> bool:
    """What systemd does: a worker that dies twice within seconds makes the whole service end."""
    if server.process.poll() is None:
        return False
    _end_workers(server)
    server.start()
    return True


def _kill(server: Server, dice: random.Random) -> Kill:
    """Who was killed: one that has no workers yet dies itself."""
    kind, workers = dice.choice(KILLS), sorted(server.workers())
    if kind == "worker" and workers:
        server.kill(dice.choice(workers))
        return kind
    if kind == "everything":
        server.kill_all()
    else:
        kind = "parent"
        server.kill(server.process.pid)
        _end_workers(server)
    server.start()
    return kind


def _end_workers(server: Server) -> None:
    """Workers notice within a moment that their parent is gone."""
    orphans = server.workers()
    wait_until(lambda: not any(map(alive, orphans)), "the workers end with their parent")


def one_of_two(doomed: Server, deputies: int, dice: random.Random) -> Fault:
    """One server is killed in the middle and stays away."""
    mark = dice.randrange(deputies // 4, deputies // 2)

    def fault(answers: Callable[[], int], over: threading.Event) -> Counter[str]:
        while answers() < mark and not over.wait(0.002):
            pass
        doomed.kill_all()
        return Counter({"killed after answers": answers()})

    return fault


def peace(_answers: Callable[[], int], _over: threading.Event) -> Counter[str]:
    """Nothing happens to the servers."""
    return Counter()
