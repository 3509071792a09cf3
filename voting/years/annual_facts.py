"""What the annual report says, before it becomes a paper. Pure."""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from voting.ledger import Tally
from voting.rating.scores import Score


class CandidateRow(Struct, frozen=True, kw_only=True):
    """A candidate of the vote; result and figures only as far as they are published."""

    number: int
    title: str
    cost: str
    unit: str
    result: str
    votes: int | None = None


class VoteRows(Struct, frozen=True, kw_only=True):
    """One vote: `sentences` is what was published of it."""

    session: str
    title: str
    sentences: tuple[str, ...]
    rows: tuple[CandidateRow, ...]


class ProjectRow(Struct, frozen=True, kw_only=True):
    """A project at the day of the report: money in 元, `percent` and `expected` in tenths of a per cent."""

    number: int
    title: str
    unit: str
    state: str
    planned: int
    spent: int
    percent: int
    expected: int
    light: str
    color: str
    light_words: str
    targets: str
    deadline: date | None
    cancelled: bool = False


class SupervisionRow(Struct, frozen=True, kw_only=True):
    """How often a project was looked at, and what was demanded."""

    title: str
    visits: int
    warnings: int
    orders: int
    orders_done: int
    conferences: int


class ChangeRow(Struct, frozen=True, kw_only=True):
    """A change that was decided."""

    title: str
    kind: str
    lines: tuple[tuple[str, str, str], ...]
    decision: str


class ScoreRow(Struct, frozen=True, kw_only=True):
    """A score; `before` has the project's results of the year before in words, 再测评 named as such."""

    score: Score
    unit: str
    before: str = ""


class RectificationRow(Struct, frozen=True, kw_only=True):
    """What followed a bad score."""

    title: str
    unit: str
    level: str
    state: str
    due: date
    retest: str


class AnnualReport(Struct, frozen=True, kw_only=True):
    """`by_category` and `by_source` are (name, number), the largest first. `closed`: matters after 销号."""

    congress: str
    year: int
    day: date
    suggestions: Tally
    by_category: tuple[tuple[str, int], ...]
    by_source: tuple[tuple[str, int], ...]
    drafts: int
    votes: tuple[VoteRows, ...]
    projects: tuple[ProjectRow, ...]
    supervision: tuple[SupervisionRow, ...]
    changes: tuple[ChangeRow, ...]
    scores: tuple[ScoreRow, ...]
    rectifications: tuple[RectificationRow, ...]
    closed: int = 0
