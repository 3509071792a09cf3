"""A session in its hall. Every test ends with the verifier's judgement of what it left behind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.people import GRADES, SELECT, STANCES, Hall
from tests.stores import opened
from voting.rules import RoundRules
from voting.store import Store
from voting.wording import Body


@contextmanager
def session(
    store: Store, folder: Path, rules: RoundRules = SELECT, scrutineers: int = 2, body: Body = "congress"
) -> Iterator[Hall]:
    folder.mkdir()
    hall = Hall(store, folder, rules=rules, scrutineers=scrutineers, body=body, remembers=True)
    yield hall
    hall.audit()


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Store]:
    """A store on SQLite only, for what does not depend on the database."""
    with opened(sqlite_url) as store:
        yield store


@pytest.fixture
def hall(sqlite: Store, tmp_path: Path) -> Iterator[Hall]:
    """A 差额 round that has just been drafted, on SQLite."""
    with session(sqlite, tmp_path / "hall") as hall:
        yield hall


@pytest.fixture
def stances(sqlite: Store, tmp_path: Path) -> Iterator[Hall]:
    """An 等额 round that has just been drafted, on SQLite."""
    with session(sqlite, tmp_path / "stances", STANCES) as hall:
        yield hall


@pytest.fixture
def grades(sqlite: Store, tmp_path: Path) -> Iterator[Hall]:
    """A satisfaction test that has just been drafted, on SQLite."""
    with session(sqlite, tmp_path / "grades", GRADES) as hall:
        yield hall


@pytest.fixture
def committee(sqlite: Store, tmp_path: Path) -> Iterator[Hall]:
    """As `grades`, in a meeting of the standing committee."""
    with session(sqlite, tmp_path / "committee", GRADES, body="committee") as hall:
        yield hall


@pytest.fixture
def hall_of_one(sqlite: Store, tmp_path: Path) -> Iterator[Hall]:
    """As `hall`, with a single scrutineer."""
    with session(sqlite, tmp_path / "one", scrutineers=1) as hall:
        yield hall


@pytest.fixture
def anywhere(store: Store, tmp_path: Path) -> Iterator[Hall]:
    """As `hall`, once on SQLite and once on PostgreSQL."""
    with session(store, tmp_path / "anywhere") as hall:
        yield hall
