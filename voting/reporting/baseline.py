"""Baseline against actual: what the milestones let expect by a day, and what was reported. Pure.

All figures are tenths of a per cent; what is less than a tenth is dropped, so that nothing is 100 % before it
is done.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from msgspec import Struct

from voting.delivering.projects import WHOLE, Milestone
from voting.handling.clocks import months_after

DONE: Final = 100
"""Per cent of a milestone that is done."""


class Standing(Struct, frozen=True, kw_only=True):
    """A milestone on a day: `expected` and `actual` in tenths of a per cent of itself."""

    milestone: Milestone
    expected: int
    actual: int

    @property
    def behind(self) -> int:
        """0 when it is not."""
        return max(self.expected - self.actual, 0)


def share(one: Milestone, day: date) -> Fraction:
    """How much of a milestone should be done when the day ends: evenly from its first to its last day."""
    days = (one.due - one.starts).days + 1
    return min(max(Fraction((day - one.starts).days + 1, days), Fraction(0)), Fraction(1))


def expected(milestones: Sequence[Milestone], day: date) -> int:
    """Of the whole project, by the milestones' weights."""
    whole = sum((one.weight * share(one, day) for one in milestones), Fraction(0))
    return _tenths(whole, sum(one.weight for one in milestones))


def actual(milestones: Sequence[Milestone], percents: Mapping[str, int]) -> int:
    """Of the whole project; a milestone that nothing was said about stands at 0."""
    whole = sum((one.weight * Fraction(percents.get(one.id, 0), DONE) for one in milestones), Fraction(0))
    return _tenths(whole, sum(one.weight for one in milestones))


def standings(
    milestones: Sequence[Milestone], percents: Mapping[str, int], day: date
) -> tuple[Standing, ...]:
    """Each milestone, in order."""
    return tuple(
        Standing(
            milestone=one,
            expected=int(share(one, day) * WHOLE),
            actual=percents.get(one.id, 0) * WHOLE // DONE,
        )
        for one in milestones
    )


def overdue(
    milestones: Sequence[Milestone], percents: Mapping[str, int], day: date, months: int = 0
) -> tuple[Milestone, ...]:
    """Those that are not done although their last day is past, or since `months` months or more."""
    late = [one for one in milestones if percents.get(one.id, 0) < DONE and one.due < day]
    return tuple(one for one in late if months_after(one.due, months) <= day)


def carried(
    percents: Mapping[str, int], old: Sequence[Milestone], new: Sequence[Milestone]
) -> dict[str, int]:
    """What was reported of one set of milestones, for the set that a decided change put in its place: the
    per cent of the milestone with the same title, 0 for a new one. Titles that repeat tell nothing: then it
    is the milestone at the same place.
    """
    if any(len({one.title for one in some}) < len(some) for some in (old, new)):
        by_place = {one.place: percents.get(one.id, 0) for one in old}
        return {one.id: percents.get(one.id, by_place.get(one.place, 0)) for one in new}
    by_title = {one.title: percents.get(one.id, 0) for one in old}
    return {one.id: percents.get(one.id, by_title.get(one.title, 0)) for one in new}


def _tenths(weighed: Fraction, weights: int) -> int:
    return int(weighed * WHOLE / weights) if weights else 0
