"""Promises of voting/handling/clocks.py and lights.py: the same days as counting them on one's fingers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.days import today
from voting.handling.clocks import (
    PRESETS,
    Calendar,
    Clocks,
    Span,
    decide_by,
    lacks_holidays,
    last_day,
    last_days,
    latest_extension,
    months_after,
)
from voting.handling.facts import Workday
from voting.handling.lights import color, light

WEEKDAYS = Calendar({})
DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
CALENDARS = st.dictionaries(DAYS, st.booleans(), max_size=60).map(Calendar)


def on_fingers(calendar: Calendar, start: date, number: int) -> date:
    """Walk through a list of days and strike out those on which nobody works."""
    following = [start + timedelta(days=n) for n in range(1, 4000)]
    worked = [
        day for day in following if calendar.exceptions.get(day, day.isoweekday() not in {6, 7}) is True
    ]
    return worked[number - 1]


@given(CALENDARS, DAYS, st.integers(1, 60))
def test_working_days_are_those_one_counts_on_ones_fingers(
    calendar: Calendar, start: date, number: int
) -> None:
    assert calendar.after(start, number) == on_fingers(calendar, start, number)


@given(CALENDARS, DAYS, st.integers(1, 400), st.sampled_from(["days", "months"]))
def test_days_and_months_end_on_the_next_working_day(
    calendar: Calendar, start: date, number: int, measure: str
) -> None:
    plain = start + timedelta(days=number) if measure == "days" else months_after(start, number)
    last = last_day(calendar, start, Span(number, "days" if measure == "days" else "months"))
    skipped = [plain + timedelta(days=n) for n in range((last - plain).days)]
    assert calendar.is_working(last)
    assert not any(calendar.is_working(day) for day in skipped)


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        (date(2027, 1, 31), 1, date(2027, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
    ],
)
def test_a_month_ends_on_its_last_day_when_it_is_shorter(start: date, months: int, expected: date) -> None:
    assert months_after(start, months) == expected


def test_a_holiday_week_and_its_make_up_saturday_are_counted() -> None:
    holidays = {date(2026, 10, day): False for day in range(1, 9)}
    calendar = Calendar({**holidays, date(2026, 10, 10): True})
    assert calendar.after(date(2026, 9, 29), 3) == date(2026, 10, 10)


def test_the_day_is_the_day_in_china() -> None:
    assert today(datetime(2026, 9, 1, 16, 30, tzinfo=UTC)) == date(2026, 9, 2)


@pytest.mark.parametrize(
    ("name", "return_by", "answer_by"),
    [
        ("国家", None, date(2026, 12, 1)),
        ("浙江", date(2026, 9, 11), date(2026, 12, 1)),
        ("重庆", date(2026, 9, 15), date(2026, 12, 1)),
        ("青岛", date(2026, 9, 8), date(2026, 12, 1)),
        ("玉林", date(2026, 9, 10), date(2026, 12, 1)),
    ],
)
def test_presets_give_the_days_of_their_rules(name: str, return_by: date | None, answer_by: date) -> None:
    days = last_days(PRESETS[name], WEEKDAYS, date(2026, 9, 1), lead=True, hard=False)
    assert (days.return_by, days.answer_by) == (return_by, answer_by)


def test_hard_ones_have_six_months_and_assisting_units_their_own_clock() -> None:
    start, clocks = date(2026, 9, 1), Clocks()
    assert last_days(clocks, WEEKDAYS, start, lead=True, hard=True).answer_by == date(2027, 3, 1)
    assist = last_days(clocks, WEEKDAYS, start, lead=False, hard=True)
    assert (assist.answer_by, assist.contact_by) == (on_fingers(WEEKDAYS, start, 30), None)
    assert latest_extension(clocks, WEEKDAYS, start) == date(2027, 3, 1)


def test_where_no_rule_sets_a_clock_there_is_none() -> None:
    assert decide_by(PRESETS["国家"], WEEKDAYS, date(2026, 9, 1)) is None


def test_a_year_without_a_holiday_is_noticed() -> None:
    make_up = Workday(congress="c", day=date(2027, 2, 20), working=True, name="春节调休")
    holiday = Workday(congress="c", day=date(2027, 2, 8), working=False, name="春节")
    assert lacks_holidays([make_up], 2027)
    assert not lacks_holidays([make_up, holiday], 2027)
    assert lacks_holidays([holiday], 2028)


@given(DAYS, DAYS, st.integers(0, 60))
def test_a_light_is_red_after_the_last_day_and_yellow_shortly_before(
    due: date, day: date, yellow: int
) -> None:
    shown = light(due, day, yellow).color
    assert (shown == "red") == (day > due)
    assert (shown == "yellow") == (due - timedelta(days=yellow) <= day <= due)


@given(st.integers(-100, 100), st.integers(-100, 100), st.integers(0, 60))
def test_a_light_never_gets_better_as_days_pass(left: int, later: int, yellow: int) -> None:
    order = ["green", "yellow", "red"]
    if later <= left:
        assert order.index(color(later, yellow)) >= order.index(color(left, yellow))


def test_lights_say_how_many_days_in_words() -> None:
    due = date(2026, 9, 10)
    words = [light(due, day, 5).words for day in (date(2026, 9, 8), due, date(2026, 9, 13))]
    assert words == ["还剩2天", "今天到期", "超期3天"]
    assert light(None, due, 5).color == "none"
