"""A hall with a deck, on SQLite, and on both databases where locks matter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.dealt import Dealt
from tests.people import Hall
from tests.voting.conftest import session
from voting.store import Store


@pytest.fixture
def hall(sqlite: Store, tmp_path: Path) -> Iterator[Hall]:
    """Six deputies and a 差额 round that has just been drafted."""
    with session(sqlite, tmp_path / "hall") as hall:
        yield hall


@pytest.fixture
def dealt(hall: Hall) -> Dealt:
    """Eight cards for four rounds are loaded: six deputies, two to spare."""
    return Dealt(hall)


@pytest.fixture
def dealt_anywhere(store: Store, tmp_path: Path) -> Iterator[Dealt]:
    """As `dealt`, once on SQLite and once on PostgreSQL."""
    with session(store, tmp_path / "anywhere") as hall:
        yield Dealt(hall)
