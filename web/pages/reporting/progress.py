"""`…/projects/{id}/progress`: plan against actual, reports and corrections, 预警; photos of projects."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.days import today
from voting.delivering.projects import Project
from voting.duties import may
from voting.errors import TextError
from voting.reporting import issuing
from voting.reporting.baseline import expected
from voting.reporting.lights import percent, rule
from voting.reporting.overviews import Progress, periods_of, progress_of, rules
from voting.reporting.reports import TEXT_NAMES, Report, money
from voting.reporting.warnings import LEVEL_NAMES, STATE_NAMES, WarningError
from voting.store import Transaction
from web.access import Visit
from web.errors import answer_to
from web.forms import Form
from web.pages.delivering.frame import frame
from web.pages.reporting.chart import chart

Page = Response[str] | Redirect


@get("/projects/{project_id:str}/progress", sync_to_thread=True)
def progress(visit: NamedDependency[Visit], project_id: FromPath[str]) -> Response[str]:
    """The tab."""
    return progress_page(visit, project_id, Form())


@post("/projects/{project_id:str}/warnings", sync_to_thread=True)
def issue(visit: NamedDependency[Visit], form: NamedDependency[Form], project_id: FromPath[str]) -> Page:
    """发出预警."""
    level = form.choice("level", "预警级别", tuple(LEVEL_NAMES))
    cause, unit = form.typed("cause"), form.typed("unit") or None
    if form.faults:
        return progress_page(visit, project_id, form, 422)
    try:
        issuing.issue(
            visit.house.store,
            visit.actor,
            project_id,
            form.typed("key"),
            level,
            cause,
            visit.now,
            unit=unit,
        )
    except (WarningError, TextError) as error:
        form.fault("cause", error.sentence)
        return progress_page(visit, project_id, form, answer_to(error).status)
    return visit.go(f"/projects/{project_id}/progress")


@get("/pictures/{picture_id:str}", sync_to_thread=True)
def picture(
    visit: NamedDependency[Visit], form: NamedDependency[Form], picture_id: FromPath[str]
) -> Response[bytes]:
    """A photo of a project, for whoever may see the project."""
    with visit.house.store.read() as tx:
        jpeg = tx.project_files.picture(visit.actor, picture_id, small=form.typed("small") == "1")
    return Response(jpeg, media_type="image/jpeg")


def progress_page(visit: Visit, project_id: str, form: Form, status: int = 200) -> Response[str]:
    """Raises NotFound."""
    day = today(visit.now)
    with visit.house.store.read() as tx:
        project = tx.projects.get(visit.actor, project_id)
        it = progress_of(tx, visit.actor, project, day)
        by, _ = rules(tx, project.congress)
        warnings = tx.warnings.of_projects(visit.actor, [project]).get(project.id, ())
        units = {one.id: one.name for one in tx.units.all(project.congress)}
        addressees = issuing.addressees(tx, project)
        writing = _writing(tx, visit, project, it)
    return visit.page(
        "reporting/progress.html",
        status,
        **frame(visit, project, "/progress"),
        it=it,
        form=form,
        asked="",
        rule=rule(by),
        chart=chart([one.milestone for one in it.standings], it.reports, day),
        history=_history(it),
        warnings=[one for one in warnings if not one.is_open],
        units=units,
        addressees=addressees,
        writing=writing,
        key=form.typed("key") or visit.house.random(16).hex(),
        may_warn=may(visit.actor, "warn") and project.state in {"planned", "finished"},
        may_show=may(visit.actor, "plan_project"),
        texts=TEXT_NAMES,
        levels=LEVEL_NAMES,
        warning_states=STATE_NAMES,
        money=money,
        percent=percent,
    )


def _writing(tx: Transaction, visit: Visit, project: Project, it: Progress) -> dict[str, Any] | None:
    """Which periods the visitor may report on now, and the drafts there are. None: not the visitor's."""
    own = visit.actor.role != "unit" or project.lead_unit == visit.actor.unit
    if not may(visit.actor, "report") or not own or project.state not in {"planned", "finished"}:
        return None
    by, _ = rules(tx, project.congress)
    drafts: dict[str, Report] = {
        one.period: one for one in tx.reports.of_project(visit.actor, project) if one.submitted_at is None
    }
    done = {one.report.period for one in it.reports}
    running = [one for one in periods_of(project, by, today(visit.now))[-1:] if one.key not in done]
    owed = {one.period.key for one in it.owed}
    return {"drafts": drafts, "running": [one for one in running if one.key not in owed]}


def _history(it: Progress) -> list[dict[str, Any]]:
    """By period: what should have been done by its end, and what was reported."""
    rows = []
    for one in it.reports:
        should = expected(one.milestones, one.report.ends)
        rows.append({"period": one.report.of, "expected": should, "actual": one.report.progress})
    return rows
