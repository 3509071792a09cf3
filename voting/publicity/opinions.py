"""What a citizen says about a project: shown once somebody in the office has read it. Pure.

waiting → released
   └────→ refused
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

from msgspec import Struct

from voting.errors import VotingError
from voting.text import Prose, clean_line, clean_prose

OpinionState = Literal["waiting", "released", "refused"]
OPINION_STATES: Final[dict[OpinionState, str]] = {
    "waiting": "等待审核",
    "released": "已公开",
    "refused": "不公开",
}
MOST_TEXT: Final = 500
MOST_NAME: Final = 20
MOST_REPLY: Final = 1000
MOST_REASON: Final = 200
"""Characters."""


class OpinionError(VotingError):
    """Words that cannot be taken as they are."""

    sentence = "填写的内容需要修改。请修改后重试。"


class AlreadyJudged(VotingError):
    """Somebody else was quicker, and decided otherwise."""

    sentence = "这条意见已经有人审核过。请刷新页面查看结果。"


class NotReleased(VotingError):
    """A reply to words that nobody can read."""

    sentence = "这条意见没有公开，不能答复。请先由工作人员审核。"


class AnsweredByOffice(VotingError):
    """A unit would replace the words of the office that stands above it."""

    sentence = "政府办已经答复这条意见，责任单位不能修改。要补充的，请告诉政府办。"


class OpinionsClosed(VotingError):
    """The congress takes no opinions on its projects."""

    sentence = "这里现在不接收对项目的意见。有事请到代表联络站反映，或者提意见建议。"


class Opinion(Struct, frozen=True, kw_only=True):
    """`name` is what the citizen wants to be called, may be empty; `replied_by` is an office or a unit."""

    id: str
    congress: str
    project: str
    state: OpinionState
    name: str
    text: Prose
    form_key: str
    sent_at: datetime
    judged_at: datetime | None = None
    judged_by: str = ""
    reason: str = ""
    reply: str = ""
    replied_by: str = ""
    replied_at: datetime | None = None

    @property
    def called(self) -> str:
        """As it stands above the words."""
        return self.name or "一位群众"


class Listed(Struct, frozen=True, kw_only=True):
    """An opinion with the title of the project that it is about; `answerable`: by whoever asked."""

    opinion: Opinion
    title: str
    answerable: bool = True


def clean_opinion(text: str) -> str:
    """1..500 characters. Raises TextError, OpinionError."""
    return _filled(text, "意见", MOST_TEXT)


def clean_name(text: str) -> str:
    """At most 20 characters in one line, or nothing. Raises TextError, OpinionError."""
    return _bounded(clean_line(text, "称呼"), "称呼", MOST_NAME) if text.strip() else ""


def clean_reply(text: str) -> str:
    """1..1000 characters. Raises TextError, OpinionError."""
    return _filled(text, "答复", MOST_REPLY)


def clean_reason(text: str) -> str:
    """1..200 characters. Raises TextError, OpinionError."""
    return _filled(text, "不公开的理由", MOST_REASON)


def _filled(text: str, label: str, most: int) -> str:
    prose = _bounded(clean_prose(text, label), label, most)
    if not prose:
        raise OpinionError(f"没有填写{label}。请填写后重试。")
    return prose


def _bounded(text: str, label: str, most: int) -> str:
    if len(text) > most:
        raise OpinionError(f"“{label}”太长：有{len(text):,}个字，最多{most:,}个字。请缩短。")
    return text
