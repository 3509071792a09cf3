"""What is next, who must do it, until when, and what is missing: read by every page and reminder. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Final, Literal

from msgspec import Struct

from voting.days import today
from voting.handling.clocks import Calendar, Clocks, decide_by, evaluate_by
from voting.handling.facts import (
    ACTIVE,
    AT_WORK,
    CONTACT_NAMES,
    VISITS,
    Confirmation,
    Contact,
    Handling,
)
from voting.suggestions import Kind, Suggestion

Who = Literal["office", "unit", "proposer", "nobody"]
Mode = Literal["key", "sorted", "tracked"]
MODE_NAMES: Final[dict[Mode, str]] = {"key": "重点督办", "sorted": "分类督办", "tracked": "跟踪督办"}
_MEET_AFTER: Final = 2
"""Still 不满意 after it was done again: the office calls both (domain.md §3.1)."""
_HEAVY: Final[frozenset[Kind]] = frozenset({"proposal", "opinion"})


class Step(Struct, frozen=True, kw_only=True):
    """What one of them has to do next; `unit` is whose step it is, `due` its last day."""

    who: Who
    words: str
    due: date | None = None
    unit: str | None = None


def needs_three_fixed(kind: Kind) -> bool:
    """三定 and 答复确认 are for 代表建议 and opinions; a clue has one decision and one answer."""
    return kind in _HEAVY


def in_force(handlings: Iterable[Handling]) -> tuple[Handling, ...]:
    """The parts of the decision that holds, the lead unit first."""
    return tuple(
        sorted((one for one in handlings if one.state in ACTIVE), key=lambda one: one.part != "lead")
    )


def lead_of(handlings: Iterable[Handling]) -> Handling | None:
    """The lead unit's part of the decision that holds."""
    return next((one for one in in_force(handlings) if one.part == "lead"), None)


def next_of_handling(kind: Kind, one: Handling, contacts: Sequence[Contact]) -> Step | None:
    """A unit's next step; None when nothing is expected of it."""
    if one.state == "handed":
        return _first_step(kind, one)
    if one.state != "accepted":
        return None
    own = [contact for contact in contacts if contact.handling == one.id]
    if one.part == "lead" and one.contact_by is not None and not own:
        return _step(one, "与提出人联系，登记走访或面商", min(one.contact_by, one.answer_by))
    if one.part == "assist":
        return _step(one, "向主办单位提出协办意见", one.answer_by)
    again = "重新办理并答复" if one.again else "办理并答复"
    return _step(one, again, one.answer_by)


def next_of(
    item: Suggestion,
    handlings: Sequence[Handling],
    contacts: Sequence[Contact],
    confirmations: Sequence[Confirmation],
    clocks: Clocks,
    calendar: Calendar,
) -> tuple[Step, ...]:
    """The next steps of a suggestion: the office's own first, then the nearest last day."""
    if item.merged_into is not None:
        return (Step(who="nobody", words="已并入另一件，随主件办理和答复"),)
    if item.state == "received":
        return (Step(who="office", words="审核登记"),)
    if item.state == "registered":
        by = decide_by(clocks, calendar, today(item.received_at))
        return (Step(who="office", words="决定怎样办理", due=by if item.due is None else item.due),)
    if item.state == "assigned":
        return _assigned(item.kind, in_force(handlings), contacts)
    if item.state == "answered":
        return _answered(item, confirmations, clocks, calendar)
    return ()


def missing_before_answer(
    kind: Kind, one: Handling, contacts: Sequence[Contact], clocks: Clocks
) -> tuple[str, ...]:
    """What the unit must have done before it may answer."""
    missing = []
    if one.part == "lead" and needs_three_fixed(kind) and one.accepted_at is None:
        missing.append("还没有完成三定（经办人、办理方案、办理时限）")
    own = [contact for contact in contacts if contact.handling == one.id]
    if one.part == "lead" and kind == "proposal" and clocks.meet_before_answer and not own:
        missing.append("还没有与代表联系沟通的记录（走访或面商）")
    return tuple(missing)


