"""Citizens' scores: on a scale that the congress chooses, one for each device, apart from the deputies'.

Whoever wants to can score from two devices, and only those score who look. The figures are therefore always
shown apart from the deputies', with `CAUTION` beside them, and not at all while fewer than five have scored.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

from msgspec import Struct

from voting.delivering.projects import Project, ProjectState
from voting.errors import VotingError

Scale = Literal["off", "grades", "points"]
SCALE_NAMES: Final[dict[Scale, str]] = {
    "off": "不打分",
    "grades": "满意、基本满意、不满意",
    "points": "1 至 5 分",
}
LEVELS: Final[dict[Scale, tuple[str, ...]]] = {
    "off": (),
    "grades": ("满意", "基本满意", "不满意"),
    "points": ("1 分", "2 分", "3 分", "4 分", "5 分"),
}
"""In words; the first is level 1."""
FEWEST_SHOWN: Final = 5
CAUTION: Final = "这是群众自愿在网上打的分，没有核对身份，不能代表全体群众，也不计入人大代表的满意度测评。"
SCORED_STATES: Final[tuple[ProjectState, ...]] = ("planned", "finished", "accepted")


class CitizenSettings(Struct, frozen=True, kw_only=True, tag="citizens"):
    """What citizens may say about projects. Scores stay off until the office turns them on."""

    opinions: bool = True
    scores: Scale = "off"


class ScoresClosed(VotingError):
    """No scores here, or not for this project yet."""

    sentence = "这个项目现在不能打分。"


class ScoreError(VotingError):
    """A level that the scale does not have."""

    sentence = "请从列出的几项里选择一项。"


class NoMark(VotingError):
    """A browser that keeps no cookie: its scores could not be told apart."""

    sentence = "您的浏览器没有保存防重复的记号，不能打分。请允许本网站使用 Cookie，回到项目页面重新打分。"


class Tally(Struct, frozen=True, kw_only=True):
    """(words, how many) for each level in order; `average` of points only, in tenths."""

    scale: Scale
    times: int
    levels: tuple[tuple[str, int], ...]
    average: int | None = None

    @property
    def shown(self) -> bool:
        """Few scores would show who gave them."""
        return self.times >= FEWEST_SHOWN


def tally(scale: Scale, counts: Mapping[int, int]) -> Tally:
    """`counts`: how many for each level, from 1."""
    levels = tuple((words, counts.get(level, 0)) for level, words in enumerate(LEVELS[scale], start=1))
    times = sum(number for _, number in levels)
    return Tally(scale=scale, times=times, levels=levels, average=_average(scale, counts, times))


def demand_level(scale: Scale, level: int) -> None:
    """Raises ScoreError."""
    if not 1 <= level <= len(LEVELS[scale]):
        raise ScoreError


def may_be_scored(settings: CitizenSettings, project: Project) -> bool:
    """Whether there is something to be scored, and the congress wants it."""
    return settings.scores != "off" and project.state in SCORED_STATES


def _average(scale: Scale, counts: Mapping[int, int], times: int) -> int | None:
    if scale != "points" or not times:
        return None
    total = sum(level * counts.get(level, 0) for level in range(1, len(LEVELS[scale]) + 1))
    return (20 * total + times) // (2 * times)
