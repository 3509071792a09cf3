"""`…/projects/{id}/supervision`: who watches, what they saw, what was demanded, what was agreed."""

from __future__ import annotations

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.days import today
from voting.duties import may
from voting.supervising import conferring, grouping
from voting.supervising.groups import MOST_SUPERVISORS, ROLE_NAMES, NamedSupervisor, SupervisorRole
from voting.supervising.orders import STATE_NAMES
from voting.supervising.overviews import supervision_of
from voting.supervising.visiting import may_visit
from voting.supervising.visits import OPINION_ONLY
from web.access import Visit
from web.forms import Form
from web.pages.delivering.frame import frame
from web.pages.supervising.attempt import attempt

Page = Response[str] | Redirect
_ROWS = range(1, MOST_SUPERVISORS + 1)
_ROLES: tuple[SupervisorRole, ...] = tuple(ROLE_NAMES)


@get("/projects/{project_id:str}/supervision", sync_to_thread=True)
def supervision(visit: NamedDependency[Visit], project_id: FromPath[str]) -> Response[str]:
    """The tab."""
    actor = visit.actor
    with visit.house.store.read() as tx:
        project = tx.projects.get(actor, project_id)
        shown = supervision_of(tx, actor, project)
        visits = may_visit(tx, actor, project)
    return visit.page(
        "supervising/supervision.html",
        shown=shown,
        day=today(visit.now),
        roles=ROLE_NAMES,
        order_states=STATE_NAMES,
        opinion_only=OPINION_ONLY,
        may={
            "visit": visits and project.state not in {"chosen", "cancelled"},
            "groups": may(actor, "keep_groups"),
            "order": may(actor, "order") and project.state in {"handed", "planned", "finished"},
            "confer": may(actor, "confer") and project.state not in {"chosen", "cancelled"},
            "tick": may(actor, "confer"),
            "reply": may(actor, "answer_supervision"),
            "release": may(actor, "release_supervision"),
        },
        **frame(visit, project, "/supervision"),
    )


@get("/projects/{project_id:str}/supervisors", sync_to_thread=True)
def supervisors(visit: NamedDependency[Visit], project_id: FromPath[str]) -> Response[str]:
    """The form of those who supervise in a role."""
    with visit.house.store.read() as tx:
        kept = tx.groups.supervisors(tx.projects.get(visit.actor, project_id))
    values: dict[str, str] = {}
    for one in kept:
        values |= {
            f"role_{one.place}": one.role,
            f"name_{one.place}": one.name,
            f"body_{one.place}": one.body,
        }
    return _supervisors(visit, project_id, Form().with_values(values))


@post("/projects/{project_id:str}/supervisors", sync_to_thread=True)
def set_supervisors(
    visit: NamedDependency[Visit], form: NamedDependency[Form], project_id: FromPath[str]
) -> Page:
    """All of them at once."""
    rows = [row for row in _ROWS if form.typed(f"name_{row}").strip() or form.typed(f"body_{row}").strip()]
    named = [
        NamedSupervisor(
            role=form.choice(f"role_{row}", f"第{row}位的督办方式", _ROLES),
            name=form.line(f"name_{row}", f"第{row}位的姓名"),
            body=form.line(f"body_{row}", f"第{row}位的单位"),
        )
        for row in rows
    ]
    store = visit.house.store
    status = attempt(
        form, "name_1", lambda: grouping.set_supervisors(store, visit.actor, project_id, named, visit.now)
    )
    if status is not None:
        return _supervisors(visit, project_id, form, status)
    return visit.go(f"/projects/{project_id}/supervision")


@post("/projects/{project_id:str}/conferences/{conference_id:str}/{place:int}/done", sync_to_thread=True)
def tick_off(
    visit: NamedDependency[Visit],
    project_id: FromPath[str],
    conference_id: FromPath[str],
    place: FromPath[int],
) -> Redirect:
    """What was agreed is done."""
    conferring.tick_off(visit.house.store, visit.actor, project_id, conference_id, place, visit.now)
    return visit.go(f"/projects/{project_id}/supervision#talks")


@post("/projects/{project_id:str}/conferences/{conference_id:str}/release", sync_to_thread=True)
def release_conference(
    visit: NamedDependency[Visit], project_id: FromPath[str], conference_id: FromPath[str]
) -> Redirect:
    """公开."""
    conferring.release(visit.house.store, visit.actor, project_id, conference_id, visit.now)
    return visit.go(f"/projects/{project_id}/supervision#talks")


def _supervisors(visit: Visit, project_id: str, form: Form, status: int = 200) -> Response[str]:
    with visit.house.store.read() as tx:
        project = tx.projects.get(visit.actor, project_id)
    return visit.page(
        "supervising/supervisors.html",
        status,
        form=form,
        rows=_ROWS,
        roles=ROLE_NAMES,
        **frame(visit, project, "/supervision"),
    )
