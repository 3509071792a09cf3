"""`…/rounds/{id}/settle`: what was decided about the places that a round left open is entered at the desk."""

from collections.abc import Callable
from typing import get_args

from litestar import Response, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.errors import VotingError
from voting.rounds import words_of
from voting.settling import deciding
from voting.settling.resolutions import Decision, Way
from web.access import Visit
from web.errors import answer_to
from web.forms import Form
from web.pages.round_overview import round_page

WAYS: tuple[Way, ...] = get_args(Way)


@post("/rounds/{round_id:str}/settle", sync_to_thread=True)
def settle(
    visit: NamedDependency[Visit], form: NamedDependency[Form], round_id: FromPath[str]
) -> Response[str] | Redirect:
    """As the 主席团 has decided, or as the rules say."""
    way = form.choice("settle_way", "怎样决定", WAYS)
    chosen = tuple(
        int(one) for one in form.values.get("settle_chosen", ()) if one.isdecimal() and len(one) < 4
    )
    decision = _decision(visit, form, round_id)
    store = visit.house.store
    return _step(
        visit,
        form,
        round_id,
        "settle_way",
        lambda: deciding.settle(store, visit.actor, round_id, way, chosen, decision, visit.now),
    )


@post("/rounds/{round_id:str}/settle/withdraw", sync_to_thread=True)
def withdraw(
    visit: NamedDependency[Visit], form: NamedDependency[Form], round_id: FromPath[str]
) -> Response[str] | Redirect:
    """Entered by mistake."""
    return _step(
        visit,
        form,
        round_id,
        "withdraw",
        lambda: deciding.withdraw(visit.house.store, visit.actor, round_id, visit.now),
    )


@post("/rounds/{round_id:str}/settle/known", sync_to_thread=True)
def make_known(
    visit: NamedDependency[Visit], form: NamedDependency[Form], round_id: FromPath[str]
) -> Response[str] | Redirect:
    """Said in the meeting or made public on paper; the chair's own page has a button for it."""
    if form.typed("known") != "yes":
        form.fault("known", "请先勾选“已经在会上宣布或者已经公告”。")
    return _step(
        visit,
        form,
        round_id,
        "known",
        lambda: deciding.make_known(visit.house.store, visit.actor, round_id, visit.now),
    )


def _decision(visit: Visit, form: Form, round_id: str) -> Decision:
    """As it was typed; what must be there, the moment knows."""
    shown = visit.round(round_id)
    presidium = words_of(shown, visit.session(shown.session)).presidium
    typed = form.typed("settle_day").strip()
    return Decision(
        number=form.typed("settle_number"),
        day=form.day("settle_day", f"{presidium}作出决定的日期") if typed else None,
        words=form.prose("settle_words", f"{presidium}的决定"),
    )


def _step(
    visit: Visit, form: Form, round_id: str, field: str, take: Callable[[], object]
) -> Response[str] | Redirect:
    """Take the step unless the form has faults; a refusal stands beside `field`, what was typed stays."""
    if form.faults:
        return round_page(visit, round_id, form, 422)
    try:
        take()
    except VotingError as error:
        form.fault(field, error.sentence)
        return round_page(visit, round_id, form, answer_to(error).status)
    return visit.go(f"/rounds/{round_id}")
