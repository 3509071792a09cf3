"""No test leaves an unsound round behind: every store is looked through when it closes."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import update

from ballots.checks import Refused
from tests import audited
from tests.people import Hall
from tests.stores import opened
from voting import publishing
from voting.store import Store
from voting.store.tables import ballot


def counted(store: Store, folder: Path, name: str) -> Hall:
    hall = Hall(store, folder, name=name)
    hall.reach("open")
    hall.cast(0, 1)
    hall.reach("counted")
    return hall


def test_a_round_with_a_changed_ballot_fails_the_test_that_leaves_it_behind(
    sqlite_url: str, tmp_path: Path
) -> None:
    with ExitStack() as test:
        store = test.enter_context(Store.open(sqlite_url))
        hall = counted(store, tmp_path, "unsound")
        with store._transactions.begin() as connection:
            connection.execute(update(ballot).values(body=hall.ballot(0, 2)))
        with pytest.raises(Refused):
            test.close()


def test_a_sound_round_that_nobody_looked_at_is_looked_through(sqlite_url: str, tmp_path: Path) -> None:
    with opened(sqlite_url) as store:
        left = counted(store, tmp_path, "sound")
        left.reach("announced")
        archive = publishing.archive(store, left.staff, left.round.id)
        assert not audited.was_verified(archive)
    assert audited.was_verified(archive)
