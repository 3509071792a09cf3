"""`…/year/next`: the next year, opened in one step with what the last one left."""

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.response import Redirect

from voting.collecting.calling import CallError
from voting.delivering.projects import ProjectError, ProjectStep
from voting.duties import may
from voting.screening.drafts import DraftStep
from voting.screening.drafts import next_year as coming_year
from voting.screening.plans import PlanError
from voting.years.facts import YearStep
from voting.years.leftovers import WHY_NAMES
from voting.years.turning import open_year as turn
from voting.years.turning import opening
from web.access import Visit
from web.forms import Form


@get("/year/next", sync_to_thread=True)
def next_year(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """What is left, to be ticked."""
    year = form.whole("year") or coming_year(visit.now)
    return _page(visit, year, Form.of([("call", "yes")]))


@post("/year/next", sync_to_thread=True)
def open_year(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """One press: the year is open, the call drafted, and what was ticked is on its way."""
    year = form.whole("year") or coming_year(visit.now)
    ticked = list(form.values.get("take", ()))
    with_call = form.typed("call") == "yes"
    try:
        turn(visit.house.store, visit.actor, year, ticked, with_call=with_call, now=visit.now)
    except (YearStep, PlanError, CallError, ProjectError, ProjectStep, DraftStep) as error:
        form.fault("take", error.sentence)
        return _page(visit, coming_year(visit.now) if isinstance(error, DraftStep) else year, form, 422)
    return visit.go(f"/year/next?year={year}")


def _page(visit: Visit, year: int, form: Form, status: int = 200) -> Response[str]:
    return visit.page(
        "years/next.html",
        status,
        shown=opening(visit.house.store, visit.actor, year, visit.now),
        form=form,
        whys=WHY_NAMES,
        drafts_allowed=may(visit.actor, "draft"),
    )
