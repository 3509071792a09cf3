"""亮灯: how a project stands against its plan, by the rule that the place has set. Pure.

Two presets (domain.md §5.3). 银川: yellow when 10 to 30 points behind, red when more than 30 behind or a
milestone three months late. 大足双路: five colours by what is done, red below 30 %, blue when finished and
accepted; what lies between those two is not told there, and the thresholds of orange, yellow and green are
ours, to be set by the place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Final, Literal

from msgspec import Meta, Struct

from voting.delivering.projects import STATE_NAMES, WHOLE, Milestone, Project
from voting.reporting.baseline import actual, expected, overdue
from voting.reporting.periods import EARLY_DAYS, Owed, PeriodKind

Preset = Literal["three", "five"]
PRESET_NAMES: Final[dict[Preset, str]] = {
    "three": "红黄绿三色（按落后多少）",
    "five": "红橙黄绿蓝五色（按完成多少）",
}
Color = Literal["red", "orange", "yellow", "green", "blue", "none"]
COLOR_NAMES: Final[dict[Color, str]] = {
    "red": "红灯",
    "orange": "橙灯",
    "yellow": "黄灯",
    "green": "绿灯",
    "blue": "蓝灯",
    "none": "未亮灯",
}
Points = Annotated[int, Meta(ge=1, le=100)]


class ReportingSettings(Struct, frozen=True, kw_only=True, tag="reporting"):
    """How a congress has progress reported. Thresholds are points, that is, whole per cent."""

    period: PeriodKind = "quarter"
    grace: Annotated[int, Meta(ge=0, le=60)] = 5
    """Working days from the end of a period to the last day for its report."""
    preset: Preset = "three"
    yellow: Points = 10
    red: Points = 30
    late_months: Annotated[int, Meta(ge=1, le=12)] = 3
    """Three colours: yellow from `yellow` behind, red above `red`, or a milestone so many months late."""
    five: tuple[Points, Points, Points] = (30, 60, 90)
    """Five colours: red below the first, orange below the second, yellow below the third, then green."""
    remind: Annotated[int, Meta(ge=0, le=60)] = 5
    """So many days before a day that counts, people are reminded."""
    plan_days: Annotated[int, Meta(ge=1, le=180)] = 30
    """So many days after 交办, 实施方案 should be public."""


class Light(Struct, frozen=True, kw_only=True):
    """`words` says why; `behind` in tenths of a per cent, 0 when ahead."""

    color: Color
    words: str
    behind: int = 0

    @property
    def name(self) -> str:
        return COLOR_NAMES[self.color]


class Reported(Struct, frozen=True, kw_only=True):
    """What is known of a project: per cent by milestone, as of which day (None before the first report is
    due), and the reports whose last day is past.
    """

    percents: Mapping[str, int]
    as_of: date | None
    late: tuple[Owed, ...] = ()


def light_of(
    project: Project, milestones: Sequence[Milestone], known: Reported, by: ReportingSettings, today: date
) -> Light:
    """The light of one project, with its reason in words."""
    if project.state == "accepted":
        return Light(color="blue" if by.preset == "five" else "green", words="已验收")
    if project.state == "finished":
        return Light(color="green", words="已办结，待验收")
    if not project.running:
        return Light(color="none", words=STATE_NAMES[project.state])
    if by.preset == "five":
        return _five(actual(milestones, known.percents), known, by)
    return _three(milestones, known, by, today)


def _three(milestones: Sequence[Milestone], known: Reported, by: ReportingSettings, today: date) -> Light:
    late = overdue(milestones, known.percents, today, by.late_months)
    if late:
        words = f"“{late[0].title}”{_day(late[0].due)}到期，{by.late_months}个月后仍没有完成"
        return Light(color="red", words=words, behind=_behind(milestones, known))
    if known.as_of is None:
        return Light(color="none", words="还没有到第一次报告的时间")
    behind = _behind(milestones, known)
    said = f"到{_day(known.as_of)}应完成{percent(expected(milestones, known.as_of))}，"
    said += f"报告完成{percent(actual(milestones, known.percents))}"
    if behind > by.red * 10:
        return Light(color="red", words=f"{said}，落后{points(behind)}", behind=behind)
    if behind >= by.yellow * 10:
        return Light(color="yellow", words=f"{said}，落后{points(behind)}", behind=behind)
    if known.late:
        return Light(color="yellow", words=known.late[0].words, behind=behind)
    return Light(color="green", words=said + (f"，落后{points(behind)}" if behind else ""), behind=behind)


def _five(done: int, known: Reported, by: ReportingSettings) -> Light:
    colors: tuple[Color, ...] = ("red", "orange", "yellow", "green")
    color = colors[sum(done >= threshold * 10 for threshold in by.five)]
    late = f"；{known.late[0].words}" if known.late else ""
    return Light(color=color, words=f"完成{percent(done)}{late}")


def rule(by: ReportingSettings) -> str:
    """The rule, to stand beside the lights."""
    if by.preset == "five":
        red, orange, yellow = by.five
        return (
            f"按完成进度亮灯：红灯，不到{red}%；橙灯，{red}%以上、不到{orange}%；"
            f"黄灯，{orange}%以上、不到{yellow}%；绿灯，{yellow}%以上；蓝灯，已办结并通过验收。"
            f"“以上”包括本数。{_EARLY}"
        )
    return (
        f"按落后计划多少亮灯：绿灯，落后不到{by.yellow}个百分点；黄灯，落后{by.yellow}至{by.red}个百分点"
        f"（两头都包括），或者进度报告超期；红灯，落后超过{by.red}个百分点，或者有节点到期满"
        f"{by.late_months}个月仍没有完成。应完成的进度，按各节点起止日期均匀推算，以最近一次报告期的最后一天为准。"
        f"{_EARLY}"
    )


_EARLY: Final = (
    f"报告期结束{EARLY_DAYS}天以前提交的报告，只算到提交那一天；项目还没有全部完成的，"
    "期满后要更正或者再提交一次，否则算没有报告。"
)


def percent(tenths: int) -> str:
    """`36.5%`, `40%`."""
    whole, tenth = divmod(tenths, 10)
    return f"{whole}.{tenth}%" if tenth else f"{whole}%"


def points(tenths: int) -> str:
    """`12.5个百分点`."""
    return percent(tenths)[:-1] + "个百分点"


def done_share(tenths: int) -> float:
    """For the width of a bar, 0 to 100."""
    return min(tenths, WHOLE) / 10


def _behind(milestones: Sequence[Milestone], known: Reported) -> int:
    if known.as_of is None:
        return 0
    return max(expected(milestones, known.as_of) - actual(milestones, known.percents), 0)


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"
