"""A candidate on its way: its versions, what was decided about each, and what may happen next. Pure."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, Literal

from msgspec import Struct

from voting.days import today
from voting.errors import VotingError
from voting.screening.criteria import Answer, Outcome
from voting.screening.plans import Plan
from voting.text import Line, Prose, clean_prose

DraftState = Literal["submitted", "amend", "returned", "taken", "shortlisted", "reserve", "dropped"]
Verdict = Literal["taken", "amend", "returned"]
Event = Literal[
    "resubmit", "taken", "amend", "returned", "shortlisted", "reserve", "dropped", "take_out", "amend_listed"
]
Opinion = Literal["feasible", "conditional", "not"]

STATE_NAMES: Final[dict[DraftState, str]] = {
    "submitted": "待预审",
    "amend": "预审：修改",
    "returned": "预审：退回",
    "taken": "待初选",
    "shortlisted": "通过初选",
    "reserve": "储备库",
    "dropped": "不列入",
}
VERDICT_NAMES: Final[dict[Verdict, str]] = {"taken": "采用", "amend": "修改", "returned": "退回"}
OPINION_NAMES: Final[dict[Opinion, str]] = {
    "feasible": "可行",
    "conditional": "有条件可行",
    "not": "不可行",
}

MOVES: Final[dict[tuple[DraftState, Event], DraftState]] = {
    ("submitted", "resubmit"): "submitted",
    ("amend", "resubmit"): "submitted",
    ("returned", "resubmit"): "submitted",
    ("submitted", "taken"): "taken",
    ("submitted", "amend"): "amend",
    ("submitted", "returned"): "returned",
    ("taken", "shortlisted"): "shortlisted",
    ("taken", "reserve"): "reserve",
    ("taken", "dropped"): "dropped",
    ("shortlisted", "reserve"): "reserve",
    ("shortlisted", "dropped"): "dropped",
    ("shortlisted", "amend_listed"): "shortlisted",
    ("reserve", "take_out"): "submitted",
    ("reserve", "dropped"): "dropped",
}
"""Every step there is; what is not here is refused."""

EARLIEST_YEAR, LATEST_YEAR = 2000, 2100


class DraftStep(VotingError):
    """A step that the draft's state does not allow."""

    sentence = "这件候选项目现在不能进行这一步。请刷新页面查看最新情况。"


class StaleVersion(DraftStep):
    """Somebody handed in a newer version meanwhile."""

    sentence = "这件候选项目已经有了更新的一版，您看到的是旧版。请刷新页面后再办。"


class AlreadyJudged(DraftStep):
    """A colleague was faster; both verdicts would be one too many."""

    sentence = "这一版已经预审过了。请刷新页面查看。"


class OpinionGiven(DraftStep):
    """An opinion that others may already have relied on."""

    sentence = "可行性意见已经提出，不能再改。确需更正的，请与政府办联系。"


class ReasonMissing(VotingError):
    """Whoever is refused or sent back is told why."""

    sentence = "请写明理由：对方会看到。"


class Draft(Struct, frozen=True, kw_only=True):
    """`year`: in which it would be carried out. `reason`: why it stands where it stands."""

    id: str
    congress: str
    year: int
    state: DraftState
    version: int
    title: Line
    made_by: str
    made_at: datetime
    reason: Prose = ""


class Version(Struct, frozen=True, kw_only=True):
    """One version, from 1. `verdict` is None until 预审."""

    congress: str
    draft: str
    version: int
    plan: Plan
    by: str
    at: datetime
    verdict: Verdict | None = None
    reason: Prose = ""
    judged_by: str = ""
    judged_at: datetime | None = None


class Assessment(Struct, frozen=True, kw_only=True):
    """初选 of one version; none is ever changed."""

    id: str
    congress: str
    draft: str
    version: int
    answers: tuple[Answer, ...]
    outcome: Outcome
    reason: Prose
    by: str
    at: datetime


class Feasibility(Struct, frozen=True, kw_only=True):
    """What a unit was asked, and its opinion; None until given. `due` is a day in China."""

    id: str
    congress: str
    draft: str
    unit: str
    asked_by: str
    asked_at: datetime
    due: date
    opinion: Opinion | None = None
    text: Prose = ""
    given_by: str = ""
    given_at: datetime | None = None


def after(state: DraftState, event: Event) -> DraftState:
    """The state that follows. Raises DraftStep."""
    try:
        return MOVES[state, event]
    except KeyError:
        raise DraftStep(_refusal(state)) from None


def may(state: DraftState, event: Event) -> bool:
    """Whether the step exists, for showing its form."""
    return (state, event) in MOVES


def reason_of(text: str, label: str = "理由") -> str:
    """Raises ReasonMissing or TextError."""
    reason = clean_prose(text, label)
    if not reason:
        raise ReasonMissing(f"请写明{label}：对方会看到。")
    return reason


def is_late(asked: Feasibility, now: datetime) -> bool:
    """Whether the opinion came, or is still missing, after its last day."""
    return today(asked.given_at or now) > asked.due


def next_year(now: datetime) -> int:
    """The year that drafts are made for: collection begins in the third quarter of the year before."""
    here = today(now)
    return here.year + 1 if here.month >= 7 else here.year


def check_year(year: int) -> None:
    """Raises DraftStep."""
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise DraftStep(f"年度应在 {EARLIEST_YEAR} 至 {LATEST_YEAR} 之间。请修改。")


def _refusal(state: DraftState) -> str:
    said: dict[DraftState, str] = {
        "submitted": "这件候选项目正在等待预审。请等预审之后再办。",
        "amend": "预审意见是修改。请由政府办修改后重新提交。",
        "returned": "这件候选项目已被退回。请由政府办修改后重新提交。",
        "taken": "这件候选项目预审已经采用，内容不能再改，等待初选。",
        "shortlisted": "这件候选项目已经通过初选。请在候选项目名单中办理。",
        "reserve": "这件候选项目已列入储备库。需要使用的，请从储备库取出。",
        "dropped": "这件候选项目已经决定不列入，不再办理。",
    }
    return said[state]
