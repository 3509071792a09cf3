"""`…/drafts`: 今年的候选项目, each with its next step and who takes it; and 线索 to make more from."""

import re

from litestar import Response, get
from litestar.di import NamedDependency

from voting.duties import demand, may
from voting.screening import overviews
from voting.screening.drafts import EARLIEST_YEAR, LATEST_YEAR, next_year
from voting.suggestions import SOURCE_NAMES
from web.access import Visit
from web.forms import Form


def year_of(visit: Visit, form: Form) -> int:
    """The year in the address, or the one that drafts are made for now."""
    year = form.whole("year")
    return year if year and EARLIEST_YEAR <= year <= LATEST_YEAR else next_year(visit.now)


@get("/drafts", sync_to_thread=True)
def year_list(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """All of a year in one list."""
    year = year_of(visit, form)
    shown = overviews.of_year(visit.house.store, visit.actor, year)
    with visit.house.store.read() as tx:
        begun = tx.sketches.of_year(visit.actor, year)
    return visit.page(
        "screening/year_list.html",
        shown=shown,
        begun=begun,
        dropped=overviews.decided_against(visit.house.store, visit.actor, year),
        years=sorted({*shown.years, year, next_year(visit.now)}, reverse=True),
        drafts_allowed=may(visit.actor, "draft"),
        sets_order=visit.actor.role == "staff",
        form=Form(),
    )


@get("/drafts/sources", sync_to_thread=True)
def sources(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """线索 that went into no draft yet, to be ticked; 50 on a page."""
    demand(visit.actor, "draft")
    year = year_of(visit, form)
    with visit.house.store.read() as tx:
        found = tx.drafts.waiting_suggestions(
            visit.actor, year, _place(form.typed("before")), overviews.WAITING_PAGE + 1
        )
        villages = {one.id: one.name for one in tx.villages.all(visit.actor.congress)}
    shown = found[: overviews.WAITING_PAGE]
    return visit.page(
        "screening/sources.html",
        year=year,
        suggestions=shown,
        villages=villages,
        sources=SOURCE_NAMES,
        next_before=shown[-1].label if len(found) > len(shown) else None,
    )


def _place(label: str) -> tuple[int, int] | None:
    """Year and number of `2027-00042`; None for anything else."""
    found = re.fullmatch(r"([0-9]{4})-([0-9]{1,9})", label)
    return (int(found[1]), int(found[2])) if found else None
