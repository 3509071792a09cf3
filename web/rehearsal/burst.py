"""All deputies press 提交 at the same moment: many HTTP requests at once, each timed.

A plain asyncio client: one connection per deputy, as phones have, and so little work per request that what is
measured is the server.
"""

import asyncio
import math
import ssl
import time
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

TIMEOUT = 600.0
TRIES = 5
LONGEST_PAUSE = 2.0
"""Seconds between two tries, as the network may be gone for a while."""


class Post(NamedTuple):
    """What a deputy sends where, and how many seconds after the common start."""

    path: str
    body: bytes
    after: float = 0.0


class Reply(NamedTuple):
    """Status (0: no answer), body, and seconds from the deputy's own start to the answer."""

    status: int
    body: bytes
    seconds: float


def burst(
    url: str, path: str, bodies: Sequence[bytes], done: Callable[[], None], outage: float = 0.0
) -> list[Reply]:
    """POST every body to `path` at once; `done` is called at each answer. Replies in the order of bodies.

    `outage`: seconds for which the network may be gone, and everybody goes on trying.
    """
    return send(url, [Post(path, body) for body in bodies], done, outage)


def send(url: str, posts: Sequence[Post], done: Callable[[], None], outage: float = 0.0) -> list[Reply]:
    """The same for deputies of several halls, each at the own time. Replies in the order of posts."""
    return asyncio.run(_send(url, posts, done, TRIES + math.ceil(outage / LONGEST_PAUSE)))


async def _send(url: str, posts: Sequence[Post], done: Callable[[], None], tries: int) -> list[Reply]:
    start = time.perf_counter()
    return list(await asyncio.gather(*(_post(url, one, start, done, tries) for one in posts)))


async def _post(url: str, post: Post, common: float, done: Callable[[], None], tries: int) -> Reply:
    """One deputy: the same bytes again after a lost connection, as the ballot page does."""
    status, answer, start = 0, b"", common + post.after
    if post.after:
        await asyncio.sleep(max(0.0, start - time.perf_counter()))
    for attempt in range(tries):
        try:
            status, answer = await asyncio.wait_for(exchange(url, post.path, post.body), TIMEOUT)
            break
        except OSError:
            await asyncio.sleep(min(0.1 * 2**attempt, LONGEST_PAUSE))
    done()
    return Reply(status, answer, time.perf_counter() - start)


def answers(url: str, path: str) -> bool:
    """Whether a server there has this page."""
    try:
        return asyncio.run(asyncio.wait_for(exchange(url, path, b"", "GET"), 30))[0] == 200
    except (OSError, ValueError):  # no such host, nobody there, no address at all
        return False


async def exchange(url: str, path: str, body: bytes, method: str = "POST") -> tuple[int, bytes]:
    """One request on one connection: (status, body). Raises OSError."""
    address = urlsplit(url)
    secure = secure_context(address.scheme)
    reader, writer = await asyncio.open_connection(
        address.hostname, address.port or (443 if secure else 80), ssl=secure
    )
    try:
        writer.write(_request(method, address.netloc, path, len(body)) + body)
        await writer.drain()
        raw = await reader.read()
    finally:
        writer.close()
    head, _, answer = raw.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/1.1 "):
        raise ConnectionResetError
    return int(head[9:12]), answer


@cache
def secure_context(scheme: str) -> ssl.SSLContext | None:
    """For https, the authorities this machine trusts, read once for all; for http nothing."""
    return ssl.create_default_context() if scheme == "https" else None


def _request(method: str, host: str, path: str, size: int) -> bytes:
    lines = (
        f"{method} {path} HTTP/1.1",
        f"Host: {host}",
        "Content-Type: application/json",
        f"Content-Length: {size}",
        "Connection: close",
    )
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
