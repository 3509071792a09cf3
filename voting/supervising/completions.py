"""办结 and 验收: the government reports that it is done, somebody accepts it. Pure.

What was accepted is not therefore found good: the deputies' score stands apart.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, Literal

from msgspec import Struct

from voting.text import Line, Prose

Result = Literal["passed", "needs_work"]
RESULT_NAMES: Final[dict[Result, str]] = {"passed": "验收通过", "needs_work": "需要整改，重新办结"}


class ProjectCompletion(Struct, frozen=True, kw_only=True):
    """One report of 办结, from turn 1, and its 验收 once there is one.

    `whole` False: this year's stage of a project of several years. `deadline` is the one in force when it was
    reported. `acceptance` is the id that the papers of the 验收 belong to.
    """

    id: str
    congress: str
    project: str
    turn: int
    whole: bool
    finished_on: date
    text: Prose
    by: str
    at: datetime
    acceptance: str
    deadline: date | None = None
    result: Result | None = None
    accepted_on: date | None = None
    body: str = ""
    approvers: str = ""
    note: Prose = ""
    accepted_by: str = ""
    accepted_at: datetime | None = None

    @property
    def days_late(self) -> int:
        """0 when it was finished by the deadline, or when there was none."""
        return 0 if self.deadline is None else max(0, (self.finished_on - self.deadline).days)

    @property
    def punctuality(self) -> str:
        """按期完成, or by how many days it was late."""
        if self.deadline is None:
            return "没有规定时限"
        return f"逾期{self.days_late}天" if self.days_late else "按期完成"


class Reported(Struct, frozen=True, kw_only=True):
    """办结 as it is entered."""

    finished_on: date
    text: str
    whole: bool = True


class Accepted(Struct, frozen=True, kw_only=True):
    """验收 as it is entered: `body` accepted it, `approvers` are the names of who signed."""

    result: Result
    accepted_on: date
    body: Line
    approvers: Line
    note: str = ""
