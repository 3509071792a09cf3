"""Reporting periods: quarters or months, the last day for a report, and which ones are missing. Pure."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final, Literal

from msgspec import Struct

from voting.actors import NotFound
from voting.handling.clocks import Calendar

PeriodKind = Literal["quarter", "month"]
KIND_NAMES: Final[dict[PeriodKind, str]] = {"quarter": "按季度", "month": "按月"}
_MONTHS: Final[dict[PeriodKind, int]] = {"quarter": 3, "month": 1}
EARLY_DAYS: Final = 10
"""A report that was written longer than this before its period's end does not tell how the period ended."""
_WORDS = re.compile(r"(2[0-9]{3})年(?:第([1-4])季度|([1-9]|1[0-2])月)")
_KEY = re.compile(r"(2[0-9]{3})(?:Q([1-4])|-(0[1-9]|1[0-2]))")


class Period(Struct, frozen=True, kw_only=True):
    """`number` is the quarter, 1 to 4, or the month."""

    kind: PeriodKind
    year: int
    number: int

    @property
    def key(self) -> str:
        """`2027Q1`, `2027-03`: as it stands in addresses and tables."""
        return f"{self.year}Q{self.number}" if self.kind == "quarter" else f"{self.year}-{self.number:02}"

    @property
    def words(self) -> str:
        """`2027年第1季度`, `2027年3月`."""
        return (
            f"{self.year}年第{self.number}季度" if self.kind == "quarter" else f"{self.year}年{self.number}月"
        )

    @property
    def starts(self) -> date:
        return date(self.year, (self.number - 1) * _MONTHS[self.kind] + 1, 1)

    @property
    def ends(self) -> date:
        last_month = self.number * _MONTHS[self.kind]
        return date(self.year, last_month, monthrange(self.year, last_month)[1])

    def due(self, calendar: Calendar, grace: int) -> date:
        """The `grace`-th working day after its end; with no days of grace the next day of work at the end."""
        return calendar.after(self.ends, grace) if grace else calendar.at_work(self.ends)


class Interval(Struct, frozen=True, kw_only=True):
    """What a handed-in report covers, first and last day."""

    starts: date
    ends: date


class Owed(Struct, frozen=True, kw_only=True):
    """A period whose report is missing; `days_late` is 0 on the last day and before."""

    period: Period
    due: date
    days_late: int

    @property
    def words(self) -> str:
        """`2027年第1季度的进度报告超期3天`."""
        if self.days_late:
            return f"{self.period.words}的进度报告超期{self.days_late}天"
        return f"{self.period.words}的进度报告请在{self.due.month}月{self.due.day}日前提交"


def read_period(key: str) -> Period:
    """Of an address or a table. Raises NotFound."""
    found = _KEY.fullmatch(key)
    if found is None:
        raise NotFound
    kind: PeriodKind = "quarter" if found[2] else "month"
    return Period(kind=kind, year=int(found[1]), number=int(found[2] or found[3]))


def read_period_words(words: str) -> Period | None:
    """Of a table, as `Period.words` writes it; None if it is none."""
    found = _WORDS.fullmatch(words)
    if found is None:
        return None
    kind: PeriodKind = "quarter" if found[2] else "month"
    return Period(kind=kind, year=int(found[1]), number=int(found[2] or found[3]))


def period_of(day: date, kind: PeriodKind) -> Period:
    """The one that the day lies in."""
    return Period(kind=kind, year=day.year, number=(day.month - 1) // _MONTHS[kind] + 1)


def periods_through(first: date, last: date, kind: PeriodKind) -> tuple[Period, ...]:
    """From the one with `first` to the one with `last`, oldest first; none if `last` lies before."""
    found = []
    one = period_of(first, kind)
    while one.starts <= last:
        found.append(one)
        one = period_of(one.ends + timedelta(days=1), kind)
    return tuple(found)


def missing(periods: Iterable[Period], covered: Sequence[Interval]) -> tuple[Period, ...]:
    """Those whose last day no report covers: after a change from months to quarters, March's will do for the
    first quarter, January's will not.
    """
    ends = [(one, one.ends) for one in periods]
    return tuple(one for one, end in ends if not any(other.starts <= end <= other.ends for other in covered))


def owed(
    periods: Iterable[Period], covered: Sequence[Interval], calendar: Calendar, grace: int, today: date
) -> tuple[Owed, ...]:
    """The ended periods without a report, oldest first."""
    ended = [one for one in missing(periods, covered) if one.ends < today]
    days = [(one, one.due(calendar, grace)) for one in ended]
    return tuple(Owed(period=one, due=due, days_late=max((today - due).days, 0)) for one, due in days)
