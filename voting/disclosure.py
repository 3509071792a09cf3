"""What of an outcome a stranger may see: as much as the rules chose to publish and not a figure more. Pure.

Pages and files for the public are made from a `Disclosure`, never from an `Outcome`. Where the rules publish
the list only, the candidates stand in printed order and the reasons name no votes and no rank: a number in a
subordinate clause would give away what the 办法 keeps back.
"""

from __future__ import annotations

from msgspec import Struct

from voting.outcome import Outcome, Standing, Verdict
from voting.ranking import Cause
from voting.reasons import SHORTFALL_ENDS, numbers
from voting.rules import HALF_OF, Rules


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


def disclose(rules: Rules, outcome: Outcome) -> Disclosure:
    """What `rules.publish` lets everybody see of `outcome`. Whether it is time for that, the cycle knows."""
    if outcome.status == "void" or rules.publish != "list":
        standings = tuple(_with_votes(standing) for standing in outcome.standings)
        return Disclosure(sentences=outcome.sentences, standings=standings, with_votes=True)
    printed = sorted(outcome.standings, key=lambda standing: standing.number)
    return Disclosure(
        sentences=_list_only(rules, outcome),
        standings=tuple(_without_votes(rules, standing) for standing in printed),
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


def _without_votes(rules: Rules, standing: Standing) -> PublicStanding:
    return PublicStanding(
        number=standing.number, status=standing.status, reason=_reason(rules, standing.cause)
    )


def _reason(rules: Rules, cause: Cause) -> str:
    passed = f"赞成票超过{HALF_OF[rules.base]}，" if rules.majority_floor else ""
    compared = f"按得票多少在应选{rules.places}件之内，" if rules.candidates > rules.places else ""
    words: dict[Cause, str] = {
        "within_places": f"{passed}{compared}入选。",
        "entered_tied": f"{passed}因得票相同，按票决办法一并入选。",
        "below_floor": f"赞成票没有超过{HALF_OF[rules.base]}，未入选。",
        "no_votes": "没有得到赞成票，未入选。",
        "outside_places": f"{passed}按得票多少不在应选{rules.places}件之内，未入选。",
        "tied": f"{passed}与其他项目得票相同，待定。",
    }
    return words[cause]


def _list_only(rules: Rules, outcome: Outcome) -> tuple[str, ...]:
    chosen = sorted(outcome.chosen)
    return (
        f"候选项目{rules.candidates}件，应选{rules.places}件。",
        f"入选{len(chosen)}件：{numbers(chosen)}。" if chosen else "没有项目入选。",
        *_still_open(rules, outcome),
    )


def _still_open(rules: Rules, outcome: Outcome) -> tuple[str, ...]:
    if outcome.tied:
        ends = "再次票决" if outcome.next_step == "runoff" else "由主席团决定"
        return (f"{numbers(outcome.tied)}得票相同，还应选{outcome.tied_places}件，{ends}。",)
    if outcome.vacancies:
        return (f"入选件数比应选件数少{outcome.vacancies}件，{SHORTFALL_ENDS[rules.shortfall]}。",)
    return ()
