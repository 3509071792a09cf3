"""One installation for all journeys of a worker; whoever walks through its pages looks closely."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import expect

from tests import audited
from tests.journeys.installation import Installation, installed
from tests.journeys.looking import Look

PATIENCE_MS: Final = 60_000
"""Pages ask every three to four seconds, and the machine may be busy with other tests."""


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """A service on SQLite, with one congress."""
    folder = tmp_path_factory.mktemp("installation")
    expect.set_options(timeout=PATIENCE_MS)
    with installed(folder, f"sqlite:///{folder / 'piaojue.db'}") as made:
        yield made


@pytest.fixture
def installation_on_postgres(postgres_url: str, tmp_path: Path) -> Iterator[Installation]:
    """Another one, on PostgreSQL."""
    expect.set_options(timeout=PATIENCE_MS)
    with installed(tmp_path, postgres_url) as made:
        yield made


@pytest.fixture(autouse=True)
def _every_round_is_verified(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a journey leaves in its installation."""
    names = {"installation", "installation_on_postgres"} & set(request.fixturenames)
    used: list[Installation] = [request.getfixturevalue(name) for name in names]
    yield
    for one in used:
        audited.every_record(one.store)


@pytest.fixture
def look(request: pytest.FixtureRequest) -> Iterator[Look]:
    """Fails the test that passed through a page with a fault; TEST_ALBUM=FOLDER keeps pictures of all."""
    album = os.environ.get("TEST_ALBUM")
    folder = Path(album) / request.node.name if album else None
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
    looking = Look(folder)
    yield looking
    assert looking.faults == [], looking.faults
