"""What of the progress waits for an office, in numbers."""

from __future__ import annotations

from datetime import date

from voting.actors import Actor
from voting.duties import may
from voting.reporting.overviews import known_of
from voting.store import Transaction


def late_reports(tx: Transaction, actor: Actor, today: date) -> int:
    """Projects being delivered that should have been reported on by now."""
    running = tx.projects.in_state(actor, "planned")
    return sum(bool(one.reported.late) for one in known_of(tx, actor, running, today).values())


def proposed_warnings(tx: Transaction, actor: Actor) -> int:
    """Those that the light proposed and nobody has decided about."""
    if not may(actor, "warn"):
        return 0
    return sum(one.state == "proposed" for one in tx.warnings.unended(actor))
