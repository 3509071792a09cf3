"""Where a suggestion is, in the words of its proposer. Pure: facts in, five steps and sentences out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from msgspec import Struct

from voting.suggestions import ROUTE_NAMES, STANDING_NAMES, Standing, Suggestion

Stage = Literal["done", "now", "later"]


class Part(Struct, frozen=True, kw_only=True):
    """One unit's share; `until` is the last day for its answer."""

    unit: str
    lead: bool
    until: date | None = None
    officer: str = ""


class Merged(Struct, frozen=True, kw_only=True):
    """The suggestion that this one was merged into."""

    label: str
    title: str
    state: Standing


class Facts(Struct, frozen=True, kw_only=True):
    """All that is known about one suggestion and may be told to whoever proposed it."""

    suggestion: Suggestion
    parts: tuple[Part, ...] = ()
    merged: Merged | None = None


class Step(Struct, frozen=True, kw_only=True):
    """`at` is None for what is still to come."""

    name: str
    stage: Stage
    at: datetime | None = None
    words: str = ""


class Progress(Struct, frozen=True, kw_only=True):
    """`headline` says in one sentence where it is now."""

    headline: str
    steps: tuple[Step, ...]


def progress(facts: Facts) -> Progress:
    """Refused ones have two steps, all others five."""
    one = facts.suggestion
    if one.state == "refused":
        return Progress(headline=_refused(one), steps=_steps_of_refused(one))
    return Progress(headline=_headline(facts), steps=_steps(facts))


def _refused(one: Suggestion) -> str:
    if one.kind == "complaint":
        return "您反映的属于投诉举报，请到下面写明的地方反映。"
    return "工作人员看过了，没有受理，理由写在下面。"


def _steps_of_refused(one: Suggestion) -> tuple[Step, ...]:
    return (
        Step(name="已收到", stage="done", at=one.received_at),
        Step(name="未受理", stage="now", at=one.decided_at),
    )


def _headline(facts: Facts) -> str:
    one = facts.suggestion
    if facts.merged is not None:
        return (
            f"与内容相同的“{facts.merged.title}”合并办理，"
            f"它现在的状态是“{STANDING_NAMES[facts.merged.state]}”。"
        )
    if one.state == "received":
        return "已经收到，等待工作人员查看。"
    if one.state == "registered":
        return "已经登记，正在研究由谁办理。" if one.route is None else _decided(one)
    if one.state == "assigned":
        return _with_whom(facts)
    return "已经答复，答复写在下面。" if one.state == "answered" else "已经办结。"


def _decided(one: Suggestion) -> str:
    return f"已经作出决定：{ROUTE_NAMES[one.route]}。" if one.route else ""


def _with_whom(facts: Facts) -> str:
    lead = next((part for part in facts.parts if part.lead), None)
    if lead is None:
        return _decided(facts.suggestion) or "正在办理。"
    until = lead.until or facts.suggestion.due
    officer = f"（经办人：{lead.officer}）" if lead.officer else ""
    return f"正在由{lead.unit}办理{officer}" + (
        f"，应在{until.year}年{until.month}月{until.day}日以前答复。" if until else "。"
    )


def _steps(facts: Facts) -> tuple[Step, ...]:
    one = facts.suggestion
    place = {"received": 0, "registered": 1, "assigned": 2, "answered": 3, "closed": 4}[one.state]
    units = "、".join(part.unit for part in facts.parts)
    rows = (
        ("已收到", one.received_at, f"编号 {one.label}"),
        ("登记整理", None, ""),
        ("分类交办", one.decided_at, units or (ROUTE_NAMES[one.route] if one.route else "")),
        ("答复反馈", one.answered_at, ""),
        ("办结", one.closed_at, ""),
    )
    return tuple(
        Step(
            name=name,
            stage="done" if n < place else ("now" if n == place else "later"),
            at=at if n <= place else None,
            words=words if n <= place else "",
        )
        for n, (name, at, words) in enumerate(rows)
    )
