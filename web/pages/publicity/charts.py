"""Where the lines and bars of a public chart lie, as per cent of its width and height. Pure.

Every chart stands beside a table that says the same in figures; no chart has words inside, so that it may be
as narrow as a phone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from msgspec import Struct

from voting.delivering.projects import WHOLE, Milestone
from voting.reporting.baseline import Standing, expected
from voting.reporting.overviews import Progress

_POINTS: Final = 24
"""Of the planned line."""


class Bar(Struct, frozen=True, kw_only=True):
    """A milestone: its planned days from `left` over `width`, of which `done` is done; today at `today`."""

    standing: Standing
    left: float
    width: float
    done: float
    today: float


class Curve(Struct, frozen=True, kw_only=True):
    """Polylines `x,y x,y …`, y downwards; `dots` are the reports. From `first` to `last` day."""

    first: date
    last: date
    planned: str
    actual: str
    dots: tuple[tuple[float, float], ...]
    today: float


def bars(standings: Sequence[Standing], day: date) -> tuple[Bar, ...]:
    """All on one scale of days, from the first start to the last end."""
    if not standings:
        return ()
    first = min(one.milestone.starts for one in standings)
    last = max(one.milestone.due for one in standings)
    return tuple(_bar(one, first, last, day) for one in standings)


def _bar(one: Standing, first: date, last: date, day: date) -> Bar:
    left = _across(one.milestone.starts, first, last)
    width = _across(one.milestone.due + timedelta(days=1), first, last) - left
    return Bar(
        standing=one,
        left=left,
        width=round(width, 1),
        done=round(width * one.actual / WHOLE, 1),
        today=_across(day, first, last),
    )


def curve(progress: Progress, milestones: Sequence[Milestone], day: date) -> Curve | None:
    """Planned against reported; None without a plan."""
    if not milestones:
        return None
    first = min(one.starts for one in milestones)
    reported = sorted((one.report.ends, one.report.progress) for one in progress.reports)
    last = max([one.due for one in milestones] + [ends for ends, _ in reported])
    span = (last - first).days
    days = [first + timedelta(days=span * n // _POINTS) for n in range(_POINTS + 1)]
    dots = tuple((_across(ends, first, last), _down(done)) for ends, done in reported)
    return Curve(
        first=first,
        last=last,
        planned=_line([(_across(one, first, last), _down(expected(milestones, one))) for one in days]),
        actual=_line([(0.0, 100.0), *dots]) if dots else "",
        dots=dots,
        today=_across(day, first, last),
    )


def _across(day: date, first: date, last: date) -> float:
    whole = (last - first).days + 1
    return round(min(max(100 * (day - first).days / whole, 0.0), 100.0), 1)


def _down(tenths: int) -> float:
    return round(100 - min(tenths, WHOLE) / 10, 1)


def _line(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)
