"""家·站·室·点: where deputies meet those they represent, who is on duty there, and who came. Pure."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, Literal

from msgspec import Struct

from voting.text import Line, Prose

"""The clock by which days begin."""
StationKind = Literal["home", "station", "room", "point"]

KIND_NAMES: Final[dict[StationKind, str]] = {
    "home": "家",
    "station": "站",
    "room": "室",
    "point": "点",
}


class Station(Struct, frozen=True, kw_only=True):
    """One place. `code` stands on its poster; `ended_at` is None while it is kept."""

    id: str
    congress: str
    code: str
    name: Line
    kind: StationKind
    village: str | None = None
    address: str = ""
    hours: str = ""
    leader: str = ""
    liaison: str = ""
    ended_at: datetime | None = None


class Duty(Struct, frozen=True, kw_only=True):
    """A deputy who is expected at a station on a day."""

    congress: str
    station: str
    day: date
    deputy: str


class Reception(Struct, frozen=True, kw_only=True):
    """接待记录. `deputies` as it was written down, `people` is 人次."""

    id: str
    congress: str
    station: str
    day: date
    deputies: Line
    people: int
    note: Prose
    entered_by: str
    entered_at: datetime


class Activity(Struct, frozen=True, kw_only=True):
    """What happened at a station in a period: receptions, 人次, suggestions that came from it."""

    receptions: int = 0
    people: int = 0
    suggestions: int = 0
