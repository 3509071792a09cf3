"""What 监票 shows on others' pages: `staff/round/keys.html`, `staff/session/ceremony.html`."""

from typing import Any

from voting.counting import is_stuck, refused_givers
from voting.rounds import Round, Session
from voting.scrutinising import empty_box
from voting.scrutinising.ceremonies import current_ceremony, key_in_use
from web.access import Visit


def part(visit: Visit, shown: Round) -> dict[str, Any]:
    """For the round's page of staff: the common key, the empty box, a box that does not open."""
    if shown.method != "electronic" or shown.trial:
        return {}
    with visit.house.store.read() as tx:
        key = key_in_use(tx, visit.actor, shown)
        if shown.state == "drafted":
            key = current_ceremony(tx, visit.actor, shown.session)
        steps = [one for one in tx.steps.of(visit.actor, shown.id) if one.step == empty_box.STEP]
    confirmed, trouble = steps[0] if steps else None, _trouble(visit, shown)
    if key is None and not any(trouble.values()) and confirmed is None and shown.state != "sealed":
        return {}
    return {"keys": {"key": key, "empty": confirmed, **trouble}}


def chair_part(visit: Visit, shown: Round) -> dict[str, Any]:
    """For the chair's page: a box that does not open, and whose part is in the way."""
    trouble = _trouble(visit, shown)
    return {"keys": trouble} if any(trouble.values()) else {}


def _trouble(visit: Visit, shown: Round) -> dict[str, Any]:
    """Nothing of it while the box opens as it should, and once it has opened."""
    if shown.state != "reconciled" or shown.method != "electronic":
        return {"stuck": False, "refused": ()}
    with visit.house.store.read() as tx:
        people = tx.scrutineers.of(visit.actor, shown.id)
        refused = refused_givers(people, tx.steps.of(visit.actor, shown.id))
    return {"stuck": is_stuck(shown, people), "refused": refused}


def session_part(visit: Visit, shown: Session) -> dict[str, Any]:
    """For the session's page of staff: the newest common key."""
    with visit.house.store.read() as tx:
        return {"ceremony": {"key": current_ceremony(tx, visit.actor, shown.id)}}
