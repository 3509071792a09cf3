"""Who has a suggestion and what became of it, as plain facts. Pure.

    handed → accepted → submitted → released        a unit's part, seen from the unit
       ├→ returned ("not mine")         └→ accepted again: sent back by the office, or 不满意
       └→ ended (taken back, or replaced by another decision)

An assisting unit's opinion goes to the lead unit and is released as it is given.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, Literal

from msgspec import Struct

from voting.text import Prose

Part = Literal["lead", "assist"]
HandlingState = Literal["handed", "accepted", "submitted", "released", "returned", "ended"]
Extension = Literal["none", "asked", "granted", "refused"]
Result = Literal["A", "B", "C", "D"]
ContactKind = Literal["before", "during", "after", "meeting"]
Grade = Literal["satisfied", "basic", "unsatisfied"]

ACTIVE: Final[tuple[HandlingState, ...]] = ("handed", "accepted", "submitted", "released")
"""A unit that has, or has answered, its part of the decision in force."""
AT_WORK: Final[tuple[HandlingState, ...]] = ("handed", "accepted", "submitted")

PART_NAMES: Final[dict[Part, str]] = {"lead": "主办", "assist": "协办"}
HANDLING_NAMES: Final[dict[HandlingState, str]] = {
    "handed": "待签收",
    "accepted": "办理中",
    "submitted": "答复待审核",
    "released": "已答复",
    "returned": "已退回",
    "ended": "已收回",
}
RESULT_NAMES: Final[dict[Result, str]] = {
    "A": "A 已经解决或基本解决",
    "B": "B 正在解决或已列入计划",
    "C": "C 因条件限制暂不能解决，已说明",
    "D": "D 留作参考",
}
CONTACT_NAMES: Final[dict[ContactKind, str]] = {
    "before": "办前拜访",
    "during": "办中走访",
    "after": "办后回访",
    "meeting": "面商",
}
VISITS: Final[tuple[ContactKind, ...]] = ("before", "during", "after")
"""三访."""
GRADE_NAMES: Final[dict[Grade, str]] = {"satisfied": "满意", "basic": "基本满意", "unsatisfied": "不满意"}


class Handling(Struct, frozen=True, kw_only=True):
    """One unit's part of one decision.

    `return_by`, `contact_by` and `answer_by` are last days; None where the local rules set none. `chief` and
    `watcher` are 领办领导 and 督办领导, both named when `key` (重点). `hard` has the longer clock. `again`
    counts how often it was done again after 不满意.
    """

    id: str
    congress: str
    suggestion: str
    unit: str
    part: Part
    state: HandlingState
    handed_at: datetime
    handed_by: str
    task: Prose
    return_by: date | None
    contact_by: date | None
    answer_by: date
    key: bool = False
    hard: bool = False
    chief: str = ""
    watcher: str = ""
    officer: str = ""
    plan: Prose = ""
    promised: date | None = None
    accepted_at: datetime | None = None
    returned_at: datetime | None = None
    return_reason: Prose = ""
    wanted_until: date | None = None
    wanted_reason: Prose = ""
    extension: Extension = "none"
    extension_reply: Prose = ""
    answered_at: datetime | None = None
    answer: Prose = ""
    result: Result | Literal[""] = ""
    released_at: datetime | None = None
    again: int = 0


class Contact(Struct, frozen=True, kw_only=True):
    """A dated visit (三访) or meeting (面商) with the proposer."""

    id: str
    congress: str
    handling: str
    kind: ContactKind
    day: date
    with_whom: str
    note: Prose
    entered_by: str
    entered_at: datetime


class Confirmation(Struct, frozen=True, kw_only=True):
    """答复确认: the proposer's word; `by` is who said it, or who took it down from whom."""

    id: str
    congress: str
    suggestion: str
    round: int
    grade: Grade
    text: Prose
    by: str
    at: datetime


class Urging(Struct, frozen=True, kw_only=True):
    """督办: what the office did to get it moving."""

    id: str
    congress: str
    suggestion: str
    at: datetime
    by: str
    text: Prose


class Happening(Struct, frozen=True, kw_only=True):
    """One line of 办理经过. `unit` is None unless it is one unit's own affair."""

    id: str
    congress: str
    suggestion: str
    unit: str | None
    at: datetime
    by: str
    what: str
    text: str


class Workday(Struct, frozen=True, kw_only=True):
    """A day on which the calendar differs from Monday to Friday."""

    congress: str
    day: date
    working: bool
    name: str
