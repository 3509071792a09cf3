"""The rules of the round that follows: 再次票决 after a tie, 另行票决 after a shortfall. Pure.

Both are new rounds with new ballots over fewer candidates (地方组织法 §29, made for elections). Neither can
go on for ever: what it leaves open, the 主席团 decides. A void round is repeated under its own rules.
"""

from __future__ import annotations

from msgspec.structs import replace

from voting.errors import RulesError
from voting.outcome import Outcome
from voting.rules import Rules, ShortfallPolicy


def runoff_candidates(outcome: Outcome) -> tuple[int, ...]:
    """Who stands in the 再次票决: printed numbers of the round before, in printed order."""
    return tuple(sorted(outcome.tied))


def runoff_rules(rules: Rules, outcome: Outcome) -> Rules:
    """再次票决: the tied candidates for the places they tied for, whoever gets more votes.

    No floor: each of them passed it. Another tie goes to the 主席团. Raises RulesError without a tie.
    """
    if not outcome.tied:
        raise RulesError("没有因得票相同而待定的项目，不需要再次票决。")
    return replace(
        rules,
        candidates=len(outcome.tied),
        places=outcome.tied_places,
        majority_floor=False,
        tie="presidium",
        shortfall=_then(rules),
    )


def supplementary_candidates(outcome: Outcome) -> tuple[int, ...]:
    """Who stands in the 另行票决: everybody who was not chosen, in printed order."""
    return tuple(sorted(s.number for s in outcome.standings if s.status == "not_chosen"))


def supplementary_rules(rules: Rules, outcome: Outcome) -> Rules:
    """另行票决: those not chosen for the places left vacant, under the same floor.

    Raises RulesError without a vacancy.
    """
    if not outcome.vacancies:
        raise RulesError("没有缺额，不需要另行票决。")
    return replace(
        rules,
        candidates=len(supplementary_candidates(outcome)),
        places=outcome.vacancies,
        shortfall=_then(rules),
    )


def _then(rules: Rules) -> ShortfallPolicy:
    return "presidium" if rules.shortfall == "supplementary" else rules.shortfall
