"""A page that refuses changes nothing of its subject."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from tests.refusals import Dump, dump
from voting.store import Store

_ANYWAY: Final = {"login", "setting"}
"""Written by any request: when its visitor was last seen, and how far the log has been chained."""


@contextmanager
def unchanged(store: Store) -> Iterator[None]:
    """The block leaves every table as it was, and writes no line into the log."""
    before = _kept(dump(store))
    yield
    assert _kept(dump(store)) == before


def _kept(tables: Dump) -> Dump:
    kept = {name: rows for name, rows in tables.items() if name not in _ANYWAY}
    kept["audit"] = sorted(row[:2] for row in tables["audit"])
    return kept
