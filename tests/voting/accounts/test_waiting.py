"""Guessing costs time, and patience restores everything."""

from __future__ import annotations

from datetime import timedelta

from tests.county import FIRST_DAY
from voting.accounts import waiting
from voting.accounts.facts import Account

SOMEBODY = Account(id="0" * 32, login="wang", name="王晓", password_hash="", created_at=FIRST_DAY)


def test_five_tries_are_free_and_then_the_wait_doubles_up_to_a_quarter_of_an_hour() -> None:
    waits = [waiting.wait_after(failures) // timedelta(minutes=1) for failures in range(12)]
    assert waits == [0, 0, 0, 0, 0, 1, 2, 4, 8, 15, 15, 15]


def test_a_million_failures_wait_no_longer() -> None:
    assert waiting.wait_after(1_000_000) == timedelta(minutes=15)


def test_an_account_waits_until_the_moment_and_not_at_it() -> None:
    locked = waiting.failed(
        Account(**{**{f: getattr(SOMEBODY, f) for f in SOMEBODY.__struct_fields__}, "failures": 4}), FIRST_DAY
    )
    assert locked == {"failures": 5, "failed_at": FIRST_DAY, "locked_until": FIRST_DAY + timedelta(minutes=1)}
