"""Promises of voting/keeping/rules.py: every period has bounds, a source, and a day."""

from __future__ import annotations

from datetime import date
from typing import get_args

import pytest
from msgspec.structs import replace

from voting.keeping.rules import (
    RULES,
    KeepingError,
    KeepingSettings,
    Kind,
    changeable,
    check_settings,
    months_before,
    period,
    until,
)
from voting.store.scrubbing import TABLES
from voting.store.tables import metadata

DAY = date(2027, 3, 31)


def test_every_kind_has_a_rule_whose_preset_lies_within_its_bounds_and_a_source() -> None:
    assert set(RULES) == set(get_args(Kind))
    for kind, rule in changeable():
        assert rule.bounds[0] <= KeepingSettings().months(kind) <= rule.bounds[1], kind
    assert all(rule.source and rule.since and rule.what and rule.purpose for rule in RULES.values())
    assert check_settings(KeepingSettings()) == KeepingSettings()


@pytest.mark.parametrize("kind", [kind for kind, _ in changeable()])
def test_a_period_outside_its_bounds_is_refused_and_named(kind: Kind) -> None:
    for months in (RULES[kind].bounds[0] - 1, RULES[kind].bounds[1] + 1):
        with pytest.raises(KeepingError) as caught:
            check_settings(replace(KeepingSettings(), **{kind: months}))
        assert caught.value.field == kind
        assert RULES[kind].name in caught.value.sentence


def test_login_records_cannot_be_set_below_the_six_months_of_the_law() -> None:
    assert RULES["logins"].bounds[0] == 6


def test_months_are_counted_to_the_same_day_or_the_last_of_a_shorter_month() -> None:
    assert months_before(DAY, 1) == date(2027, 2, 28)
    assert months_before(DAY, 3) == date(2026, 12, 31)
    assert months_before(date(2028, 3, 31), 1) == date(2028, 2, 29)
    assert months_before(date(2027, 1, 1), 12) == date(2026, 1, 1)


def test_what_is_kept_for_days_goes_by_days_whatever_is_set() -> None:
    assert until("workbooks", KeepingSettings(), DAY) == date(2027, 3, 30)
    assert period("workbooks", KeepingSettings()) == "1天"
    assert period("proposers", KeepingSettings()) == "24个月"


def test_every_kind_says_in_which_tables_it_stood() -> None:
    assert set(TABLES) == set(RULES)
    assert {name for names in TABLES.values() for name in names} <= set(metadata.tables)
