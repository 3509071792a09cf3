"""台账: the words that find suggestions, what is alike, saved views, workbooks being made."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from voting.store.tables.base import ID, Moment, metadata, own_id, refers

word = Table(
    "word",
    metadata,
    # Which suggestions have a word, newest last, for search and for similar ones; made anew when title or
    # text change. Nothing but the key, and no reference: it is the largest table, and can be made again.
    Column("congress", ID, primary_key=True),
    Column("word", String(32), primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

word_count = Table(
    "word_count",
    metadata,
    # How many suggestions have the word; the empty word stands for all suggestions.
    Column("congress", ID, primary_key=True),
    Column("word", String(32), primary_key=True),
    Column("suggestions", Integer, nullable=False),
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    sqlite_with_rowid=False,
)

wording = Table(
    "wording",
    metadata,
    # JSON: each word of a suggestion, with how much it counts there.
    Column("congress", ID, primary_key=True),
    Column("suggestion", ID, primary_key=True),
    Column("words", LargeBinary, nullable=False),
    refers("suggestion", "suggestion"),
    sqlite_with_rowid=False,
)

kin = Table(
    "kin",
    metadata,
    # 年年提: two suggestions of different years that are very much alike; each pair in both directions.
    Column("congress", ID, primary_key=True),
    Column("suggestion", ID, primary_key=True),
    Column("other", ID, primary_key=True),
    refers("suggestion", "suggestion"),
    ForeignKeyConstraint(
        ["congress", "other"], ["suggestion.congress", "suggestion.id"], name="fk_kin_other"
    ),
    sqlite_with_rowid=False,
)

counted = Table(
    "counted",
    metadata,
    # What a suggestion counts as in `total`, and who has the lead and what was said of it for lists.
    Column("congress", ID, primary_key=True),
    Column("suggestion", ID, primary_key=True),
    Column("year", Integer, nullable=False),
    Column("source", String(16), nullable=False),
    Column("category", ID, nullable=False),  # empty: none; as the next two
    Column("village", ID, nullable=False),
    Column("unit", ID, nullable=False),
    Column("grade", String(16), nullable=False),
    Column("marks", Integer, nullable=False),
    refers("suggestion", "suggestion"),
    sqlite_with_rowid=False,
)

total = Table(
    "total",
    metadata,
    # The figures as they stand, the sums of `counted`.
    Column("congress", ID, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("grouped", String(8), primary_key=True),  # source, category, village, unit
    Column("item", ID, primary_key=True),
    Column("received", Integer, nullable=False),
    Column("taken_up", Integer, nullable=False),
    Column("answered", Integer, nullable=False),
    Column("closed", Integer, nullable=False),
    Column("evaluated", Integer, nullable=False),
    Column("satisfied", Integer, nullable=False),
    Column("basic", Integer, nullable=False),
    Column("decided_clues", Integer, nullable=False),
    Column("adopted", Integer, nullable=False),
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    sqlite_with_rowid=False,
)

saved_view = Table(
    "saved_view",
    metadata,
    *own_id(),
    Column("membership", ID, nullable=False),  # whose: the membership, or the personal link, they came by
    Column("name", Text, nullable=False),
    Column("query", Text, nullable=False),  # of the ledger's address
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    UniqueConstraint("congress", "membership", "name"),
    sqlite_with_rowid=False,
)

export = Table(
    "export",
    metadata,
    *own_id(),
    Column("membership", ID, nullable=False),  # as in saved_view
    Column("query", Text, nullable=False),  # of the ledger's address
    Column("started_at", Moment, nullable=False),
    # Moves on while the work goes on: if it stands still, whoever did it is gone.
    Column("seen_at", Moment, nullable=False),
    Column("done", Integer, nullable=False),  # rows written
    Column("total", Integer, nullable=False),
    # Null: not ready.
    Column("finished_at", Moment),
    Column("failed", Boolean, nullable=False),
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    Index(None, "congress", "membership"),
    sqlite_with_rowid=False,
)

export_part = Table(
    "export_part",
    metadata,
    # The workbook in pieces of a megabyte, so that whichever process is asked can hand it out.
    Column("congress", ID, primary_key=True),
    Column("export", ID, primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),
    refers("export", "export"),
    sqlite_with_rowid=False,
)
