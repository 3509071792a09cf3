"""The table of faults: whatever happens at a commit, nothing is lost and nothing counts twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import table
from tests.faults.afterwards import AFTERWARDS
from tests.faults.moments import MOMENTS
from tests.stores import opened

SOME = [one for one in MOMENTS if one not in AFTERWARDS.keys() - {"hand over", "erase one person"}]
"""All are for `python -m tests.faults table`."""


@pytest.mark.parametrize("moment", SOME)
def test_whatever_happens_at_a_commit_pressing_again_gives_exactly_what_one_press_gives(
    sqlite_url: str, tmp_path: Path, moment: str
) -> None:
    with opened(sqlite_url) as store:
        found = list(table.rows(store, tmp_path, moment))
    assert {one.fault for one in found} == {"lost", "kept", "killed before", "killed after"}


@pytest.mark.parametrize("moment", SOME)
def test_a_commit_whose_answer_was_lost_is_there_once_on_postgresql(
    postgres_url: str, tmp_path: Path, moment: str
) -> None:
    with opened(postgres_url) as store:
        found = list(table.rows(store, tmp_path, moment, ["kept"]))
    assert found[-1].found == "all"
