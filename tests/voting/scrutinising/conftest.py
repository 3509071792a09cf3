"""A session with three scrutineers of whom two open the box."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.people import Hall
from tests.stores import opened
from voting.store import Store


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Store]:
    """A store on SQLite only."""
    with opened(sqlite_url) as store:
        yield store


@pytest.fixture
def hall(sqlite: Store, tmp_path: Path) -> Iterator[Hall]:
    """A round that has just been drafted, on SQLite; it ends with the verifiers' judgement."""
    hall = Hall(sqlite, tmp_path, scrutineers=3, threshold=2, remembers=True)
    yield hall
    hall.audit()


@pytest.fixture
def anywhere(store: Store, tmp_path: Path) -> Iterator[Hall]:
    """As `hall`, on SQLite and on PostgreSQL."""
    hall = Hall(store, tmp_path, scrutineers=3, threshold=2, remembers=True)
    yield hall
    hall.audit()
