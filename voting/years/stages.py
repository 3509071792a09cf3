"""The year in seven phases, and how a place counts them: what stands where, is due, is late. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, Literal

from msgspec import Struct

from voting.years.facts import STEPS, Steps

Phase = Literal["collecting", "screening", "voting", "handing", "delivering", "rating", "rectifying"]
PHASES: Final[dict[Phase, str]] = {
    "collecting": "征集",
    "screening": "筛选",
    "voting": "票决",
    "handing": "交办",
    "delivering": "实施",
    "rating": "测评",
    "rectifying": "整改",
}
State = Literal["ahead", "running", "done"]
STATE_NAMES: Final[dict[State, str]] = {"ahead": "未开始", "running": "进行中", "done": "已完成"}
_OF_STEP: Final[dict[str, tuple[Phase, ...]]] = {
    "征集": ("collecting",),
    "筛选": ("screening",),
    "初定": ("screening",),
    "审议": ("screening",),
    "票决": ("voting",),
    "监督": ("handing", "delivering"),
    "测评": ("rating", "rectifying"),
}
"""Which phases a step of the place's wording covers: the deputies watch all from 交办 to 办结."""


class Next(Struct, frozen=True, kw_only=True):
    """The button: `path` lies below the reader's own pages; empty: nothing to press for this reader, `who`
    has to."""

    words: str
    path: str = ""
    who: str = ""


class Line(Struct, frozen=True, kw_only=True):
    """One phase of one year."""

    phase: Phase
    state: State
    words: str
    next: Next | None = None

    @property
    def name(self) -> str:
        return PHASES[self.phase]

    @property
    def state_name(self) -> str:
        return STATE_NAMES[self.state]


class Matter(Struct, frozen=True, kw_only=True):
    """Something that has a last day: late when `days_late` is more than 0."""

    what: str
    who: str
    due: date
    days_late: int
    path: str = ""


class Step(Struct, frozen=True, kw_only=True):
    """A step in the place's own wording."""

    words: str
    state: State

    @property
    def state_name(self) -> str:
        return STATE_NAMES[self.state]


class YearBoard(Struct, frozen=True, kw_only=True):
    """Where one year stands. `late` first those that are late longest, `due` the nearest day first."""

    year: int
    steps: tuple[Step, ...]
    lines: tuple[Line, ...]
    late: tuple[Matter, ...]
    due: tuple[Matter, ...]
    lights: tuple[tuple[str, str, int], ...]
    """(color, its name, how many projects)."""

    @property
    def goes_on(self) -> bool:
        """Whether somebody still has to do something for its projects."""
        return any(one.state == "running" for one in self.lines[3:])


MOST_SHOWN: Final = 30


def steps_of(wording: Steps, lines: Iterable[Line]) -> tuple[Step, ...]:
    """The place's five or six steps, from the phases they cover."""
    states = {one.phase: one.state for one in lines}
    found = []
    for words in STEPS[wording]:
        covered = [states[phase] for phase in _OF_STEP[words]]
        state: State = "running"
        if all(one == "done" for one in covered):
            state = "done"
        elif all(one == "ahead" for one in covered):
            state = "ahead"
        found.append(Step(words=words, state=state))
    return tuple(found)


def late_first(matters: Iterable[Matter]) -> tuple[Matter, ...]:
    """Only those that are late."""
    late = [one for one in matters if one.days_late > 0]
    return tuple(sorted(late, key=lambda one: (one.due, one.what))[:MOST_SHOWN])


def due_next(matters: Iterable[Matter]) -> tuple[Matter, ...]:
    """Those whose day is still to come."""
    due = [one for one in matters if one.days_late <= 0]
    return tuple(sorted(due, key=lambda one: (one.due, one.what))[:MOST_SHOWN])


def in_words(counts: Sequence[tuple[int, str]]) -> str:
    """`3件已验收，2件正在实施`; nothing of what there is none of."""
    return "，".join(f"{number}件{words}" for number, words in counts if number)


def state_of(*, begun: bool, finished: bool) -> State:
    """From two facts."""
    return "done" if finished else "running" if begun else "ahead"
