"""通报 → 限期重办 → 约见 → 专题询问: what follows when 整改 does not come on. Pure.

Each step is taken in this order, or left out with a reason. The next one never comes before; only 限期重办
may come again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from msgspec import Struct

from voting.rating.refusals import RatingError, RatingStep
from voting.text import Line, Prose

RUNGS: Final = ("通报", "限期重办", "约见", "专题询问")
REDO: Final = 2
"""The place of 限期重办, which begins a new term."""
SUMMONS: Final = 3
"""The place of 约见, of which there is a record."""


class Talk(Struct, frozen=True, kw_only=True):
    """What was said at a 约见: who was summoned, who met them, where; `promised` may be empty."""

    summoned: Line
    hosts: Line
    place: Line
    said: Prose
    promised: Prose = ""


class Rung(Struct, frozen=True, kw_only=True):
    """`place` from 1; of one that was left out only `reason` says something. `talk`: of a 约见."""

    id: str
    congress: str
    rectification: str
    place: int
    taken: bool
    by: str
    at: datetime
    reason: Prose = ""
    day: date | None = None
    body: Line = "—"
    text: Prose = ""
    due: date | None = None
    talk: Talk | None = None

    @property
    def name(self) -> str:
        return RUNGS[self.place - 1]


def open_places(rungs: Sequence[Rung]) -> tuple[int, ...]:
    """Places that may be taken now: all above the last step, and 限期重办 again once it was taken."""
    again = (REDO,) if _redone(rungs) else ()
    return (*again, *range(_top(rungs) + 1, len(RUNGS) + 1))


def left_out(rungs: Sequence[Rung], place: int, reason: str) -> tuple[int, ...]:
    """The places between the last step and this one, which need a reason. Raises RatingStep, RatingError."""
    if not 1 <= place <= len(RUNGS):
        raise RatingError("请选择要登记的一步：通报、限期重办、约见或者专题询问。")
    if place == REDO and _redone(rungs):
        return ()
    if place <= _top(rungs):
        done = next(one for one in rungs if one.place == place)
        how = "登记过" if done.taken else "注明不采用"
        raise RatingStep(f"“{RUNGS[place - 1]}”已经{how}，不能倒回去登记。请刷新页面查看。")
    between = tuple(range(_top(rungs) + 1, place))
    if between and not reason.strip():
        names = "、".join(RUNGS[one - 1] for one in between)
        raise RatingError(f"“{RUNGS[place - 1]}”之前还有{names}。请按次序进行，或者写明不采用的理由。")
    return between


def last_day_taken(rungs: Sequence[Rung]) -> date | None:
    """The day of the newest step that was taken."""
    return max((one.day for one in rungs if one.day is not None), default=None)


def _top(rungs: Sequence[Rung]) -> int:
    return max((one.place for one in rungs), default=0)


def _redone(rungs: Sequence[Rung]) -> bool:
    return any(one.place == REDO and one.taken for one in rungs)
