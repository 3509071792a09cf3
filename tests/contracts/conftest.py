"""A session in its hall, on SQLite and on PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.people import Hall
from voting.store import Store


@pytest.fixture
def hall(store: Store, tmp_path: Path) -> Hall:
    """A round that has just been drafted."""
    return Hall(store, tmp_path, remembers=True)


@pytest.fixture
def elsewhere(store: Store, tmp_path: Path) -> Hall:
    """Another congress in the same database, which must never see the first."""
    return Hall(store, tmp_path, name="elsewhere", remembers=True)
