"""整改: what follows a bad score, until 销号. Pure.

    ordered → working → reported → accepted → closed
                 ↑         │           │
                 └─────────┴───────────┴── returned, or 限期重办

A retest that was passed allows 销号 from any state, until the matter is returned or a step of the ladder
follows; one that was failed makes an earlier acceptance worthless: it is returned and accepted anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, Literal

from msgspec import Struct

from voting.grading import Grading
from voting.rating.ladder import Rung
from voting.rating.refusals import RatingError, RatingStep
from voting.text import Line, Prose

MatterState = Literal["ordered", "working", "reported", "accepted", "closed"]
STATE_NAMES: Final[dict[MatterState, str]] = {
    "ordered": "已责成整改，等待整改方案",
    "working": "正在整改",
    "reported": "已报告完成，等待验收",
    "accepted": "已验收，等待销号",
    "closed": "已销号",
}
StepKind = Literal["plan", "report", "finish", "accept", "return", "close"]
STEP_NAMES: Final[dict[StepKind, str]] = {
    "plan": "整改方案",
    "report": "整改进展报告",
    "finish": "整改完成报告",
    "accept": "验收通过",
    "return": "退回继续整改",
    "close": "销号",
}
UNIT_STEPS: Final[tuple[StepKind, ...]] = ("plan", "report", "finish")
_LEADS: Final[dict[tuple[MatterState, StepKind], MatterState]] = {
    ("ordered", "plan"): "working",
    ("working", "plan"): "working",
    ("working", "report"): "working",
    ("working", "finish"): "reported",
    ("reported", "accept"): "accepted",
    ("reported", "return"): "working",
    ("accepted", "return"): "working",
}
_MISSING: Final[dict[tuple[MatterState, StepKind], str]] = {
    ("ordered", "report"): "请先提交整改方案，再报告整改情况。",
    ("ordered", "finish"): "请先提交整改方案，再报告整改情况。",
    ("ordered", "accept"): "责任单位还没有报告整改完成，不能验收。",
    ("working", "accept"): "责任单位还没有报告整改完成，不能验收。",
    ("reported", "report"): "已经报告整改完成，正在等待验收。",
    ("reported", "finish"): "已经报告整改完成，正在等待验收。",
}


class Rectification(Struct, frozen=True, kw_only=True):
    """One matter: `title` as it stood on the ballot, `level` what it got, `due` the last day."""

    id: str
    congress: str
    project: str
    title: Line
    unit: str
    round: str
    number: int
    level: str
    state: MatterState
    months: int
    ordered_on: date
    due: date
    demands: Prose
    by: str
    at: datetime
    part: int | None = None
    closed_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Not yet 销号."""
        return self.state != "closed"


class RectificationStep(Struct, frozen=True, kw_only=True):
    """What was handed in, judged or decided; `who` accepted or approved, empty for the unit's own papers."""

    id: str
    congress: str
    rectification: str
    turn: int
    kind: StepKind
    day: date
    text: Prose
    by: str
    at: datetime
    who: str = ""


class Retest(Struct, frozen=True, kw_only=True):
    """The newest retest of a matter: `level` and `announced_at` are None while it has no result."""

    round: str
    title: Line
    level: str | None
    good: bool
    announced_at: datetime | None

    @property
    def words(self) -> str:
        if self.level is None:
            return "再测评还没有宣布结果"
        return f"再测评结果：{self.level}"


def is_bad(rules: Grading, level: str) -> bool:
    """Whether the level is none of those that make up the 总体满意率."""
    return level in rules.levels[rules.favourable :]


def after(matter: Rectification, kind: StepKind) -> MatterState:
    """The state that a step leads to. Raises RatingStep."""
    demand_open(matter)
    state = _LEADS.get((matter.state, kind))
    if state is None:
        known = _MISSING.get(
            (matter.state, kind), f"“{matter.title}”{STATE_NAMES[matter.state]}，现在不能进行这一步。"
        )
        raise RatingStep(f"{known}请刷新页面查看最新情况。")
    return state


def demand_open(matter: Rectification) -> None:
    """Raises RatingStep for a closed matter."""
    if not matter.open:
        raise RatingStep(f"“{matter.title}”的整改已经销号，不能再变动。")


def demand_closable(
    matter: Rectification,
    steps: Sequence[RectificationStep],
    rungs: Sequence[Rung],
    retest: Retest | None,
) -> None:
    """销号 needs an acceptance or a retest that was passed, whichever came last; a return or a step of the
    ladder outdates the retest. Raises RatingStep.
    """
    demand_open(matter)
    if retest is not None and retest.level is None:
        raise RatingStep(f"“{matter.title}”的再测评还没有宣布结果，不能销号。请在宣布之后办理。")
    if retest is not None and retest.good and not _outdated(retest, steps, rungs):
        return
    if matter.state != "accepted":
        raise RatingStep(f"“{matter.title}”的整改没有通过验收，也没有通过再测评，不能销号。请先验收。")
    accepted = max(one.at for one in steps if one.kind == "accept")
    if retest is None or retest.good or retest.announced_at is None:
        return
    if retest.announced_at > accepted:
        raise RatingStep(
            f"“{matter.title}”验收之后再测评仍为{retest.level}，不能销号。请退回继续整改或者责成限期重办，重新验收后再销号。"
        )


def closable(
    matter: Rectification,
    steps: Sequence[RectificationStep],
    rungs: Sequence[Rung],
    retest: Retest | None,
) -> bool:
    """Whether `demand_closable` lets it pass."""
    try:
        demand_closable(matter, steps, rungs, retest)
    except RatingStep:
        return False
    return True


def _outdated(retest: Retest, steps: Sequence[RectificationStep], rungs: Sequence[Rung]) -> bool:
    """Whether the matter went on after the retest was announced."""
    went_on = [one.at for one in steps if one.kind == "return"] + [one.at for one in rungs if one.taken]
    return any(retest.announced_at is None or at > retest.announced_at for at in went_on)


def check_day(day: date, today: date, since: date, label: str) -> None:
    """Raises RatingError: nothing is recorded ahead of time, nor before the matter began."""
    if day > today:
        raise RatingError(f"{label}不能晚于今天。请核对。")
    if day < since:
        raise RatingError(f"{label}不能早于{since.year}年{since.month}月{since.day}日。请核对。")
