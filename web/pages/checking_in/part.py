"""What 签到 shows on others' pages: `staff/session/plenary.html`, `chair/parts/attendance.html`."""

from typing import Any

from voting.checking_in.plenaries import standing
from voting.rounds import Round, Session
from web.access import Visit


def part(_visit: Visit, _shown: Round) -> dict[str, Any]:
    """For the round's page of staff: nothing."""
    return {}


def chair_part(visit: Visit, shown: Round) -> dict[str, Any]:
    """For the chair's page: who is there, before the round opens."""
    with visit.house.store.read() as tx:
        found = standing(tx, visit.actor, shown.session)
    before = shown.state in {"drafted", "adopted", "sealed"}
    return {"attendance": found} if found.plenary and before else {}


def session_part(visit: Visit, shown: Session) -> dict[str, Any]:
    """For the session's page of staff: the figures, and the way to the desk and the lists."""
    with visit.house.store.read() as tx:
        return {"plenary": standing(tx, visit.actor, shown.id)}
