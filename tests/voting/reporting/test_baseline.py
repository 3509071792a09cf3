"""What milestones let expect by a day, against an oracle that counts days one by one."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from voting.delivering.projects import Milestone
from voting.handling.clocks import months_after
from voting.reporting.baseline import actual, carried, expected, overdue, share, standings

START = date(2027, 1, 1)


def milestone(place: int, starts: int, length: int, weight: int, title: str = "") -> Milestone:
    """`starts` days after New Year, `length` days long, its last day included."""
    first = START + timedelta(days=starts)
    return Milestone(
        id=f"{place:032x}",
        congress="c",
        project="p",
        baseline=1,
        place=place,
        title=title or f"节点{place}",
        starts=first,
        due=first + timedelta(days=length - 1),
        weight=weight,
    )


@st.composite
def plans(draw: st.DrawFn) -> list[Milestone]:
    weights = draw(st.sampled_from([[100], [50, 50], [20, 50, 30], [33, 33, 34], [1, 98, 1], [10] * 10]))
    return [
        milestone(place, draw(st.integers(0, 300)), draw(st.integers(1, 200)), weight)
        for place, weight in enumerate(weights, start=1)
    ]


def days_done(one: Milestone, day: date) -> tuple[int, int]:
    """(days of the milestone that are over when `day` ends, all of them), counted."""
    every = [one.starts + timedelta(days=n) for n in range(400) if one.starts + timedelta(days=n) <= one.due]
    return sum(other <= day for other in every), len(every)


@given(plans(), st.integers(-10, 520))
def test_what_is_expected_grows_by_the_same_each_day_of_a_milestone(steps: list[Milestone], n: int) -> None:
    day = START + timedelta(days=n)
    pairs = [(one.weight, *days_done(one, day)) for one in steps]
    # In whole numbers over one denominator, so that nothing is rounded but at the end.
    below = 1
    for _, _, days in pairs:
        below *= days
    above = sum(weight * done * (below // days) for weight, done, days in pairs)
    assert expected(steps, day) == above * 1000 // (100 * below)


@given(plans(), st.integers(-10, 520))
def test_what_is_expected_never_falls_and_ends_at_the_whole(steps: list[Milestone], n: int) -> None:
    day = START + timedelta(days=n)
    assert 0 <= expected(steps, day) <= expected(steps, day + timedelta(days=1)) <= 1000
    assert expected(steps, max(one.due for one in steps)) == 1000
    assert expected(steps, min(one.starts for one in steps) - timedelta(days=1)) == 0


@given(plans(), st.data())
def test_a_project_is_whole_only_when_every_milestone_is(steps: list[Milestone], data: st.DataObject) -> None:
    percents = {one.id: data.draw(st.integers(0, 100)) for one in steps}
    weighed = sum(one.weight * percents[one.id] for one in steps)
    assert actual(steps, percents) == weighed // 10
    assert (actual(steps, percents) == 1000) == all(value == 100 for value in percents.values())


def test_on_its_first_day_a_milestone_has_begun_and_a_single_day_is_whole() -> None:
    ten, one = milestone(1, 0, 10, 50), milestone(2, 5, 1, 50)
    assert share(ten, START) * 10 == 1
    assert share(one, one.starts - timedelta(days=1)) == 0
    assert share(one, one.starts) == 1


@given(plans(), st.data(), st.integers(0, 700), st.integers(0, 4))
def test_overdue_is_what_is_not_done_after_its_last_day(
    steps: list[Milestone], data: st.DataObject, n: int, months: int
) -> None:
    percents = {one.id: data.draw(st.sampled_from((0, 99, 100))) for one in steps}
    day = START + timedelta(days=n)
    found = {one.id for one in overdue(steps, percents, day, months)}
    for one in steps:
        late = day > one.due and (months == 0 or day >= months_after(one.due, months))
        assert (one.id in found) == (late and percents[one.id] < 100)


def test_a_new_set_of_milestones_takes_over_what_has_the_same_title() -> None:
    old = [milestone(1, 0, 30, 40, "完成招标"), milestone(2, 30, 30, 60, "路基施工")]
    new = [
        milestone(3, 0, 30, 30, "完成招标"),
        milestone(4, 30, 90, 50, "路基施工"),
        milestone(5, 90, 9, 20, "绿化"),
    ]
    assert list(carried({old[0].id: 100, old[1].id: 35}, old, new).values()) == [100, 35, 0]


def test_a_milestone_nobody_reported_on_stands_at_nothing() -> None:
    [one] = standings([milestone(1, 0, 10, 100)], {}, START + timedelta(days=4))
    assert (one.expected, one.actual, one.behind) == (500, 0, 500)
