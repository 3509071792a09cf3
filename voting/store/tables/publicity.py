"""What citizens say about projects: opinions that a person releases, and their scores."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table, Text, UniqueConstraint

from voting.store.tables.base import HASH, ID, Moment, metadata, own_id, refers

citizen_opinion = Table(
    "citizen_opinion",
    metadata,
    *own_id(),
    Column("project", ID, nullable=False),
    Column("state", String(16), nullable=False),
    Column("name", Text, nullable=False),  # what the citizen wants to be called; may be empty
    Column("text", Text, nullable=False),
    Column("form_key", HASH, nullable=False),
    Column("sent_at", Moment, nullable=False),
    # Null, with an empty name beside it, until somebody has looked at it.
    Column("judged_at", Moment),
    Column("judged_by", Text, nullable=False),
    Column("reason", Text, nullable=False),  # why it is not shown; for the office
    Column("reply", Text, nullable=False),
    Column("replied_by", Text, nullable=False),  # the office or unit, as the public reads it
    # Null until answered.
    Column("replied_at", Moment),
    refers("project", "project"),
    UniqueConstraint("congress", "form_key"),
    Index(None, "congress", "state", "sent_at"),
    Index(None, "congress", "project", "state"),
    sqlite_with_rowid=False,
)

citizen_score = Table(
    "citizen_score",
    metadata,
    # One for each device; the last one counts. The device is a hash of its own random mark and the project:
    # what one device thinks of two projects cannot be put together.
    Column("congress", ID, primary_key=True),
    Column("project", ID, primary_key=True),
    Column("device", HASH, primary_key=True),
    Column("scale", String(8), nullable=False),
    Column("level", Integer, nullable=False),  # as its scale counts, from 1
    Column("at", Moment, nullable=False),
    refers("project", "project"),
    sqlite_with_rowid=False,
)
