"""视察: what deputies saw on the spot and think of it. Pure.

Deputies give opinions and suggestions; they order nothing, and handle nothing themselves (代表法 §31).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from msgspec import Struct

from voting.supervising.refusals import SupervisionInput
from voting.text import Line, Prose, clean_line, clean_prose

OPINION_ONLY: Final = "代表视察提出的是建议、批评和意见，不直接处理问题，也不是指令（代表法第三十一条）。"


class Visit(Struct, frozen=True, kw_only=True):
    """`group` is None when it was no group's, `deputy` when staff entered it; `who` is in words."""

    id: str
    congress: str
    project: str
    day: date
    who: Line
    seen: Prose
    by: str
    at: datetime
    opinion: Prose = ""
    group: str | None = None
    deputy: str | None = None
    released_at: datetime | None = None
    withdrawn_at: datetime | None = None


class Reply(Struct, frozen=True, kw_only=True):
    """The answer of a unit to an opinion; `unit` None: of the government office."""

    id: str
    congress: str
    visit: str
    text: Prose
    by: str
    at: datetime
    unit: str | None = None
    released_at: datetime | None = None


class Seen(Struct, frozen=True, kw_only=True):
    """A visit as it is entered."""

    day: date
    who: str
    seen: str
    opinion: str = ""


def check_visit(entered: Seen, day: date) -> Seen:
    """As it may be kept. Raises SupervisionInput, TextError."""
    if entered.day > day:
        raise SupervisionInput("视察日期在今天以后。请填写实际视察的日期。")
    return Seen(
        day=entered.day,
        who=clean_line(entered.who, "视察人员"),
        seen=filled(entered.seen, "看到的情况"),
        opinion=clean_prose(entered.opinion, "意见建议"),
    )


def filled(text: str, label: str) -> str:
    """Several lines that must be filled in. Raises SupervisionInput, TextError."""
    prose = clean_prose(text, label)
    if not prose:
        raise SupervisionInput(f"没有填写“{label}”。请填写后重试。")
    return prose
