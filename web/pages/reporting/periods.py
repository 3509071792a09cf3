"""`…/reports`: what is due in each period, who is late; 政府办's own table, out and in."""

from __future__ import annotations

from typing import Any

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from voting.candidates import RowProblem
from voting.days import today
from voting.delivering.projects import Project
from voting.documents.progress_xlsx import progress_xlsx
from voting.duties import demand, may
from voting.reporting import importing
from voting.reporting.headings import COLUMNS, ReportTableError, Table
from voting.reporting.importing import EFFECT_NAMES, Preview, TableChanged
from voting.reporting.lights import percent
from voting.reporting.overviews import Known, known_of, periods_of, rules
from voting.reporting.periods import Period, period_of, read_period
from voting.sheets import SheetError
from voting.store import Transaction
from web.access import Visit
from web.errors import answer_to
from web.forms import Form

Page = Response[str] | Redirect
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@get("/reports", sync_to_thread=True)
def reports(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """`?period=`: the last ended one unless another is asked for."""
    return _page(visit, form)


@get("/reports/template", sync_to_thread=True)
def template(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[bytes]:
    """`?period=`, else the one that runs: its table, filled in with what is known."""
    demand(visit.actor, "plan_project")
    with visit.house.store.read() as tx:
        by, _ = rules(tx, visit.actor.congress)
    period = read_period(form.typed("period") or period_of(today(visit.now), by.period).key)
    rows = importing.template_rows(visit.house.store, visit.actor, period, visit.now)
    return visit.download(progress_xlsx(period.words, rows), _XLSX, f"{period.words}进度表.xlsx")


@post("/reports/import", sync_to_thread=True)
def show_differences(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """What the table would change; nothing is changed yet."""
    demand(visit.actor, "plan_project")
    raw = form.file("table", "填好的进度表")
    if form.faults:
        return _page(visit, form, 422)
    try:
        asked = read_period(form.typed("period")) if form.typed("period") else None
        shown = importing.preview(
            visit.house.store, visit.actor, form.files["table"].name, raw, visit.now, asked
        )
    except (ReportTableError, SheetError) as error:
        return _refused(visit, form, error)
    return _differences(visit, shown, Form())


@post("/reports/import/confirm", sync_to_thread=True)
def import_table(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Page:
    """Do what was shown, or show what has become of it meanwhile."""
    store, table = visit.house.store, form.typed("table")
    try:
        importing.import_table(store, visit.actor, table, form.typed("mark"), visit.now)
    except TableChanged as error:
        shown = importing.preview(store, visit.actor, "table.csv", table.encode(), visit.now)
        form.fault("mark", error.sentence)
        return _differences(visit, shown, form, 409)
    except (ReportTableError, SheetError) as error:
        return _refused(visit, form, error)
    return visit.go(f"/reports?period={form.typed('period')}")


def _refused(visit: Visit, form: Form, error: ReportTableError | SheetError) -> Response[str]:
    form.fault("table", error.sentence)
    if isinstance(error, SheetError):
        return _page(visit, form, answer_to(error).status)
    return _page(visit, form, answer_to(error).status, error.problems, error.understood)


def _differences(visit: Visit, shown: Preview, form: Form, status: int = 200) -> Response[str]:
    return visit.page("reporting/differences.html", status, shown=shown, form=form, effects=EFFECT_NAMES)


def _page(
    visit: Visit,
    form: Form,
    status: int = 200,
    problems: tuple[RowProblem, ...] = (),
    understood: Table | None = None,
) -> Response[str]:
    day = today(visit.now)
    with visit.house.store.read() as tx:
        by, _ = rules(tx, visit.actor.congress)
        projects = _running(tx, visit)
        known = known_of(tx, visit.actor, projects, day)
        periods = sorted(
            {one for project in projects for one in periods_of(project, by, day)},
            key=lambda one: one.ends,
            reverse=True,
        )
        ended = [one for one in periods if one.ends < day]
        asked = next((one for one in periods if one.key == form.typed("period")), None)
        period = asked or next(iter(ended or periods), None)
        rows = [] if period is None else _rows(tx, visit, projects, known, period)
        units = {one.id: one.name for one in tx.units.all(visit.actor.congress)}
    return visit.page(
        "reporting/reports.html",
        status,
        form=form,
        problems=problems,
        understood=understood,
        periods=periods,
        period=period,
        rows=rows,
        late=[(one, known[one.id].owed) for one in projects if known[one.id].reported.late],
        units=units,
        columns=COLUMNS,
        percent=percent,
        collects=may(visit.actor, "plan_project"),
        writes=may(visit.actor, "report"),
        sets=may(visit.actor, "keep_calendar"),
        today=day,
    )


def _running(tx: Transaction, visit: Visit) -> list[Project]:
    """Those that are being delivered; a unit's: those it leads."""
    running = tx.projects.in_state(visit.actor, "planned")
    return [one for one in running if visit.actor.role != "unit" or one.lead_unit == visit.actor.unit]


def _rows(
    tx: Transaction, visit: Visit, projects: list[Project], known: dict[str, Known], period: Period
) -> list[dict[str, Any]]:
    """Each project that the period is reported on."""
    by, _ = rules(tx, visit.actor.congress)
    reports = tx.reports.of_period(visit.actor, projects, period.key)
    rows = []
    for one in projects:
        if period in periods_of(one, by, today(visit.now)):
            owed = next((late for late in known[one.id].owed if late.period == period), None)
            report, light = reports.get(one.id), known[one.id].light
            rows.append({"project": one, "owed": owed, "report": report, "light": light})
    return rows
