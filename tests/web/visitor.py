"""A browser without a screen: it asks the pages in this very thread, and no socket lies between.

visitor = Visitor(app, "https://rd.example.gov.cn")
visitor.get("/")  # a response of httpx; redirects are looked at, unless the visitor follows them
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import ParamSpec, TypeVar

import httpx
from litestar import Litestar

from tests.screens import hidden_event_loop

T = TypeVar("T")
P = ParamSpec("P")

_of_thread = threading.local()


class _InThisThread(ThreadPoolExecutor):
    """Where the pages of one visitor need no other: to change threads costs as much as a small page."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        done: Future[T] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - whoever waits for the result gets it
            done.set_exception(error)
        return done


class _Sent(httpx.AsyncByteStream):
    """A body, read as the pages ask for it."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = parts

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self._parts:
            yield part


class _Pages(httpx.BaseTransport):
    """Each request runs on this thread's event loop until it is answered.

    One loop for all: what the pages keep for the next request (an answer that is being written for several
    who wait) goes on with the next.
    """

    def __init__(self, app: Litestar) -> None:
        self._pages = httpx.ASGITransport(app)  # type: ignore[arg-type]  # litestar's scopes are typed more narrowly

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        with hidden_event_loop():
            return _loop().run_until_complete(self._answer(request))

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(request.stream, httpx.SyncByteStream)
        sent = httpx.Request(
            request.method, request.url, headers=request.headers, stream=_Sent(request.stream)
        )
        answer = await self._pages.handle_async_request(sent)
        assert isinstance(answer.stream, httpx.AsyncByteStream)
        body = b"".join([part async for part in answer.stream])
        return httpx.Response(answer.status_code, headers=answer.headers, stream=httpx.ByteStream(body))


def _loop() -> asyncio.AbstractEventLoop:
    if not hasattr(_of_thread, "loop"):
        _of_thread.loop = asyncio.new_event_loop()
        _of_thread.loop.set_default_executor(_InThisThread())
    loop: asyncio.AbstractEventLoop = _of_thread.loop
    return loop


class Visitor(httpx.Client):
    """Somebody with cookies of their own."""

    def __init__(self, app: Litestar, address: str, *, follow_redirects: bool = False) -> None:
        self.app = app
        super().__init__(transport=_Pages(app), base_url=address, follow_redirects=follow_redirects)
