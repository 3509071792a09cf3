"""The year: opened, what it took over from the one before, earlier results, papers for everybody."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from voting.store.tables.base import HASH, ID, Moment, metadata, own_id, refers

opened_year = Table(
    "opened_year",
    metadata,
    Column("congress", ID, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),  # in which projects are carried out
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    sqlite_with_rowid=False,
)

carried = Table(
    "carried",
    metadata,
    # A draft that was made from what the year before left: unfinished, cancelled, not chosen.
    Column("congress", ID, primary_key=True),
    Column("draft", ID, primary_key=True),
    Column("kind", String(16), nullable=False),  # project, candidate
    Column("year", Integer, nullable=False),  # of the project or candidate
    # Null: a candidate. Otherwise the project it was.
    Column("project", ID),
    # Null: the project came from no draft of ours. Otherwise the draft that the deputies had before them.
    Column("earlier", ID),
    Column("history", Text, nullable=False),  # in words, a line for each thing that happened
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    refers("draft", "draft"),
    refers("project", "project"),
    ForeignKeyConstraint(["congress", "earlier"], ["draft.congress", "draft.id"], name="fk_carried_earlier"),
    Index(None, "congress", "year"),
    sqlite_with_rowid=False,
)

earlier_score = Table(
    "earlier_score",
    metadata,
    *own_id(),
    # 满意度测评 of a year before the service came, from the office's table.
    Column("year", Integer, nullable=False),  # in which the project was carried out
    Column("place", Integer, nullable=False),  # row of the table
    Column("project", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("returned", Integer, nullable=False),
    Column("invalid", Integer, nullable=False),
    Column("figures", LargeBinary, nullable=False),  # JSON: [level, ballots] as the table named them
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    UniqueConstraint("congress", "year", "project", "unit"),
    sqlite_with_rowid=False,
)

public_paper = Table(
    "public_paper",
    metadata,
    *own_id(),
    # A document for everybody, with a signature file beside it: 公告, 通报, the annual report.
    Column("year", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("number", Text, nullable=False),  # 文号; empty: it has none
    Column("day", Date, nullable=False),
    Column("name", Text, nullable=False),  # of the file
    Column("media_type", String(80), nullable=False),
    Column("hash", HASH, nullable=False),
    Column("signature", LargeBinary, nullable=False),  # the .minisig file
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    # Null: it stands. Otherwise it was published by mistake; the address says so.
    Column("withdrawn_at", Moment),
    Column("body", LargeBinary, nullable=False),
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    UniqueConstraint("congress", "hash"),
    Index(None, "congress", "year"),
    sqlite_with_rowid=False,
)
