"""登录记录: when somebody came in by this account, with what device, and what was typed wrong before.

A log-in is kept for as long as the congress keeps them (`voting.keeping`). What was typed wrong is counted
and not listed: whoever guesses all night would fill a list that nobody reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct

from voting.accounts.facts import Login, Way

MOST: Final = 60
"""Rows that are looked at; somebody who logs in with two steps leaves two."""
WAY_WORDS: Final[dict[Way, str]] = {
    "": "",
    "password": "密码",
    "code": "密码和一次性验证码",
    "passkey": "密码和通行密钥",
    "invited": "接受邀请",
    "reset": "重设链接",
    "renewed": "修改了密码",
}


class Entry(Struct, frozen=True, kw_only=True):
    """One line. `entered` is False if the password was right and the second step never came."""

    at: datetime
    device: str
    way: str
    entered: bool
    wrong: int
    wrong_at: datetime | None


def entries(found: Sequence[Login]) -> tuple[Entry, ...]:
    """The lines, the newest first, of log-ins in this order. A first step that was followed by the second is
    part of it, and a log-in that went on after a change is told only if something was typed wrong before."""
    finished = {(one.started_at, one.browser, one.device) for one in found if one.stage == "strong"}
    return tuple(
        _entry(one)
        for one in found
        if not (one.stage == "pending" and (one.ended_at, one.browser, one.device) in finished)
        and not (one.way == "renewed" and one.wrong == 0)
    )


def _entry(one: Login) -> Entry:
    return Entry(
        at=one.started_at,
        device=one.device,
        way=WAY_WORDS[one.way],
        entered=one.stage != "pending",
        wrong=one.wrong,
        wrong_at=one.wrong_at,
    )
