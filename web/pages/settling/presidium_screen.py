"""The screen on the presidium's table: what is next and who must do it, beside the figures of the moment.

It is not the hall's: it shows who is on leave, what the next step waits for, and who has opened the box and
signed. Figures of a count stand here no earlier than in the hall: a screen is seen by whoever passes behind.
"""

from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from msgspec import Struct

from voting.disclosure import Disclosure, PublicRatings, disclose
from voting.outcome import Outcome
from voting.rounds import Round, Session
from voting.settling.deciding import settled_chosen
from voting.settling.hub import session_facts
from voting.settling.next_steps import RoundFacts, next_steps
from voting.settling.resolutions import Settled
from voting.store import Transaction
from voting.tally_report import figures_of
from web.access import Visit
from web.pages.agenda import current_round, names_in
from web.pages.renewing import renewing
from web.pages.result_table import table_of

RENEW_SECONDS = 4
"""Where no script runs."""
MOST_STEPS = 5


class Announced(Struct, frozen=True, kw_only=True):
    """A result as the rules publish it, and what became of places that it left open."""

    disclosure: Disclosure | PublicRatings
    settled: Settled | None
    open_end: str
    """What the rules say comes next; empty where nothing does."""


@get("/screen", sync_to_thread=True)
def screen(request: Request[Any, Any, Any], visit: NamedDependency[Visit]) -> Response[str]:
    """For the chair: of the own session."""
    return _screen(request, visit, visit.session(visit.actor.session or ""))


@get("/sessions/{session_id:str}/screen", sync_to_thread=True)
def screen_of_session(
    request: Request[Any, Any, Any], visit: NamedDependency[Visit], session_id: FromPath[str]
) -> Response[str]:
    """For members of the 主席团 with an account."""
    return _screen(request, visit, visit.session(session_id))


@get("/sessions", sync_to_thread=True)
def sessions(visit: NamedDependency[Visit]) -> Response[str]:
    """Whose screen is wanted."""
    with visit.house.store.read() as tx:
        found = tx.sessions.listing(visit.actor)
    return visit.page("settling/sessions.html", sessions=found)


def _screen(request: Request[Any, Any, Any], visit: Visit, session: Session) -> Response[str]:
    with visit.house.store.read() as tx:
        facts = session_facts(tx, visit.actor, session, visit.now)
        congress = tx.sessions.congress(session.congress)
        now = _now([one for one in facts.rounds if one.round.state != "drafted"])
        announced = _announced(tx, visit, session, now.round) if now else None
    page = visit.page(
        "settling/screen.html",
        session=session,
        congress=congress,
        now=now,
        names=names_in(session, now.round if now else None),
        standing=facts.standing,
        steps=next_steps(facts)[:MOST_STEPS],
        announced=announced,
        table=table_of(now.round, settled=announced.settled if announced else None) if now else None,
        renew=RENEW_SECONDS,
    )
    return renewing(page, request)


def _now(rounds: list[RoundFacts]) -> RoundFacts | None:
    """The round that the hall's screen shows too."""
    shown = current_round([one.round for one in rounds])
    return next((one for one in rounds if one.round is shown), None) if shown else None


def _announced(tx: Transaction, visit: Visit, session: Session, of: Round) -> Announced | None:
    if of.state not in {"announced", "published"}:
        return None
    outcome = figures_of(tx, visit.actor, of).outcome
    disclosure = disclose(of.rules, outcome, session.body)
    open_end = isinstance(outcome, Outcome) and outcome.next_step != "none"
    return Announced(
        disclosure=disclosure,
        settled=settled_chosen(tx, of),
        open_end=disclosure.sentences[-1] if open_end else "",
    )
