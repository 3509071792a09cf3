"""进度报告: drafted, handed in, corrected. By the unit that leads the project, or by 政府办 in its place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from msgspec import Struct
from msgspec.structs import replace

from voting.actors import Actor, Forbidden, NotFound, system
from voting.days import today
from voting.delivering.projects import Milestone, Picture, Project, TakenDown, demand_state
from voting.duties import demand, may
from voting.photos import MOST_PHOTOS, Prepared
from voting.reporting.baseline import actual, carried
from voting.reporting.overviews import periods_of, rules
from voting.reporting.periods import Period, missing, read_period
from voting.reporting.proposing import propose
from voting.reporting.reports import (
    Content,
    Neighbours,
    Report,
    ReportError,
    ReportStep,
    Revision,
    StaleReport,
    changes,
    check,
    clean,
    is_early,
    neighbours,
    same,
)
from voting.store import Store, Transaction
from voting.text import clean_prose


class Opened(Struct, frozen=True, kw_only=True):
    """A report for its form, which begins with `start`; `report` is None before anybody saved it."""

    project: Project
    period: Period
    report: Report | None
    milestones: tuple[Milestone, ...]
    start: Content
    beside: Neighbours
    pictures: tuple[Picture, ...]
    taken_down: tuple[TakenDown, ...] = ()

    @property
    def version(self) -> int:
        """0 before anybody saved it."""
        return 0 if self.report is None else self.report.version

    @property
    def handed_in(self) -> bool:
        return self.report is not None and self.report.submitted_at is not None


def open_report(store: Store, actor: Actor, project_id: str, key: str, now: datetime) -> Opened:
    """For the form. Raises ReportStep, ProjectStep, NotFound, Forbidden."""
    demand(actor, "report")
    with store.read() as tx:
        project = _own(actor, tx.projects.get(actor, project_id))
        return opened(tx, project, read_period(key), now)


def save(  # noqa: PLR0913 - one argument for each thing that comes with a form
    store: Store,
    actor: Actor,
    project_id: str,
    key: str,
    content: Content,
    now: datetime,
    *,
    version: int,
    submit: bool,
    photos: Sequence[Prepared] = (),
) -> Report:
    """Keep a draft, hand it in, or correct what was handed in; the form was made from `version`.

    The same form sent twice changes nothing more. Raises ReportError, TextError, StaleReport, ReportStep,
    ProjectStep, NotFound, Forbidden.
    """
    demand(actor, "report")
    with store.write() as tx:
        project = _own(actor, tx.projects.lock(actor, project_id))
        at = opened(tx, project, read_period(key), now)
        wanted = clean(content, at.milestones)
        old = at.report
        said = old is not None and same(old.content, wanted) and (at.handed_in or not submit)
        # To say after the period's end that nothing changed is news, if it was reported long before.
        said = said and not (old is not None and at.handed_in and is_early(old) and today(now) > old.ends)
        if old is not None and said and (version != at.version or not photos) and _has(tx, at, photos):
            return old
        if version != at.version:
            raise StaleReport(f"{_who(old)}刚刚保存过这份报告。{_KEPT}")
        kept = keep(tx, actor, at, wanted, now, submit=submit)
        _add_photos(tx, at, kept, photos)
        if kept.submitted_at is not None:
            propose(tx, system(project.congress), tx.projects.get(actor, project.id), now)
        return kept


_KEPT = "您填写的内容都在，没有保存；请与下面已经保存的对照，改好后再提交。"


def keep(
    tx: Transaction, actor: Actor, at: Opened, wanted: Content, now: datetime, *, submit: bool
) -> Report:
    """Write a clean content under its project's lock; what was handed in stays so. Raises ReportError."""
    old = at.report
    if submit or at.handed_in:
        check(wanted, at.milestones, at.project.planned, at.beside, old if at.handed_in else None)
    kept = _write(tx, actor, at, wanted, now)
    if not (submit or at.handed_in):
        _log(tx, actor, "save_report", at, kept, now)
        return kept
    return _hand_in(tx, actor, at, kept, now)


