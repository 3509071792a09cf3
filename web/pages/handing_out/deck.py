"""`…/sessions/{id}/deck`: the cards of a session come in, are tried out, and are forgotten afterwards."""

from collections.abc import Callable

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.errors import VotingError
from voting.handing_out import decks, trials
from voting.handing_out.leftovers import count_of
from web.access import Visit
from web.errors import answer_to
from web.forms import Form
from web.pages.round_overview import round_page


@get("/sessions/{session_id:str}/deck", sync_to_thread=True)
def deck(visit: NamedDependency[Visit], session_id: FromPath[str]) -> Response[str]:
    """What cards there are, and what can be done with them now."""
    return _page(visit, session_id, Form())


@post("/sessions/{session_id:str}/deck", sync_to_thread=True)
def load_deck(
    visit: NamedDependency[Visit], form: NamedDependency[Form], session_id: FromPath[str]
) -> Response[str] | Redirect:
    """The `deck.json` of the card press or the command line."""
    raw = form.file("deck", "投票卡清单 deck.json")
    return _step(
        visit,
        form,
        session_id,
        "deck",
        lambda: decks.load_deck(visit.house.store, visit.actor, session_id, raw, visit.now),
    )


@post("/sessions/{session_id:str}/deck/{deck_id:str}/withdraw", sync_to_thread=True)
def withdraw_deck(
    visit: NamedDependency[Visit],
    form: NamedDependency[Form],
    session_id: FromPath[str],
    deck_id: FromPath[str],
) -> Response[str] | Redirect:
    """Spoilt in printing: as if it had never been loaded."""
    form.confirmed("withdraw", "这批卡没有发出去，要换新的一批")
    return _step(
        visit,
        form,
        session_id,
        "withdraw",
        lambda: decks.withdraw_deck(visit.house.store, visit.actor, deck_id, visit.now),
    )


@post("/sessions/{session_id:str}/deck/erase", sync_to_thread=True)
def erase_serials(
    visit: NamedDependency[Visit], form: NamedDependency[Form], session_id: FromPath[str]
) -> Response[str] | Redirect:
    """After the session."""
    form.confirmed("erase", "本次会议的投票全部结束，不再换卡")
    return _step(
        visit,
        form,
        session_id,
        "erase",
        lambda: decks.erase_serials(visit.house.store, visit.actor, session_id, visit.now),
    )


@post("/sessions/{session_id:str}/trials", sync_to_thread=True)
def create_trial(
    visit: NamedDependency[Visit], form: NamedDependency[Form], session_id: FromPath[str]
) -> Response[str] | Redirect:
    """A 试投, open at once."""
    house = visit.house
    return _step(
        visit,
        form,
        session_id,
        "trial",
        lambda: trials.create_trial(
            house.store, visit.actor, session_id, house.signer.public_hex, visit.now, house.random
        ),
    )


@post("/rounds/{round_id:str}/deck", sync_to_thread=True)
def use_deck(
    visit: NamedDependency[Visit], form: NamedDependency[Form], round_id: FromPath[str]
) -> Response[str] | Redirect:
    """The round takes the session's cards."""
    try:
        decks.use_deck(visit.house.store, visit.actor, round_id, visit.now)
    except VotingError as error:
        form.fault("cards", error.sentence)
        return round_page(visit, round_id, form, answer_to(error).status)
    return visit.go(f"/rounds/{round_id}")


def _step(
    visit: Visit, form: Form, session_id: str, field: str, take: Callable[[], object]
) -> Response[str] | Redirect:
    if form.faults:
        return _page(visit, session_id, form, 422)
    try:
        take()
    except VotingError as error:
        form.fault(field, error.sentence)
        return _page(visit, session_id, form, answer_to(error).status)
    return visit.go(f"/sessions/{session_id}/deck")


def _page(visit: Visit, session_id: str, form: Form, status: int = 200) -> Response[str]:
    with visit.house.store.read() as tx:
        session = tx.sessions.get(visit.actor, session_id)
        loaded = tx.decks.of_session(visit.actor, session_id)
        current = decks.newest(tx, visit.actor, session_id)
        count = count_of(tx, current) if current else None
        spare = len(decks.free_uuids(tx, current)) if current else 0
        rounds = tx.rounds.of_session(visit.actor, session_id)
        first = decks.next_number(tx, visit.actor, session_id)
    taken = [one for one in rounds if current is not None and one.deck == current.id]
    return visit.page(
        "handing_out/deck.html",
        status,
        session=session,
        decks=loaded,
        deck=current,
        count=count,
        spare=spare,
        first=first,
        rounds=[one for one in taken if not one.trial],
        trials=[one for one in rounds if one.trial],
        removable=all(one.state in decks.FREE for one in taken),
        voting=any(one.state == "open" for one in rounds),
        form=form,
    )
