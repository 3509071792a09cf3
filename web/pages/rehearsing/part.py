"""The rehearsal on a session's page: `staff/session/rehearsal.html`."""

from typing import Any

from voting.rounds import Session
from web.access import Visit


def session_part(visit: Visit, shown: Session) -> dict[str, Any]:
    """The way to it: a rehearsal belongs to no session."""
    return {"rehearsal": {"address": f"{visit.base}/rehearsal", "members": shown.all_deputies}}
