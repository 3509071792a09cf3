"""Periods, their last days, and which reports are missing."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.actors import NotFound
from voting.handling.clocks import Calendar
from voting.handling.facts import Workday
from voting.reporting.periods import (
    Interval,
    PeriodKind,
    missing,
    owed,
    period_of,
    periods_through,
    read_period,
    read_period_words,
)

PLAIN = Calendar.of([])
days = st.dates(date(2020, 1, 1), date(2040, 12, 31))
kinds: st.SearchStrategy[PeriodKind] = st.sampled_from(("quarter", "month"))


@given(days, kinds)
def test_a_day_lies_in_its_period_and_both_names_lead_back_to_it(day: date, kind: PeriodKind) -> None:
    one = period_of(day, kind)
    assert one.starts <= day <= one.ends
    assert one.starts.day == 1
    assert (one.ends + timedelta(days=1)).day == 1
    assert read_period(one.key) == one
    assert read_period_words(one.words) == one


@given(days, st.integers(0, 900), kinds)
def test_periods_follow_each_other_without_a_gap(first: date, more: int, kind: PeriodKind) -> None:
    last = first + timedelta(days=more)
    found = periods_through(first, last, kind)
    assert found[0].starts <= first <= found[0].ends
    assert found[-1].starts <= last <= found[-1].ends
    for one, following in pairwise(found):
        assert following.starts == one.ends + timedelta(days=1)


@pytest.mark.parametrize(
    "key", ["", "2027", "2027Q0", "2027Q5", "2027-00", "2027-13", "2027-1", "x", "1999Q1"]
)
def test_what_is_no_period_is_not_found(key: str) -> None:
    with pytest.raises(NotFound):
        read_period(key)


def test_the_last_day_is_counted_in_days_of_work_after_the_period() -> None:
    quarter = read_period("2027Q1")
    assert quarter.ends == date(2027, 3, 31)  # a Wednesday
    assert quarter.due(PLAIN, 5) == date(2027, 4, 7)
    tomb_sweeping = Workday(congress="c", day=date(2027, 4, 5), working=False, name="清明节")
    assert quarter.due(Calendar.of([tomb_sweeping]), 5) == date(2027, 4, 8)
    weekend = read_period("2027-01")
    assert weekend.ends.weekday() == 6
    assert weekend.due(PLAIN, 0) == date(2027, 2, 1)


def test_a_report_is_late_from_the_day_after_the_last() -> None:
    quarters = periods_through(date(2027, 1, 25), date(2027, 4, 8), "quarter")
    on_the_day = owed(quarters, [], PLAIN, 5, date(2027, 4, 7))
    assert [(one.period.key, one.days_late) for one in on_the_day] == [("2027Q1", 0)]
    assert [one.days_late for one in owed(quarters, [], PLAIN, 5, date(2027, 4, 8))] == [1]
    assert owed(quarters, [], PLAIN, 5, date(2027, 3, 31)) == ()


def test_after_a_change_of_the_period_nobody_reports_the_same_months_again() -> None:
    january = [Interval(starts=date(2027, 1, 1), ends=date(2027, 1, 31))]
    march = [Interval(starts=date(2027, 3, 1), ends=date(2027, 3, 31))]
    quarter = [Interval(starts=date(2027, 1, 1), ends=date(2027, 3, 31))]
    quarters = periods_through(date(2027, 1, 1), date(2027, 3, 31), "quarter")
    months = periods_through(date(2027, 1, 1), date(2027, 3, 31), "month")
    assert missing(quarters, march) == ()
    assert missing(quarters, january) == quarters
    assert missing(months, quarter) == ()
    assert missing(months, march) == months[:2]
