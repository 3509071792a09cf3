"""预警: proposed by the light, issued by a person, acknowledged by the unit, lifted with a reason. Pure."""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal

from msgspec import Struct

from voting.errors import VotingError
from voting.text import Prose, clean_prose

WarningLevel = Literal["yellow", "red"]
LEVEL_NAMES: Final[dict[WarningLevel, str]] = {"yellow": "黄色预警", "red": "红色预警"}
MOST_CAUSE: Final = 500
WarningState = Literal["proposed", "issued", "acknowledged", "lifted", "dropped"]
STATE_NAMES: Final[dict[WarningState, str]] = {
    "proposed": "建议发出，待审定",
    "issued": "已发出，待签收",
    "acknowledged": "已签收",
    "lifted": "已解除",
    "dropped": "没有发出",
}


class WarningError(VotingError):
    """A warning without what it needs."""

    sentence = "预警的内容需要修改。请修改后重试。"


class WarningStep(VotingError):
    """A step that the warning does not allow now."""

    sentence = "这件预警现在不能进行这一步。请刷新页面查看最新情况。"


class WarningNotice(Struct, frozen=True, kw_only=True):
    """One 预警; `mark` says what it was proposed for, and is its own id when a person began it."""

    id: str
    congress: str
    project: str
    unit: str
    level: WarningLevel
    cause: Prose
    mark: str
    made_by: str
    made_at: datetime
    issued_by: str | None = None
    issued_at: datetime | None = None
    acknowledged_by: str | None = None
    acknowledged_at: datetime | None = None
    measures: Prose = ""
    ended_by: str | None = None
    ended_at: datetime | None = None
    reason: Prose = ""

    @property
    def state(self) -> WarningState:
        if self.ended_at is not None:
            return "dropped" if self.issued_at is None else "lifted"
        if self.issued_at is None:
            return "proposed"
        return "issued" if self.acknowledged_at is None else "acknowledged"

    @property
    def is_open(self) -> bool:
        """Issued and not lifted: the project cannot be closed."""
        return self.state in {"issued", "acknowledged"}


def words_of(text: str, label: str) -> str:
    """Raises WarningError or TextError."""
    words = clean_prose(text, label)
    if not words:
        raise WarningError(f"没有填写“{label}”。请填写后重试。")
    if len(words) > MOST_CAUSE:
        raise WarningError(f"“{label}”太长：有{len(words)}个字，最多{MOST_CAUSE}个字。请缩短。")
    return words
