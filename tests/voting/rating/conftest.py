"""A county on SQLite only, for what does not depend on the database."""

from __future__ import annotations

import pytest

from tests.county import County
from voting.store import Store


@pytest.fixture
def county(sqlite: Store) -> County:
    """示例县 and its town."""
    return County(sqlite)
