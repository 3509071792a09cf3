"""`…/projects/{id}/conferences/new`: 会商 is recorded, with who does what by when."""

from __future__ import annotations

from datetime import date

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.days import today
from voting.duties import demand
from voting.supervising import conferring
from voting.supervising.conferences import MOST_COMMITMENTS, Agreed
from web.access import Visit
from web.forms import Form
from web.pages.delivering.frame import frame
from web.pages.supervising.attempt import attempt, key_of

ROWS = range(1, MOST_COMMITMENTS + 1)


@get("/projects/{project_id:str}/conferences/new", sync_to_thread=True)
def new_conference(visit: NamedDependency[Visit], project_id: FromPath[str]) -> Response[str]:
    """The form."""
    return _form(visit, project_id, Form.prefilled(day=today(visit.now).isoformat()))


@post("/projects/{project_id:str}/conferences/new", sync_to_thread=True)
def record_conference(
    visit: NamedDependency[Visit], form: NamedDependency[Form], project_id: FromPath[str]
) -> Response[str] | Redirect:
    """Keep it."""
    agreed = Agreed(
        day=form.day("day", "会商日期"),
        subject=form.line("subject", "会商事项"),
        participants=form.filled("participants", "参加人员"),
        agreed=form.filled("agreed", "议定意见"),
        commitments=commitments(form),
    )
    store, key = visit.house.store, key_of(visit, form)
    status = attempt(
        form, "day", lambda: conferring.record(store, visit.actor, project_id, key, agreed, visit.now)
    )
    if status is not None:
        return _form(visit, project_id, form, status)
    return visit.go(f"/projects/{project_id}/supervision#talks")


def filled_rows(form: Form) -> list[int]:
    return [
        row for row in ROWS if any(form.typed(f"{name}_{row}").strip() for name in ("who", "what", "due"))
    ]


def commitments(form: Form) -> tuple[tuple[str, str, date], ...]:
    """(who, what, by when) of each row that says something."""
    return tuple(
        (
            form.line(f"who_{row}", f"第{row}项由谁办"),
            form.line(f"what_{row}", f"第{row}项办什么"),
            form.day(f"due_{row}", f"第{row}项的期限"),
        )
        for row in filled_rows(form)
    )


def _form(visit: Visit, project_id: str, form: Form, status: int = 200) -> Response[str]:
    demand(visit.actor, "confer")
    with visit.house.store.read() as tx:
        project = tx.projects.get(visit.actor, project_id)
    return visit.page(
        "supervising/conference_form.html",
        status,
        form=form,
        key=key_of(visit, form),
        rows=ROWS,
        **frame(visit, project, "/supervision"),
    )
