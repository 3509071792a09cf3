"""`…/projects/{id}/plan`: who delivers it, how, by when and to what effect; then 公布实施方案."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.delivering import planning
from voting.delivering.projects import ProjectError, demand_state
from voting.delivering.schemes import StalePlan
from voting.screening.plans import COMPLETION_NAMES
from web.access import Visit
from web.errors import answer_to
from web.forms import Form
from web.pages.delivering.frame import frame
from web.pages.delivering.plan_form import compact, read_scheme, rows_of, scheme_as_form


@get("/projects/{project_id:str}/plan", sync_to_thread=True)
def plan(visit: NamedDependency[Visit], project_id: FromPath[str]) -> Response[str]:
    """With what is kept."""
    desk = planning.desk(visit.house.store, visit.actor, project_id)
    demand_state(desk.project, "handed")
    return _page(visit, desk, scheme_as_form(desk.scheme).with_values({"version": desk.version}))


@post("/projects/{project_id:str}/plan", sync_to_thread=True)
def save_plan(
    visit: NamedDependency[Visit], project_id: FromPath[str], form: NamedDependency[Form]
) -> Response[str] | Redirect:
    """Keep it, with gaps or without; or show more rows, without losing anything."""
    desk = planning.desk(visit.house.store, visit.actor, project_id)
    demand_state(desk.project, "handed")
    typed = compact(form)
    if form.typed("more"):
        return _page(visit, desk, typed)
    scheme = read_scheme(typed, desk.units, desk.project.year)
    if typed.faults:
        return _page(visit, desk, typed, 422)
    try:
        planning.save_plan(
            visit.house.store, visit.actor, project_id, form.typed("version"), scheme, visit.now
        )
    except ProjectError as error:
        typed.fault("lead", error.sentence)
        return _page(visit, desk, typed, answer_to(error).status)
    except StalePlan as error:
        return _page(visit, desk, _over(typed, desk, error.sentence), answer_to(error).status)
    return visit.go(f"/projects/{project_id}")


@post("/projects/{project_id:str}/publish", sync_to_thread=True)
def publish_plan(
    visit: NamedDependency[Visit], project_id: FromPath[str], form: NamedDependency[Form]
) -> Redirect:
    """公布实施方案; what is missing is said by name."""
    planning.publish_plan(visit.house.store, visit.actor, project_id, form.typed("version"), visit.now)
    return visit.go(f"/projects/{project_id}")


def _over(typed: Form, desk: planning.Desk, sentence: str) -> Form:
    """What was typed, to be saved over the newer version once it has been looked at."""
    again = typed.with_values({"version": desk.version})
    again.fault("stale", sentence)
    return again


def _page(visit: Visit, desk: planning.Desk, form: Form, status: int = 200) -> Response[str]:
    return visit.page(
        "delivering/plan.html",
        status,
        **frame(visit, desk.project, ""),
        form=form,
        rows=rows_of(form),
        missing=desk.missing,
        kept=scheme_as_form(desk.scheme) if "stale" in form.faults else None,
        completions=COMPLETION_NAMES,
        unit_options=[(one.id, one.name) for one in desk.units],
    )
