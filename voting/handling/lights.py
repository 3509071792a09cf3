"""绿灯、黄灯、红灯: how near the day that counts is, with the rule in words. Pure."""

from __future__ import annotations

from datetime import date
from typing import Final, Literal

from msgspec import Struct

Color = Literal["green", "yellow", "red", "none"]
COLOR_NAMES: Final[dict[Color, str]] = {"green": "绿灯", "yellow": "黄灯", "red": "红灯", "none": "无时限"}


class Light(Struct, frozen=True, kw_only=True):
    """`left` is how many days remain, negative when overdue; None without a day."""

    color: Color
    due: date | None
    left: int | None
    words: str

    @property
    def name(self) -> str:
        return COLOR_NAMES[self.color]


def light(due: date | None, today: date, yellow: int) -> Light:
    """Red: the last day is past. Yellow: at most `yellow` days are left. Else green."""
    if due is None:
        return Light(color="none", due=None, left=None, words="没有时限")
    left = (due - today).days
    return Light(color=color(left, yellow), due=due, left=left, words=_words(left))


def color(left: int, yellow: int) -> Color:
    if left < 0:
        return "red"
    return "yellow" if left <= yellow else "green"


def rule(yellow: int) -> str:
    """The rule, to stand beside the lights."""
    return f"红灯：已超过期限；黄灯：还剩{yellow}天或更少；绿灯：还剩{yellow}天以上。"


def _words(left: int) -> str:
    if left < 0:
        return f"超期{-left}天"
    return "今天到期" if left == 0 else f"还剩{left}天"
