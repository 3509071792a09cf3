"""Which of the scrutineers' parts open the sum. Pure.

The proof of a part says nothing about what it opens (NOTES §10): somebody with a changed program can give one
that passes and leads nowhere. Then others are tried, as long as there are others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import NamedTuple

from ballots.election import Election
from ballots.encoding import encode
from ballots.errors import BadDecryption
from ballots.group import Point
from ballots.tally import (
    Result,
    check_partial_decryption,
    combine_group,
    count,
    is_enough,
    possible_counts,
    read_tally,
)
from ballots.trustees import Trustees


class Opened(NamedTuple):
    """The archive's `result`, the owners whose parts give it, and those whose parts do not fit to it."""

    result: bytes
    owners: tuple[int, ...]
    misfits: tuple[int, ...]


Factors = Mapping[int, list[list[Point]]]


class Sum(NamedTuple):
    """What is to be opened: at most `ballots` for any choice."""

    election: Election
    trustees: Trustees
    tally: bytes
    ballots: int


def open_sum(of: Sum, parts: Mapping[int, bytes]) -> Opened | None:
    """The first of the smallest sets of parts that gives counts; None when none does, or too few are there.

    Raises BadDecryption for a part whose proof fails.
    """
    keys = of.trustees.keys
    checked = {
        owner: check_partial_decryption(of.election, of.tally, keys[owner], raw)
        for owner, raw in parts.items()
    }
    for owners in _smallest(of.trustees, checked):
        rows = _counts(of, checked, owners)
        if rows is not None:
            others = [one for one in checked if one not in owners]
            misfits = tuple(one for one in others if not _fits(of, checked, owners, one))
            result = encode(Result(result=tuple(map(tuple, rows))))
            return Opened(result, owners, misfits)
    return None


def _smallest(trustees: Trustees, checked: Factors) -> Iterator[tuple[int, ...]]:
    size = sum(group.needed for group in trustees.groups)
    return (owners for owners in combinations(sorted(checked), size) if is_enough(trustees, owners))


def _fits(of: Sum, checked: Factors, owners: tuple[int, ...], other: int) -> bool:
    return _counts(of, checked, (*owners[1:], other)) is not None


def _counts(of: Sum, checked: Factors, owners: tuple[int, ...]) -> list[list[int]] | None:
    sums = read_tally(of.election, of.tally)
    chosen = {owner: checked[owner] for owner in owners}
    try:
        rows = count(sums, [combine_group(group, chosen, sums) for group in of.trustees.groups], of.ballots)
    except BadDecryption:
        return None
    return rows if possible_counts(of.election, rows, of.ballots) else None
