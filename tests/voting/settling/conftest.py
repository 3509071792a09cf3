"""What does not depend on the database is tried on SQLite only; the store's promises have contracts."""

from __future__ import annotations

import pytest

from tests.county import County
from voting.store import Store


@pytest.fixture
def county(sqlite: Store) -> County:
    """A county and one of its towns at work."""
    return County(sqlite)
