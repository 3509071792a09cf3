"""`…/projects/{id}/rating`: the scores of one project and what followed, for everybody who may see it."""

from __future__ import annotations

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from voting.days import today
from voting.duties import demand
from voting.rating.desks import light_of
from voting.rating.ladder import RUNGS
from voting.rating.overviews import rectification_of, scores_of
from voting.rating.rectifications import STATE_NAMES, STEP_NAMES
from voting.ratings import UNGRADED, percent
from web.access import Visit
from web.pages.delivering.frame import frame


@get("/projects/{project_id:str}/rating", sync_to_thread=True)
def project_rating(visit: NamedDependency[Visit], project_id: FromPath[str]) -> Response[str]:
    """As far as the reader may see it now."""
    demand(visit.actor, "read_projects")
    with visit.house.store.read() as tx:
        project = tx.projects.get(visit.actor, project_id)
        scores = scores_of(tx, visit.actor, project)
        found = rectification_of(tx, visit.actor, project)
        lights = {one.rectification.id: light_of(tx, one.rectification, today(visit.now)) for one in found}
        inquiries = tx.inquiries.of_project(visit.actor, project)
        named = {one.id: one.name for one in tx.units.all(visit.actor.congress)}
    return visit.page(
        "rating/project.html",
        **frame(visit, project, "/rating"),
        scores=scores,
        matters=found,
        lights=lights,
        named=named,
        inquiries=inquiries,
        percent=percent,
        ungraded=UNGRADED,
        matter_states=STATE_NAMES,
        names=STEP_NAMES,
        rungs=RUNGS,
    )