def drop_photos(store: Store, actor: Actor, project_id: str, key: str, now: datetime) -> None:
    """Those of a draft; what was handed in keeps its photos. Raises ReportStep, NotFound, Forbidden."""
    demand(actor, "report")
    with store.write() as tx:
        project = _own(actor, tx.projects.lock(actor, project_id))
        at = opened(tx, project, read_period(key), now)
        if at.handed_in:
            raise ReportStep("报告已经提交，照片不能再删。不宜公开的，请政府办设为不公开。")
        if at.report is not None and at.pictures:
            tx.project_files.drop_pictures(project, at.report.id)
            _log(tx, actor, "drop_report_photos", at, at.report, now)


def take_down_photo(
    store: Store, actor: Actor, project_id: str, key: str, picture_id: str, reason: str, now: datetime
) -> None:
    """The wrong photo of a handed-in report: the public reads that there was one and why it is gone, the
    offices and the unit still see it. Once is enough.

    Raises ReportError, ReportStep, TextError, NotFound, Forbidden.
    """
    demand(actor, "report")
    why = clean_prose(reason, "撤下原因")
    if not why:
        raise ReportError("没有填写撤下的原因。请写明原因，原因会公开。", "why")
    with store.write() as tx:
        project = _own(actor, tx.projects.lock(actor, project_id))
        at = opened(tx, project, read_period(key), now)
        if at.report is None or not at.handed_in:
            raise ReportStep("报告还没有提交，照片可以直接删去。")
        if any(one.picture.id == picture_id for one in at.taken_down):
            return
        wrong = next((one for one in at.pictures if one.id == picture_id), None)
        if wrong is None:
            raise ReportError("请选择要撤下的照片。", "photo")
        tx.project_files.take_down(wrong, by=actor.name, reason=why, at=now)
        after = {"period": at.period.words, "number": wrong.place, "reason": why}
        tx.audit.add(actor, "take_down_photo", now, "report", at.report.id, after=after)


def show_photos(
    store: Store, actor: Actor, project_id: str, key: str, now: datetime, *, public: bool
) -> None:
    """政府办 holds a handed-in report's photos back, or releases them again.

    Raises ReportStep, NotFound, Forbidden.
    """
    demand(actor, "plan_project")
    with store.write() as tx:
        project = tx.projects.lock(actor, project_id)
        at = opened(tx, project, read_period(key), now)
        if at.report is None or not at.handed_in:
            raise ReportStep("报告还没有提交，照片没有公开。")
        if any(one.public != public for one in at.pictures):
            tx.project_files.show_pictures(project, at.report.id, public=public)
            _log(tx, actor, "show_photos" if public else "hold_photos", at, at.report, now)


def opened(tx: Transaction, project: Project, period: Period, now: datetime) -> Opened:
    """A report of a project that the caller may write. Raises ReportStep, ProjectStep."""
    reports = tx.reports.of_project(system(project.congress), project)
    report = next((one for one in reports if one.period == period.key), None)
    if report is None or report.submitted_at is None:
        _demand_period(tx, project, period, reports, now)
    demand_state(project, "planned", "finished")
    milestones = tx.projects.baseline(
        project, report.baseline if report is not None and report.submitted_at else project.baseline
    )
    next_to = neighbours(reports, period)
    beside = Neighbours(
        before=_of_set(tx, project, next_to.before, milestones),
        after=_of_set(tx, project, next_to.after, milestones),
    )
    mine = "" if report is None else report.id
    files, reader = tx.project_files, system(project.congress)
    return Opened(
        project=project,
        period=period,
        report=report,
        milestones=milestones,
        start=_start(_of_set(tx, project, report, milestones), beside.before),
        beside=beside,
        pictures=tuple(one for one in files.pictures(reader, project) if one.of == mine),
        taken_down=tuple(one for one in files.taken_down(project) if one.picture.of == mine),
    )


def _own(actor: Actor, project: Project) -> Project:
    """Raises Forbidden for a unit that only assists."""
    if actor.role == "unit" and project.lead_unit != actor.unit:
        raise Forbidden("进度由牵头单位报告，您的单位是配合单位。有要补充的情况，请告诉牵头单位。")
    if not may(actor, "report") or actor.congress != project.congress:
        raise NotFound
    return project


def _demand_period(
    tx: Transaction, project: Project, period: Period, reports: Sequence[Report], now: datetime
) -> None:
    demand_state(project, "planned")
    by, _ = rules(tx, project.congress)
    covered = [one.interval for one in reports if one.submitted_at is not None]
    if period not in missing(periods_of(project, by, today(now)), covered):
        raise ReportStep(f"{period.words}不需要报告进度：还没有开始，或者已经报告过。请从“进度”页选择。")


