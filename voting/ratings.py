"""From counts and the rules of a satisfaction test to the level of every project, and why. Pure.

A test is

    void     more ballots came back than were given out; nothing is counted   → repeat
    graded   every project has a level (none where nobody gave an opinion and the rules go by opinions)

Rates and points are in tenths. Levels are found from exact fractions: a band is never entered by rounding up,
and where a rounded figure would contradict the level, the sentence has two decimals of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import accumulate
from typing import Final, Literal

from msgspec import Struct

from voting.counts import GradeCounts, check_counts
from voting.grading import Grading, Half, base_name, check_grading, half_words
from voting.reasons import attendance, returned_sentence, valid_sentence, void_report
from voting.wording import Words, words_for

RatingStatus = Literal["graded", "void"]
STATUS_NAMES: Final[dict[RatingStatus, str]] = {"graded": "测评有效", "void": "测评无效"}
UNGRADED: Final = "未定等次"


class Grade(Struct, frozen=True, kw_only=True):
    """What one project comes to. Rates and points in tenths; None where nobody gave an opinion."""

    number: int
    level: str
    """Empty where nobody gave an opinion and the rules go by opinions."""
    counts: tuple[int, ...]
    satisfied: int | None
    """满意率: the best level's share."""
    overall: int | None
    """总体满意率: the share of all levels that count as favourable."""
    score: int | None
    shares: tuple[int, ...]
    """Per mille of every figure of the row, over the valid ballots."""
    reason: str
    cause: str
    """The reason without a figure of this count, for where the figures are kept back."""


class Ratings(Struct, frozen=True, kw_only=True):
    """What a satisfaction test came to: the grades in printed order, empty if void."""

    status: RatingStatus
    returned: int
    base: int
    """The number of people or ballots of which half is needed."""
    grades: tuple[Grade, ...]
    overall: int | None
    """总体满意率 of all projects together, in tenths of a per cent."""
    sentences: tuple[str, ...]
    """The whole in words, as the 测评结果报告单 has it."""


def rate(rules: Grading, counts: GradeCounts) -> Ratings:
    """The levels of `counts` under `rules`. Raises RulesError; CountsError, naming a row that is wrong."""
    check_grading(rules)
    check_counts(rules, counts)
    words = words_for("satisfaction", counts.body)
    void = counts.returned > counts.issued
    numbers = () if void else range(1, rules.projects + 1)
    grades = tuple(_grade(rules, counts, words, number) for number in numbers)
    return Ratings(
        status="void" if void else "graded",
        returned=counts.returned,
        base=_base(rules, counts),
        grades=grades,
        overall=None if void else overall_rate(rules, counts),
        sentences=void_report(counts, words) if void else _report(rules, counts, words, grades),
    )


def levels_sentence(rules: Grading, levels: Sequence[str]) -> str:
    """How many projects have which level."""
    named = [(name, levels.count(name)) for name in rules.levels]
    without = [(UNGRADED, levels.count(""))] if "" in levels else []
    listed = "，".join(f"{name}{many}件" for name, many in [*named, *without])
    return f"测评项目{rules.projects}件：{listed}。"


def overall_rate(rules: Grading, counts: GradeCounts) -> int | None:
    """总体满意率 of all projects together, in tenths of a per cent; None where nobody gave an opinion.

    Of one project alone it is that project's.
    """
    if rules.projects == 1:
        row = counts.rows[0]
        return _favourable(rules, row, percentages(row, add_up=rules.add_up), rules.favourable)
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


def tenths(value: int | None) -> str:
    """`976` as 97.6; None as —."""
    return "—" if value is None else f"{value // 10}.{value % 10}"


def percent(value: int | None) -> str:
    """`976` as 97.6%; None as —."""
    return "—" if value is None else f"{tenths(value)}%"


def has_half(votes: int, base: int, half: Half | None) -> bool:
    """Whether the votes are more than half of the base, or (at_least) half of it or more."""
    return 2 * votes > base or (half == "at_least" and 2 * votes == base and base > 0)


class _Finding(Struct, frozen=True):
    """A level, why, and why without a figure."""

    level: str
    reason: str
    cause: str


def _report(rules: Grading, counts: GradeCounts, words: Words, grades: Sequence[Grade]) -> tuple[str, ...]:
    overall = overall_rate(rules, counts)
    return (
        attendance(counts, words),
        returned_sentence(counts, words),
        valid_sentence(counts),
        levels_sentence(rules, [one.level for one in grades]),
        "没有人表示意见，不计算总体满意率。" if overall is None else f"总体满意率{percent(overall)}。",
    )


