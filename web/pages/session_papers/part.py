"""The papers of a session on its page: `staff/session/papers.html`."""

from typing import Any

from voting.rounds import Session
from web.access import Visit


def session_part(visit: Visit, shown: Session) -> dict[str, Any]:
    """For the session's page of staff: the way to the list."""
    return {"papers": {"path": f"{visit.base}/sessions/{shown.id}/papers"}}
