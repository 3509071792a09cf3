"""Last days: spans of days, working days or months, counted over the office's calendar. Pure.

The presets are what the regional rules say (domain.md §3.1); None is a rule that does not speak of it.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

from voting.handling.facts import Workday

MOST_COUNT: Final = 400
Measure = Literal["days", "workdays", "months"]
MEASURE_NAMES: Final[dict[Measure, str]] = {"days": "日", "workdays": "个工作日", "months": "个月"}


class Calendar(Struct, frozen=True):
    """Monday to Friday, but for the days that are listed: True is a day of work."""

    exceptions: Mapping[date, bool]

    @classmethod
    def of(cls, days: Iterable[Workday]) -> Calendar:
        """From what the office keeps."""
        return cls({one.day: one.working for one in days})

    def is_working(self, day: date) -> bool:
        return self.exceptions.get(day, day.weekday() < 5)

    def after(self, day: date, number: int) -> date:
        """The `number`-th working day after `day`; `day` itself is not counted (民法典第二百零一条)."""
        while number > 0:
            day += timedelta(days=1)
            number -= self.is_working(day)
        return day

    def at_work(self, day: date) -> date:
        """This day, or the next working day: a term does not end on a holiday (民法典第二百零三条)."""
        return day if self.is_working(day) else self.after(day, 1)


class Span(Struct, frozen=True):
    """So many days, working days or months."""

    count: Annotated[int, Meta(ge=1, le=MOST_COUNT)]
    measure: Measure

    @property
    def words(self) -> str:
        """`10个工作日`."""
        return f"{self.count}{MEASURE_NAMES[self.measure]}"


def last_day(calendar: Calendar, start: date, span: Span) -> date:
    """The last day of a span that begins the day after `start`."""
    if span.measure == "workdays":
        return calendar.after(start, span.count)
    end = months_after(start, span.count) if span.measure == "months" else start + timedelta(days=span.count)
    return calendar.at_work(end)


def months_after(start: date, months: int) -> date:
    """The same day of a later month, or that month's last day (民法典第二百零二条)."""
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


class Clocks(Struct, frozen=True, kw_only=True, tag="clocks"):
    """办理时限 of a congress, and what must be done before the next step."""

    hand_over: Span | None = Span(10, "workdays")
    return_: Span | None = Span(10, "workdays")
    contact: Span | None = Span(20, "workdays")
    assist: Span | None = Span(30, "workdays")
    answer: Span = Span(3, "months")
    hard_answer: Span = Span(6, "months")
    evaluate: Span | None = Span(20, "workdays")
    again: Span | None = Span(2, "months")
    yellow: Annotated[int, Meta(ge=0, le=60)] = 5
    """So many days before the last day, the light turns yellow."""
    meet_before_answer: bool = True
    """A 代表建议 is not answered before one contact with the deputy was recorded."""
    three_visits: bool = False
    """A 代表建议 is not closed before 三访 are all recorded."""
    proposer_agrees: bool = False
    """A 代表建议 is merged or transferred only after the deputy agreed, which is written down. None of the
    rules that the presets follow asks for it; where the local ones do, the office turns it on."""
    office_checks: bool = True
    """An answer goes to the proposer only after the office has looked at it."""


_NATIONAL: Final = Clocks(
    hand_over=None, return_=None, contact=None, assist=None, evaluate=None, again=None, three_visits=False
)
PRESETS: Final[dict[str, Clocks]] = {
    "国家": _NATIONAL,
    "浙江": Clocks(
        hand_over=Span(7, "days"),
        return_=Span(10, "days"),
        contact=None,
        assist=Span(2, "months"),
        evaluate=None,
        again=Span(1, "months"),
    ),
    "重庆": Clocks(),
    "青岛": Clocks(
        hand_over=Span(5, "workdays"),
        return_=Span(5, "workdays"),
        contact=None,
        assist=Span(1, "months"),
        evaluate=None,
        again=None,
    ),
    "玉林": Clocks(
        hand_over=None,
        return_=Span(7, "workdays"),
        contact=None,
        assist=None,
        evaluate=None,
        again=None,
    ),
}


class LastDays(Struct, frozen=True, kw_only=True):
    """The clocks of one unit's part, from the day it was handed over."""

    return_by: date | None
    contact_by: date | None
    answer_by: date


def last_days(clocks: Clocks, calendar: Calendar, handed: date, *, lead: bool, hard: bool) -> LastDays:
    """An assisting unit owes no contact, and its opinion by the shorter clock where there is one."""
    answer = clocks.hard_answer if hard else clocks.answer
    if not lead and clocks.assist is not None:
        answer = clocks.assist
    return LastDays(
        return_by=_day(calendar, handed, clocks.return_),
        contact_by=_day(calendar, handed, clocks.contact) if lead else None,
        answer_by=last_day(calendar, handed, answer),
    )


def decide_by(clocks: Clocks, calendar: Calendar, registered: date) -> date | None:
    """交办: until when the office decides who handles it."""
    return _day(calendar, registered, clocks.hand_over)


def evaluate_by(clocks: Clocks, calendar: Calendar, answered: date) -> date | None:
    """Until when the deputy evaluates; who says nothing is left out of the figures (domain.md §3.1)."""
    return _day(calendar, answered, clocks.evaluate)


def again_by(clocks: Clocks, calendar: Calendar, said: date) -> date:
    """After 不满意: until when it is handled again; the first clock where no shorter one is set."""
    return last_day(calendar, said, clocks.again or clocks.answer)


def latest_extension(clocks: Clocks, calendar: Calendar, handed: date) -> date:
    """However often an extension is asked for: the hard ones' clock is the end."""
    return last_day(calendar, handed, clocks.hard_answer)


def lacks_holidays(days: Iterable[Workday], year: int) -> bool:
    """Whether nobody has entered the holidays of the year: then every clock over it is too short."""
    return not any(one.day.year == year and not one.working for one in days)


def _day(calendar: Calendar, start: date, span: Span | None) -> date | None:
    return None if span is None else last_day(calendar, start, span)
