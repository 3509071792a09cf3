"""What may be decided about the places that a vote left open, and what that comes to. Pure.

The rules of the round say who decides: deputies in another ballot, or the 主席团, or nobody, because the
places stay vacant (domain §1.3). Only the second and the third are resolutions; a ballot is a round of its
own. Nothing is settled by itself: until somebody enters a resolution, the places are open.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final, Literal

from msgspec import Struct

from voting.errors import VotingError
from voting.outcome import Outcome
from voting.reasons import numbers
from voting.rules import Rules
from voting.text import Line, Prose, clean_line, clean_prose
from voting.wording import Words

Way = Literal["presidium", "another_round", "vacant"]
"""The 主席团 names candidates; it has the deputies vote again; or the places stay vacant."""


class SettlingError(VotingError):
    """A resolution that cannot be kept as it was entered."""

    sentence = "决定的内容需要修改。请修改后重试。"


class NothingOpen(VotingError):
    """A round that leaves nothing to decide, or not by a resolution."""

    sentence = "这一轮没有需要决定的名额。请刷新页面查看最新情况。"


class AlreadySettled(VotingError):
    """Somebody has decided otherwise, or gone on."""

    sentence = "这一轮的名额已经有了决定。请刷新页面查看。"


class Decision(Struct, frozen=True, kw_only=True):
    """The paper behind a resolution, as staff type it; all empty where the rules themselves decide."""

    number: str = ""
    day: date | None = None
    words: str = ""


class Resolution(Struct, frozen=True, kw_only=True):
    """What was decided about the open places of one round. There is one, or none.

    `number`, `day` and `words` are those of the 主席团's decision; all three are missing where the rules
    themselves leave the places vacant, `number` also where the decision has none. `chosen` are printed
    numbers, in printed order. `known_at`: since when everybody may know it; until then it can be withdrawn.
    """

    congress: str
    round: str
    way: Way
    chosen: tuple[int, ...] = ()
    number: Line | None = None
    day: date | None = None
    words: Prose = ""
    by: Line
    at: datetime
    known_at: datetime | None = None


class Settled(Struct, frozen=True, kw_only=True):
    """What an announced round comes to in the end, resolution and all."""

    chosen: tuple[int, ...]
    """Those chosen by votes, most votes first, or as printed where the rules publish the list only; then
    those of the resolution, as printed."""
    by_presidium: tuple[int, ...]
    """The part of `chosen` that the resolution added."""
    open_places: int
    """Still undecided."""
    vacant: int
    """Left vacant by the rules or by the resolution."""
    resolution: Resolution | None
    sentences: tuple[str, ...]
    """The resolution in words; empty without one."""


NOT_SETTLED_ELSEWHERE: Final = {"runoff": "再次票决", "supplementary": "另行票决"}
_NAMED: Final[dict[Way, str]] = {
    "presidium": "从中决定列入",
    "another_round": "再投一轮",
    "vacant": "缺额不补",
}


def basis(one: Resolution) -> str:
    """The decision as a project's papers name it: its words, with number and day unless these are in them."""
    more = (part for part in (one.number, _written(one.day)) if part and part not in one.words)
    return "，".join((one.words.rstrip("。"), *more)) + "。"


def left_open(outcome: Outcome) -> int:
    """Places that the votes did not fill."""
    return outcome.tied_places + outcome.vacancies


def ways(outcome: Outcome) -> tuple[Way, ...]:
    """The resolutions that the rules of the round foresee for its outcome."""
    if not left_open(outcome):
        return ()
    if outcome.next_step == "presidium":
        return ("presidium", "another_round", "vacant")
    return ("vacant",) if outcome.next_step == "vacant" else ()


def needs_decision(outcome: Outcome) -> bool:
    """Whether a resolution is the 主席团's; else the rules themselves have decided."""
    return outcome.next_step == "presidium"


def eligible(outcome: Outcome) -> tuple[int, ...]:
    """Whom the 主席团 may name, as printed: the tied, or after a shortfall whoever was not chosen."""
    if "presidium" not in ways(outcome):
        return ()
    if outcome.tied:
        return tuple(sorted(outcome.tied))
    return tuple(sorted(one.number for one in outcome.standings if one.status == "not_chosen"))


