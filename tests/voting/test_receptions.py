"""Promises of voting/receptions.py: which day is next, what adds up, whose names stand in a line."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from voting.people import Deputy
from voting.receptions import (
    LAST_DAY,
    DayFigures,
    NamesUnclear,
    ReceptionPlan,
    next_day,
    read_names,
    total,
    written,
)

NAMES = (
    ("张伟", "城关代表团"),
    ("王建军", "城关代表团"),
    ("张伟", "东河代表团"),
    ("阿依·古丽", "东河代表团"),
)
DEPUTIES = tuple(
    Deputy(id=str(n), congress="c", number=n, name=name, delegation=delegation)
    for n, (name, delegation) in enumerate(NAMES)
)


@pytest.mark.parametrize("day_of_month", [1, 17, LAST_DAY])
def test_the_next_day_is_the_first_with_its_number_from_today_on(day_of_month: int) -> None:
    for past in range(800):
        today = date(2026, 1, 1) + timedelta(days=past)
        every = (today + timedelta(days=n) for n in range(32))
        assert next_day(day_of_month, today) == next(one for one in every if one.day == day_of_month)


def test_no_day_is_set_until_the_office_sets_one() -> None:
    assert ReceptionPlan().day == 0


def test_each_count_adds_up_by_itself() -> None:
    one = DayFigures(points=48, deputies=90, receptions=40, people=200, suggestions=12, resolved=30)
    two = DayFigures(people=3, resolved=1)
    assert total([one, two]) == DayFigures(
        points=48, deputies=90, receptions=40, people=203, suggestions=12, resolved=31
    )
    assert total([]) == DayFigures()


@pytest.mark.parametrize("line", ["王建军、阿依·古丽", "阿依·古丽,王建军，王建军", " 王建军 ；阿依·古丽；"])
def test_names_are_read_each_once_in_printed_order(line: str) -> None:
    assert read_names(line, DEPUTIES) == (DEPUTIES[1], DEPUTIES[3])


@pytest.mark.parametrize("line", ["", " ", "、"])
def test_an_empty_line_names_nobody(line: str) -> None:
    assert read_names(line, DEPUTIES) == ()


def test_two_of_one_name_are_told_apart_by_their_delegation() -> None:
    with pytest.raises(NamesUnclear, match="2 位代表叫“张伟”"):
        read_names("张伟", DEPUTIES)
    assert read_names("张伟(东河代表团)", DEPUTIES) == (DEPUTIES[2],)


@pytest.mark.parametrize("line", ["李四", "王建军 阿依·古丽", "<script>", "长" * 100_000])
def test_a_name_that_nobody_has_is_said(line: str) -> None:
    with pytest.raises(NamesUnclear) as refused:
        read_names(line, DEPUTIES)
    assert len(refused.value.sentence) < 100


def test_what_is_written_is_read_again() -> None:
    assert read_names(written(DEPUTIES, DEPUTIES), DEPUTIES) == DEPUTIES
    assert written(DEPUTIES[1:2], DEPUTIES) == "王建军"