def _of_set(
    tx: Transaction, project: Project, report: Report | None, milestones: Sequence[Milestone]
) -> Report | None:
    """The report with the per cents of this set of milestones, as far as they are the same ones."""
    if report is None or not milestones or report.baseline == milestones[0].baseline:
        return report
    old = tx.projects.baseline(project, report.baseline)
    return replace(report, percents=carried(report.percents, old, milestones))


def _start(report: Report | None, before: Report | None) -> Content:
    if report is not None:
        return report.content
    if before is None:
        return Content(percents={}, spent=0)
    return Content(percents=before.percents, spent=before.spent)


def _write(tx: Transaction, actor: Actor, at: Opened, wanted: Content, now: datetime) -> Report:
    facts = {name: getattr(wanted, name) for name in Content.__struct_fields__}
    facts |= {"progress": actual(at.milestones, wanted.percents), "saved_by": actor.name, "saved_at": now}
    facts["baseline"] = at.milestones[0].baseline if at.milestones else at.project.baseline
    if at.report is not None:
        return tx.reports.change(at.report, version=at.version + 1, **facts)
    by, calendar = rules(tx, at.project.congress)
    new = Report(
        id=uuid4().hex,
        congress=at.project.congress,
        project=at.project.id,
        period=at.period.key,
        starts=at.period.starts,
        ends=at.period.ends,
        due=at.period.due(calendar, by.grace),
        version=1,
        **facts,
    )
    tx.reports.add(new)
    return new


def _hand_in(tx: Transaction, actor: Actor, at: Opened, kept: Report, now: datetime) -> Report:
    if not at.handed_in:
        kept = tx.reports.change(kept, submitted_by=actor.name, submitted_at=now)
        tx.project_files.show_pictures(at.project, kept.id, public=True)
    number = len(tx.reports.revisions([kept]).get(kept.id, ())) + 1
    facts = {name: getattr(kept, name) for name in ("congress", "progress", *Content.__struct_fields__)}
    tx.reports.add_revision(Revision(report=kept.id, revision=number, by=actor.name, at=now, **facts))
    if at.beside.after is None:
        tx.projects.change(at.project, progress=kept.progress, spent=kept.spent, reported_at=now)
    _log(tx, actor, "correct_report" if at.handed_in else "submit_report", at, kept, now)
    return kept


def _has(tx: Transaction, at: Opened, photos: Sequence[Prepared]) -> bool:
    """Whether these very photos are with the report already: the same form came twice."""
    files, reader = tx.project_files, system(at.project.congress)
    kept = {files.picture(reader, one.id, small=True) for one in at.pictures} if photos else set()
    return all(one.small in kept for one in photos)


def _add_photos(tx: Transaction, at: Opened, kept: Report, photos: Sequence[Prepared]) -> None:
    """Behind those that are there. What is handed in is public, unless its photos are held back."""
    if len(at.pictures) + len(photos) > MOST_PHOTOS:
        raise ReportError(
            f"一份报告最多 {MOST_PHOTOS} 张照片，已有 {len(at.pictures)} 张，"
            f"这次又选了 {len(photos)} 张。请减少。",
            "photos",
        )
    held_back = at.handed_in and any(not one.public for one in at.pictures)
    public = kept.submitted_at is not None and not held_back
    gone = [one.picture for one in at.taken_down]
    first = max((one.place for one in (*at.pictures, *gone)), default=0) + 1
    tx.project_files.add_pictures(at.project, kept.id, photos, public=public, first=first)


def _log(tx: Transaction, actor: Actor, what: str, at: Opened, kept: Report, now: datetime) -> None:
    before, after = {}, {"project": at.project.title, "period": at.period.words}
    for name, old, new in changes(at.report or Content(percents={}, spent=0), kept, at.milestones):
        before[name], after[name] = old, new
    if what == "correct_report":
        after["reason"] = kept.reason
    # One's own draft may be written anew without a trace; what somebody else wrote may not.
    told = at.handed_in or (at.report is not None and at.report.saved_by != actor.name)
    tx.audit.add(actor, what, now, "report", kept.id, before=before if told else {}, after=after)


def _who(report: Report | None) -> str:
    return "别人" if report is None else report.saved_by