def chosen_numbers(rules: Rules, outcome: Outcome, added: Sequence[int]) -> tuple[int, ...]:
    """As `Settled.chosen`: where votes are kept back, the order must not tell them."""
    chosen = tuple(sorted(outcome.chosen)) if rules.publish == "list" else outcome.chosen
    return (*chosen, *sorted(added))


def settled(rules: Rules, outcome: Outcome, words: Words, resolution: Resolution | None) -> Settled:
    """The outcome with what was decided afterwards."""
    added = resolution.chosen if resolution else ()
    rest = left_open(outcome) - len(added)
    leaves_vacant = resolution is not None and resolution.way != "another_round"
    return Settled(
        chosen=chosen_numbers(rules, outcome, added),
        by_presidium=tuple(sorted(added)),
        open_places=0 if leaves_vacant else rest,
        vacant=rest if leaves_vacant else 0,
        resolution=resolution,
        sentences=_sentences(outcome, words, resolution, rest) if resolution else (),
    )


def check_way(outcome: Outcome, way: Way) -> None:
    """Raises NothingOpen unless the rules foresee it."""
    if way in ways(outcome):
        return
    if outcome.next_step in NOT_SETTLED_ELSEWHERE:
        ballot = NOT_SETTLED_ELSEWHERE[outcome.next_step]
        raise NothingOpen(f"按票决办法，尚未确定的名额由{ballot}产生，不能另作决定。请先进行{ballot}。")
    if outcome.next_step == "vacant":
        raise NothingOpen(f"按票决办法，缺额不补，不能{_NAMED[way]}。")
    raise NothingOpen


def check_chosen(outcome: Outcome, way: Way, chosen: Sequence[int]) -> tuple[int, ...]:
    """In printed order. Raises SettlingError unless exactly these may be named."""
    if way != "presidium":
        if chosen:
            raise SettlingError("只有决定列入时才选择项目。请去掉所选的项目，或者改选“决定列入”。")
        return ()
    if not chosen:
        raise SettlingError("请选择决定列入的项目；一件也不列入的，请选“缺额不补”。")
    if len(set(chosen)) != len(chosen):
        raise SettlingError("同一个候选项目选了两次。请每个只选一次。")
    strange = [number for number in chosen if number not in eligible(outcome)]
    if strange:
        raise SettlingError(f"{strange[0]}号不在可以决定的候选项目之内。请核对编号。")
    if len(chosen) > left_open(outcome):
        raise SettlingError(f"还有{left_open(outcome)}个名额，现在选了{len(chosen)}个。请减少。")
    return tuple(sorted(chosen))


def check_decision(outcome: Outcome, decision: Decision, words: Words) -> Decision:
    """Cleaned; empty where nobody has to decide. Raises SettlingError, TextError."""
    if not needs_decision(outcome):
        return Decision()
    said = clean_prose(decision.words, f"{words.presidium}的决定")
    if not said:
        raise SettlingError(f"请写明{words.presidium}的决定，例如：{words.presidium}第三次会议决定……。")
    if decision.day is None:
        raise SettlingError("请填写作出决定的日期。")
    number = clean_line(decision.number, "决定的文号") if decision.number.strip() else ""
    return Decision(number=number, day=decision.day, words=said)


def _sentences(outcome: Outcome, words: Words, resolution: Resolution, rest: int) -> tuple[str, ...]:
    if not needs_decision(outcome):
        return (f"按票决办法，缺额{rest}件，不补。",)
    basis = "，".join(filter(None, (resolution.number, _written(resolution.day))))
    head = f"{words.presidium}决定（{basis}）："
    if resolution.way == "another_round":
        return (f"{head}对尚未确定的{rest}件{'再次票决' if outcome.tied else '另行票决'}。",)
    if resolution.way == "vacant":
        return (f"{head}缺额{rest}件，不补。",)
    tail = f"，其余{rest}件缺额" if rest else ""
    return (f"{head}列入{numbers(resolution.chosen)}{tail}。",)


def _written(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
