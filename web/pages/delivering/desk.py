"""`…/projects/desk`: announced rounds become projects, projects wait for their 交办函; others by hand."""

from __future__ import annotations

from decimal import Decimal

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.delivering import entering, handing, listing
from voting.delivering.projects import Project, ProjectError, wan, yuan
from voting.duties import demand
from voting.screening.drafts import EARLIEST_YEAR, LATEST_YEAR
from voting.screening.plans import read_amount, required, written
from web.access import Visit
from web.errors import answer_to
from web.forms import Form
from web.pages.screening.plan_form import typed


@get("/projects/desk", sync_to_thread=True)
def desk(visit: NamedDependency[Visit]) -> Response[str]:
    """What waits: rounds, then projects; and the letters that went out."""
    return visit.page("delivering/desk.html", waiting=listing.waiting(visit.house.store, visit.actor))


@get("/projects/rounds/{round_id:str}", sync_to_thread=True)
def round_page(visit: NamedDependency[Visit], round_id: FromPath[str]) -> Response[str]:
    """What the round has chosen, and the year they are for."""
    return _round_page(visit, round_id, Form())


@post("/projects/rounds/{round_id:str}", sync_to_thread=True)
def make_projects(
    visit: NamedDependency[Visit], round_id: FromPath[str], form: NamedDependency[Form]
) -> Response[str] | Redirect:
    """All of them in one step."""
    demand(visit.actor, "hand_over")
    year = form.number("year", "年度", EARLIEST_YEAR, LATEST_YEAR)
    if form.faults:
        return _round_page(visit, round_id, form, 422)
    try:
        handing.projects_from_round(visit.house.store, visit.actor, round_id, year, visit.now)
    except ProjectError as error:
        form.fault("year", error.sentence)
        return _round_page(visit, round_id, form, answer_to(error).status)
    return visit.go("/projects/desk")


@get("/projects/new", sync_to_thread=True)
def new_project(visit: NamedDependency[Visit]) -> Response[str]:
    """One of an earlier year, or one that was decided without a round here."""
    demand(visit.actor, "hand_over")
    form = Form.prefilled(key=visit.house.random(16).hex())
    return _entered_page(visit, form, None)


@post("/projects/new", sync_to_thread=True)
def enter_project(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """Keep it."""
    demand(visit.actor, "hand_over")
    year = form.number("year", "年度", EARLIEST_YEAR, LATEST_YEAR)
    entered = _read(form)
    if form.faults:
        return _entered_page(visit, form, None, 422)
    try:
        made = entering.enter(visit.house.store, visit.actor, form.typed("key"), year, entered, visit.now)
    except ProjectError as error:
        form.fault("title", error.sentence)
        return _entered_page(visit, form, None, answer_to(error).status)
    return visit.go(f"/projects/{made.id}")


@get("/projects/{project_id:str}/entered", sync_to_thread=True)
def edit_entered(visit: NamedDependency[Visit], project_id: FromPath[str]) -> Response[str]:
    """With what was entered."""
    project = _entered(visit, project_id)
    form = Form.prefilled(
        title=project.title,
        content=project.content,
        place=project.place,
        planned=written(wan(project.planned)) if project.planned else "",
        funds=project.funds,
        basis=project.basis,
    )
    return _entered_page(visit, form, project)


@post("/projects/{project_id:str}/entered", sync_to_thread=True)
def change_entered(
    visit: NamedDependency[Visit], project_id: FromPath[str], form: NamedDependency[Form]
) -> Response[str] | Redirect:
    """Until it is handed over."""
    project = _entered(visit, project_id)
    entered = _read(form)
    if form.faults:
        return _entered_page(visit, form, project, 422)
    try:
        entering.change_entered(visit.house.store, visit.actor, project_id, entered, visit.now)
    except ProjectError as error:
        form.fault("title", error.sentence)
        return _entered_page(visit, form, project, answer_to(error).status)
    return visit.go(f"/projects/{project_id}")


@post("/projects/{project_id:str}/drop", sync_to_thread=True)
def drop_project(visit: NamedDependency[Visit], project_id: FromPath[str]) -> Redirect:
    """Made by mistake."""
    entering.drop(visit.house.store, visit.actor, project_id, visit.now)
    return visit.go("/projects/desk")


def _entered(visit: Visit, project_id: str) -> Project:
    demand(visit.actor, "hand_over")
    with visit.house.store.read() as tx:
        return tx.projects.get(visit.actor, project_id)


def _read(form: Form) -> entering.Entered:
    return entering.Entered(
        title=form.line("title", "项目名称"),
        content=typed(form, "content", lambda text: required(text, "主要内容"), ""),
        place=form.prose("place", "实施地点"),
        planned=typed(form, "planned", _money, 0),
        funds=form.prose("funds", "资金来源"),
        basis=typed(form, "basis", lambda text: required(text, "确定的依据"), ""),
        done=form.typed("done") == "yes",
    )


def _money(text: str) -> int:
    return yuan(read_amount(text, "投资")) if text.strip() else yuan(Decimal(0))


def _round_page(visit: Visit, round_id: str, form: Form, status: int = 200) -> Response[str]:
    choice = handing.choice(visit.house.store, visit.actor, round_id)
    candidates = {one.number: one for one in choice.round.candidates}
    return visit.page(
        "delivering/round.html",
        status,
        choice=choice,
        chosen=[candidates[number] for number in choice.numbers],
        form=form if form.values else Form.prefilled(year=choice.year),
    )


def _entered_page(visit: Visit, form: Form, project: Project | None, status: int = 200) -> Response[str]:
    return visit.page("delivering/entered.html", status, form=form, project=project)
