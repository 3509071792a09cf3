"""What was deleted or written anew also leaves the database's own files.

On SQLite a deleted row is overwritten at once (`secure_delete`); what is left is the write-ahead log, in
which every change stands in its order. On PostgreSQL the old rows lie in the table until they are vacuumed.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, text

_WAIT_MS: Final = 1000
"""For whoever reads just now; a backup reads longer, and nobody waits for it."""
_TRACES: Final = ("ballot", "card")
"""Large tables of all bodies: their dead rows are freed while others vote."""
_SERIALS: Final = ("deck_card", "incident")
"""Small ones: written anew as a whole, so that nothing of a dead row stays on any page."""


def sweep(connection: Connection) -> bool:
    """False if somebody was in the way: then the next sweep does it. Raises DBAPIError."""
    if connection.dialect.name == "sqlite":
        return _empty_the_log(connection)
    connection.execute(text(f"VACUUM (SKIP_LOCKED) {', '.join(_TRACES)}"))
    connection.execute(text(f"VACUUM (FULL, SKIP_LOCKED) {', '.join(_SERIALS)}"))
    return True


def _empty_the_log(connection: Connection) -> bool:
    patience = connection.execute(text("PRAGMA busy_timeout")).scalar()
    connection.execute(text(f"PRAGMA busy_timeout={_WAIT_MS}"))
    try:
        busy = connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)")).scalar()
    finally:
        connection.execute(text(f"PRAGMA busy_timeout={patience}"))
    return busy == 0
