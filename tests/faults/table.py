"""The table of faults: each moment × each fault at each of its commits → what is found afterwards.

After each: what was stored before is still there; pressing again gives in the end exactly the rows that one
undisturbed press makes; a third press changes nothing; and the round goes on to an announcement whose record
both verifiers accept. A moment that has been done may say so in words instead of doing nothing in silence.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import psycopg
from psycopg import sql
from sqlalchemy import URL

from tests.faults.boundary import FAULTS, Fault, struck
from tests.faults.ground import Ground, Press
from tests.faults.moments import MOMENTS
from tests.refusals import Dump, dump
from voting.errors import VotingError
from voting.store import Store
from voting.store.engine import sqlite_file
from voting.store.tables import metadata

HEADINGS = ("moment", "fault", "commit", "found", "pressed again", "record")


class Row(NamedTuple):
    """One line of the table; `commit` counts from 1."""

    moment: str
    fault: Fault
    commit: int
    found: str
    again: str
    record: str


def rows(store: Store, folder: Path, moment: str, faults: Sequence[Fault] = FAULTS) -> Iterator[Row]:
    """Let all of it happen to an empty installation. Raises AssertionError where a promise is broken."""
    ground = Ground(store, folder)
    press = MOMENTS[moment](ground)
    before = dump(store)
    with snapshot(store) as restore:
        press()
        wanted = dump(store)
        assert wanted != before, "the moment does nothing"
        for fault in faults:
            number = 0
            while (restore(), struck(store, fault, number, press))[1]:
                yield _row(ground, press, (moment, fault, number + 1), before, wanted)
                number += 1
            assert number, "the moment commits nothing"


def _row(ground: Ground, press: Press, named: tuple[str, Fault, int], before: Dump, wanted: Dump) -> Row:
    store, (moment, fault, commit) = ground.store, named
    found = dump(store)
    state = _found(found, before, wanted)
    if commit == 1 and fault in {"lost", "killed before"}:
        assert state == "nothing", (named, state)
    again = _answer(press)
    settled = dump(store)
    assert _numbers(settled) == _numbers(wanted), named
    if state == "all":
        assert settled == found, (named, "pressing again changed what was stored")
    _answer(press)
    assert dump(store) == settled, (named, "a third press changed something")
    record = "verified" if ground.finish() else "–"
    return Row(moment, fault, commit, state, again, record)


def _found(found: Dump, before: Dump, wanted: Dump) -> str:
    if found == before:
        return "nothing"
    return "all" if _numbers(found) == _numbers(wanted) else "a part"


def _numbers(of: Dump) -> dict[str, int]:
    return {table: len(found) for table, found in of.items()}


def _answer(press: Press) -> str:
    try:
        press()
    except VotingError as error:
        return f"says: {error.sentence}"
    return "answered"


@contextmanager
def snapshot(store: Store) -> Iterator[Callable[[], None]]:
    """Gives a function that puts the database back as it was at the beginning of the block."""
    store.close()
    url = store._transactions.url
    file = sqlite_file(url)
    with _copied_file(store, file) if file else _copied_rows(store, url) as restore:
        yield restore


@contextmanager
def _copied_file(store: Store, file: Path) -> Iterator[Callable[[], None]]:
    copy = file.with_name(f"{file.name}-{uuid4().hex}")  # snapshots are taken within snapshots
    shutil.copy(file, copy)

    def restore() -> None:
        store.close()
        for beside in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                file.with_name(file.name + beside).unlink()
        shutil.copy(copy, file)

    yield restore
    copy.unlink()


@contextmanager
def _copied_rows(store: Store, url: URL) -> Iterator[Callable[[], None]]:
    """PostgreSQL's own COPY of each table: copying whole databases costs a hundred times as much."""
    where = url.set(drivername="postgresql").render_as_string(hide_password=False)
    tables = [table.name for table in metadata.sorted_tables]
    with psycopg.connect(where) as connection:
        rows = {name: _read(connection, name) for name in tables}

    def restore() -> None:
        store.close()
        with psycopg.connect(where) as connection:
            for name in reversed(tables):
                connection.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(name)))
            for name in tables:
                _write(connection, name, rows[name])

    yield restore


def _read(connection: psycopg.Connection, table: str) -> bytes:
    statement = sql.SQL("COPY {} TO STDOUT").format(sql.Identifier(table))
    with connection.cursor().copy(statement) as copy:
        return b"".join(map(bytes, copy))


def _write(connection: psycopg.Connection, table: str, rows: bytes) -> None:
    if not rows:
        return
    statement = sql.SQL("COPY {} FROM STDIN").format(sql.Identifier(table))
    with connection.cursor().copy(statement) as copy:
        copy.write(rows)


def markdown(found: Sequence[Row]) -> str:
    lines = [HEADINGS, ("---",) * len(HEADINGS), *(tuple(map(str, row)) for row in found)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
