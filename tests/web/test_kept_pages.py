"""Pages that are kept: rendered once, and never an old one, whoever asks at whatever moment."""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Mapping
from threading import Event

import pytest

from voting.actors import NotFound
from web import kept_pages
from web.kept_pages import KeptPages, Settled

HERE = "c" * 32


class Database:
    """`state` is what a look finds; a look can be held at its end, as a slow one would be."""

    def __init__(self) -> None:
        self.state, self.looks, self.rendered = "1", 0, 0
        self.held = Event()
        self.held.set()
        self.begun = Event()

    def look(self, congresses: Collection[str]) -> Mapping[str, str]:
        found = {one: self.state for one in congresses if one == HERE}
        self.looks += 1
        self.begun.set()
        assert self.held.wait(10)
        return found

    def render(self) -> str:
        self.rendered += 1
        return f"state {self.state}"


@pytest.fixture
def database() -> Database:
    return Database()


def test_a_page_is_rendered_once_as_long_as_nothing_changes(database: Database) -> None:
    async def visits() -> list[bytes]:
        pages = KeptPages(database.look)
        return [(await pages.current(HERE, "x", database.render)).body for _ in range(3)]

    assert asyncio.run(visits()) == [b"state 1"] * 3
    assert (database.rendered, database.looks) == (1, 3)


def test_what_is_settled_is_kept_for_good_and_what_is_not_is_made_anew(database: Database) -> None:
    async def visits() -> list[bytes]:
        pages, found = KeptPages(database.look), []
        for database.state in "1233":
            page = await pages.get("r", lambda: Settled(database.render(), database.state >= "2"))
            found.append(page.body)
        return found

    assert asyncio.run(visits()) == [b"state 1", b"state 2", b"state 2", b"state 2"]
    assert (database.rendered, database.looks) == (2, 0)


def test_whoever_comes_after_a_change_is_not_answered_by_a_look_that_began_before(database: Database) -> None:
    async def visits() -> tuple[bytes, bytes]:
        pages = KeptPages(database.look)
        await pages.current(HERE, "x", database.render)
        database.held.clear()
        database.begun.clear()
        early = asyncio.create_task(pages.current(HERE, "x", database.render))
        await asyncio.to_thread(database.begun.wait, 10)
        database.state = "2"  # committed while the look is under way, which saw the state before
        late = asyncio.create_task(pages.current(HERE, "x", database.render))
        await asyncio.sleep(0)
        database.held.set()
        return (await early).body, (await late).body

    assert asyncio.run(visits()) == (b"state 1", b"state 2")


def test_many_who_come_at_once_share_looks_and_one_rendering(database: Database) -> None:
    async def visits() -> set[bytes]:
        pages = KeptPages(database.look)
        found = await asyncio.gather(*(pages.current(HERE, "x", database.render) for _ in range(50)))
        return {one.body for one in found}

    assert asyncio.run(visits()) == {b"state 1"}
    assert (database.rendered, database.looks <= 2) == (1, True)


def test_what_a_look_found_for_many_stands_for_a_moment_and_no_longer(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def visits() -> list[bytes]:
        pages, seen = KeptPages(database.look), []
        for moment in (3600.0, 0.0):
            monkeypatch.setattr(kept_pages, "STANDS", moment)
            database.state = "1"
            await asyncio.gather(*(pages.current(HERE, "x", database.render) for _ in range(9)))
            database.state = "2"
            seen.append((await pages.current(HERE, "x", database.render)).body)
            pages = KeptPages(database.look)
        return seen

    assert asyncio.run(visits()) == [b"state 1", b"state 2"]


def test_a_congress_that_does_not_exist_is_not_found_and_others_are_served(database: Database) -> None:
    async def visits() -> list[object]:
        pages = KeptPages(database.look)
        asked = (pages.current(one, "x", database.render) for one in ("d" * 32, HERE))
        return list(await asyncio.gather(*asked, return_exceptions=True))

    refused, served = asyncio.run(visits())
    assert isinstance(refused, NotFound)
    assert isinstance(served, kept_pages.Page)


def test_what_fails_is_told_to_all_who_wait_and_is_tried_again(database: Database) -> None:
    def fail() -> str:
        database.rendered += 1
        if database.rendered == 1:
            raise NotFound
        return "there now"

    async def visits() -> list[object]:
        pages = KeptPages(database.look)
        asked = (pages.current(HERE, "x", fail) for _ in range(3))
        first = await asyncio.gather(*asked, return_exceptions=True)
        return [*first, (await pages.current(HERE, "x", fail)).body]

    *refused, served = asyncio.run(visits())
    assert {type(one) for one in refused} == {NotFound}
    assert served == b"there now"


def test_a_look_that_fails_ends_with_its_visitors_and_the_next_one_is_served(database: Database) -> None:
    def broken(congresses: Collection[str]) -> Mapping[str, str]:
        database.looks += 1
        if database.looks == 1:
            raise ConnectionError
        return dict.fromkeys(congresses, "1")

    async def visits() -> bytes:
        pages = KeptPages(broken)
        with pytest.raises(ConnectionError):
            await pages.current(HERE, "x", database.render)
        return (await pages.current(HERE, "x", database.render)).body

    assert asyncio.run(visits()) == b"state 1"


def test_the_longest_unused_goes_first_when_memory_is_full(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_pages, "MOST_BYTES", 3 * len("state 1"))

    async def visits() -> int:
        pages = KeptPages(database.look)
        for name in ("a", "b", "c", "a", "d"):
            await pages.current(HERE, name, database.render)
        before = database.rendered
        for name in ("a", "c", "d"):
            await pages.current(HERE, name, database.render)
        assert database.rendered == before
        await pages.current(HERE, "b", database.render)
        return database.rendered - before

    assert asyncio.run(visits()) == 1
