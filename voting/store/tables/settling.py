"""What was decided about the places that a round left open."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKeyConstraint, LargeBinary, String, Table, Text

from voting.store.tables.base import ID, Moment, metadata

resolution = Table(
    "resolution",
    metadata,
    Column("congress", ID, primary_key=True),
    Column("round", ID, primary_key=True),
    Column("way", String(16), nullable=False),  # presidium, another_round, vacant
    Column("chosen", LargeBinary, nullable=False),  # JSON: printed numbers
    # Null: the decision has no number, or the rules themselves decide.
    Column("number", Text),
    # Null: the rules themselves decide.
    Column("day", Date),
    Column("words", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    # Null: not made known yet, and may be withdrawn.
    Column("known_at", Moment),
    ForeignKeyConstraint(["congress", "round"], ["round.congress", "round.id"]),
    sqlite_with_rowid=False,
)
