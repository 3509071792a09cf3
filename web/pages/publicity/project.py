"""`/t/{congress}/projects/{project}`: everything about one project, from the promise to the score."""

from typing import Any

from litestar import Request, get
from litestar.params import FromPath
from litestar.response.base import ASGIResponse

from voting.delivering.overviews import facts
from voting.publicity.page import ProjectPage, project_page
from voting.publicity.scores import CAUTION
from voting.publicity.timeline import timeline
from voting.rating.rectifications import STATE_NAMES as MATTER_STATES
from voting.rating.rectifications import STEP_NAMES
from voting.supervising.changes import BODY_NAMES, KIND_NAMES
from voting.supervising.completions import RESULT_NAMES
from voting.supervising.groups import ROLE_NAMES
from voting.supervising.orders import STATE_NAMES as ORDER_STATES
from web.installation import Installation, house_of_request
from web.pages.publicity.charts import bars, curve
from web.pages.publicity.overview import words


@get("/t/{congress:str}/projects/{project:str}")
async def project(
    request: Request[Any, Any, Any], congress: FromPath[str], project: FromPath[str]
) -> ASGIResponse:
    """As it is at this moment."""
    house = house_of_request(request)
    page = await house.kept_pages.current(
        congress, f"project {project}", lambda: _render(house, congress, project)
    )
    return page.answer(request)


def _render(house: Installation, congress: str, project_id: str) -> str:
    shown = project_page(house.store, congress, project_id, house.now())
    return house.templates.render("publicity/project.html", {**words(), **_context(house, shown)})


def _context(house: Installation, shown: ProjectPage) -> dict[str, Any]:
    return {
        "shown": shown,
        "congress": shown.congress,
        "project": shown.project,
        "facts": [(name, said) for name, said in facts(shown.sheet) if said],
        "bars": bars(shown.progress.standings, shown.day),
        "curve": curve(shown.progress, shown.sheet.milestones, shown.day),
        "timeline": timeline(shown),
        "matter_states": MATTER_STATES,
        "step_names": STEP_NAMES,
        "supervisor_roles": ROLE_NAMES,
        "order_states": ORDER_STATES,
        "change_kinds": KIND_NAMES,
        "change_bodies": BODY_NAMES,
        "completion_results": RESULT_NAMES,
        "caution": CAUTION,
        "address": house.settings.address(f"/t/{shown.congress.id}/projects/{shown.project.id}"),
    }
