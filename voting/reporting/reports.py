"""进度报告: what one says, what may be handed in, and what a correction changed. Pure.

Per cent and money are told from the beginning of the project, not of the period: they do not fall by
themselves. A per cent that falls needs its reason; money that was spent does not come back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Annotated, Final

from msgspec import Meta, Struct
from msgspec.structs import replace

from voting.days import today
from voting.delivering.projects import WHOLE, Milestone, wan
from voting.errors import VotingError
from voting.reporting.baseline import DONE
from voting.reporting.periods import EARLY_DAYS, Interval, Period, read_period
from voting.screening.plans import written
from voting.text import Prose, clean_prose

MOST_TEXT: Final = 1000
"""Characters of each of the three texts; a phone shows no more without scrolling on and on."""
TEXT_NAMES: Final = {"text": "进展情况", "problems": "存在问题", "measures": "下一步措施"}

Percent = Annotated[int, Meta(ge=0, le=DONE)]


class ReportError(VotingError):
    """A report that contradicts itself, the plan, or what was reported before. `field` is where."""

    sentence = "进度报告需要修改。请修改后重试。"

    def __init__(self, sentence: str | None = None, field: str = "text") -> None:
        super().__init__(sentence)
        self.field = field


class ReportStep(VotingError):
    """A report that cannot be made, or not any more."""

    sentence = "现在不能报告进度。请刷新页面查看最新情况。"


class StaleReport(ReportStep):
    """Somebody else saved the same report meanwhile; both must be seen before one is kept."""

    sentence = "别人刚刚保存过这份报告。您填写的内容都在，没有保存；请对照后再提交。"


class Content(Struct, frozen=True, kw_only=True):
    """`percents` by milestone; `spent` in 元; `reason` why something fell or is corrected."""

    percents: Mapping[str, Percent]
    spent: int
    text: Prose = ""
    problems: Prose = ""
    measures: Prose = ""
    reason: Prose = ""


class Report(Struct, frozen=True, kw_only=True):
    """One project's report on one period, as it stands; `submitted_at` is None while it is a draft."""

    id: str
    congress: str
    project: str
    period: str
    starts: date
    ends: date
    due: date
    baseline: int
    version: int
    percents: Mapping[str, Percent]
    progress: int
    spent: int
    text: Prose
    problems: Prose
    measures: Prose
    reason: Prose
    saved_by: str
    saved_at: datetime
    submitted_by: str | None = None
    submitted_at: datetime | None = None

    @property
    def days_late(self) -> int:
        """How many days after its last day it was handed in; 0 in time, or while it is a draft."""
        return 0 if self.submitted_at is None else max((today(self.submitted_at) - self.due).days, 0)

    @property
    def content(self) -> Content:
        return Content(**{name: getattr(self, name) for name in Content.__struct_fields__})

    @property
    def of(self) -> Period:
        return read_period(self.period)

    @property
    def interval(self) -> Interval:
        return Interval(starts=self.starts, ends=self.ends)


class Filed(Struct, frozen=True, kw_only=True):
    """Of a handed-in report only what lists of projects need; `saved_at` when it was last corrected."""

    project: str
    starts: date
    ends: date
    baseline: int
    percents: Mapping[str, Percent]
    progress: int
    saved_at: datetime

    @property
    def interval(self) -> Interval:
        return Interval(starts=self.starts, ends=self.ends)

    @property
    def covers(self) -> bool:
        """Whether it tells of its period's end, so that no other report is owed."""
        return not is_early(self)


class Revision(Struct, frozen=True, kw_only=True):
    """A report as it was handed in (1) or corrected (2 and on)."""

    congress: str
    report: str
    revision: int
    percents: Mapping[str, Percent]
    progress: int
    spent: int
    text: Prose
    problems: Prose
    measures: Prose
    reason: Prose
    by: str
    at: datetime


def is_early(one: Report | Filed) -> bool:
    """Whether it was last written more than EARLY_DAYS before its period's end, with work still to do."""
    return one.progress < WHOLE and (one.ends - today(one.saved_at)).days > EARLY_DAYS


class Neighbours(Struct, frozen=True, kw_only=True):
    """The handed-in reports next to a period, before and after it."""

    before: Report | None
    after: Report | None


def neighbours(reports: Sequence[Report], period: Period) -> Neighbours:
    """Among all reports of a project, oldest first."""
    handed_in = [one for one in reports if one.submitted_at is not None and one.period != period.key]
    before = [one for one in handed_in if one.ends <= period.ends]
    after = [one for one in handed_in if one.ends > period.ends]
    return Neighbours(before=before[-1] if before else None, after=after[0] if after else None)


