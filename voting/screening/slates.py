"""候选项目（草案）名单: how many, through which bodies, and when nothing on it changes any more. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, Literal

from msgspec import Struct

from voting.errors import VotingError
from voting.rounds import Level
from voting.rules import BallotForm, Rules, check_rules
from voting.text import Line, Prose, clean_line

Decision = Literal["passed", "amended", "returned"]
DECISION_NAMES: Final[dict[Decision, str]] = {
    "passed": "通过",
    "amended": "修改后通过",
    "returned": "退回",
}
Stage = Literal["drafting", "passing", "returned", "passed", "frozen"]
STAGE_NAMES: Final[dict[Stage, str]] = {
    "drafting": "正在拟订",
    "passing": "正在研究",
    "returned": "已退回，重新拟订",
    "passed": "研究完毕，待确定",
    "frozen": "已确定",
}
BODIES: Final[dict[Level, tuple[str, ...]]] = {
    "county": ("县政府常务会议", "县委常委会会议", "县人大常委会会议"),
    "town": ("党政班子会议", "党委会议", "人大主席团会议"),
}
"""政府常务会 → 党委 → 常委会; in a town, which has no 常委会, 党政班子 → 党委 → 主席团."""
MOST_BODIES = 8


class SlateError(VotingError):
    """A list that cannot be put to the vote as it stands."""

    sentence = "候选项目名单需要修改。请修改后重试。"


class SlateStep(VotingError):
    """A step that the list's way does not allow now."""

    sentence = "候选项目名单现在不能进行这一步。请刷新页面查看最新情况。"


class SlateFrozen(SlateStep):
    """What the bodies have passed is what the deputies vote on."""

    sentence = "候选项目名单已经确定，不能再修改。"


class ScreeningSettings(Struct, frozen=True, kw_only=True, tag="screening"):
    """A congress's own order of bodies; empty: the usual one of its level."""

    bodies: tuple[Line, ...] = ()

    def order(self, level: Level) -> tuple[str, ...]:
        """The bodies that a list of this congress passes."""
        return self.bodies or BODIES[level]


class Slate(Struct, frozen=True, kw_only=True):
    """`places` is K. `bodies` is the order when it was made. `opened_at`: deputies read it from then on."""

    id: str
    congress: str
    year: int
    title: Line
    places: int
    ballot: BallotForm
    bodies: tuple[Line, ...]
    made_by: str
    made_at: datetime
    frozen_at: datetime | None = None
    round: str | None = None
    opened_at: datetime | None = None


class Entry(Struct, frozen=True, kw_only=True):
    """One line of the list: printed number, draft, and which of its versions."""

    number: int
    draft: str
    version: int
    title: Line


class Passage(Struct, frozen=True, kw_only=True):
    """What one body decided; `listed` is the list as it lay before it. The document is fetched apart."""

    id: str
    congress: str
    slate: str
    turn: int
    place: int
    body: Line
    day: date
    decision: Decision
    note: Prose
    listed: tuple[Entry, ...]
    document_name: str
    entered_by: str
    entered_at: datetime


class Comment(Struct, frozen=True, kw_only=True):
    """审议意见 of a delegation on one candidate, or (None) on the whole list; and the reply."""

    id: str
    congress: str
    slate: str
    draft: str | None
    delegation: Line
    text: Prose
    by: str
    at: datetime
    reply: Prose = ""
    replied_by: str = ""
    replied_at: datetime | None = None


def check_number(candidates: int, places: int, ballot: BallotForm) -> None:
    """Raises RulesError unless N candidates can stand for K places: N > K, unless the ballot is 等额's."""
    check_rules(Rules(ballot=ballot, candidates=candidates, places=places, publish="list"))


def number_words(candidates: int, places: int) -> str:
    """`12件候选，应选10件，差额2件`."""
    surplus = f"差额{candidates - places}件" if candidates > places else "等额"
    return f"{candidates}件候选，应选{places}件，{surplus}"


def check_bodies(bodies: Sequence[str]) -> tuple[str, ...]:
    """Raises SlateError or TextError."""
    cleaned = tuple(clean_line(one, "研究机构") for one in bodies)
    if not 1 <= len(cleaned) <= MOST_BODIES:
        raise SlateError(f"研究机构应有 1 至 {MOST_BODIES} 个。请按先后顺序填写。")
    if len(set(cleaned)) != len(cleaned):
        raise SlateError("同一个研究机构写了两次。请删去一个。")
    return cleaned


def stage(slate: Slate, passages: Sequence[Passage]) -> Stage:
    """Where the list stands; `passages` in the order of their turns."""
    if slate.frozen_at is not None:
        return "frozen"
    if not passages:
        return "drafting"
    last = passages[-1]
    if last.decision == "returned":
        return "returned"
    return "passed" if last.place >= len(slate.bodies) else "passing"


def next_place(slate: Slate, passages: Sequence[Passage]) -> int | None:
    """Which body comes next, from 1; None when all have passed it. A returned list begins anew."""
    now = stage(slate, passages)
    if now in {"frozen", "passed"}:
        return None
    return passages[-1].place + 1 if now == "passing" else 1


def may_change(slate: Slate, passages: Sequence[Passage]) -> bool:
    """Whether entries may change: before the first body, after a return, or as a body has amended it."""
    if slate.frozen_at is not None:
        return False
    return not passages or passages[-1].decision in {"amended", "returned"}


def demand_change(slate: Slate, passages: Sequence[Passage]) -> None:
    """Raises SlateFrozen or SlateStep."""
    if slate.frozen_at is not None:
        raise SlateFrozen
    if not may_change(slate, passages):
        raise SlateStep(
            f"名单已经{passages[-1].body}通过，不能再改。"
            "下一个研究机构要求修改的，请先登记其“修改后通过”或者“退回”的决定。"
        )


def check_day(day: date, today: date, passages: Sequence[Passage]) -> None:
    """Raises SlateError: a decision lies neither in the future nor before the one it follows."""
    if day > today:
        raise SlateError("研究日期不能晚于今天。请核对日期。")
    if passages and day < passages[-1].day:
        before = passages[-1]
        raise SlateError(
            f"研究日期不能早于上一次研究（{before.body}，{before.day.isoformat()}）。请核对日期。"
        )


def check_freeze(slate: Slate, passages: Sequence[Passage], candidates: int) -> None:
    """Raises SlateStep or RulesError."""
    place = next_place(slate, passages)
    if place is not None:
        raise SlateStep(f"还没有登记{slate.bodies[place - 1]}的研究决定，不能确定名单。")
    check_number(candidates, slate.places, slate.ballot)
