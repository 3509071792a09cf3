"""Few papers: each is cast with a reserve card before a scrutineer, by two tellers or at the staff's desk."""

from collections.abc import Callable

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.errors import VotingError
from voting.paper_ballots import exchanging
from web.access import Visit
from web.errors import answer_to
from web.forms import Form
from web.pages import round_overview
from web.pages.paper_ballots.teller import teller_page


@post("/rounds/{round_id:str}/papers/cast", sync_to_thread=True)
def cast(
    visit: NamedDependency[Visit], form: NamedDependency[Form], round_id: FromPath[str]
) -> Response[str] | Redirect:
    """Open a reserve card; the tablet then casts the paper with it."""
    card = form.line("reserve_card", "备用卡编号")
    witness = form.whole("witness")
    return _done(
        visit,
        form,
        round_id,
        "reserve_card",
        lambda: exchanging.cast_paper(visit.house.store, visit.actor, round_id, card, witness, visit.now),
    )


@post("/rounds/{round_id:str}/papers/spoil", sync_to_thread=True)
def spoil(
    visit: NamedDependency[Visit], form: NamedDependency[Form], round_id: FromPath[str]
) -> Response[str] | Redirect:
    """A paper that is invalid."""
    witness = form.whole("witness")
    return _done(
        visit,
        form,
        round_id,
        "spoilt",
        lambda: exchanging.spoil_paper(visit.house.store, visit.actor, round_id, witness, visit.now),
    )


@post("/rounds/{round_id:str}/papers/unspoil", sync_to_thread=True)
def unspoil(
    visit: NamedDependency[Visit], form: NamedDependency[Form], round_id: FromPath[str]
) -> Response[str] | Redirect:
    """It was valid after all."""
    return _done(
        visit,
        form,
        round_id,
        "spoilt",
        lambda: exchanging.unspoil_paper(visit.house.store, visit.actor, round_id, visit.now),
    )


def _done(
    visit: Visit, form: Form, round_id: str, field: str, act: Callable[[], object]
) -> Response[str] | Redirect:
    if not form.faults:
        try:
            act()
        except VotingError as error:
            form.fault(field, error.sentence)
            return _again(visit, form, round_id, answer_to(error).status)
        return visit.go(f"/rounds/{round_id}")
    return _again(visit, form, round_id, 422)


def _again(visit: Visit, form: Form, round_id: str, status: int) -> Response[str]:
    if visit.actor.role == "staff":
        return round_overview.round_page(visit, round_id, form, status)
    return teller_page(visit, visit.round(round_id), form, status)
