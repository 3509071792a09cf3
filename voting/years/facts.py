"""What is kept of a year itself. Pure."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final, Literal

from msgspec import Struct

from voting.errors import VotingError
from voting.text import Line, Prose

Steps = Literal["five", "six"]
STEPS: Final[dict[Steps, tuple[str, ...]]] = {
    "five": ("征集", "筛选", "票决", "监督", "测评"),
    "six": ("征集", "初定", "审议", "票决", "监督", "测评"),
}
"""五环节 (domain.md: 淳安) and 六环节 (文山)."""
STEPS_NAMES: Final[dict[Steps, str]] = {
    name: f"{'五' if name == 'five' else '六'}环节：{'、'.join(words)}" for name, words in STEPS.items()
}
CarriedKind = Literal["project", "candidate"]


class YearStep(VotingError):
    """A step of the year that cannot be taken now."""

    sentence = "现在不能进行这一步。请刷新页面查看最新情况。"


class YearError(VotingError):
    """Something that was typed for the year and cannot be kept."""

    sentence = "填写的内容需要修改。请修改后重试。"


class YearSettings(Struct, frozen=True, kw_only=True, tag="year"):
    """In which words the congress counts the steps of its year."""

    steps: Steps = "five"


class OpenedYear(Struct, frozen=True, kw_only=True):
    """A year that was opened from the one before."""

    congress: str
    year: int
    by: str
    at: datetime


class Carried(Struct, frozen=True, kw_only=True):
    """What a draft was made from: a project that was not finished (`project`), or a candidate that was not
    chosen (`earlier`); `year` is its own, not the draft's."""

    congress: str
    draft: str
    kind: CarriedKind
    year: int
    history: Prose
    by: str
    at: datetime
    project: str | None = None
    earlier: str | None = None


class PublicPaper(Struct, frozen=True, kw_only=True):
    """A document for everybody without its bytes; `signature` is the `.minisig` file beside it."""

    id: str
    congress: str
    year: int
    title: Line
    number: str
    day: date
    name: Line
    media_type: str
    hash: str
    signature: bytes
    by: str
    at: datetime
    withdrawn_at: datetime | None = None