def missing_before_closing(
    item: Suggestion,
    handlings: Sequence[Handling],
    contacts: Sequence[Contact],
    confirmations: Sequence[Confirmation],
    rules: tuple[Clocks, Calendar, date],
) -> tuple[str, ...]:
    """What is missing before 办结; the rules of the office, its calendar, and today."""
    if item.kind != "proposal":
        return ()
    clocks, calendar, day = rules
    missing = []
    lead = lead_of(handlings)
    if clocks.three_visits and lead is not None:
        done = {one.kind for one in contacts if one.handling == lead.id}
        lacking = "、".join(CONTACT_NAMES[visit] for visit in VISITS if visit not in done)
        if lacking:
            missing.append(f"还没有登记{lacking}")
    until = None if item.answered_at is None else evaluate_by(clocks, calendar, today(item.answered_at))
    if not confirmed(item, confirmations) and until is not None and day <= until:
        missing.append("代表还没有评价答复")
    return tuple(missing)


def confirmed(item: Suggestion, confirmations: Iterable[Confirmation]) -> Confirmation | None:
    """The proposer's word on the answer that stands; None while it has not been said."""
    if item.answered_at is None:
        return None
    return next((one for one in confirmations if one.at >= item.answered_at), None)


def mode(handlings: Iterable[Handling]) -> Mode:
    """重点 → 重点督办, 满意度不高 → 跟踪督办, 一般 → 分类督办 (domain.md §3.2)."""
    lead = lead_of(handlings)
    if lead is not None and lead.key:
        return "key"
    return "tracked" if lead is not None and lead.again else "sorted"


def earliest(steps: Iterable[Step]) -> date | None:
    """The next day that counts."""
    return min((step.due for step in steps if step.due is not None), default=None)


def nodes(item: Suggestion) -> tuple[tuple[str, datetime | None], ...]:
    """登记 → 分办 → 答复 → 办结, each with its moment, or None while it has not come."""
    return (
        ("登记整理", item.received_at if item.state not in {"received", "refused"} else None),
        ("分类交办", item.decided_at),
        ("答复反馈", item.answered_at),
        ("办结", item.closed_at),
    )


def _first_step(kind: Kind, one: Handling) -> Step:
    if one.part == "assist":
        return _step(one, "向主办单位提出协办意见，或退回", one.answer_by)
    words = "签收并完成三定，或退回" if needs_three_fixed(kind) else "答复，或退回"
    due = one.answer_by if one.return_by is None else min(one.return_by, one.answer_by)
    return _step(one, words, due)


def _step(one: Handling, words: str, due: date) -> Step:
    return Step(who="unit", words=words, due=due, unit=one.unit)


def _assigned(kind: Kind, parts: Sequence[Handling], contacts: Sequence[Contact]) -> tuple[Step, ...]:
    if not any(one.part == "lead" for one in parts):
        return (Step(who="office", words="在候选项目确定以后答复提出人"),)
    steps = [step for one in parts if (step := next_of_handling(kind, one, contacts)) is not None]
    if parts[0].again >= _MEET_AFTER:
        steps.append(Step(who="office", words=f"{parts[0].again}次不满意，请召集提出人和承办单位面商"))
    for one in parts:
        if one.state == "submitted":
            steps.append(Step(who="office", words="审核答复", due=one.answer_by, unit=one.unit))
        if one.extension == "asked" and one.state in AT_WORK:
            steps.append(Step(who="office", words="答复延期申请", unit=one.unit))
    return tuple(sorted(steps, key=lambda step: (step.who != "office", step.due or date.max)))


def _answered(
    item: Suggestion, confirmations: Sequence[Confirmation], clocks: Clocks, calendar: Calendar
) -> tuple[Step, ...]:
    if confirmed(item, confirmations) is not None:
        return (Step(who="office", words="办结"),)
    if item.answered_at is None or item.kind != "proposal":
        return (Step(who="proposer", words="评价答复（可以不评价）"), Step(who="office", words="办结"))
    until = evaluate_by(clocks, calendar, today(item.answered_at))
    return (Step(who="proposer", words="评价答复", due=until),)
