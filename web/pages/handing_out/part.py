"""What 发票 shows on others' pages: `staff/round/cards.html`, `staff/session/deck.html`,
`chair/parts/incidents.html`.
"""

from typing import Any

from voting.handing_out import decks
from voting.handing_out.leftovers import count_of
from voting.rounds import Round, Session
from web.access import Visit


def part(visit: Visit, shown: Round) -> dict[str, Any]:
    """For the round's page of staff: which cards it has, and what can be done with them."""
    if shown.method != "electronic":
        return {}
    with visit.house.store.read() as tx:
        newest = decks.newest(tx, visit.actor, shown.session)
        own = tx.decks.get(visit.actor, shown.deck) if shown.deck else None
        declared = tx.cards.declared(shown)
        facts = {
            "newest": newest,
            "deck": own,
            "count": count_of(tx, own) if own and own.erased_at is None else None,
            "spare": len(decks.free_uuids(tx, newest)) if newest else 0,
            "declared": declared,
        }
    return {"cards": facts} if newest or own else {}


def chair_part(visit: Visit, shown: Round) -> dict[str, Any]:
    """For the chair's page: what waits for a decision."""
    with visit.house.store.read() as tx:
        found = tx.incidents.of_session(visit.actor, shown.session)
    waiting = [one for one in found if one.answered_at is None]
    return {"incidents": {"waiting": waiting, "number": len(found)}} if found else {}


def session_part(visit: Visit, shown: Session) -> dict[str, Any]:
    """For the session's page of staff."""
    with visit.house.store.read() as tx:
        current = decks.newest(tx, visit.actor, shown.id)
        erased = any(one.erased_at for one in tx.decks.of_session(visit.actor, shown.id))
        count = count_of(tx, current) if current else None
        found = tx.incidents.of_session(visit.actor, shown.id)
    waiting = sum(one.answered_at is None for one in found)
    return {"deck": {"deck": current, "count": count, "erased": erased, "waiting": waiting}}
