"""A page that refuses changes nothing of its subject."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from tests.refusals import Dump, dump
from voting.store import Store


@contextmanager
def unchanged(store: Store) -> Iterator[None]:
    """The block leaves every table as it was, and writes no line into the log.

    What any request writes does not count: when its visitor was last seen, and how far the log is chained.
    """
    before = rows_that_count(dump(store))
    yield
    after = rows_that_count(dump(store))
    assert [name for name in after if after[name] != before[name]] == []


def rows_that_count(tables: Dump) -> Dump:
    """Without what any request writes."""
    kept = {name: rows for name, rows in tables.items() if name != "login"}
    settings = [row for row in tables["setting"] if row[1] != "audit_head"]
    return {**kept, "audit": sorted(row[:2] for row in tables["audit"]), "setting": settings}
