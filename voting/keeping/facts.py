"""What is written down about erasing and about holds: never what was erased."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from voting.keeping.rules import Kind, Subject
from voting.text import Line

ERASED = "（已删除）"
"""Stands where something was that a page shows."""
BY_ITSELF = "到期自动"


class Erasure(Struct, frozen=True, kw_only=True):
    """`number` things of a kind that were finished before `until`. `subject` is the round or deck whose
    things they were, None where they belong to many."""

    id: str
    congress: str
    kind: Kind
    subject: str | None
    number: int
    until: date
    by: Line
    at: datetime


class Hold(Struct, frozen=True, kw_only=True):
    """保全: nothing of this suggestion or round is erased until it is lifted."""

    id: str
    congress: str
    about: Subject
    subject: str
    label: Line
    reason: Line
    by: Line
    at: datetime
    lifted_at: datetime | None = None
    lifted_by: Line = ""


class Waiting(Struct, frozen=True, kw_only=True):
    """A round's box or a deck that is due."""

    id: str
    title: str
    session: str
