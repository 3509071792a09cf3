"""A county on SQLite: what these rules ask of the store, the contracts try on both databases."""

from __future__ import annotations

import pytest

from tests.county import County
from voting.store import Store


@pytest.fixture
def county(sqlite: Store) -> County:
    """A county and one of its towns at work."""
    return County(sqlite)
