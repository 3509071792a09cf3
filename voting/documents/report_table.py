"""The table of a 计票结果报告单 or 测评结果报告单: a line a project, and what stands below them."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from voting.counts import ApprovalCounts, Counts, SelectCounts
from voting.grading import Grading, base_name, columns, half_words, least_for_half
from voting.outcome import VERDICT_NAMES, Outcome, Standing
from voting.ratings import UNGRADED, Grade, Ratings, percent, tenths
from voting.reasons import whole
from voting.rounds import Candidate
from voting.rules import Rules
from voting.wording import Words


class Table(Struct, frozen=True, kw_only=True):
    """Cells as printed; `reasons` has number, title and sentence of each line."""

    head: list[str]
    widths: list[int]
    """Of the columns, in millimetres; 0 takes what is left."""
    rows: list[list[str]]
    totals: list[tuple[str, str]]
    reasons: list[tuple[str, str, str]]


def decision_table(
    rules: Rules, counts: Counts, outcome: Outcome, candidates: Sequence[Candidate], words: Words
) -> Table:
    """Votes, rank and result of each candidate; empty if void."""
    printed = sorted(outcome.standings, key=lambda standing: standing.number)
    votes = ["赞成", "反对", "弃权"] if isinstance(counts, ApprovalCounts) else ["得票数"]
    return Table(
        head=["序号", words.candidate, *votes, "名次", "结果"],
        widths=[12, 0, *(17 if len(votes) == 1 else 14 for _ in [*votes, "名次"]), 18],
        rows=[_standing(one, title_of(candidates, one.number)) for one in printed],
        totals=_totals(rules, counts, outcome, words) if printed else [],
        reasons=[(f"{one.number}号", title_of(candidates, one.number), one.reason) for one in printed],
    )


def ratings_table(rules: Grading, ratings: Ratings, candidates: Sequence[Candidate], words: Words) -> Table:
    """Figures, rates and level of each project; empty if void."""
    points = ["平均分"] if rules.method == "points" else []
    grades = ratings.grades
    return Table(
        head=["序号", words.candidate, *columns(rules), "满意率", "总体满意率", *points, "等次"],
        widths=[11, 0, *(12 for _ in columns(rules)), 15, 15, *(14 for _ in points), 18],
        rows=[_grade(rules, one, title_of(candidates, one.number)) for one in grades],
        totals=_ratings_totals(rules, ratings, words) if grades else [],
        reasons=[(f"{one.number}号", title_of(candidates, one.number), one.reason) for one in grades],
    )


def title_of(candidates: Sequence[Candidate], number: int) -> str:
    """The title of the candidate with this printed number."""
    return next(candidate.title for candidate in candidates if candidate.number == number)


def _standing(standing: Standing, title: str) -> list[str]:
    votes = [standing.votes, standing.against, standing.abstain]
    return [
        str(standing.number),
        title,
        *(str(figure) for figure in votes if figure is not None),
        str(standing.rank),
        VERDICT_NAMES[standing.status],
    ]


def _totals(rules: Rules, counts: Counts, outcome: Outcome, words: Words) -> list[tuple[str, str]]:
    """Blank ballots, and how many votes it took to be chosen."""
    totals = []
    if isinstance(counts, SelectCounts):
        totals.append(("弃权票（一件都不选）", str(counts.blank)))
    if outcome.threshold is not None:
        base = whole(rules, words, outcome.base)
        totals.append((f"入选须超过{base}的半数，至少得赞成票", str(outcome.threshold)))
    return totals


def _grade(rules: Grading, one: Grade, title: str) -> list[str]:
    points = [tenths(one.score)] if rules.method == "points" else []
    rates = [percent(one.satisfied), percent(one.overall)]
    return [str(one.number), title, *map(str, one.counts), *rates, *points, one.level or UNGRADED]


def _ratings_totals(rules: Grading, ratings: Ratings, words: Words) -> list[tuple[str, str]]:
    """How many votes have the half, and the rate of all projects together."""
    totals = [("全部项目的总体满意率", percent(ratings.overall))]
    if rules.method in {"half", "two_way"}:
        verb, half = half_words(rules.half)
        needed = least_for_half(ratings.base, rules.half)
        totals.append((f"{verb}{base_name(rules, words)}（{ratings.base}）的{half}，至少得票", str(needed)))
    return totals
