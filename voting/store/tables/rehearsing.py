"""演练: what was rehearsed from the staff pages, and what was measured. It touches no real round."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKeyConstraint, Index, LargeBinary, String, Table, Text

from voting.store.tables.base import Moment, metadata, own_id

rehearsal = Table(
    "rehearsal",
    metadata,
    *own_id(),
    Column("exercise", LargeBinary, nullable=False),  # JSON of an `Exercise`
    Column("begun_by", Text, nullable=False),
    Column("begun_at", Moment, nullable=False),
    # Whoever attends it writes here every few seconds; long ago in a running one: nobody attends any more.
    Column("beat_at", Moment, nullable=False),
    Column("state", String(16), nullable=False),  # running, stopping, done, failed
    # Null while it runs.
    Column("ended_at", Moment),
    Column("said", Text, nullable=False),  # why it has no figures; else empty
    # JSON as `piaojue rehearse --json` writes it; null until done.
    Column("figures", LargeBinary),
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    Index(None, "congress", "begun_at"),
    Index(None, "state"),
    sqlite_with_rowid=False,
)
