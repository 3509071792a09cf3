"""What happened to a project, day by day, from what the public may read of it. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from voting.days import today
from voting.publicity.page import ProjectPage
from voting.ratings import UNGRADED
from voting.reporting.lights import percent
from voting.supervising.changes import KIND_NAMES
from voting.supervising.completions import RESULT_NAMES


class Event(Struct, frozen=True, kw_only=True):
    """`path` leads to the public page of the result, empty for what has none."""

    day: date
    words: str
    path: str = ""


def timeline(page: ProjectPage) -> tuple[Event, ...]:
    """The oldest first."""
    found = [*_begun(page), *_delivered(page), *_watched(page), *_rated(page)]
    return tuple(sorted(found, key=lambda one: one.day))


def _begun(page: ProjectPage) -> Iterator[Event]:
    project, handover = page.project, page.sheet.handover
    if project.round is not None:
        yield Event(day=today(project.made_at), words="经人大代表票决，列为民生实事项目")
    if handover is not None:
        yield Event(
            day=handover.day, words=f"{handover.sender}交{handover.recipient}办理（{handover.number}）"
        )
    if project.planned_at is not None:
        yield Event(day=today(project.planned_at), words="实施方案公布")


def _delivered(page: ProjectPage) -> Iterator[Event]:
    for told in page.progress.reports:
        report = told.report
        if report.submitted_at is not None:
            words = f"{report.of.words}进度报告：完成{percent(report.progress)}"
            yield Event(day=today(report.submitted_at), words=words)
    for shown in page.completed.reports:
        done = shown.completion
        yield Event(day=done.finished_on, words="报告办结" if done.whole else "报告完成年度阶段目标")
        if done.result is not None and done.accepted_on is not None:
            yield Event(day=done.accepted_on, words=RESULT_NAMES[done.result])


def _watched(page: ProjectPage) -> Iterator[Event]:
    for seen in page.supervision.visits:
        yield Event(day=seen.visit.day, words=f"{seen.visit.who}视察")
    for issued in page.supervision.orders:
        yield Event(day=issued.order.day, words=f"{issued.body}发出督办单（{issued.order.number}）")
    for met in page.supervision.conferences:
        yield Event(day=met.conference.day, words=f"会商：{met.conference.subject}")
    for changed in page.changes:
        if changed.change.day is not None:
            yield Event(day=changed.change.day, words=f"{KIND_NAMES[changed.change.kind]}经批准调整")


def _rated(page: ProjectPage) -> Iterator[Event]:
    for score in page.scores:
        if score.day is not None:
            what = f"“{score.title}”" if score.part is not None else ""
            yield Event(
                day=score.day, words=f"{score.round_title}：{what}{score.level or UNGRADED}", path=score.path
            )
    for matter in page.matters:
        yield Event(day=matter.rectification.ordered_on, words="责成整改")
        if matter.rectification.closed_at is not None:
            yield Event(day=today(matter.rectification.closed_at), words="整改销号")
