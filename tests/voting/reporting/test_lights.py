"""The lights of both presets: every boundary, against the rule as the place reads it."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.delivery import CHOSEN_AT
from voting.delivering.projects import Milestone, Project, ProjectState
from voting.reporting.lights import Light, Reported, ReportingSettings, light_of, percent, points, rule
from voting.reporting.periods import EARLY_DAYS, Owed, read_period

FIRST, LAST = date(2027, 1, 1), date(2027, 4, 10)  # 100 days: one point a day
STEP = Milestone(
    id="m", congress="c", project="p", baseline=1, place=1, title="施工", starts=FIRST, due=LAST, weight=100
)
THREE, FIVE = ReportingSettings(), ReportingSettings(preset="five")
PROJECT = Project(
    id="p",
    congress="c",
    year=2027,
    number=1,
    state="planned",
    title="修路",
    content="",
    place="",
    planned=1,
    made_at=CHOSEN_AT,
)
LATE = Owed(period=read_period("2027Q1"), due=date(2027, 4, 7), days_late=3)


def after(points: int) -> date:
    """The day by whose end so many points are expected."""
    return FIRST + timedelta(days=points - 1)


def look(done: int, by: ReportingSettings = THREE, **known: Any) -> Light:
    as_of = known.pop("as_of", after(90))
    today = known.pop("today", as_of)
    return light_of(PROJECT, [STEP], Reported(percents={"m": done}, as_of=as_of, **known), by, today)


@given(st.integers(1, 100), st.integers(0, 100))
def test_three_colours_follow_the_points_behind(should: int, done: int) -> None:
    behind = should - done
    color = "red" if behind > 30 else "yellow" if behind >= 10 else "green"
    found = look(done, as_of=after(should))
    assert found.color == color
    assert found.behind == max(behind, 0) * 10
    if color != "green":
        assert f"落后{behind}个百分点" in found.words


@pytest.mark.parametrize(
    ("behind", "color"),
    [(9, "green"), (10, "yellow"), (30, "yellow"), (31, "red"), (0, "green"), (-5, "green")],
)
def test_ten_and_thirty_points_are_yellow_both(behind: int, color: str) -> None:
    assert look(90 - behind).color == color


@pytest.mark.parametrize(
    ("today", "color"), [(date(2027, 7, 9), "green"), (date(2027, 7, 10), "red"), (date(2027, 7, 11), "red")]
)
def test_a_milestone_is_three_months_late_on_the_same_day_three_months_on(today: date, color: str) -> None:
    found = look(99, as_of=LAST, today=today)
    assert found.color == color
    assert ("3个月后仍没有完成" in found.words) == (color == "red")
    assert look(100, as_of=LAST, today=today).color == "green"


@given(st.integers(0, 100))
def test_a_late_report_is_yellow_at_least(done: int) -> None:
    found, without = look(done, late=(LATE,)), look(done)
    assert found.color == ("yellow" if without.color == "green" else without.color)
    if without.color == "green":
        assert found.words == "2027年第1季度的进度报告超期3天"


@given(st.integers(0, 100))
def test_five_colours_follow_what_is_done(done: int) -> None:
    color = "red" if done < 30 else "orange" if done < 60 else "yellow" if done < 90 else "green"
    assert look(done, FIVE).color == color


@given(st.integers(1, 100), st.integers(1, 99), st.integers(1, 99), st.integers(0, 100))
def test_the_place_sets_its_own_points(should: int, yellow: int, more: int, done: int) -> None:
    red = min(yellow + more, 100)
    by = replace(THREE, yellow=yellow, red=red)
    behind = should - done
    color = "red" if behind > red else "yellow" if behind >= yellow else "green"
    assert look(done, by, as_of=after(should)).color == color


@pytest.mark.parametrize(
    ("state", "three", "five"),
    [
        ("chosen", "none", "none"),
        ("handed", "none", "none"),
        ("finished", "green", "green"),
        ("accepted", "green", "blue"),
        ("cancelled", "none", "none"),
    ],
)
def test_what_is_not_being_delivered_has_the_light_of_its_state(
    state: ProjectState, three: str, five: str
) -> None:
    project = replace(PROJECT, state=state)
    known = Reported(percents={"m": 0}, as_of=after(90), late=(LATE,))
    for by, color in ((THREE, three), (FIVE, five)):
        assert light_of(project, [STEP], known, by, LAST).color == color


def test_before_the_first_report_is_due_nothing_burns() -> None:
    assert look(0, as_of=None, today=after(60)).color == "none"


def test_the_rule_in_words_has_the_figures_that_are_set() -> None:
    said = rule(replace(THREE, yellow=7, red=41, late_months=2))
    assert set(re.findall(r"[0-9]+", said)) == {"7", "41", "2", str(EARLY_DAYS)}
    assert re.findall(r"[0-9]+", rule(replace(FIVE, five=(11, 22, 33)))) == [
        "11",
        "11",
        "22",
        "22",
        "33",
        "33",
        str(EARLY_DAYS),
    ]


def test_figures_have_a_decimal_only_when_there_is_one() -> None:
    assert [percent(0), percent(400), percent(365)] == ["0%", "40%", "36.5%"]
    assert points(125) == "12.5个百分点"
