"""征集公告 and its window: what is proposed in it is a 征集线索, before and after it an opinion."""

from __future__ import annotations

from datetime import UTC, date, datetime

from msgspec import Struct

from voting.days import CHINA
from voting.suggestions import Kind
from voting.text import Line, Prose


class Call(Struct, frozen=True, kw_only=True):
    """`year` is that in which the projects are carried out, `closes` the last day; without `published_at` a
    draft that nobody outside sees."""

    id: str
    congress: str
    year: int
    title: Line
    text: Prose
    issuers: Line
    opens: date
    closes: date
    published_at: datetime | None = None


def moment_of(day: date) -> datetime:
    """Noon in China, in UTC: when something was received of which only the day is known."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=CHINA).astimezone(UTC)


def kind_in(call: Call | None) -> Kind:
    """What a citizen's suggestion is while this call is open, or with none."""
    return "opinion" if call is None else "clue"


def year_in(call: Call | None, day: date) -> int:
    """The year in which it is numbered: that of the projects, or the calendar's."""
    return day.year if call is None else call.year
