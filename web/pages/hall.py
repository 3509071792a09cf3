"""`/hall/{code}`: the screen of the hall. Anybody may open it, so it shows only what the whole hall may know:
the turnout while voting is open, the 封箱码 once it is closed, the result after 宣布 and never before.

It renews itself without a script, so that any computer at the projector will do.
"""

from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from voting import casting, counting
from voting.actors import PUBLIC
from voting.disclosure import disclose
from voting.rounds import Round, Session
from voting.rules import rule_sentences
from web.installation import Installation
from web.pages.agenda import current_round, names_in
from web.pages.result_table import table_of

RENEW_SECONDS = 4
MANY = 8
"""More candidates than this stand in two columns."""


@get("/hall/{code:str}", sync_to_thread=True)
def hall(house: NamedDependency[Installation], code: FromPath[str]) -> Response[str]:
    """The round that the session is busy with."""
    with house.store.read() as tx:
        session = tx.sessions.by_code(PUBLIC, code)
        congress = tx.sessions.congress(session.congress)
        rounds = tx.rounds.of_session(PUBLIC, session.id)
    round_ = current_round(rounds)
    facts = _facts(house, session, round_) if round_ else {}
    return house.templates.page(
        "hall/screen.html",
        session=session,
        congress=congress,
        round=round_,
        names=names_in(session, round_),
        words=rule_sentences(round_.rules, session.all_deputies, session.body) if round_ else [],
        renew=RENEW_SECONDS,
        many=MANY,
        **facts,
    )


def _facts(house: Installation, session: Session, shown: Round) -> dict[str, Any]:
    if shown.state == "open":
        return {"turnout": casting.turnout(house.store, PUBLIC, shown.id)}
    if shown.state in {"announced", "published"}:
        outcome = counting.figures(house.store, PUBLIC, shown.id).outcome
        return {
            "disclosure": disclose(shown.rules, outcome, session.body),
            "shown": table_of(shown),
        }
    return {}
