"""What 监票 shows on others' pages: `staff/round/keys.html`, `staff/session/ceremony.html`."""

from typing import Any

from voting.counting import is_stuck
from voting.rounds import Round, Session
from voting.scrutinising import empty_box
from voting.scrutinising.ceremonies import current_ceremony, key_in_use
from web.access import Visit


def part(visit: Visit, shown: Round) -> dict[str, Any]:
    """For the round's page of staff: the common key, the empty box, a sum that did not open."""
    if shown.method != "electronic" or shown.trial:
        return {}
    with visit.house.store.read() as tx:
        key = key_in_use(tx, visit.actor, shown)
        if shown.state == "drafted":
            key = current_ceremony(tx, visit.actor, shown.session)
        stuck = is_stuck(shown, tx.scrutineers.of(visit.actor, shown.id))
        steps = [one for one in tx.steps.of(visit.actor, shown.id) if one.step == empty_box.STEP]
    confirmed = steps[0] if steps else None
    if key is None and not stuck and confirmed is None and shown.state != "sealed":
        return {}
    return {"keys": {"key": key, "stuck": stuck, "empty": confirmed}}


def session_part(visit: Visit, shown: Session) -> dict[str, Any]:
    """For the session's page of staff: the newest common key."""
    with visit.house.store.read() as tx:
        return {"ceremony": {"key": current_ceremony(tx, visit.actor, shown.id)}}
