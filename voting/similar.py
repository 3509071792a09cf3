"""相似的: how alike two suggestions are, by the cosine of their words' TF-IDF weights. Pure.

A person decides what is merged; this only shows what to look at, and why: the words both have, the rarest
first. The two thresholds were set on made-up pairs (tests/voting/test_similar.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log, sqrt
from typing import Final, Literal

from msgspec import Struct

from voting.suggestions import Standing

Words = Mapping[str, int]
"""How often each word is there (see `voting.words.words_of`)."""
Likeness = Literal["very", "somewhat"]
LIKENESS_NAMES: Final[dict[Likeness, str]] = {"very": "很像", "somewhat": "有些像"}
VERY: Final = 0.45
SOMEWHAT: Final = 0.2
MOST_SHOWN: Final = 5


class Rarity(Struct, frozen=True):
    """Of how many suggestions of the congress how many have a word."""

    suggestions: int
    having: Mapping[str, int]

    def of(self, word: str) -> float:
        """Inverse document frequency: 1 for what everybody writes, more for what is rare."""
        return 1 + log((1 + self.suggestions) / (1 + self.having.get(word, 0)))


class Other(Struct, frozen=True, kw_only=True):
    """A suggestion to compare with."""

    id: str
    year: int
    number: int
    title: str
    text: str
    state: Standing
    merged_into: str | None
    words: dict[str, int]

    @property
    def label(self) -> str:
        return f"{self.year}-{self.number:05d}"


class Similar(Struct, frozen=True, kw_only=True):
    """One of the similar ones; `shared` are the words both have, the most telling first."""

    other: Other
    score: float
    shared: tuple[str, ...]

    @property
    def likeness(self) -> Likeness:
        return "very" if self.score >= VERY else "somewhat"

    @property
    def name(self) -> str:
        return LIKENESS_NAMES[self.likeness]


def score(one: Words, other: Words, rarity: Rarity) -> float:
    """Cosine, 0 to 1."""
    mine, theirs = _weights(one, rarity), _weights(other, rarity)
    length = _length(mine) * _length(theirs)
    return sum(mine[word] * theirs[word] for word in mine.keys() & theirs.keys()) / length if length else 0.0


def ranked(
    words: Words, others: Iterable[Other], rarity: Rarity, most: int = MOST_SHOWN
) -> tuple[Similar, ...]:
    """The most alike that are alike at all, the best first; of equals the newest first."""
    weights = _weights(words, rarity)
    found = [
        Similar(other=other, score=alike, shared=_shared(weights, other.words))
        for other in others
        if (alike := score(words, other.words, rarity)) >= SOMEWHAT
    ]
    found.sort(key=lambda one: (one.score, one.other.year, one.other.number), reverse=True)
    return tuple(found[:most])


def telling(words: Words, rarity: Rarity, budget: int, most: int) -> tuple[tuple[str, float], ...]:
    """Which words to look others up by, with their weight: the weightiest ones that at most `budget`
    suggestions have between them (the first is always taken), at most `most`."""
    weights = _weights(words, rarity)
    chosen: list[tuple[str, float]] = []
    for word in sorted(weights, key=lambda one: (-weights[one], one)):
        budget -= rarity.having.get(word, 0)
        if chosen and (budget < 0 or len(chosen) == most):
            break
        chosen.append((word, weights[word] ** 2))
    return tuple(chosen)


def years_raised(year: int, others: Sequence[int]) -> tuple[int, ...]:
    """年年提: the years in which the same was raised; empty unless it was in more than one."""
    years = tuple(sorted({year, *others}))
    return years if len(years) > 1 else ()


def _weights(words: Words, rarity: Rarity) -> dict[str, float]:
    return {word: (1 + log(times)) * rarity.of(word) for word, times in words.items()}


def _length(weights: Mapping[str, float]) -> float:
    return sqrt(sum(weight * weight for weight in weights.values()))


def _shared(weights: Mapping[str, float], others: Words) -> tuple[str, ...]:
    return tuple(sorted(weights.keys() & others.keys(), key=lambda word: (-weights[word], word)))
