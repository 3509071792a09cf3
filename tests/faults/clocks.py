"""A hall whose clock is set back in the middle: a week, a year, or by seconds, once or at every look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Final

from tests.people import OPENING_DAY, STATES, Hall
from voting import audit
from voting.actors import system
from voting.cycle import State
from voting.store import Store

SETBACKS: Final = (timedelta(seconds=90), timedelta(days=7), timedelta(days=400))


def running_back() -> Callable[[], datetime]:
    """Each look is an hour before the last."""
    looks = count()
    return lambda: OPENING_DAY - next(looks) * timedelta(hours=1)


def set_back(clock: Callable[[], datetime], by: timedelta) -> Callable[[], datetime]:
    return lambda: clock() - by


def survived(hall: Hall, at: State | None, by: timedelta) -> None:
    """Hold the round to its publication; the clock is set back by `by` before the step that leads to `at`
    and once more in the middle of the cast, or at every look (None). Raises what is refused.
    """
    if at is None:
        hall.now = running_back()
    for state in STATES[1:]:
        if state == at:
            hall.now = set_back(hall.now, by)
        if state == "closed":
            _cast(hall, by)
        hall.reach(state)
    _held_to(hall)


def _cast(hall: Hall, by: timedelta) -> None:
    """The receipts are the same before and after."""
    raw = [hall.ballot(card, 1) for card in range(3)]
    first = [hall.hand_in(one) for one in raw[:2]]
    hall.now = set_back(hall.now, by)
    assert [hall.hand_in(one) for one in raw[:2]] == first
    hall.hand_in(raw[2])


def _held_to(hall: Hall) -> None:
    """Steps stand in the order in which they were taken, the log's chain holds, the record verifies."""
    with hall.store.read() as tx:
        taken = [one.step for one in tx.steps.of(hall.staff, hall.round.id)]
    order = ["adopt", "seal", "open", "close", "declare_valid", "count", "announce", "publish"]
    assert [step for step in taken if step in order] == order, taken
    assert audit.check(hall.store, system(hall.congress.id)).whole
    hall.audit()


def every_way(store: Store, folder: Path) -> Iterator[tuple[str, str]]:
    """Each step × each setback, each in a congress of its own; what was done."""
    for at in (*STATES[1:], None):
        for by in SETBACKS:
            name = f"clock {at} {by.total_seconds():.0f}"
            survived(Hall(store, folder, name=name), at, by)
            yield at or "at every look", str(by)
