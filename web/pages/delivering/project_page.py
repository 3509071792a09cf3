"""`…/projects` and `…/projects/{id}`: a year's list, and one project with its promise, plan and papers."""

from __future__ import annotations

from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.actors import Actor, NotFound
from voting.days import today
from voting.delivering import entering, listing
from voting.delivering.letters import place_of
from voting.delivering.overviews import Sheet, facts, sheet
from voting.delivering.planning import kept_scheme
from voting.delivering.projects import STATE_NAMES, Project, reads_plan
from voting.delivering.schemes import gaps, version_of
from voting.documents import delivery, official
from voting.documents.official import Official
from voting.duties import demand, may
from voting.screening.drafts import EARLIEST_YEAR, LATEST_YEAR
from voting.screening.papers import MEDIA_TYPES
from voting.store import Transaction
from web.access import Visit
from web.forms import Form
from web.pages.delivering.frame import frame

DOCX: Final = MEDIA_TYPES[".docx"]
PDF: Final = MEDIA_TYPES[".pdf"]


@get("/projects", sync_to_thread=True)
def year_list(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """All of a year, narrowed to a unit or a state."""
    demand(visit.actor, "read_projects")
    year = year_of(visit, form)
    wanted = listing.Wanted(unit=form.typed("unit"), state=form.typed("state"))
    return visit.page(
        "delivering/year_list.html",
        shown=listing.of_year(visit.house.store, visit.actor, year, wanted, today(visit.now)),
        wanted=wanted,
        form=form,
        states=STATE_NAMES,
        hands_over=may(visit.actor, "hand_over"),
    )


@get("/projects/breakdown.docx", sync_to_thread=True)
def breakdown_docx(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[bytes]:
    """责任分解表, to be edited."""
    return docx_of(visit, _breakdown(visit, form))


@get("/projects/breakdown.pdf", sync_to_thread=True)
def breakdown_pdf(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[bytes]:
    """责任分解表, to be read."""
    return pdf_of(visit, _breakdown(visit, form))


@get("/projects/{project_id:str}", sync_to_thread=True)
def project_page(visit: NamedDependency[Visit], project_id: FromPath[str]) -> Response[str]:
    """概况: what was promised, what is planned, where it came from."""
    demand(visit.actor, "read_projects")
    with visit.house.store.read() as tx:
        project = tx.projects.get(visit.actor, project_id)
        shown = sheet(tx, visit.actor, project)
        scheme = kept_scheme(tx, project)
        following = tx.projects.following(project)
        after = None if following is None else _seen(tx, visit.actor, following.id)
        earlier = _seen(tx, visit.actor, project.previous)
    plans = may(visit.actor, "plan_project") and project.state == "handed"
    return visit.page(
        "delivering/project.html",
        **frame(visit, project, ""),
        shown=shown,
        facts=facts(shown),
        reads_plan=reads_plan(visit.actor, project),
        plans=plans,
        missing=gaps(scheme) if plans else (),
        version=version_of(scheme),
        following=after,
        earlier=earlier,
        may_drop=may(visit.actor, "hand_over") and entering.may_drop(project),
        may_change=project.round is None and project.previous is None,
        may_continue=following is None
        and project.state in {"planned", "finished", "accepted"}
        and (may(visit.actor, "hand_over") or may(visit.actor, "plan_project")),
    )


@get("/projects/{project_id:str}/plan.docx", sync_to_thread=True)
def plan_docx(visit: NamedDependency[Visit], project_id: FromPath[str]) -> Response[bytes]:
    """实施方案, to be edited."""
    shown = _sheet(visit, project_id)
    return docx_of(visit, delivery.plan(shown), f"{shown.project.title}实施方案")


@get("/projects/{project_id:str}/plan.pdf", sync_to_thread=True)
def plan_pdf(visit: NamedDependency[Visit], project_id: FromPath[str]) -> Response[bytes]:
    """实施方案, to be read."""
    shown = _sheet(visit, project_id)
    return pdf_of(visit, delivery.plan(shown), f"{shown.project.title}实施方案")


@post("/projects/{project_id:str}/next-year", sync_to_thread=True)
def next_year(visit: NamedDependency[Visit], project_id: FromPath[str]) -> Redirect:
    """跨年: the next year's stage."""
    made = entering.continue_next_year(visit.house.store, visit.actor, project_id, visit.now)
    return visit.go(f"/projects/{made.id}")


def year_of(visit: Visit, form: Form) -> int:
    """The year in the address, or the newest with projects."""
    year = form.whole("year")
    if year and EARLIEST_YEAR <= year <= LATEST_YEAR:
        return year
    return listing.newest_year(visit.house.store, visit.actor, today(visit.now))


def docx_of(visit: Visit, paper: Official, name: str = "") -> Response[bytes]:
    """As a download."""
    return visit.download(official.docx(paper, visit.now), DOCX, f"{name or paper.title}.docx")


def pdf_of(visit: Visit, paper: Official, name: str = "") -> Response[bytes]:
    """As a download."""
    return visit.download(official.pdf(paper, visit.now), PDF, f"{name or paper.title}.pdf")


def _seen(tx: Transaction, actor: Actor, project_id: str | None) -> Project | None:
    """Another year's stage; a unit that had no part in it does not learn of it here."""
    try:
        return tx.projects.get(actor, project_id) if project_id else None
    except NotFound:
        return None


def _sheet(visit: Visit, project_id: str) -> Sheet:
    demand(visit.actor, "read_projects")
    with visit.house.store.read() as tx:
        return sheet(tx, visit.actor, tx.projects.get(visit.actor, project_id))


def _breakdown(visit: Visit, form: Form) -> Official:
    year = year_of(visit, form)
    sheets = listing.sheets_of_year(visit.house.store, visit.actor, year)
    with visit.house.store.read() as tx:
        place = place_of(tx.sessions.congress(visit.actor.congress))
    return delivery.breakdown(place, year, sheets)
