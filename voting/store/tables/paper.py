"""Ballots on paper and raised hands: what two tellers wrote down, and who signed it."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKeyConstraint, Integer, LargeBinary, String, Table, Text

from voting.store.tables.base import ID, Moment, metadata

paper_sheet = Table(
    "paper_sheet",
    metadata,
    Column("congress", ID, primary_key=True),
    Column("round", ID, primary_key=True),
    Column("teller", Integer, primary_key=True, autoincrement=False),  # 1 or 2
    # A correction is a further version; the one before stays.
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("entry", LargeBinary, nullable=False),  # JSON of an `Entry`
    Column("name", Text, nullable=False),
    Column("at", Moment, nullable=False),
    ForeignKeyConstraint(["congress", "round"], ["round.congress", "round.id"]),
    sqlite_with_rowid=False,
)

paper_dealt = Table(
    "paper_dealt",
    metadata,
    Column("congress", ID, primary_key=True),
    Column("round", ID, primary_key=True),
    # Papers that were cast with a reserve card each, and those found invalid.
    Column("cast", Integer, nullable=False),
    Column("spoilt", Integer, nullable=False),
    Column("fewest", Integer, nullable=False),
    ForeignKeyConstraint(["congress", "round"], ["round.congress", "round.id"]),
    sqlite_with_rowid=False,
)

paper_signature = Table(
    "paper_signature",
    metadata,
    Column("congress", ID, primary_key=True),
    Column("round", ID, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),  # of the scrutineer
    Column("signature", String(128), nullable=False),
    ForeignKeyConstraint(
        ["congress", "round", "number"], ["scrutineer.congress", "scrutineer.round", "scrutineer.number"]
    ),
    sqlite_with_rowid=False,
)
