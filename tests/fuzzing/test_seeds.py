"""What fuzzing begins with, and what it once found, is tried in every run; atheris is for runs by hand."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

import pytest

from ballots import archive, ballot
from ballots.record import read_record
from ballots.trustees import check_trustees
from tests.fuzzing.beginnings import SEEDS, beginnings
from tests.fuzzing.targets import BETWEEN, TARGETS, chained, election

FILES: Final = sorted(file for file in SEEDS.rglob("*") if file.is_file())


@pytest.mark.parametrize("file", FILES, ids=[f"{file.parent.name}-{file.name}" for file in FILES])
def test_a_seed_is_read_or_refused_in_words(file: Path) -> None:
    TARGETS[file.parent.name].run(file.read_bytes())


def test_every_target_has_seeds_and_they_are_small() -> None:
    assert {file.parent.name for file in FILES} == set(TARGETS)
    assert all(file.stat().st_size <= TARGETS[file.parent.name].most for file in FILES)
    assert sum(file.stat().st_size for file in FILES) < 32 * 1024


def test_the_seeds_that_are_made_are_those_that_are_stored() -> None:
    """Or fuzzing would begin with ballots of another election, and go no further than their first field."""
    for target, name, raw in beginnings():
        assert (SEEDS / target / name).read_bytes() == raw, f"{target}/{name}: python -m tests.fuzzing seeds"


def test_the_sound_seeds_are_accepted() -> None:
    assert ballot.read(election().election, (SEEDS / "ballot" / "sound").read_bytes()).answers
    bodies = (SEEDS / "archive" / "chained").read_bytes()[1:].split(BETWEEN)
    assert [entry.event.height for entry in archive.read(io.BytesIO(chained(bodies)))] == [*range(6)]
    assert check_trustees((SEEDS / "trustees" / "shared").read_bytes()).groups[0].needed == 2
    assert read_record((SEEDS / "record" / "as-it-is").read_bytes()[1:])
