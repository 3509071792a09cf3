"""`…/slates/new` and `…/slates/{id}/edit`: which candidates, in which printed order, for how many places."""

from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.duties import demand
from voting.errors import RulesError
from voting.rules import MOST_CANDIDATES, BallotForm
from voting.screening import listing
from voting.screening.drafts import Draft
from voting.screening.plans import Plan
from voting.screening.slates import Slate, SlateError, demand_change
from web.access import Visit
from web.forms import Form
from web.pages.screening.year_list import year_of

BALLOTS: Final[dict[BallotForm, str]] = {
    "select_k": "差额票决：候选项目多于应选件数，代表从中选择",
    "for_against": "逐项表决：对每件选赞成、反对或弃权（等额时用这一种）",
}


@get("/slates/new", sync_to_thread=True)
def new_slate(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str]:
    """With this year's shortlisted candidates."""
    demand(visit.actor, "shortlist")
    year = year_of(visit, form)
    filled = Form.prefilled(
        year=year,
        title=f"{year}年民生实事候选项目名单",
        ballot="select_k",
        key=visit.house.random(16).hex(),
    )
    return _page(visit, filled, 200, year=year, slate=None)


@post("/slates/new", sync_to_thread=True)
def make_slate(visit: NamedDependency[Visit], form: NamedDependency[Form]) -> Response[str] | Redirect:
    """A list, before its first body."""
    demand(visit.actor, "shortlist")
    year = form.number("year", "年度", 2000, 2100)
    wanted = _read(form)
    made = None
    if not form.faults:
        try:
            made = listing.make_slate(
                visit.house.store, visit.actor, form.typed("key"), year, wanted, visit.now
            )
        except (RulesError, SlateError) as error:
            form.fault("places" if isinstance(error, RulesError) else "title", error.sentence)
    if made is None:
        return _page(visit, form, 422, year=year, slate=None)
    return visit.go(f"/slates/{made.id}")


@get("/slates/{slate_id:str}/edit", sync_to_thread=True)
def edit_slate(visit: NamedDependency[Visit], slate_id: FromPath[str]) -> Response[str]:
    """As it stands."""
    demand(visit.actor, "shortlist")
    with visit.house.store.read() as tx:
        slate = tx.slates.get(visit.actor, slate_id)
        entries = tx.slates.entries(slate)
        demand_change(slate, tx.slates.passages(slate))
    filled = Form.prefilled(title=slate.title, places=slate.places, ballot=slate.ballot)
    numbers = {f"number_{one.draft}": str(one.number) for one in entries}
    return _page(visit, filled.with_values(numbers), 200, year=slate.year, slate=slate)


@post("/slates/{slate_id:str}/edit", sync_to_thread=True)
def change_slate(
    visit: NamedDependency[Visit], slate_id: FromPath[str], form: NamedDependency[Form]
) -> Response[str] | Redirect:
    """While a body has not passed it as it is."""
    demand(visit.actor, "shortlist")
    with visit.house.store.read() as tx:
        slate = tx.slates.get(visit.actor, slate_id)
    wanted = _read(form)
    if not form.faults:
        try:
            listing.change_slate(visit.house.store, visit.actor, slate_id, wanted, visit.now)
        except (RulesError, SlateError) as error:
            form.fault("places" if isinstance(error, RulesError) else "title", error.sentence)
    if form.faults:
        return _page(visit, form, 422, year=slate.year, slate=slate)
    return visit.go(f"/slates/{slate_id}")


def _read(form: Form) -> listing.Wanted:
    title = form.line("title", "名单名称")
    places = form.number("places", "应选件数", 1, MOST_CANDIDATES)
    ballot = form.choice("ballot", "表决方式", tuple(BALLOTS))
    return listing.Wanted(title=title, places=places, ballot=ballot, drafts=_numbered(form))


def _numbered(form: Form) -> tuple[str, ...]:
    """The drafts that have a number, in the order of the numbers."""
    chosen: dict[int, str] = {}
    for name in form.values:
        if not name.startswith("number_") or not form.typed(name).strip():
            continue
        number = form.number(name, "序号", 1, MOST_CANDIDATES)
        if name in form.faults:
            continue
        if number in chosen:
            form.fault(name, f"序号{number}写了两次。请给每件候选项目一个不同的序号。")
        chosen[number] = name.removeprefix("number_")
    return tuple(chosen[number] for number in sorted(chosen))


def _page(visit: Visit, form: Form, status: int, *, year: int, slate: Slate | None) -> Response[str]:
    return visit.page(
        "screening/slate_form.html",
        status,
        form=form,
        year=year,
        slate=slate,
        offered=_offered(visit, year, slate),
        ballots=BALLOTS,
    )


def _offered(visit: Visit, year: int, slate: Slate | None) -> list[tuple[Draft, Plan]]:
    """Shortlisted ones of the year that stand on no other list."""
    with visit.house.store.read() as tx:
        drafts = tx.drafts.of_year(visit.actor, year, "shortlisted")
        plans = tx.drafts.plans(visit.actor.congress, [(one.id, one.version) for one in drafts])
        own = slate.id if slate else None
        free = [
            one for one in drafts if all(held.id == own for held in tx.slates.holding(visit.actor, one.id))
        ]
    return [(one, plans[one.id]) for one in free]