def _grade(rules: Grading, counts: GradeCounts, words: Words, number: int) -> Grade:
    row = counts.rows[number - 1]
    opinions = row[: len(rules.levels)]
    whole = _denominator(rules, row)
    shares = percentages(row, add_up=rules.add_up)
    satisfied, overall = (_favourable(rules, row, shares, many) for many in (1, rules.favourable))
    score = _score(rules, opinions, whole)
    if rules.method in {"half", "two_way"}:
        found = _by_half(rules, words, opinions, _base(rules, counts))
    else:
        found = _by_bands(rules, opinions, whole, overall if score is None else score)
    return Grade(
        number=number,
        level=found.level,
        counts=row,
        satisfied=satisfied,
        overall=overall,
        score=score,
        shares=shares,
        reason=found.reason,
        cause=found.cause,
    )


def _favourable(rules: Grading, row: Sequence[int], shares: Sequence[int], many: int) -> int | None:
    """The share of the best levels. Shares that are made to add up are added up here too: who adds the
    printed ones comes to the printed rate.
    """
    whole = _denominator(rules, row)
    if whole and rules.add_up and rules.rates == "valid":
        return sum(shares[:many])
    return _tenths(sum(row[:many]), whole)


def _base(rules: Grading, counts: GradeCounts) -> int:
    return {
        "all_deputies": counts.all_deputies,
        "present": counts.present,
        "returned": counts.returned,
    }[rules.base]


def _by_half(rules: Grading, words: Words, opinions: Sequence[int], base: int) -> _Finding:
    sums = list(accumulate(opinions))
    tried = sums[:1] if rules.method == "two_way" else sums[:-1]
    place = next((n for n, votes in enumerate(tried) if has_half(votes, base, rules.half)), None)
    level = rules.levels[-1 if place is None else place]
    verb, half = half_words(rules.half)
    if place is None:
        place, verb = len(tried) - 1, f"没有{verb}"
    names, together = "、".join(rules.levels[: place + 1]), "合计" if place else ""
    whole = base_name(rules, words)
    return _Finding(
        level,
        f"{names}{together}{tried[place]}票，{verb}{whole}（{base}）的{half}，为{level}。",
        f"{names}票{together}{verb}{whole}的{half}，为{level}。",
    )


def _by_bands(rules: Grading, opinions: Sequence[int], whole: int, figure: int | None) -> _Finding:
    """`figure` is the one that stands in the table, in tenths."""
    if whole == 0 or figure is None:
        return _Finding("", "没有人表示意见，不定等次。", "没有人表示意见，不定等次。")
    exact = _value(rules, opinions, whole)
    place = next(n for n, least in enumerate(rules.bands) if exact >= least)
    what, unit = ("平均分", "分") if rules.method == "points" else ("总体满意率", "%")
    bar = f"不低于{rules.bands[place]}" if rules.bands[place] else f"低于{rules.bands[place - 1]}"
    reached = f"{bar}{unit}，为{rules.levels[place]}。"
    shown = _beside_its_bar(rules, exact, figure, place)
    return _Finding(rules.levels[place], f"{what}{shown}{unit}，{reached}", f"{what}{reached}")


def _beside_its_bar(rules: Grading, exact: Fraction, figure: int, place: int) -> str:
    """The figure, with two decimals, the rest cut off, where it would stand on the wrong side of a bar."""
    above = rules.bands[place - 1] if place else None
    if figure >= 10 * rules.bands[place] and (above is None or figure < 10 * above):
        return tenths(figure)
    hundredths = int(100 * exact)
    return f"{hundredths // 100}.{hundredths % 100:02}"


def _denominator(rules: Grading, row: Sequence[int]) -> int:
    return sum(row[: len(rules.levels)]) if rules.rates == "opinions" else sum(row)


def _score(rules: Grading, opinions: Sequence[int], whole: int) -> int | None:
    if rules.method != "points" or whole == 0:
        return None
    return _rounded(_value(rules, opinions, whole) * 10)


def _value(rules: Grading, opinions: Sequence[int], whole: int) -> Fraction:
    """Exact points or per cent."""
    if rules.method == "points":
        earned = sum(votes * points for votes, points in zip(opinions, rules.points, strict=True))
        return Fraction(earned, whole)
    return Fraction(100 * sum(opinions[: rules.favourable]), whole)


def _tenths(part: int, whole: int) -> int | None:
    """Tenths of a per cent, half rounded up."""
    return None if whole == 0 else _rounded(Fraction(1000 * part, whole))


def _rounded(exact: Fraction) -> int:
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
