"""`…/sessions/{id}/deck/count`: leftovers are scanned or typed in, the reserve goes into its envelope, and
whoever leaves gives the card back.

A scan sends a card's public halves and never its secret; by hand one types the serial.
"""

from collections.abc import Callable
from typing import Final

from litestar import Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Redirect

from voting.actors import NotFound
from voting.errors import VotingError
from voting.handing_out import decks, leftovers
from voting.handing_out.facts import LoadedDeck
from voting.handing_out.leftovers import Moved, count_of
from voting.paper_ballots.sheets import PaperSettings
from voting.store import Store
from web.access import Visit
from web.errors import answer_to
from web.forms import Form

Move = Callable[[LoadedDeck, str], Moved | None]

MOST_SHOWN: Final = 50


@get("/sessions/{session_id:str}/deck/count", sync_to_thread=True)
def counting(
    visit: NamedDependency[Visit], form: NamedDependency[Form], session_id: FromPath[str]
) -> Response[str]:
    """The count so far, and what the last scan did."""
    return _page(visit, session_id, form)


@post("/sessions/{session_id:str}/deck/back", sync_to_thread=True)
def put_back(
    visit: NamedDependency[Visit], form: NamedDependency[Form], session_id: FromPath[str]
) -> Response[str] | Redirect:
    """Leftovers before opening; while a round is open, the card of somebody who leaves."""
    store = visit.house.store

    def move(deck: LoadedDeck, typed: str) -> Moved | None:
        if not _is_voting(store, deck):
            return leftovers.put_back(store, visit.actor, deck.id, typed, visit.now)
        leftovers.give_back(store, visit.actor, deck.id, typed, visit.now)
        return None

    return _move(visit, form, session_id, "back", move)


@post("/sessions/{session_id:str}/deck/out", sync_to_thread=True)
def take_out(
    visit: NamedDependency[Visit], form: NamedDependency[Form], session_id: FromPath[str]
) -> Response[str] | Redirect:
    """A slip: the card is with a deputy after all."""
    store = visit.house.store
    return _move(
        visit,
        form,
        session_id,
        "out",
        lambda deck, typed: leftovers.take_out(store, visit.actor, deck.id, typed, visit.now),
    )


@post("/sessions/{session_id:str}/deck/reserve", sync_to_thread=True)
def declare_reserve(
    visit: NamedDependency[Visit], form: NamedDependency[Form], session_id: FromPath[str]
) -> Response[str] | Redirect:
    """Into the envelope that is sealed with the scrutineers."""
    store = visit.house.store
    return _move(
        visit,
        form,
        session_id,
        "reserve",
        lambda deck, typed: leftovers.declare_reserve(store, visit.actor, deck.id, typed, visit.now),
    )


def _is_voting(store: Store, deck: LoadedDeck) -> bool:
    with store.read() as tx:
        return any(one.state == "open" and not one.trial for one in decks.rounds_of(tx, deck))


def _move(visit: Visit, form: Form, session_id: str, field: str, move: Move) -> Response[str] | Redirect:
    deck = _deck(visit, session_id)
    typed = form.typed("credentials") or form.typed(field)
    try:
        done = move(deck, typed)
    except VotingError as error:
        form.fault(field, error.sentence)
        return _page(visit, session_id, form, answer_to(error).status)
    said = f"{field}={len(done.moved)}&again={len(done.before)}" if done else f"{field}=1&again=0"
    return visit.go(f"/sessions/{session_id}/deck/count?{said}")


def _deck(visit: Visit, session_id: str) -> LoadedDeck:
    """Raises NotFound."""
    with visit.house.store.read() as tx:
        tx.sessions.get(visit.actor, session_id)
        found = decks.newest(tx, visit.actor, session_id)
    if found is None:
        raise NotFound("本次会议还没有导入投票卡，或者编号已经清除。请先导入投票卡清单。")
    return found


def _page(visit: Visit, session_id: str, form: Form, status: int = 200) -> Response[str]:
    deck = _deck(visit, session_id)
    with visit.house.store.read() as tx:
        session = tx.sessions.get(visit.actor, session_id)
        count = count_of(tx, deck)
        cards = tx.decks.cards(deck)
        fewest = tx.settings.get(visit.actor.congress, PaperSettings).fewest
    kept_back = [one for one in cards if one.place != "out"]
    done = {name: form.whole(name) for name in ("back", "out", "reserve", "again")}
    return visit.page(
        "handing_out/counting.html",
        status,
        session=session,
        deck=deck,
        count=count,
        listed={
            place: [one.serial for one in kept_back if one.place in places]
            for place, places in (
                ("leftover", ("leftover",)),
                ("reserve", ("reserve", "teller")),
                ("dead", ("dead", "replaced")),
            )
        },
        voting=_is_voting(visit.house.store, deck),
        fewest=fewest,
        done={} if form.faults else done,
        form=form if form.faults else Form(),
    )
