"""A plan's rules: units once, dates in order and in the year, weights that make 100, four things said."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace

from tests.delivery import STEPS
from voting.delivering.projects import ProjectError
from voting.delivering.schemes import (
    MOST_STEPS,
    PlanGaps,
    Scheme,
    Share,
    Step,
    check_scheme,
    demand_complete,
    faults,
    gaps,
    version_of,
)
from voting.errors import VotingError

YEAR = 2027
GOOD = tuple(Step(title=title, starts=starts, due=due, weight=weight) for title, starts, due, weight in STEPS)


def scheme(**fields: Any) -> Scheme:
    return Scheme(**{"lead_unit": "a", "deadline": date(2027, 10, 31), "steps": GOOD, **fields})


def with_step(number: int, **fields: Any) -> Scheme:
    steps = list(GOOD)
    steps[number - 1] = replace(steps[number - 1], **fields)
    return scheme(steps=tuple(steps))


def faulty(of: Scheme) -> list[str]:
    return [fault.field for fault in faults(of, YEAR)]


def test_a_plan_in_order_has_no_fault() -> None:
    assert faulty(scheme()) == []
    assert faulty(Scheme()) == []
    assert check_scheme(scheme(), YEAR) == scheme()


@pytest.mark.parametrize(
    ("of", "fields"),
    [
        (with_step(2, due=date(2027, 4, 30), starts=date(2027, 5, 1)), ["due_2"]),
        (with_step(1, starts=date(2026, 12, 31)), ["starts_1"]),
        (with_step(2, starts=date(2027, 2, 28)), ["starts_2"]),
        (with_step(2, due=date(2027, 11, 1)), ["due_2", "due_3"]),
        (with_step(3, due=date(2027, 11, 1)), ["due_3"]),
        (with_step(3, due=date(2028, 1, 1)), ["due_3", "due_3"]),
        (with_step(1, weight=21), ["weight_1"]),
        (with_step(1, weight=0), ["weight_1", "weight_1"]),
        (with_step(1, weight=-10), ["weight_1", "weight_1"]),
        (scheme(deadline=date(2026, 12, 31), steps=()), ["deadline"]),
        (scheme(deadline=date(2028, 1, 1)), ["deadline"]),
        (scheme(assisting=("a",)), ["assisting"]),
        (scheme(assisting=("b", "b")), ["assisting"]),
        (scheme(assisting=tuple("bcdefghijkl")), ["assisting"]),
        (scheme(shares=(Share(title="东 段", unit="a"), Share(title="东段", unit="b"))), ["part_2"]),
    ],
)
def test_what_contradicts_itself_is_named_by_its_field(of: Scheme, fields: list[str]) -> None:
    assert faulty(of) == fields
    with pytest.raises(ProjectError):
        check_scheme(of, YEAR)


def test_more_milestones_or_parts_than_fit_are_refused() -> None:
    many = tuple(replace(GOOD[0], weight=1) for _ in range(MOST_STEPS + 1))
    assert "step_1" in faulty(scheme(steps=many))
    parts = tuple(Share(title=f"第{n}段", unit="a") for n in range(21))
    assert faulty(scheme(shares=parts)) == ["part_1"]


def test_twelve_milestones_of_any_weights_that_make_100_fit() -> None:
    weights = (8,) * 8 + (9,) * 4
    steps = tuple(replace(GOOD[0], title=f"第{n}步", weight=one) for n, one in enumerate(weights, start=1))
    assert faulty(scheme(steps=steps)) == []


def test_two_milestones_of_one_title_cannot_be_told_apart() -> None:
    steps = tuple(replace(GOOD[0], title=title, weight=50) for title in ("施工", " 施 工"))
    assert [one.field for one in faults(scheme(steps=steps), 2027)] == ["step_2"]


@pytest.mark.parametrize(
    "fields",
    [
        {"chief": "长" * 61},
        {"watcher": "a\x00"},
        {"standard": "\u202e"},
        {"completion": "staged", "stage": " "},
        {"funds": "x" * 2001},
        {"steps": (replace(GOOD[0], title=" ", weight=100),)},
        {"shares": (Share(title="", unit="a"),)},
    ],
)
def test_words_that_cannot_be_printed_are_refused(fields: dict[str, Any]) -> None:
    with pytest.raises(VotingError):
        check_scheme(scheme(**fields), YEAR)


def test_who_how_when_and_to_what_effect_must_be_said_before_publishing() -> None:
    assert [gap.partition("：")[0] for gap in gaps(Scheme(planned=1))] == [
        "谁来办",
        "如何办",
        "如何办",
        "时限",
        "成效",
        "资金",
    ]
    assert len(gaps(Scheme())) == 5
    with pytest.raises(PlanGaps, match=r"谁来办.*成效"):
        demand_complete(Scheme())


def test_a_version_changes_with_every_field_and_with_nothing_else() -> None:
    before = version_of(scheme())
    changed = [
        scheme(chief="周明"),
        scheme(planned=1),
        scheme(deadline=None),
        scheme(assisting=("b",)),
        with_step(3, weight=31),
        scheme(shares=(Share(title="东段", unit="a"),)),
    ]
    assert len({before, *map(version_of, changed)}) == len(changed) + 1
    assert version_of(scheme(assisting=("b", "c"))) == version_of(scheme(assisting=("c", "b")))
