"""`/hall/{code}`: the screen of the hall. Anybody may open it, so it shows only what the whole hall may know:
who is there, the turnout while voting is open, the 封箱码 once it is closed, the result after 宣布 and never
before.

It renews itself without a script too, so that any computer at the projector will do.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from voting import casting
from voting.actors import PUBLIC, system
from voting.checking_in.plenaries import standing
from voting.disclosure import disclose
from voting.rounds import Round, Session
from voting.rules import rule_sentences
from voting.settling.deciding import known_settled
from voting.store import Transaction
from voting.tally_report import figures_of
from web.installation import Installation
from web.pages.agenda import COUNTING, counting_together, current_round, names_in, open_together
from web.pages.renewing import renewing
from web.pages.result_table import table_of

RENEW_SECONDS = 4
"""Where no script runs."""
MANY = 8
"""More candidates than this stand in two columns."""


@get("/hall/{code:str}", sync_to_thread=True)
def hall(
    request: Request[Any, Any, Any], house: NamedDependency[Installation], code: FromPath[str]
) -> Response[str]:
    """The round that the session is busy with."""
    with house.store.read() as tx:
        session = tx.sessions.by_code(PUBLIC, code)
        congress = tx.sessions.congress(session.congress)
        rounds = tx.rounds.of_session(PUBLIC, session.id)
        round_ = _on_screen(tx, rounds)
        together = open_together(rounds)
        counting = counting_together(rounds)
        context = {
            "session": session,
            "congress": congress,
            "round": round_,
            "standing": standing(tx, PUBLIC, session.id),
            "names": names_in(session, round_),
            "words": rule_sentences(round_.rules, session.all_deputies, session.body) if round_ else [],
            **(_facts(tx, session, round_) if round_ else {}),
        }
    turnouts = [(one, casting.turnout(house.store, PUBLIC, one.id)) for one in together]
    page = house.templates.page(
        "hall/screen.html",
        part=_part(round_, several=len(together) > 1 or (not together and len(counting) > 1)),
        counting=[(one, names_in(session, one)) for one in counting],
        turnouts=turnouts,
        beside=[one for one in rounds if one.state == "sealed" and one != round_],
        turnout=turnouts[0][1] if turnouts else 0,
        renew=RENEW_SECONDS,
        many=MANY,
        **context,
    )
    return renewing(page, request)


def _on_screen(tx: Transaction, rounds: Sequence[Round]) -> Round | None:
    """What the hall is busy with; but a result that has just been announced stays while another round, which
    was opened before that, waits for the chair to announce it too."""
    shown = current_round(rounds)
    if shown is None or shown.state != "counted" or shown.opened_at is None:
        return shown
    for one in rounds:
        if one.state == "announced" and _when_announced(tx, one) > shown.opened_at:
            return one
    return shown


def _when_announced(tx: Transaction, of: Round) -> datetime:
    return next(one.at for one in reversed(tx.steps.of(system(of.congress), of.id)) if one.step == "announce")


def _part(shown: Round | None, *, several: bool) -> str:
    """Which template of `hall/` shows it."""
    if shown is None:
        return "idle"
    if shown.state == "open":
        return "several" if several else "open"
    if shown.state in COUNTING:
        return "several_closed" if several else "closed"
    if shown.state == "void":
        return "void"
    if shown.state in {"announced", "published"}:
        return "ratings" if shown.kind == "satisfaction" else "result"
    return "waiting"


def _facts(tx: Transaction, session: Session, shown: Round) -> dict[str, Any]:
    """After 宣布, what the rules let everybody see."""
    if shown.state not in {"announced", "published"}:
        return {}
    outcome = figures_of(tx, PUBLIC, shown).outcome
    settled = known_settled(tx, shown)
    return {
        "disclosure": disclose(shown.rules, outcome, session.body),
        "shown": table_of(shown, settled=settled),
        "settled": settled,
    }
