"""台账: what can be looked for in it, what a line says, and the three rates. Pure.

Counts may overlap (a suggestion can have two units, be merged and answered): they stand side by side and are
never forced to add up (domain.md §3.4).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final, Literal

from msgspec import Struct

from voting.handling.facts import GRADE_NAMES, Grade
from voting.handling.lights import Color
from voting.suggestions import (
    ROUTE_NAMES,
    SOURCE_NAMES,
    STANDING_NAMES,
    Channel,
    Kind,
    Route,
    Source,
    Standing,
)

Order = Literal["newest", "oldest", "due"]
ORDER_NAMES: Final[dict[Order, str]] = {
    "newest": "编号从新到旧",
    "oldest": "编号从旧到新",
    "due": "期限从近到远（只列有期限的）",
}
YesNo = Literal["yes", "no"]
SEARCH_LENGTH: Final = 100
_LABEL: Final = re.compile(r"\s*([0-9]{4})[-－—]([0-9]{1,7})\s*")


class Filters(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a list of the ledger is limited to; None means anything. Ids are ids of the same congress."""

    year: int | None = None
    kind: Kind | None = None
    source: Source | None = None
    state: Standing | None = None
    route: Route | None = None
    category: str | None = None
    town: str | None = None
    village: str | None = None
    station: str | None = None
    unit: str | None = None
    light: Color | None = None
    merged: YesNo | None = None
    photos: YesNo | None = None
    yearly: YesNo | None = None
    since: date | None = None
    until: date | None = None
    text: str = ""
    order: Order = "newest"

    @property
    def label(self) -> tuple[int, int] | None:
        """(year, number) when the search is a number as it stands on paper, e.g. 2027-00042."""
        return label_of(self.text)


def label_of(typed: str) -> tuple[int, int] | None:
    """(year, number) of a number as it stands on paper; None for anything else."""
    found = _LABEL.fullmatch(typed)
    return (int(found[1]), int(found[2])) if found else None


class Day(Struct, frozen=True):
    """What the lights are judged by: today in China, and so many days of yellow."""

    today: date
    yellow: int


class Place(Struct, frozen=True, kw_only=True):
    """Where a page of the list begins or ends."""

    year: int
    number: int
    due: date | None = None

    def key(self, order: Order) -> tuple[date | int | None, ...]:
        """What lists of this order are sorted by."""
        return (self.due, self.year, self.number) if order == "due" else (self.year, self.number)

    @property
    def written(self) -> str:
        """As it stands in an address, e.g. `2027-42` or `2027-42-20261130`."""
        return f"{self.year}-{self.number}" + (f"-{self.due:%Y%m%d}" if self.due else "")

    @classmethod
    def read(cls, text: str) -> Place | None:
        """None for whatever no address of ours says."""
        found = re.fullmatch(r"([0-9]{4})-([0-9]{1,7})(?:-([0-9]{8}))?", text)
        if not found:
            return None
        try:
            due = date.fromisoformat(found[3]) if found[3] else None
        except ValueError:
            return None
        return cls(year=int(found[1]), number=int(found[2]), due=due)


class Line(Struct, frozen=True, kw_only=True):
    """One line of the ledger. `units` are the lead unit and then the assisting ones of the decision in force;
    `raised` are the years of 年年提; `main` is the label of what it was merged into."""

    id: str
    year: int
    number: int
    kind: Kind
    state: Standing
    source: Source
    channel: Channel
    title: str
    received_at: datetime
    category: str | None
    village: str | None
    station: str | None
    deputy: str | None
    unit: str | None
    route: Route | None
    due: date | None
    photos: int
    merged_into: str | None
    confidential: bool
    proposer: str
    main: str = ""
    units: tuple[str, ...] = ()
    grade: Grade | None = None
    raised: tuple[int, ...] = ()

    @property
    def label(self) -> str:
        return f"{self.year}-{self.number:05d}"

    def place(self, order: Order) -> Place:
        """Where it stands in a list of this order."""
        return Place(year=self.year, number=self.number, due=self.due if order == "due" else None)


