"""联络站活动: what a station did, and which stations did less in a quarter than was set. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final, Literal

from msgspec import Struct

from voting.stations import Station
from voting.text import Prose

ActivityKind = Literal["reception", "visit", "survey", "study", "talk", "other"]
KIND_NAMES: Final[dict[ActivityKind, str]] = {
    "reception": "接待群众",
    "visit": "走访座谈",
    "survey": "视察调研",
    "study": "学习培训",
    "talk": "宣讲政策",
    "other": "其他活动",
}
MOST_QUOTA: Final = 100


class ActivityQuota(Struct, frozen=True, kw_only=True, tag="activity_quota"):
    """How many activities a station owes in a quarter (domain.md §3.2: two); 0: none is counted."""

    least: int = 2


class StationActivity(Struct, frozen=True, kw_only=True):
    """One entry of a station's log."""

    id: str
    congress: str
    station: str
    day: date
    kind: ActivityKind
    words: Prose
    entered_by: str
    entered_at: datetime


class Quarter(Struct, frozen=True, kw_only=True):
    """A calendar quarter, 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Quarter:
        return cls(year=day.year, number=(day.month + 2) // 3)

    @property
    def first(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last(self) -> date:
        after = date(self.year + self.number // 4, 3 * self.number % 12 + 1, 1)
        return after - timedelta(days=1)

    @property
    def words(self) -> str:
        return f"{self.year}年第{'一二三四'[self.number - 1]}季度"


def behind(
    stations: Iterable[Station], done: Mapping[str, int], least: int
) -> tuple[tuple[Station, int], ...]:
    """The stations in use that still owe activities, and how many, those that owe most first."""
    owing = [(one, least - done.get(one.id, 0)) for one in stations if one.ended_at is None]
    return tuple(sorted((one for one in owing if one[1] > 0), key=lambda one: -one[1]))
