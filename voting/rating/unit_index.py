"""建议办理 by unit: seven aspects and their weighted index (domain: 淳安, seed 1). Pure.

Five aspects are rates that the ledger gives, two are entered. 过程 is how it was handled, 结果 what
came of it. An aspect of which there is nothing to count yet is left out, and the others weigh accordingly.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from voting.rating.refusals import RatingError
from voting.rating.settings import ASPECT_NAMES, ENTERED, Aspect, Weights

PROCESS: Final[tuple[Aspect, ...]] = ("attention", "met", "online", "digital")
RESULT: Final[tuple[Aspect, ...]] = ("finished", "satisfied", "solved")
DEFINITIONS: Final[dict[Aspect, str]] = {
    "attention": "由办公室按考核情况登记，0至100分。",
    "finished": "已办结的 ÷ 主办的代表建议。",
    "met": "与代表面商过的 ÷ 主办的代表建议。",
    "satisfied": "最近一次评价为满意或者基本满意的 ÷ 代表已评价的；没有评价的不计入。",
    "solved": "答复为A类（已经解决或基本解决）的 ÷ 已答复的。",
    "online": "内容和答复已经上网公开的 ÷ 主办的代表建议。",
    "digital": "由办公室按考核情况登记，0至100分。",
}


class ProposalCounts(Struct, frozen=True, kw_only=True):
    """代表建议 of a year that a unit leads; each count by itself."""

    handled: int = 0
    closed: int = 0
    met: int = 0
    evaluated: int = 0
    favourable: int = 0
    answered: int = 0
    solved: int = 0
    online: int = 0


class UnitIndex(Struct, frozen=True, kw_only=True):
    """Aspects and indexes in tenths, 0 to 1000; None where there is nothing to compute from.

    `missing`: what has to be entered before there is an index.
    """

    unit: str
    name: str
    counts: ProposalCounts
    aspects: dict[Aspect, int | None]
    process: int | None
    result: int | None
    index: int | None
    missing: tuple[Aspect, ...]
    rank: int | None = None


def unit_indexes(
    counts: Mapping[str, ProposalCounts],
    names: Mapping[str, str],
    entered: Mapping[str, Mapping[Aspect, int]],
    weights: Weights,
    *,
    ranking: bool,
) -> tuple[UnitIndex, ...]:
    """By rank where units are ranked, else by name; `entered` are points by unit."""
    found = [
        _of_unit(unit, names.get(unit, ""), one, entered.get(unit, {}), weights)
        for unit, one in counts.items()
    ]
    return _ranked(found) if ranking else tuple(sorted(found, key=lambda one: one.name))


def check_weights(weights: Weights) -> None:
    """Raises RatingError unless they make 100."""
    total = sum(getattr(weights, name) for name in ASPECT_NAMES)
    if total != 100:
        raise RatingError(f"七个方面的权重合计应是100，现在是{total}。请修改。")


def _of_unit(
    unit: str, name: str, counts: ProposalCounts, entered: Mapping[Aspect, int], weights: Weights
) -> UnitIndex:
    aspects: dict[Aspect, int | None] = {
        "attention": _points(entered.get("attention")),
        "finished": _rate(counts.closed, counts.handled),
        "met": _rate(counts.met, counts.handled),
        "satisfied": _rate(counts.favourable, counts.evaluated),
        "solved": _rate(counts.solved, counts.answered),
        "online": _rate(counts.online, counts.handled),
        "digital": _points(entered.get("digital")),
    }
    missing = tuple(one for one in ENTERED if aspects[one] is None and getattr(weights, one))
    return UnitIndex(
        unit=unit,
        name=name,
        counts=counts,
        aspects=aspects,
        process=None if missing else _weighted(aspects, PROCESS, weights),
        result=_weighted(aspects, RESULT, weights),
        index=None if missing else _weighted(aspects, ASPECT_NAMES, weights),
        missing=missing,
    )


def _points(entered: int | None) -> int | None:
    return None if entered is None else 10 * entered


def _rate(part: int, whole: int) -> int | None:
    """Tenths of a per cent, half rounded up."""
    return (2000 * part + whole) // (2 * whole) if whole else None


def _weighted(aspects: Mapping[Aspect, int | None], of: Iterable[Aspect], weights: Weights) -> int | None:
    """Half rounded up; None if nothing that weighs is known."""
    known = [(value, int(getattr(weights, one))) for one in of if (value := aspects[one]) is not None]
    whole = sum(weight for _, weight in known)
    if whole == 0:
        return None
    return (2 * sum(value * weight for value, weight in known) + whole) // (2 * whole)


def _ranked(found: Sequence[UnitIndex]) -> tuple[UnitIndex, ...]:
    """Equal indexes share the better rank; who has none stands last without one."""
    ordered = sorted(found, key=lambda one: (-(one.index if one.index is not None else -1), one.name))
    values = [one.index for one in ordered]
    return tuple(
        one if one.index is None else replace(one, rank=values.index(one.index) + 1) for one in ordered
    )
