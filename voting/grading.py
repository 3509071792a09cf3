"""The rules of a satisfaction test (满意度测评) and what a count comes to under them. Pure.

    half      the best level that, with all better ones, has half of the base; the last level otherwise
    two_way   the best level if it has half of the base, otherwise the last
    points    the mean of the levels' points, sorted into bands
    bands     the 总体满意率 in per cent, sorted into bands

Every ballot gives each project exactly one level, 不了解 (where offered) or 弃权; no mark is 弃权. Places
differ on all of it (domain: 镇海 2022, 石泉, 深圳 2011 §7), hence settings. A published rule may contradict
itself when exactly half are satisfied (镇海: 半数以上 is 基本满意, 不足半数（含半数） is 不满意): `half` has
no default, the office must choose.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import Final, Literal

from msgspec import Struct

from voting.counts import check_attendance
from voting.errors import CountsError, RulesError
from voting.text import Line

Method = Literal["half", "two_way", "points", "bands"]
Half = Literal["more_than", "at_least"]
GradingBase = Literal["all_deputies", "present", "returned"]
RateBase = Literal["valid", "opinions"]

MOST_PROJECTS: Final = 100
MOST_LEVELS: Final = 5
ABSTAIN: Final = "弃权"
UNKNOWN: Final = "不了解"

_BASE_NAMES: Final[dict[GradingBase, str]] = {
    "all_deputies": "全体组成人员",
    "present": "实到人员",
    "returned": "收回的票",
}


class Grading(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """测评办法. `check_grading` says whether it makes sense."""

    version: Literal[1] = 1
    projects: int
    levels: tuple[Line, ...] = ("满意", "基本满意", "不满意")
    """2 to 5, best first."""
    unknown: bool = False
    """Whether 不了解 is offered beside 弃权."""
    method: Method = "half"
    half: Half
    """Whether exactly half is enough: 半数以上 (at_least) or 过半数 (more_than). No default."""
    base: GradingBase = "all_deputies"
    favourable: int = 2
    """How many levels, from the best, make up the 总体满意率."""
    rates: RateBase = "valid"
    """Of what rates and points are taken: all valid ballots, or those with an opinion on the project."""
    points: tuple[int, ...] = ()
    """0 to 100 for each level, for the method `points`."""
    bands: tuple[int, ...] = ()
    """The least points or per cent of each level, best first, the last 0; for `points` and `bands`."""
    add_up: bool = False
    """Whether the percentages of one project are rounded so that they add up to 100."""


class GradeCounts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A count: one row a project, one figure a level, then 不了解 (where offered), then 弃权."""

    all_deputies: int
    present: int
    issued: int
    returned: int
    invalid: int = 0
    rows: tuple[tuple[int, ...], ...]


class Grade(Struct, frozen=True, kw_only=True):
    """What one project comes to. Rates and points in tenths; None where nobody gave an opinion."""

    number: int
    level: str
    counts: tuple[int, ...]
    satisfied: int | None
    overall: int | None
    score: int | None
    shares: tuple[int, ...]
    """Per mille of every figure of the row, over the valid ballots."""
    reason: str


def columns(rules: Grading) -> tuple[str, ...]:
    """The names of the figures of a row, in the order of the ballot."""
    return (*rules.levels, *([UNKNOWN] if rules.unknown else []), ABSTAIN)


def check_grading(rules: Grading) -> None:
    """Raises RulesError, with the first thing that is wrong."""
    if not 1 <= rules.projects <= MOST_PROJECTS:
        raise RulesError(f"测评项目应有 1 至 {MOST_PROJECTS} 件，现在是{rules.projects}件。请核对。")
    _check_levels(rules)
    if rules.method == "points":
        _check_points(rules)
    if rules.method in {"points", "bands"}:
        _check_bands(rules)


def grade(rules: Grading, counts: GradeCounts) -> tuple[Grade, ...]:
    """Every project's level and rates. Raises RulesError, CountsError naming the row that does not add up."""
    check_grading(rules)
    check_rows(rules, counts)
    return tuple(_grade(rules, counts, number) for number in range(1, rules.projects + 1))


def check_rows(rules: Grading, counts: GradeCounts) -> None:
    """Raises CountsError unless a real test can have come out like this."""
    check_attendance(counts.all_deputies, counts.present, counts.issued)
    if not 0 <= counts.invalid <= counts.returned <= counts.issued:
        raise CountsError(
            f"发出{counts.issued}张、收回{counts.returned}张、无效{counts.invalid}张，前后不符。"
            "收回不能多于发出，无效不能多于收回。请核对。"
        )
    if len(counts.rows) != rules.projects:
        raise CountsError(f"测评项目有{rules.projects}件，票数有{len(counts.rows)}行。请逐件填写。")
    for number, row in enumerate(counts.rows, start=1):
        _check_row(rules, counts, number, row)


