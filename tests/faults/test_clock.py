"""A clock that is set back refuses nobody for ever, and breaks neither order nor chain nor record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from tests.county import County, new_id
from tests.faults.clocks import SETBACKS, survived
from tests.people import OPENING_DAY, Hall
from tests.stores import opened
from voting import rehearsals
from voting.accounts import waiting
from voting.accounts.facts import Account
from voting.cycle import State
from voting.exercises import Exercise
from voting.store import Store
from voting.store.exports import Export

YEAR = timedelta(days=365)


@pytest.fixture
def sqlite(sqlite_url: str) -> Iterator[Store]:
    with opened(sqlite_url) as store:
        yield store


@pytest.mark.parametrize("at", ["open", "closed", "reconciled", "counted", "announced", None])
def test_a_round_goes_on_when_the_clock_is_set_back_before_any_step(
    sqlite: Store, tmp_path: Path, at: State | None
) -> None:
    survived(Hall(sqlite, tmp_path), at, SETBACKS[-1])


def test_a_lock_of_an_account_does_not_outlast_its_minutes_when_the_clock_is_set_back() -> None:
    fields: dict[str, Any] = {"id": new_id("account"), "login": "liu", "name": "刘科长"}
    account = Account(**fields, password_hash="", created_at=OPENING_DAY, failures=9)
    locked = replace(account, **waiting.failed(account, OPENING_DAY))
    assert waiting.is_waiting(locked, OPENING_DAY)
    assert not waiting.is_waiting(locked, OPENING_DAY - YEAR)


def test_a_rehearsal_that_died_in_the_future_bars_nobody(sqlite: Store, tmp_path: Path) -> None:
    hall = Hall(sqlite, tmp_path)
    for number, now in enumerate((OPENING_DAY, OPENING_DAY - YEAR)):
        rehearsals.begin(sqlite, hall.staff, new_id(f"rehearsal {number}"), Exercise(deputies=30), now)


def test_an_export_that_stopped_in_the_future_is_lost(sqlite: Store) -> None:
    clerk = County(sqlite).staff
    made = Export(
        id=new_id("export"),
        congress=clerk.congress,
        membership=str(clerk.link),
        query="",
        started_at=OPENING_DAY,
        seen_at=OPENING_DAY,
        done=0,
        total=9,
    )
    assert not made.is_lost(OPENING_DAY)
    assert made.is_lost(OPENING_DAY - YEAR)