def clean(content: Content, milestones: Sequence[Milestone]) -> Content:
    """The texts as they may be printed, per cents of exactly these milestones.

    Raises ReportError, TextError.
    """
    known = {one.id: content.percents.get(one.id, 0) for one in milestones}
    for one in milestones:
        if not 0 <= known[one.id] <= DONE:
            raise ReportError(
                f"“{one.title}”的完成百分比应在0至100之间，现在是{known[one.id]}。请改正。",
                percent_field(one),
            )
    if content.spent < 0:
        raise ReportError("累计支出不能是负数。请改正。", "spent")
    texts = {name: _text(getattr(content, name), name, words) for name, words in TEXT_NAMES.items()}
    reason = _text(content.reason, "reason", "减少或者更正的原因")
    return replace(content, percents=known, reason=reason, **texts)


def check(
    content: Content, milestones: Sequence[Milestone], planned: int, beside: Neighbours, old: Report | None
) -> None:
    """Whether a clean content may be handed in; `old` is the handed-in report that it corrects.

    Raises ReportError with the first thing that is wrong.
    """
    if not content.text:
        raise ReportError("没有填写“进展情况”。请用一两句话写明做到了哪一步。", "text")
    if old is not None and not content.reason:
        raise ReportError("更正已经提交的报告，请写明原因：原来的数字会保留，原因会公开。", "reason")
    allowed = max(planned, *(one.spent for one in (beside.before, old) if one is not None), 0)
    _check_spent(content.spent, planned, beside, allowed)
    for one in milestones:
        _check_percent(one, content, beside)


def _check_spent(spent: int, planned: int, beside: Neighbours, allowed: int) -> None:
    """`allowed` is more than planned when more was reported already: the money may since have been cut."""
    before, after = beside.before, beside.after
    if before is not None and spent < before.spent:
        raise ReportError(
            f"累计支出{money(spent)}，比{before.of.words}报告的{money(before.spent)}少。累计支出不会减少；"
            f"那次报错了的，请先更正{before.of.words}的报告。",
            "spent",
        )
    if after is not None and spent > after.spent:
        raise ReportError(
            f"累计支出{money(spent)}，比{after.of.words}报告的{money(after.spent)}多。请核对这两份报告。",
            "spent",
        )
    if spent > allowed:
        raise ReportError(
            f"累计支出{money(spent)}，超过计划资金{money(planned)}。超出计划的，要先办理项目调整，"
            "有了决定以后再报。",
            "spent",
        )


def _check_percent(one: Milestone, content: Content, beside: Neighbours) -> None:
    now, before, after = content.percents[one.id], beside.before, beside.after
    was = 0 if before is None else before.percents.get(one.id, 0)
    if before is not None and now < was and not content.reason:
        raise ReportError(
            f"“{one.title}”完成{now}%，比{before.of.words}报告的{was}%少。确实减少的，请在“减少的原因”里写明。",
            percent_field(one),
        )
    if after is not None and one.id in after.percents and now > after.percents[one.id] and not after.reason:
        raise ReportError(
            f"“{one.title}”完成{now}%，比{after.of.words}报告的{after.percents[one.id]}%多。请核对这两份报告。",
            percent_field(one),
        )


def percent_field(one: Milestone) -> str:
    """The name of the milestone's field in a form."""
    return f"percent_{one.place}"


def money(yuan: int) -> str:
    """`1,200.5万元`."""
    return f"{written(wan(yuan))}万元"


def changes(
    old: Content | Report | Revision, new: Content | Report | Revision, milestones: Sequence[Milestone]
) -> tuple[tuple[str, str, str], ...]:
    """(what, old words, new words) of everything that differs, for pages and the log."""
    found = [
        (one.title, f"{old.percents.get(one.id, 0)}%", f"{new.percents.get(one.id, 0)}%")
        for one in milestones
    ]
    found.append(("累计支出", money(old.spent), money(new.spent)))
    found += [(words, getattr(old, name), getattr(new, name)) for name, words in TEXT_NAMES.items()]
    return tuple((name, before, after) for name, before, after in found if before != after)


def same(old: Content, new: Content) -> bool:
    """Whether two contents say the same; an empty reason counts as no other one."""
    return replace(old, reason="", percents=dict(old.percents)) == replace(
        new, reason="", percents=dict(new.percents)
    )


def _text(text: str, field: str, words: str) -> str:
    prose = clean_prose(text, words)
    if len(prose) > MOST_TEXT:
        raise ReportError(f"“{words}”太长：有{len(prose):,}个字，最多{MOST_TEXT:,}个字。请缩短。", field)
    return prose
