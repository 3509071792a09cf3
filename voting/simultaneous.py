"""Which rounds are voted on at the same time: all are open at once, and answered after one scan. Pure.

What happened is told by when they were open; what is planned, by what they are: a round that does not follow
from another's result is put to the hall together with the others, as paper ballots of several colours are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from voting.cycle import State
from voting.rounds import Relation, Round

_AFTER_ANOTHER: Final[frozenset[Relation]] = frozenset({"runoff", "supplementary", "repeat"})
_TO_COME: Final[frozenset[State]] = frozenset({"drafted", "adopted", "sealed"})


def side_by_side(rounds: Sequence[Round], closed_at: Mapping[str, datetime]) -> tuple[tuple[Round, ...], ...]:
    """All rounds, those voted on together in one group, in the order of each group's first.

    `closed_at`: by round id, when voting in it ended. Trials and shows of hands stand alone.
    """
    groups: list[list[Round]] = []
    for one in rounds:
        mine = next(
            (group for group in groups if any(_together(one, each, closed_at) for each in group)), None
        )
        if mine is None:
            groups.append([one])
        else:
            mine.append(one)
    return tuple(map(tuple, groups))


def _together(one: Round, other: Round, closed_at: Mapping[str, datetime]) -> bool:
    if one.trial or other.trial or "hands" in (one.method, other.method):
        return False
    if one.opened_at is None and other.opened_at is None:
        return _is_planned(one) and _is_planned(other) and one.method == other.method
    if one.opened_at is None or other.opened_at is None:
        begun, to_come = (one, other) if one.opened_at else (other, one)
        return begun.state == "open" and _is_planned(to_come) and begun.method == to_come.method
    first, last = (one, other) if one.opened_at <= other.opened_at else (other, one)
    ended = closed_at.get(first.id)
    return first.state == "open" or (
        ended is not None and last.opened_at is not None and last.opened_at < ended
    )


def _is_planned(one: Round) -> bool:
    return one.state in _TO_COME and one.relation not in _AFTER_ANOTHER
