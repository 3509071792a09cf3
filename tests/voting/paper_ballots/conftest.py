"""Halls with paper, on SQLite; the verifier judges each record that was finished."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.on_paper import PaperHall
from voting.store import Store

MakeHall = Callable[..., PaperHall]


@pytest.fixture
def paper_hall(sqlite: Store, tmp_path: Path) -> Iterator[MakeHall]:
    """`paper_hall(papers=12)`, `paper_hall(method="hands")`; audited if it was announced."""
    made: list[PaperHall] = []

    def make(**facts: Any) -> PaperHall:
        folder = tmp_path / str(len(made))
        folder.mkdir()
        made.append(PaperHall(sqlite, folder, name=f"hall {len(made)}", remembers=True, **facts))
        return made[-1]

    yield make
    for hall in made:
        if hall.current().state in {"announced", "published"}:
            hall.audit()
