"""From counts and rules to the outcome of a round: who is chosen, what is still open, and why. Pure.

A round is

    void      more ballots came back than were given out, or more 赞成 than
              the ballots can hold where each may give K at most               → repeat
    complete  every place is taken                                             → none
    tied      equal votes on both sides of the last place, which stays open    → runoff · presidium
    short     fewer candidates pass than there are places                      → by the shortfall policy

A candidate passes with more than half of the base, or, where the rules set no floor, with one vote: what
nobody wants is never chosen, not even for lack of others. In for/against rounds 赞成 is what counts. No round
is both tied and short (`voting.ranking` says why).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from voting.counts import (
    ApprovalCounts,
    DecisionCounts,
    SelectCounts,
    check_attendance,
    check_counts,
    decode_counts,
    is_quorate,
    quorum,
    valid_ballots,
    votes_of,
)
from voting.ranking import Cause, Ranking, cause, rank
from voting.reasons import reason, report, too_many_report, void_report
from voting.rules import Rules, check_rules, majority
from voting.wording import words_for

__all__ = [
    "STATUS_NAMES",
    "VERDICT_NAMES",
    "ApprovalCounts",
    "Cause",
    "DecisionCounts",
    "NextStep",
    "Outcome",
    "SelectCounts",
    "Standing",
    "Status",
    "Verdict",
    "aligned",
    "check_attendance",
    "check_counts",
    "decide",
    "decode_counts",
    "is_quorate",
    "outcome_text",
    "quorum",
]

Status = Literal["complete", "tied", "short", "void"]
NextStep = Literal["none", "runoff", "presidium", "supplementary", "vacant", "repeat"]
Verdict = Literal["chosen", "not_chosen", "tied"]

STATUS_NAMES: dict[Status, str] = {
    "complete": "应选项目已全部产生",
    "tied": "得票相同，尚有名额待定",
    "short": "入选不足应选件数",
    "void": "票决无效",
}
VERDICT_NAMES: dict[Verdict, str] = {"chosen": "入选", "not_chosen": "未入选", "tied": "待定"}


class Standing(Struct, frozen=True, kw_only=True):
    """Where one candidate stands; `number` is the printed one, equal votes share the better `rank`."""

    number: int
    votes: int
    against: int | None
    """反对 and 弃权 exist in for/against rounds only: whoever is not marked is neither."""
    abstain: int | None
    rank: int
    status: Verdict
    cause: Cause
    reason: str


class Outcome(Struct, frozen=True, kw_only=True):
    """What a round has decided. Unless it is void, len(chosen) + tied_places + vacancies = places (with
    `all_enter` more may be chosen)."""

    status: Status
    base: int
    """The number of deputies or ballots of which more than half is needed."""
    threshold: int | None
    """Votes needed to be chosen at all; None without a majority floor."""
    standings: tuple[Standing, ...]
    """Most votes first, equal ones as printed; empty if void."""
    chosen: tuple[int, ...]
    """Numbers, most votes first."""
    tied: tuple[int, ...]
    """Numbers as printed: equal votes, and places for some of them only."""
    tied_places: int
    vacancies: int
    sentences: tuple[str, ...]
    """The whole in words, as the 计票结果报告单 has it."""
    next_step: NextStep


def decide(rules: Rules, counts: DecisionCounts) -> Outcome:
    """The outcome of `counts` under `rules`. Raises RulesError, or CountsError when figures contradict."""
    check_rules(rules)
    check_counts(rules, counts)
    words = words_for("decision", counts.body)
    base = _base(rules, counts)
    threshold = majority(base) if rules.majority_floor else None
    if counts.returned > counts.issued:
        return _void(base, threshold, void_report(counts, words))
    if rules.most_for and sum(votes_of(counts)) > rules.places * valid_ballots(counts):
        return _void(base, threshold, too_many_report(rules, counts, words))
    needed = 1 if threshold is None else threshold
    ranking = rank(votes_of(counts), needed, rules.places, all_tied_enter=rules.tie == "all_enter")
    return Outcome(
        status=_status(ranking),
        base=base,
        threshold=threshold,
        standings=tuple(_standing(rules, counts, ranking, number, base, needed) for number in ranking.order),
        chosen=ranking.chosen,
        tied=ranking.tied,
        tied_places=ranking.tied_places,
        vacancies=ranking.vacancies,
        sentences=report(rules, words, counts, ranking, needed),
        next_step=_next_step(rules, ranking),
    )


def _base(rules: Rules, counts: DecisionCounts) -> int:
    return {
        "all_deputies": counts.all_deputies,
        "present": counts.present,
        "returned": counts.returned,
    }[rules.base]


def _void(base: int, threshold: int | None, sentences: tuple[str, ...]) -> Outcome:
    return Outcome(
        status="void",
        base=base,
        threshold=threshold,
        standings=(),
        chosen=(),
        tied=(),
        tied_places=0,
        vacancies=0,
        sentences=sentences,
        next_step="repeat",
    )


def _status(ranking: Ranking) -> Status:
    if ranking.tied:
        return "tied"
    return "short" if ranking.vacancies else "complete"


def _next_step(rules: Rules, ranking: Ranking) -> NextStep:
    if ranking.tied:
        return "runoff" if rules.tie == "runoff" else "presidium"
    return rules.shortfall if ranking.vacancies else "none"


def _standing(
    rules: Rules, counts: DecisionCounts, ranking: Ranking, number: int, base: int, needed: int
) -> Standing:
    each = counts if isinstance(counts, ApprovalCounts) else None
    return Standing(
        number=number,
        votes=ranking.votes[number - 1],
        against=each.against[number - 1] if each else None,
        abstain=each.abstain[number - 1] if each else None,
        rank=ranking.place_of(number),
        status=_verdict(ranking, number),
        cause=cause(ranking, number, majority_floor=rules.majority_floor),
        reason=reason(rules, words_for("decision", counts.body), ranking, number, base, needed),
    )


def _verdict(ranking: Ranking, number: int) -> Verdict:
    if number in ranking.tied:
        return "tied"
    return "chosen" if number in ranking.chosen else "not_chosen"


def outcome_text(outcome: Outcome) -> str:
    """The outcome as a plain text report: what was decided, the table, and why for each candidate."""
    parts = [f"结果：{STATUS_NAMES[outcome.status]}", "\n".join(outcome.sentences)]
    if outcome.standings:
        parts.append(_table(outcome))
        parts.append("\n".join(f"{standing.number}号：{standing.reason}" for standing in outcome.standings))
    return "\n\n".join(parts) + "\n"


def _table(outcome: Outcome) -> str:
    each = outcome.standings[0].against is not None
    head = ["序号", "赞成", "反对", "弃权", "名次", "结果"] if each else ["序号", "得赞成票", "名次", "结果"]
    return aligned([head, *(_cells(standing) for standing in outcome.standings)])


def aligned(rows: Sequence[Sequence[str]]) -> str:
    """Rows of a terminal: each column as wide as its widest cell, flush right."""
    widths = [max(_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(" " * (width - _width(cell)) + cell for cell, width in zip(row, widths, strict=True))
        for row in rows
    )


def _cells(standing: Standing) -> list[str]:
    split = [] if standing.against is None else [str(standing.against), str(standing.abstain)]
    verdict = VERDICT_NAMES[standing.status]
    return [f"{standing.number}号", str(standing.votes), *split, str(standing.rank), verdict]


def _width(text: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
