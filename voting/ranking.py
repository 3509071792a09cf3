"""From votes to places: the arithmetic of an outcome and nothing else. Pure.

A candidate passes with at least `needed` votes. If no more pass than there are places, all who pass are
chosen and the rest stays vacant. If more pass, the last place falls at some number of votes, the cut-off:
whoever has more is chosen; whoever has exactly so many is chosen too if the places suffice for all of them,
and otherwise all of these are tied. So there is never a tie and a vacancy in one round, and an equality
wholly above or wholly below the last place changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

Cause = Literal[
    "within_places",  # passed, and a place was left for it
    "entered_tied",  # at the cut-off, where the rules let all of the tied enter
    "below_floor",  # not more than half of the base
    "no_votes",  # no floor, and nobody voted for it
    "outside_places",  # passed, below the cut-off
    "tied",  # at the cut-off, and too many of them
]


class Ranking(Struct, frozen=True, kw_only=True):
    """Numbers are the candidates' printed ones, from 1. chosen + tied_places + vacancies = places, or more
    chosen than places where all of the tied enter."""

    votes: tuple[int, ...]
    order: tuple[int, ...]
    """All candidates, most votes first, equal ones as printed."""
    passed: tuple[int, ...]
    chosen: tuple[int, ...]
    entered_tied: tuple[int, ...]
    """The part of `chosen` that has a place only because all of the tied enter."""
    tied: tuple[int, ...]
    tied_places: int
    vacancies: int

    def place_of(self, number: int) -> int:
        """1 for the most votes; equal votes share the better place (1, 2, 2, 4)."""
        return 1 + sum(votes > self.votes[number - 1] for votes in self.votes)

    def level_with(self, number: int) -> tuple[int, ...]:
        """The other candidates with exactly as many votes, as printed."""
        votes = self.votes[number - 1]
        return tuple(n for n, v in enumerate(self.votes, start=1) if v == votes and n != number)


def rank(votes: Sequence[int], needed: int, places: int, *, all_tied_enter: bool) -> Ranking:
    """Who has a place, given each candidate's votes in printed order; `needed` ≥ 1, `places` ≥ 1."""
    order = tuple(sorted(range(1, len(votes) + 1), key=lambda number: (-votes[number - 1], number)))
    passed = tuple(number for number in order if votes[number - 1] >= needed)
    above, level = _around_cut_off(votes, passed, places)
    fits = len(above) + len(level) <= places
    enter = level if all_tied_enter and not fits else ()
    tied = () if fits or all_tied_enter else level
    chosen = above if tied else above + level
    return Ranking(
        votes=tuple(votes),
        order=order,
        passed=passed,
        chosen=chosen,
        entered_tied=enter,
        tied=tied,
        tied_places=places - len(above) if tied else 0,
        vacancies=max(0, places - len(passed)),
    )


def _around_cut_off(
    votes: Sequence[int], passed: tuple[int, ...], places: int
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Those of `passed` with more votes than whoever stands on the last place, and those with as many."""
    if len(passed) <= places:
        return passed, ()
    cut_off = votes[passed[places - 1] - 1]
    above = tuple(number for number in passed if votes[number - 1] > cut_off)
    level = tuple(number for number in passed if votes[number - 1] == cut_off)
    return above, level


def cause(ranking: Ranking, number: int, *, majority_floor: bool) -> Cause:
    """Why `number` was chosen, was not, or is tied."""
    if number in ranking.tied:
        return "tied"
    if number in ranking.entered_tied:
        return "entered_tied"
    if number in ranking.chosen:
        return "within_places"
    if number in ranking.passed:
        return "outside_places"
    return "below_floor" if majority_floor else "no_votes"
