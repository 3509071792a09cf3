"""保存期限: what was erased when, and what may not be erased."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKeyConstraint, Index, Integer, String, Table, Text

from voting.store.tables.base import ID, Moment, metadata, own_id

erasure = Table(
    "erasure",
    metadata,
    *own_id(),
    Column("kind", String(16), nullable=False),
    # Null: things of many. Otherwise the round or deck whose things they were.
    Column("subject", ID),
    Column("number", Integer, nullable=False),
    # What was finished before this day.
    Column("until", Date, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    Index(None, "congress", "at"),
    Index(None, "congress", "kind", "subject"),
    sqlite_with_rowid=False,
)

hold = Table(
    "hold",
    metadata,
    *own_id(),
    Column("about", String(16), nullable=False),  # suggestion, round
    Column("subject", ID, nullable=False),
    Column("label", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    # Null: it holds.
    Column("lifted_at", Moment),
    Column("lifted_by", Text, nullable=False),
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    Index(None, "congress", "subject"),
    sqlite_with_rowid=False,
)