class Names(Struct, frozen=True, kw_only=True):
    """What the ids of a line are called; also of entries that have ended."""

    categories: Mapping[str, str]
    villages: Mapping[str, str]
    towns: Mapping[str, str]
    stations: Mapping[str, str]
    deputies: Mapping[str, str]
    units: Mapping[str, str]


COLUMNS: Final = (
    "编号",
    "类别",
    "标题",
    "来源",
    "提出人",
    "村社",
    "收到",
    "去向",
    "主办单位",
    "期限",
    "灯",
    "状态",
    "满意度",
)
"""domain.md §3: the columns of the ledger, on the page and in the workbook."""
CONFIDENTIAL: Final = "（要求保密）"


def who(line: Line, names: Names) -> str:
    """提出人: the deputy, the department, or what the proposer said; kept back where that was asked for."""
    if line.confidential:
        return CONFIDENTIAL
    if line.deputy:
        return names.deputies.get(line.deputy, line.proposer)
    if line.unit:
        return names.units.get(line.unit, line.proposer)
    return line.proposer


def where_from(line: Line, names: Names) -> str:
    """来源, with the station's name."""
    station = names.stations.get(line.station or "", "")
    return f"{SOURCE_NAMES[line.source]}（{station}）" if station else SOURCE_NAMES[line.source]


def way(line: Line) -> str:
    """去向: what it was merged into, or the route."""
    if line.merged_into:
        return f"并入 {line.main}"
    return ROUTE_NAMES[line.route] if line.route else ""


def cells(line: Line, names: Names, light: str) -> tuple[str, ...]:
    """The line in the words of `COLUMNS`; days as 2026-01-25."""
    from voting.days import CHINA

    return (
        line.label,
        names.categories.get(line.category or "", ""),
        line.title,
        where_from(line, names),
        who(line, names),
        names.villages.get(line.village or "", ""),
        line.received_at.astimezone(CHINA).date().isoformat(),
        way(line),
        "、".join(names.units.get(unit, "") for unit in line.units[:1]),
        line.due.isoformat() if line.due and not line.merged_into else "",
        light,
        STANDING_NAMES[line.state],
        GRADE_NAMES[line.grade] if line.grade else "",
    )


class Tally(Struct, frozen=True, kw_only=True):
    """Counts up to a cut-off date; each by itself."""

    received: int = 0
    taken_up: int = 0
    answered: int = 0
    closed: int = 0
    evaluated: int = 0
    satisfied: int = 0
    basic: int = 0
    decided_clues: int = 0
    adopted: int = 0

    @property
    def closing(self) -> str:
        """办结率."""
        return rate(self.closed, self.taken_up)

    @property
    def answering(self) -> str:
        """答复率."""
        return rate(self.answered, self.taken_up)

    @property
    def satisfaction(self) -> str:
        """满意率."""
        return rate(self.satisfied, self.evaluated)

    @property
    def overall(self) -> str:
        """总体满意率."""
        return rate(self.satisfied + self.basic, self.evaluated)

    @property
    def adoption(self) -> str:
        """采纳率."""
        return rate(self.adopted, self.decided_clues)


def rate(part: int, whole: int) -> str:
    """One decimal, half up: 85 of 87 is 97.7%; nothing of nothing is —."""
    if whole == 0:
        return "—"
    tenths = (2000 * part + whole) // (2 * whole)
    return f"{tenths // 10}.{tenths % 10}%"


DEFINITIONS: Final = (
    ("收到", "截止日期前收到的件数，含待审核和未受理的。"),
    ("受理", "收到的当中已登记受理的件数；待审核、未受理的不计。并案的每一件各计一件，因为每一件都要答复。"),
    ("答复率", "截止日期前已答复提出人的 ÷ 受理。"),
    ("办结率", "截止日期前已办结的 ÷ 受理。"),
    ("满意率", "最近一次评价为“满意”的 ÷ 已评价的。催请后仍没有评价的不计入。"),
    ("总体满意率", "最近一次评价为“满意”或“基本满意”的 ÷ 已评价的。"),
    ("采纳率", "转为候选线索的民生实事线索 ÷ 已经作出决定的民生实事线索。"),
)
