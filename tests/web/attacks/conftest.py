"""One target for all attacks of a worker."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.web.attacks.target import Target


@pytest.fixture(scope="session")
def target(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    """Prepared once: making it costs more than the attacks of the suite."""
    folder = tmp_path_factory.mktemp("target")
    database = f"sqlite:///{shutil.copy(sqlite_template, folder / 'piaojue.db')}"
    with ExitStack() as stack:
        yield Target(database, folder, stack)