def overall_rate(rules: Grading, counts: GradeCounts) -> int | None:
    """总体满意率 of all projects together, in tenths of a per cent."""
    favourable = sum(sum(row[: rules.favourable]) for row in counts.rows)
    return _tenths(favourable, sum(_denominator(rules, row) for row in counts.rows))


def percentages(figures: Sequence[int], *, add_up: bool) -> tuple[int, ...]:
    """Each figure in tenths of a per cent of their sum, half rounded up; or so that they make exactly 100 %.

    Then the largest remainders are rounded up, the first among equals first. All 0 for a sum of 0.
    """
    whole = sum(figures)
    if whole == 0:
        return tuple(0 for _ in figures)
    if not add_up:
        return tuple(_rounded(Fraction(1000 * one, whole)) for one in figures)
    floors = [1000 * one // whole for one in figures]
    by_remainder = sorted(range(len(figures)), key=lambda n: -(1000 * figures[n] % whole))
    for n in by_remainder[: 1000 - sum(floors)]:
        floors[n] += 1
    return tuple(floors)


def grading_sentences(rules: Grading) -> list[str]:
    """The rule in words, for the ballot, the report and the public page. Raises RulesError."""
    check_grading(rules)
    offered, favourable = "、".join(columns(rules)), "、".join(rules.levels[: rules.favourable])
    return [
        f"测评项目{rules.projects}件，对每件在{offered}中选一项；没有选的，计为{ABSTAIN}。",
        *_method_sentences(rules),
        f"总体满意率是{favourable}票占{_rate_base(rules)}的比例，保留一位小数。",
    ]


def _check_levels(rules: Grading) -> None:
    levels = rules.levels
    if not 2 <= len(levels) <= MOST_LEVELS:
        raise RulesError(f"满意度等次应有 2 至 {MOST_LEVELS} 个，现在是{len(levels)}个。请修改。")
    if len({*levels, ABSTAIN, UNKNOWN}) != len(levels) + 2:
        raise RulesError(f"满意度等次不能重名，也不能叫“{ABSTAIN}”或者“{UNKNOWN}”。请修改。")
    if not 1 <= rules.favourable < len(levels):
        raise RulesError("计入总体满意率的等次至少 1 个，且不能包括最后一等。请修改。")


def _check_points(rules: Grading) -> None:
    points = rules.points
    if len(points) != len(rules.levels):
        raise RulesError(f"等次有{len(rules.levels)}个，分值有{len(points)}个。请给每个等次填写分值。")
    if not all(0 <= one <= 100 for one in points) or any(a <= b for a, b in pairwise(points)):
        raise RulesError("分值应在 0 至 100 之间，并且从最好的等次起逐个减少。请修改。")


def _check_bands(rules: Grading) -> None:
    """One band for each level, from its least value up to the next better one: no gap, no overlap."""
    bands = rules.bands
    if len(bands) != len(rules.levels):
        raise RulesError(f"等次有{len(rules.levels)}个，分数段有{len(bands)}个。请给每个等次填写下限。")
    if any(a <= b for a, b in pairwise(bands)):
        raise RulesError("分数段有重叠：每个等次的下限应当低于上一等次的下限。请修改。")
    if bands[-1] != 0:
        raise RulesError(f"分数段有空缺：{bands[-1]}分以下没有对应的等次。最后一等的下限应当是 0。")
    if bands[0] > 100:
        raise RulesError("第一等的下限超过了 100，没有项目能够达到。请修改。")


def _check_row(rules: Grading, counts: GradeCounts, number: int, row: tuple[int, ...]) -> None:
    names = columns(rules)
    if len(row) != len(names) or any(figure < 0 for figure in row):
        raise CountsError(f"第{number}行应填写{'、'.join(names)}各多少票，都不小于 0。请核对第{number}行。")
    valid = counts.returned - counts.invalid
    if sum(row) != valid:
        listed = "、".join(f"{name}{figure}票" for name, figure in zip(names, row, strict=True))
        raise CountsError(
            f"第{number}行{listed}，合计{sum(row)}票，与有效票{valid}张不符。请核对第{number}行。"
        )


def _grade(rules: Grading, counts: GradeCounts, number: int) -> Grade:
    row = counts.rows[number - 1]
    opinions = row[: len(rules.levels)]
    whole = _denominator(rules, row)
    overall = _tenths(sum(opinions[: rules.favourable]), whole)
    score = _score(rules, opinions, whole)
    level, reason = _level(rules, counts, opinions, whole)
    return Grade(
        number=number,
        level=level,
        counts=row,
        satisfied=_tenths(opinions[0], whole),
        overall=overall,
        score=score,
        shares=percentages(row, add_up=rules.add_up),
        reason=reason,
    )


def _level(rules: Grading, counts: GradeCounts, opinions: Sequence[int], whole: int) -> tuple[str, str]:
    if rules.method in {"half", "two_way"}:
        return _by_half(rules, counts, opinions)
    if whole == 0:
        return "", "没有人表示意见，不定等次。"
    exact = _value(rules, opinions, whole)
    place = next(n for n, least in enumerate(rules.bands) if exact >= least)
    what = "得分" if rules.method == "points" else "总体满意率"
    unit = "分" if rules.method == "points" else "%"
    shown = tenths(_rounded(exact * 10))
    return rules.levels[
        place
    ], f"{what}{shown}{unit}，不低于{rules.bands[place]}{unit}，为{rules.levels[place]}。"


def _by_half(rules: Grading, counts: GradeCounts, opinions: Sequence[int]) -> tuple[str, str]:
    base = {
        "all_deputies": counts.all_deputies,
        "present": counts.present,
        "returned": counts.returned,
    }[rules.base]
    sums = list(accumulate(opinions))
    tried = sums[:1] if rules.method == "two_way" else sums[:-1]
    for place, votes in enumerate(tried):
        if has_half(votes, base, rules.half):
            return rules.levels[place], f"{_sum_words(rules, place, votes, base)}，为{rules.levels[place]}。"
    last = len(tried) - 1
    missed = _sum_words(rules, last, tried[last], base, reached=False)
    return rules.levels[-1], f"{missed}，为{rules.levels[-1]}。"


def has_half(votes: int, base: int, half: Half) -> bool:
    """Whether the votes are more than half of the base, or (at_least) half of it or more."""
    return 2 * votes > base or (half == "at_least" and 2 * votes == base and base > 0)


def _sum_words(rules: Grading, place: int, votes: int, base: int, *, reached: bool = True) -> str:
    names = "、".join(rules.levels[: place + 1])
    together = "合计" if place else ""
    bar = "半数（含半数）" if rules.half == "at_least" else "半数"
    verb = (
        ("达到" if rules.half == "at_least" else "超过")
        if reached
        else "没有" + ("达到" if rules.half == "at_least" else "超过")
    )
    return f"{names}{together}{votes}票，{verb}{_BASE_NAMES[rules.base]}（{base}）的{bar}"


def _denominator(rules: Grading, row: Sequence[int]) -> int:
    return sum(row[: len(rules.levels)]) if rules.rates == "opinions" else sum(row)


def _score(rules: Grading, opinions: Sequence[int], whole: int) -> int | None:
    if rules.method != "points" or whole == 0:
        return None
    return _rounded(_value(rules, opinions, whole) * 10)


def _value(rules: Grading, opinions: Sequence[int], whole: int) -> Fraction:
    """Exact points or per cent: a band is never entered by rounding up."""
    if rules.method == "points":
        earned = sum(votes * points for votes, points in zip(opinions, rules.points, strict=True))
        return Fraction(earned, whole)
    return Fraction(100 * sum(opinions[: rules.favourable]), whole)


def _tenths(part: int, whole: int) -> int | None:
    """Tenths of a per cent, half rounded up."""
    return None if whole == 0 else _rounded(Fraction(1000 * part, whole))


def _rounded(exact: Fraction) -> int:
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)


