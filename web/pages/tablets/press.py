"""`/staff/{link}/sessions/{id}/press`: cards made and printed in the clerk's own browser.

The page is given what the cards need and gets nothing back: what leaves the browser is `deck.json`, by the
route that takes one from wherever it was made.
"""

import math
from typing import Final

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from voting.cards import MOST_ROUNDS
from voting.handing_out.decks import fresh_uuids, next_number
from voting.paper_ballots.sheets import PaperSettings
from voting.rounds import Session, full_title
from web.access import Visit

SPARE_ROUNDS: Final = 6
"""再次票决, 另行票决 and 试投, for which the same cards are good."""
MOST_PRESSED: Final = 2000
"""More are made by the command line."""


@get("/sessions/{session_id:str}/press", sync_to_thread=True)
def press(visit: NamedDependency[Visit], session_id: FromPath[str]) -> Response[str]:
    """A new set of uuids each time: two decks never share one."""
    with visit.house.store.read() as tx:
        session = tx.sessions.get(visit.actor, session_id)
        congress = tx.sessions.congress(session.congress)
        rounds = tx.rounds.of_session(visit.actor, session_id)
        first = next_number(tx, visit.actor, session_id)
        fewest = tx.settings.get(visit.actor.congress, PaperSettings).fewest
    planned = sum(one.uuid is None for one in rounds)
    number = min(planned + SPARE_ROUNDS, MOST_ROUNDS)
    return visit.page(
        "tablets/press.html",
        session=session,
        title=full_title(congress, session),
        congress=congress,
        address=visit.house.settings.address(f"/v/{session.code}"),
        uuids=fresh_uuids(visit.house.random, number),
        first=first,
        cards=_usual_number(session),
        most=MOST_PRESSED,
        fewest=fewest,
    )


def _usual_number(session: Session) -> int:
    """One for each deputy, and a twentieth, at least ten, to replace those that are lost or spoilt."""
    wanted = session.all_deputies + max(10, math.ceil(session.all_deputies / 20))
    return min(wanted, MOST_PRESSED)
