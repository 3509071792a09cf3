"""One database is enough here: `tests/contracts/test_keeping.py` compares the two."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.county import County
from tests.stores import opened
from voting.store import Store


@pytest.fixture
def store(sqlite_url: str) -> Iterator[Store]:
    """An open store on SQLite."""
    with opened(sqlite_url) as ready:
        yield ready


@pytest.fixture
def county(store: Store) -> County:
    """A county and one of its towns at work."""
    return County(store)
