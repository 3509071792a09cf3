"""双联: committee members keep contact with deputies and citizens, deputies with their voters. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final, Literal

from msgspec import Struct

from voting.people import Deputy
from voting.text import Prose

ContactChannel = Literal["visit", "meeting", "phone", "wechat"]
CHANNEL_NAMES: Final[dict[ContactChannel, str]] = {
    "visit": "走访",
    "meeting": "座谈",
    "phone": "电话",
    "wechat": "微信",
}
LEAST_DEPUTIES: Final = 3
MOST_DEPUTIES: Final = 5
CITIZENS: Final = 5
"""What a committee member has (domain.md §3.2); other deputies have as many voters as they like."""
MOST_VOTERS: Final = 200


class Liaison(Struct, frozen=True, kw_only=True):
    """`deputy` keeps contact with `other`, a deputy, or with a citizen: `name` and `village`, no more."""

    id: str
    congress: str
    deputy: str
    made_at: datetime
    other: str | None = None
    name: str = ""
    village: str | None = None
    ended_at: datetime | None = None


class LiaisonContact(Struct, frozen=True, kw_only=True):
    """One contact of a liaison."""

    id: str
    congress: str
    liaison: str
    day: date
    channel: ContactChannel
    note: Prose
    entered_by: str
    entered_at: datetime


def missing(deputy: Deputy, liaisons: Iterable[Liaison]) -> str:
    """What the list of a committee member still lacks, in a sentence; empty for everybody else."""
    if not deputy.committee:
        return ""
    deputies, citizens = _counted(liaisons)
    parts = []
    if deputies < LEAST_DEPUTIES:
        parts.append(f"至少还要联系 {LEAST_DEPUTIES - deputies} 名代表")
    if citizens < CITIZENS:
        parts.append(f"还要联系 {CITIZENS - citizens} 名群众")
    return "，".join(parts) + "。" if parts else ""


def too_many(deputy: Deputy, liaisons: Iterable[Liaison], *, citizen: bool) -> str:
    """Why no further deputy, or citizen, can be added; empty: one can."""
    deputies, citizens = _counted(liaisons)
    if not citizen and not deputy.committee:
        return f"{deputy.name}不是常委会组成人员（主席团成员），只联系选民，不安排联系代表。"
    if not citizen and deputies >= MOST_DEPUTIES:
        return (
            f"每名组成人员联系 {LEAST_DEPUTIES} 至 {MOST_DEPUTIES} 名代表，"
            f"{deputy.name}已经有 {deputies} 名。"
        )
    most = CITIZENS if deputy.committee else MOST_VOTERS
    if citizen and citizens >= most:
        return f"{deputy.name}已经联系 {citizens} 名群众，最多 {most} 名。请先结束一名，再增加。"
    return ""


def without_contact(
    liaisons: Iterable[Liaison], last: Mapping[str, date], since: date
) -> tuple[Liaison, ...]:
    """Those with whom there was no contact since a day, normally the first of the quarter."""
    return tuple(one for one in liaisons if one.id not in last or last[one.id] < since)


def _counted(liaisons: Iterable[Liaison]) -> tuple[int, int]:
    """(deputies, citizens) of those that go on."""
    going = [one for one in liaisons if one.ended_at is None]
    deputies = sum(one.other is not None for one in going)
    return deputies, len(going) - deputies
