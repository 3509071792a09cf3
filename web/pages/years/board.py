"""`…/year`: where the year stands, what is due, who is late, what to press."""

from typing import Final, get_args

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting import congress_settings
from voting.actors import NotFound
from voting.duties import demand, may
from voting.screening.drafts import EARLIEST_YEAR, LATEST_YEAR, next_year
from voting.years.annual import annual_report as annual
from voting.years.board import board
from voting.years.facts import STEPS_NAMES, Steps, YearSettings
from web.access import Visit
from web.forms import Form

DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
STEPS: Final[tuple[Steps, ...]] = get_args(Steps)


@get("/year", sync_to_thread=True)
def year_board(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """The year in preparation and the one before it; `?year=` one alone."""
    return _page(visit, form)


@post("/year/steps", sync_to_thread=True)
def set_steps(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """In which words the place counts its steps."""
    demand(visit.actor, "change_settings")
    steps = form.choice("steps", "环节的说法", STEPS)
    if form.faults:
        return _page(visit, form, 422)
    congress_settings.change(visit.house.store, visit.actor, YearSettings(steps=steps), visit.now)
    return visit.go("/year")


@get("/year/{year:int}/report.docx", sync_to_thread=True)
def annual_report(visit: NamedDependency[Visit], year: FromPath[int]) -> Response[bytes]:
    """年度报告, to be read, corrected and handed in."""
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise NotFound
    body = annual(visit.house.store, visit.actor, year, visit.now)
    return visit.download(body, DOCX, f"{year}年民生实事项目年度报告.docx")


def _page(visit: Visit, form: Form, status: int = 200) -> Response[str]:
    year = form.whole("year")
    wanted = year if year and EARLIEST_YEAR <= year <= LATEST_YEAR else None
    shown = board(visit.house.store, visit.actor, visit.now, wanted)
    with visit.house.store.read() as tx:
        congress = tx.sessions.congress(visit.actor.congress)
    filled = form if status != 200 else Form.prefilled(steps=shown.settings.steps)
    return visit.page(
        "years/board.html",
        status,
        shown=shown,
        congress=congress,
        form=filled,
        steps=STEPS_NAMES,
        sets_steps=visit.actor.role == "staff" and may(visit.actor, "change_settings"),
        issues_papers=may(visit.actor, "issue_paper"),
        imports_scores=may(visit.actor, "import_scores"),
        coming=next_year(visit.now),
        public=visit.house.settings.address(f"/t/{congress.id}/papers"),
    )
