"""Simulated deputies: real ballots, sealed as a phone would, for demonstrations and rehearsals."""

from __future__ import annotations

import random as pseudo
from collections.abc import Sequence

from voting.grading import Grading, columns
from voting.rules import RoundRules, Rules

ABSTAINING = 0.02


class Crowd:
    """Deputies with leanings, one per candidate in 0..1; the same seed gives the same choices."""

    def __init__(self, seed: int, leanings: Sequence[float]) -> None:
        self._dice = pseudo.Random(seed)  # noqa: S311 - opinions, not secrets
        self._leanings = leanings

    @classmethod
    def of_any_mind(cls, seed: int, candidates: int) -> Crowd:
        """A crowd for any number of candidates, with leanings between 0.35 and 0.95."""
        dice = pseudo.Random(seed)  # noqa: S311 - opinions, not secrets
        return cls(seed, [dice.uniform(0.35, 0.95) for _ in range(candidates)])

    def choose(self, rules: RoundRules) -> list[list[int]]:
        """One deputy's ballot as `ballots.sealing.seal` takes it: bits per question, the blank bit first."""
        if isinstance(rules, Grading):
            return [self._grade(leaning, columns(rules), len(rules.levels)) for leaning in self._leanings]
        if rules.ballot == "for_against":
            return [self._stance(leaning) for leaning in self._leanings]
        if self._dice.random() < ABSTAINING:
            return [[1] + [0] * rules.candidates]
        chosen = self._favourites(rules.places)
        return [[0] + [int(number in chosen) for number in range(rules.candidates)]]

    def _stance(self, leaning: float) -> list[int]:
        """赞成, 反对 or 弃权."""
        if self._dice.random() < ABSTAINING:
            return [0, 0, 1]
        return [1, 0, 0] if self._dice.random() < leaning else [0, 1, 0]

    def _grade(self, leaning: float, offered: Sequence[str], levels: int) -> list[int]:
        """One of the levels, the best for who likes it; not known or 弃权 now and then."""
        if self._dice.random() < ABSTAINING:
            answer = self._dice.randrange(levels, len(offered))
        elif self._dice.random() < leaning:
            answer = 0
        else:
            answer = self._dice.randrange(1, levels)
        return [int(place == answer) for place in range(len(offered))]

    def _favourites(self, places: int) -> set[int]:
        """Those who are liked most today, at least one and at most `places`."""
        moods = [(leaning - self._dice.random(), n) for n, leaning in enumerate(self._leanings)]
        liked = sorted((mood for mood in moods if mood[0] > 0), reverse=True)[:places]
        return {number for _, number in liked or [max(moods)]}


def tied(rules: Rules, deputies: int) -> list[list[list[int]]]:
    """Ballots of so many deputies, at least seven, of which the last place cannot be filled.

    The candidates of the last place and the one behind it get the same votes, more than half; those before
    them get more. `rules` leave at least two places and one candidate over.
    """
    last, behind = rules.places - 1, rules.places
    half = (deputies - 1) // 2
    left_out = [last] * half + [behind] * half + [0] * (deputies - 2 * half)
    marks = [[int(n <= behind and n != out) for n in range(rules.candidates)] for out in left_out]
    if rules.ballot == "for_against":
        return [[[mark, 1 - mark, 0] for mark in row] for row in marks]
    return [[[0, *row]] for row in marks]


def plain_sum(choices: Sequence[Sequence[Sequence[int]]]) -> list[list[int]]:
    """What the counts must be: the choices of all added up, question by question."""
    questions = zip(*choices, strict=True)
    return [[sum(column) for column in zip(*question, strict=True)] for question in questions]
