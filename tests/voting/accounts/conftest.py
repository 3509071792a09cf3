"""A county whose people get accounts by invitation, as in real life."""

from __future__ import annotations

import pytest

from tests.county import County
from tests.voting.accounts.door import Door


@pytest.fixture
def door(county: County) -> Door:
    """The way in, on SQLite and on PostgreSQL."""
    return Door(county)
