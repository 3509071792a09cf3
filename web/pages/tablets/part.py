"""Tablets and printed cards on a session's page: `staff/session/tablets.html`."""

from typing import Any

from voting.rounds import Session
from web.access import Visit


def session_part(visit: Visit, shown: Session) -> dict[str, Any]:
    """For the session's page of staff."""
    return {"tablets": {"address": visit.house.settings.address(f"/v/{shown.code}/tablet")}}
