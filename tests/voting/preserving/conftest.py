"""A place to restore to."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import pytest

from tests.postgres import create_database, drop_database


@pytest.fixture
def bare_postgres_url(postgres_server: str) -> Iterator[str]:
    """The URL of a PostgreSQL database without a table."""
    name = f"piaojue_bare_{uuid4().hex}"
    yield create_database(postgres_server, name)
    drop_database(postgres_server, name)