def tenths(value: int | None) -> str:
    """`976` as 97.6; None as —."""
    return "—" if value is None else f"{value // 10}.{value % 10}"


def _method_sentences(rules: Grading) -> list[str]:
    if rules.method in {"half", "two_way"}:
        return _half_sentences(rules)
    bands = "；".join(f"{least}以上为{name}" for name, least in zip(rules.levels, rules.bands, strict=True))
    if rules.method == "bands":
        return [f"按总体满意率（%）定等次：{bands}。“以上”包括本数。"]
    each = "、".join(f"{name}{one}分" for name, one in zip(rules.levels, rules.points, strict=True))
    return [f"{each}，取{_rate_base(rules)}的平均分；{bands}。“以上”包括本数。"]


def _half_sentences(rules: Grading) -> list[str]:
    bar = "达到半数（含半数）" if rules.half == "at_least" else "超过半数（不含半数）"
    base = _BASE_NAMES[rules.base]
    best, last = rules.levels[0], rules.levels[-1]
    steps = [f"{best}票{bar}的，为{best}"]
    if rules.method == "half":
        for place in range(1, len(rules.levels) - 1):
            names = "、".join(rules.levels[: place + 1])
            steps.append(f"{names}票合计{bar}的，为{rules.levels[place]}")
    return [f"以{base}为基数，{'；'.join(steps)}；其余为{last}。"]


def _rate_base(rules: Grading) -> str:
    return "有效票" if rules.rates == "valid" else "表示了意见的票"
