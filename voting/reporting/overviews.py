"""Progress as other rooms and the public see it: what was handed in, the light, what warns.

The day that counts for "should be done" is the last day of the newest handed-in report's period, or of the
period whose report is overdue: between two reports nobody falls behind only because no report is due.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from msgspec import Struct

from voting.actors import Actor, NotFound, system
from voting.days import today as day_of
from voting.delivering.projects import Milestone, Picture, Project, TakenDown
from voting.handling.clocks import Calendar
from voting.reporting.baseline import Standing, actual, carried, expected, standings
from voting.reporting.lights import Light, Reported, ReportingSettings, light_of
from voting.reporting.periods import Owed, Period, owed, periods_through
from voting.reporting.reports import Filed, Report, Revision, changes
from voting.reporting.warnings import LEVEL_NAMES, WarningNotice
from voting.store import Transaction


class Correction(Struct, frozen=True, kw_only=True):
    """Who corrected a handed-in report, and (what, old words, new words)."""

    revision: Revision
    changes: tuple[tuple[str, str, str], ...]


class Told(Struct, frozen=True, kw_only=True):
    """A handed-in report with its milestones as they were then, its photos, and all corrections of it;
    `taken_down` were the wrong photos.
    """

    report: Report
    milestones: tuple[Milestone, ...]
    pictures: tuple[Picture, ...]
    corrections: tuple[Correction, ...]
    taken_down: tuple[TakenDown, ...] = ()


class Progress(Struct, frozen=True, kw_only=True):
    """`percent` and `expected` in tenths of a per cent on the day `as_of`, `spent` in 元; `words` say why the
    light burns.

    `reports` are the handed-in ones, newest first; `open_warnings` those issued and not lifted.
    """

    project: Project
    percent: int
    expected: int
    as_of: date
    light: Light
    words: str
    spent: int
    standings: tuple[Standing, ...]
    reports: tuple[Told, ...]
    owed: tuple[Owed, ...]
    open_warnings: tuple[WarningNotice, ...]


class Known(Struct, frozen=True, kw_only=True):
    """What the light of one project is made from."""

    milestones: tuple[Milestone, ...]
    reported: Reported
    owed: tuple[Owed, ...]
    light: Light


def rules(tx: Transaction, congress: str) -> tuple[ReportingSettings, Calendar]:
    """How progress is reported, and the calendar its days are counted over."""
    return tx.settings.get(congress, ReportingSettings), Calendar.of(tx.handlings.workdays(congress))


def progress_of(tx: Transaction, actor: Actor, project: Project, today: date) -> Progress:
    """All about one project that the actor was given. Raises NotFound."""
    known = known_of(tx, actor, [project], today)[project.id]
    as_of = known.reported.as_of or today
    reports = tuple(one for one in tx.reports.of_project(actor, project) if one.submitted_at is not None)
    return Progress(
        project=project,
        percent=actual(known.milestones, known.reported.percents),
        expected=expected(known.milestones, as_of),
        as_of=as_of,
        light=known.light,
        words=known.light.words,
        spent=project.spent,
        standings=standings(known.milestones, known.reported.percents, as_of),
        reports=_told(tx, actor, project, reports, known.milestones),
        owed=known.owed,
        open_warnings=tuple(
            one for one in tx.warnings.of_projects(actor, [project]).get(project.id, ()) if one.is_open
        ),
    )


def lights_of(tx: Transaction, actor: Actor, projects: Sequence[Project], today: date) -> dict[str, Light]:
    """Of projects of one congress that the actor was given, by id; a handful of statements for all of them.

    Raises NotFound.
    """
    return {key: one.light for key, one in known_of(tx, actor, projects, today).items()}


def known_of(tx: Transaction, actor: Actor, projects: Sequence[Project], today: date) -> dict[str, Known]:
    """As `lights_of`, with what the lights are made from."""
    if not projects:
        return {}
    congress = projects[0].congress
    if actor.role != "public" and actor.congress != congress:
        raise NotFound
    by, calendar = rules(tx, congress)
    milestones, filed = tx.projects.milestones(projects), tx.reports.filed(projects)
    # What 政府办 types before 实施方案 is published is nobody else's.
    planned = {one.id: milestones.get(one.id, ()) for one in projects if one.planned_at is not None}
    return {
        one.id: _known(tx, one, planned.get(one.id, ()), filed.get(one.id, ()), by, calendar, today)
        for one in projects
    }


def open_warnings(tx: Transaction, project: Project) -> tuple[str, ...]:
    """Sentences that forbid 办结: one for each warning that was issued and not lifted."""
    found = tx.warnings.of_projects(system(project.congress), [project]).get(project.id, ())
    return tuple(f"{LEVEL_NAMES[one.level]}还没有解除：{one.cause}" for one in found if one.is_open)


def owed_by(
    project: Project, filed: Sequence[Filed], by: ReportingSettings, calendar: Calendar, today: date
) -> tuple[Owed, ...]:
    """The missing reports of a project: only while it is delivered, and none before its plan was public."""
    covered = [one.interval for one in filed if one.covers]
    return owed(periods_of(project, by, today), covered, calendar, by.grace, today)


def periods_of(project: Project, by: ReportingSettings, today: date) -> tuple[Period, ...]:
    """Those that a project is to be reported on, up to the one that runs."""
    if not project.running or project.planned_at is None:
        return ()
    return periods_through(day_of(project.planned_at), today, by.period)


def _known(
    tx: Transaction,
    project: Project,
    milestones: tuple[Milestone, ...],
    filed: Sequence[Filed],
    by: ReportingSettings,
    calendar: Calendar,
    today: date,
) -> Known:
    missing = owed_by(project, filed, by, calendar, today)
    # A later report tells all that an older one would have; the gap is still shown, but burns no light.
    last = _told_until(filed[-1]) if filed else date.min
    late = tuple(one for one in missing if one.days_late and one.period.ends > last)
    percents = _percents(tx, project, milestones, filed[-1]) if filed else {}
    reported = Reported(percents=percents, as_of=_as_of(filed, late), late=late)
    return Known(
        milestones=milestones,
        reported=reported,
        owed=missing,
        light=light_of(project, milestones, reported, by, today),
    )


def _told_until(one: Filed) -> date:
    """A report does not know what happens after it was written."""
    return min(one.ends, day_of(one.saved_at))


def _as_of(filed: Sequence[Filed], late: Sequence[Owed]) -> date | None:
    days = [_told_until(one) for one in filed[-1:]]
    days += [one.period.ends for one in late]
    return max(days, default=None)


def _percents(
    tx: Transaction, project: Project, milestones: Sequence[Milestone], last: Filed
) -> Mapping[str, int]:
    if last.baseline == project.baseline:
        return last.percents
    return carried(last.percents, tx.projects.baseline(project, last.baseline), milestones)


def _told(
    tx: Transaction,
    actor: Actor,
    project: Project,
    reports: Sequence[Report],
    current: tuple[Milestone, ...],
) -> tuple[Told, ...]:
    revisions = tx.reports.revisions(reports)
    pictures = tx.project_files.pictures(actor, project) if reports else ()
    gone = tx.project_files.taken_down(project) if reports else ()
    sets = {project.baseline: current}
    for one in reports:
        if one.baseline not in sets:
            sets[one.baseline] = tx.projects.baseline(project, one.baseline)
    return tuple(
        Told(
            report=one,
            milestones=sets[one.baseline],
            pictures=tuple(picture for picture in pictures if picture.of == one.id),
            corrections=_corrections(revisions.get(one.id, ()), sets[one.baseline]),
            taken_down=tuple(other for other in gone if other.picture.of == one.id),
        )
        for one in reversed(reports)
    )


def _corrections(revisions: Sequence[Revision], milestones: Sequence[Milestone]) -> tuple[Correction, ...]:
    return tuple(
        Correction(revision=new, changes=changes(old, new, milestones)) for old, new in pairwise(revisions)
    )
