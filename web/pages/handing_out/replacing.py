"""`…/rounds/{id}/replace`: a lost card dies against its stub, and one from the reserve takes its place."""

from collections.abc import Callable
from typing import Final, get_args

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.errors import VotingError
from voting.handing_out import replacing as cards
from voting.handing_out.facts import REASON_NAMES, Reason
from voting.handing_out.leftovers import count_of
from voting.rounds import words_of
from web.access import Visit
from web.errors import answer_to
from web.forms import Form

REASONS: Final[tuple[Reason, ...]] = get_args(Reason)
DONE: Final = {
    "replaced": "已经换好：旧卡作废，新卡可以投票。请把新卡交给代表，收回旧存根。",
    "dead": "已经作废：这张卡不能再投票。",
}


@get("/rounds/{round_id:str}/replace", sync_to_thread=True)
def replacing(
    visit: NamedDependency[Visit], form: NamedDependency[Form], round_id: FromPath[str]
) -> Response[str]:
    """The form, and what was done last."""
    return _page(visit, round_id, Form(), said=DONE.get(form.typed("done"), ""))


@post("/rounds/{round_id:str}/replace", sync_to_thread=True)
def replace_card(
    visit: NamedDependency[Visit], form: NamedDependency[Form], round_id: FromPath[str]
) -> Response[str] | Redirect:
    """Old serial, new serial, why, and before whom."""
    serial = form.line("serial", "存根上的编号")
    reserve = form.line("reserve", "备用卡的编号")
    reason = form.choice("reason", "换卡的原因", REASONS)
    witness = form.typed("witness")
    house = visit.house
    return _step(
        visit,
        form,
        round_id,
        "replaced",
        "serial",
        lambda: cards.replace_card(
            house.store, visit.actor, round_id, serial, reserve, reason, visit.now, witness=witness
        ),
    )


@post("/rounds/{round_id:str}/dead", sync_to_thread=True)
def declare_dead(
    visit: NamedDependency[Visit], form: NamedDependency[Form], round_id: FromPath[str]
) -> Response[str] | Redirect:
    """Lost, and not replaced."""
    card = form.line("card", "投票卡的编号")
    return _step(
        visit,
        form,
        round_id,
        "dead",
        "card",
        lambda: cards.declare_dead(visit.house.store, visit.actor, round_id, card, visit.now),
    )


def _step(
    visit: Visit, form: Form, round_id: str, done: str, field: str, take: Callable[[], object]
) -> Response[str] | Redirect:
    if form.faults:
        return _page(visit, round_id, form, 422)
    try:
        take()
    except VotingError as error:
        form.fault(field, error.sentence)
        return _page(visit, round_id, form, answer_to(error).status)
    return visit.go(f"/rounds/{round_id}/replace?done={done}")


def _page(visit: Visit, round_id: str, form: Form, status: int = 200, said: str = "") -> Response[str]:
    with visit.house.store.read() as tx:
        shown = tx.rounds.get(visit.actor, round_id)
        session = tx.sessions.get(visit.actor, shown.session)
        deck = tx.decks.get(visit.actor, shown.deck) if shown.deck else None
        count = count_of(tx, deck) if deck else None
        everybody = tx.scrutineers.of(visit.actor, round_id)
    return visit.page(
        "handing_out/replace.html",
        status,
        round=shown,
        session=session,
        deck=deck,
        count=count,
        scrutineers=everybody,
        reasons=REASON_NAMES,
        names=words_of(shown, session),
        said=said,
        form=form,
    )
