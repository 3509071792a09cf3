"""The line of the plan and the reported points as figures of an SVG, beside a table with the same. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from voting.delivering.projects import WHOLE, Milestone
from voting.reporting.baseline import expected
from voting.reporting.overviews import Told

WIDTH: Final = 480
HEIGHT: Final = 240
LEFT: Final = 52
BOTTOM: Final = 28
TOP: Final = 12


@dataclass(frozen=True)
class Chart:
    """Points of SVG polylines, dots, and the months below; all in units of the picture."""

    planned: str
    reported: str
    dots: tuple[tuple[float, float], ...]
    months: tuple[tuple[float, str], ...]
    today: float | None
    levels: tuple[tuple[float, str], ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    bottom: int = HEIGHT - BOTTOM
    top: int = TOP


def chart(milestones: Sequence[Milestone], reports: Sequence[Told], today: date) -> Chart | None:
    """From the first month of the plan to the last of plan and reports. None without milestones."""
    if not milestones:
        return None
    told = [one.report for one in reversed(reports)]
    first = min(one.starts for one in milestones).replace(day=1)
    last = max([one.due for one in milestones] + [one.ends for one in told])
    days = (last - first).days + 1

    def x(day: date) -> float:
        return round(LEFT + (WIDTH - LEFT - 8) * ((day - first).days + 1) / days, 1)

    def y(tenths: int) -> float:
        return round(TOP + (HEIGHT - BOTTOM - TOP) * (1 - tenths / WHOLE), 1)

    bends = sorted({one.starts - timedelta(days=1) for one in milestones} | {one.due for one in milestones})
    line = [(x(day), y(expected(milestones, day))) for day in bends]
    dots = tuple((x(one.ends), y(one.progress)) for one in told)
    start = [(x(bends[0]), y(0))]
    return Chart(
        planned=_points(line),
        reported=_points([*start, *dots]),
        dots=dots,
        months=tuple((x(day), f"{day.month}月") for day in _months(first, last)),
        today=x(today) if first <= today <= last else None,
        levels=tuple((y(level * 10), f"{level}%") for level in (0, 25, 50, 75, 100)),
    )


def _months(first: date, last: date) -> list[date]:
    """The first day of every month, or of as few that their names have room."""
    found = []
    day = first
    while day <= last:
        found.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    return found[:: 1 if len(found) <= 9 else 2 if len(found) <= 16 else 3 if len(found) <= 24 else 6]


def _points(line: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in line)
