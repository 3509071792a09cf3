"""Reminders and news for those who work with it: shown on their own pages, and sent to a telephone if wanted.

A notice goes to exactly one addressee: a person's membership, a deputy, everybody of a unit, or everybody
with a role. What is shared is seen when one of them has seen it.
"""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from voting.text import Line


class Notice(Struct, frozen=True, kw_only=True):
    """`path` lies below the reader's own pages, `due` is the day it reminds of, `about` the id of what it is
    about."""

    id: str
    congress: str
    kind: str
    text: Line
    path: str
    about: str
    due: date | None
    at: datetime
    seen_at: datetime | None = None
    seen_by: str = ""
    sent_at: datetime | None = None


class Message(Struct, frozen=True, kw_only=True):
    """What of a notice goes to a deputy's telephone."""

    congress: str
    id: str
    phone: str
    text: Line
    due: date | None
