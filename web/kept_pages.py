"""Public pages, rendered once and sent many times, without sending an old one.

What is published of a round never changes: it is kept for good, unless it waits for another round's
publication. A page of projects changes with its congress,
from whichever process, and on every new day. So before it is sent the database is asked for the congress's
mark. Whoever comes while a look is under way waits for the next one, which serves all of them together: none
is answered by a look that began before the visitor came. Only while several come at once, what a look found
stands for 100 ms for those who come after it: to wait for one costs the server as much as a whole page.
"""

import asyncio
import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from typing import Any, Final, NamedTuple

from anyio import to_thread
from litestar import MediaType, Request
from litestar.response.base import ASGIResponse

from voting.actors import NotFound

MOST_BYTES: Final = 32 * 1024 * 1024
"""Of one process; about a thousand pages."""
STANDS: Final = 0.1
"""Seconds from its beginning for which a look stands that served several at once; a lone one's does not.
In the second half of them the next look is begun, so that under load nobody waits."""
FOR_A_MINUTE: Final = {"cache-control": "public, max-age=60"}
_MATCH: Final = b"if-none-match"
REVALIDATED: Final = {"cache-control": "public, no-cache"}
"""A browser may keep it, and asks each time whether it is still the one."""

Look = Callable[[Collection[str]], Mapping[str, str]]
"""The marks of congresses; one that is left out does not exist."""
Render = Callable[[], str | bytes]
_SETTLED: Final = "settled"


class Settled(NamedTuple):
    """What was rendered, and whether it will ever be rendered otherwise."""

    body: str
    settled: bool


class Page(NamedTuple):
    """A rendered page, the mark of its congress when rendering began, its strong validator; and the answers
    made of it, ready to be sent: to whoever has not got it, and to whoever has."""

    mark: str
    body: bytes
    etag: str
    whole: ASGIResponse
    unchanged: ASGIResponse

    def answer(self, request: Request[Any, Any, Any]) -> ASGIResponse:
        """304 for a browser that names this validator (RFC 9110 §13.1.2)."""
        return self.unchanged if names(request, self.etag) else self.whole


def page_of(
    mark: str, body: bytes, headers: Mapping[str, str], media_type: str = MediaType.HTML, part: str = ""
) -> Page:
    """`part` tells apart what is sent of one body."""
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}{part}"'
    every = {"etag": etag, **headers}
    whole = ASGIResponse(body=body, headers=every, media_type=media_type)
    return Page(mark, body, etag, whole, ASGIResponse(status_code=304, headers=every))


def names(request: Request[Any, Any, Any], etag: str) -> bool:
    """Whether the browser says that it has exactly this."""
    # Raw, because every page passes here: a header object costs as much as half of the rest.
    named = next((value.decode("latin-1") for name, value in request.scope["headers"] if name == _MATCH), "")
    return etag in [one.strip().removeprefix("W/") for one in named.split(",")] if named else False


class KeptPages:
    """The pages of one process; the longest unused goes first when there are too many."""

    def __init__(self, look: Look) -> None:
        self._marks = _Marks(look)
        self._pages: OrderedDict[str, Page] = OrderedDict()
        self._rendering: dict[tuple[str, str], asyncio.Task[Page]] = {}
        self._bytes = 0

    async def get(self, round_id: str, render: Callable[[], Settled]) -> Page:
        """What never changes once it is settled, and is made anew for each visitor until then.

        `render` runs in a thread and raises for what is not published.
        """

        def make() -> Page:
            body, settled = render()
            return _made(_SETTLED if settled else "", body, FOR_A_MINUTE)

        return await self._page(round_id, _SETTLED, make)

    async def current(
        self, congress: str, name: str, render: Render, media_type: str = MediaType.HTML, **headers: str
    ) -> Page:
        """A page of a congress as it is at this moment. `name` tells apart what is kept: only what stands in
        the database may be part of it, or strangers could fill the memory. Raises NotFound.
        """
        mark = await self._marks.of(congress)

        def make() -> Page:
            given = {key.replace("_", "-"): value for key, value in headers.items()}
            return _made(mark, render(), {**REVALIDATED, **given}, media_type)

        return await self._page(f"{congress} {name}", mark, make)

    def forget(self) -> None:
        """Make every page anew: for measuring, never for being right."""
        self._pages.clear()
        self._bytes = 0

    async def _page(self, name: str, mark: str, make: Callable[[], Page]) -> Page:
        page = self._pages.get(name)
        if page is not None and page.mark == mark:
            self._pages.move_to_end(name)
            return page
        return await self._rendered(name, mark, make)

    async def _rendered(self, name: str, mark: str, make: Callable[[], Page]) -> Page:
        """Once, however many wait: who comes with the same mark has missed nothing since it began."""
        task = self._rendering.get((name, mark))
        if task is None:
            task = asyncio.get_running_loop().create_task(self._render(name, make))
            self._rendering[name, mark] = task
            task.add_done_callback(lambda _: self._rendering.pop((name, mark), None))
        return await asyncio.shield(task)

    async def _render(self, name: str, make: Callable[[], Page]) -> Page:
        page = await to_thread.run_sync(make)
        self._keep(name, page)
        return page

    def _keep(self, name: str, page: Page) -> None:
        former = self._pages.pop(name, None)
        self._bytes += len(page.body) - (len(former.body) if former else 0)
        self._pages[name] = page
        while self._bytes > MOST_BYTES and len(self._pages) > 1:
            self._bytes -= len(self._pages.popitem(last=False)[1].body)


class _Marks:
    """One look at a time, for everybody who waits when it begins."""

    def __init__(self, look: Look) -> None:
        self._look = look
        self._waiting: list[tuple[str, asyncio.Future[str]]] = []
        self._standing: Mapping[str, str] = {}
        self._until, self._renew = 0.0, False
        self._looking: asyncio.Task[None] | None = None

    async def of(self, congress: str) -> str:
        """Raises NotFound."""
        left = self._until - time.monotonic()
        if congress in self._standing and left > 0:
            if left < STANDS / 2:
                self._renew = True
                self._begin()
            return self._standing[congress]
        future: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._waiting.append((congress, future))
        self._begin()
        return await future

    def _begin(self) -> None:
        if self._looking is None or self._looking.done():
            self._looking = asyncio.get_running_loop().create_task(self._serve())

    async def _serve(self) -> None:
        while self._waiting or self._renew:
            waiting, self._waiting = self._waiting, []
            several, self._renew = self._renew or len(waiting) > 1, False
            asked = {congress for congress, _ in waiting} | (set(self._standing) if several else set())
            begun = time.monotonic()
            try:
                found = await to_thread.run_sync(self._look, asked)
            except Exception as error:  # noqa: BLE001 - it is theirs who asked, not this task's
                _tell(waiting, {}, error)
            else:
                self._standing, self._until = found, begun + (STANDS if several else 0)
                _tell(waiting, found, NotFound())


def _tell(
    waiting: list[tuple[str, asyncio.Future[str]]], found: Mapping[str, str], otherwise: Exception
) -> None:
    for congress, future in waiting:
        if future.done():
            continue  # its visitor has left
        if congress in found:
            future.set_result(found[congress])
        else:
            future.set_exception(otherwise)


def _made(
    mark: str, rendered: str | bytes, headers: Mapping[str, str], media_type: str = MediaType.HTML
) -> Page:
    body = rendered.encode() if isinstance(rendered, str) else rendered
    return page_of(mark, body, headers, media_type)
