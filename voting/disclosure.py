"""What of an outcome a stranger may see: as much as the rules chose to publish and not a figure more. Pure.

Pages and files for the public are made from a `Disclosure`, never from an `Outcome`; of a satisfaction test
from `PublicRatings`, and so is what the responsible units see. Where the rules publish
the list only, the candidates stand in printed order and the reasons name no votes and no rank: a number in a
subordinate clause would give away what the 办法 keeps back. Where only the levels are published, or so few
ballots came back that figures would tell who chose what, the same holds for a test.
"""

from __future__ import annotations

from typing import overload

from msgspec import Struct

from voting.conclusions import Conclusion
from voting.grading import FEWEST_RETURNED, Grading
from voting.outcome import Outcome, Standing, Verdict
from voting.ranking import Cause
from voting.ratings import Grade, Ratings, levels_sentence
from voting.reasons import numbers, shortfall_ends
from voting.rules import RoundRules, Rules, half_of
from voting.wording import Body, Words, words_for


class PublicStanding(Struct, frozen=True, kw_only=True):
    """One candidate as the public sees it; votes and rank are None where the rules keep them back."""

    number: int
    status: Verdict
    reason: str
    votes: int | None = None
    against: int | None = None
    abstain: int | None = None
    rank: int | None = None


class Disclosure(Struct, frozen=True, kw_only=True):
    """An outcome for everybody: most votes first, or in printed order if votes are kept back."""

    sentences: tuple[str, ...]
    standings: tuple[PublicStanding, ...]
    with_votes: bool


class PublicGrade(Struct, frozen=True, kw_only=True):
    """One project as the public sees it; figures are None where they are kept back."""

    number: int
    level: str
    reason: str
    counts: tuple[int, ...] | None = None
    shares: tuple[int, ...] | None = None
    satisfied: int | None = None
    overall: int | None = None
    score: int | None = None


class PublicRatings(Struct, frozen=True, kw_only=True):
    """A satisfaction test for everybody, in printed order."""

    sentences: tuple[str, ...]
    grades: tuple[PublicGrade, ...]
    overall: int | None
    with_votes: bool
    kept_back: str
    """Why figures that the rules would publish are not shown; empty otherwise."""


@overload
def disclose(rules: Rules, outcome: Outcome, body: Body = ...) -> Disclosure: ...
@overload
def disclose(rules: Grading, outcome: Ratings, body: Body = ...) -> PublicRatings: ...
@overload
def disclose(rules: RoundRules, outcome: Conclusion, body: Body = ...) -> Disclosure | PublicRatings: ...
def disclose(rules: RoundRules, outcome: Conclusion, body: Body = "congress") -> Disclosure | PublicRatings:
    """What `rules.publish` lets everybody see of `outcome`. Whether it is time for that, the cycle knows."""
    if isinstance(rules, Grading) and isinstance(outcome, Ratings):
        return _ratings(rules, outcome)
    if isinstance(rules, Rules) and isinstance(outcome, Outcome):
        return _decision(rules, outcome, body)
    raise TypeError("an outcome under rules of another kind")


def _ratings(rules: Grading, ratings: Ratings) -> PublicRatings:
    few = ratings.status == "graded" and ratings.returned < FEWEST_RETURNED
    with_votes = ratings.status == "void" or (rules.publish != "list" and not few)
    kept_back = "人数太少，不公布票数。" if few and rules.publish != "list" else ""
    grades = tuple(_grade(one, with_votes=with_votes) for one in ratings.grades)
    levels = levels_sentence(rules, [one.level for one in ratings.grades])
    return PublicRatings(
        sentences=ratings.sentences if with_votes else tuple(filter(None, (levels, kept_back))),
        grades=grades,
        overall=ratings.overall if with_votes else None,
        with_votes=with_votes,
        kept_back=kept_back,
    )


def _grade(one: Grade, *, with_votes: bool) -> PublicGrade:
    if not with_votes:
        return PublicGrade(number=one.number, level=one.level, reason=one.cause)
    return PublicGrade(
        number=one.number,
        level=one.level,
        reason=one.reason,
        counts=one.counts,
        shares=one.shares,
        satisfied=one.satisfied,
        overall=one.overall,
        score=one.score,
    )


def _decision(rules: Rules, outcome: Outcome, body: Body) -> Disclosure:
    if outcome.status == "void" or rules.publish != "list":
        standings = tuple(_with_votes(standing) for standing in outcome.standings)
        return Disclosure(sentences=outcome.sentences, standings=standings, with_votes=True)
    words = words_for("decision", body)
    printed = sorted(outcome.standings, key=lambda standing: standing.number)
    return Disclosure(
        sentences=_list_only(rules, words, outcome),
        standings=tuple(_without_votes(rules, words, standing) for standing in printed),
        with_votes=False,
    )


def _with_votes(standing: Standing) -> PublicStanding:
    return PublicStanding(
        number=standing.number,
        status=standing.status,
        reason=standing.reason,
        votes=standing.votes,
        against=standing.against,
        abstain=standing.abstain,
        rank=standing.rank,
    )


def _without_votes(rules: Rules, words: Words, standing: Standing) -> PublicStanding:
    return PublicStanding(
        number=standing.number, status=standing.status, reason=_reason(rules, words, standing.cause)
    )


def _reason(rules: Rules, words: Words, cause: Cause) -> str:
    passed = f"赞成票超过{half_of(rules.base, words)}，" if rules.majority_floor else ""
    compared = f"按得票多少在应选{rules.places}件之内，" if rules.candidates > rules.places else ""
    ends: dict[Cause, str] = {
        "within_places": f"{passed}{compared}入选。",
        "entered_tied": f"{passed}因得票相同，按票决办法一并入选。",
        "below_floor": f"赞成票没有超过{half_of(rules.base, words)}，未入选。",
        "no_votes": "没有得到赞成票，未入选。",
        "outside_places": f"{passed}按得票多少不在应选{rules.places}件之内，未入选。",
        "tied": f"{passed}与其他项目得票相同，待定。",
    }
    return ends[cause]


def _list_only(rules: Rules, words: Words, outcome: Outcome) -> tuple[str, ...]:
    chosen = sorted(outcome.chosen)
    return (
        f"候选项目{rules.candidates}件，应选{rules.places}件。",
        f"入选{len(chosen)}件：{numbers(chosen)}。" if chosen else "没有项目入选。",
        *_still_open(rules, words, outcome),
    )


def _still_open(rules: Rules, words: Words, outcome: Outcome) -> tuple[str, ...]:
    if outcome.tied:
        ends = "再次票决" if outcome.next_step == "runoff" else f"由{words.presidium}决定"
        return (f"{numbers(outcome.tied)}得票相同，还应选{outcome.tied_places}件，{ends}。",)
    if outcome.vacancies:
        return (f"入选件数比应选件数少{outcome.vacancies}件，{shortfall_ends(rules, words)}。",)
    return ()
