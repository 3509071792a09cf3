"""群众提: the call for suggestions, where they are taken, and what was proposed."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
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

village = Table(
    "village",
    metadata,
    *own_id(),
    Column("name", Text, nullable=False),
    Column("town", Text, nullable=False),  # empty within a town
    Column("place", Integer, nullable=False),  # order in lists
    # Null: in use. A village that has suggestions is ended, never deleted.
    Column("ended_at", Moment),
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    UniqueConstraint("congress", "town", "name"),
    sqlite_with_rowid=False,
)

category = Table(
    "category",
    metadata,
    *own_id(),
    Column("name", Text, nullable=False),
    Column("place", Integer, nullable=False),
    Column("ended_at", Moment),
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    UniqueConstraint("congress", "name"),
    sqlite_with_rowid=False,
)

station = Table(
    "station",
    metadata,
    *own_id(),
    Column("code", String(8), nullable=False, index=True),  # stands on the poster
    Column("name", Text, nullable=False),
    Column("kind", String(8), nullable=False),  # 家·站·室·点
    Column("village", ID),
    Column("address", Text, nullable=False),
    Column("hours", Text, nullable=False),
    Column("leader", Text, nullable=False),  # 站长
    Column("liaison", Text, nullable=False),  # 联络员
    Column("ended_at", Moment),
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    refers("village", "village"),
    UniqueConstraint("congress", "name"),
    sqlite_with_rowid=False,
)

duty = Table(
    "duty",
    metadata,
    Column("congress", ID, primary_key=True),
    Column("station", ID, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("deputy", ID, primary_key=True),
    refers("station", "station"),
    refers("deputy", "deputy"),
    sqlite_with_rowid=False,
)

reception = Table(
    "reception",
    metadata,
    *own_id(),
    Column("station", ID, nullable=False),
    Column("day", Date, nullable=False),
    Column("deputies", Text, nullable=False),  # who received, as it was written down
    Column("people", Integer, nullable=False),  # 人次
    Column("note", Text, nullable=False),
    Column("entered_by", Text, nullable=False),
    Column("entered_at", Moment, nullable=False),
    refers("station", "station"),
    Index(None, "congress", "day"),
    sqlite_with_rowid=False,
)

call = Table(
    "call",
    metadata,
    *own_id(),
    Column("year", Integer, nullable=False),  # the year in which the projects are carried out
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("issuers", Text, nullable=False),  # joint name: 县人民政府办公室、县人大常委会办公室
    Column("opens", Date, nullable=False),
    Column("closes", Date, nullable=False),  # the last day on which suggestions are taken
    # Null: a draft, seen by nobody outside.
    Column("published_at", Moment),
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    UniqueConstraint("congress", "year", "title"),
    sqlite_with_rowid=False,
)

suggestion = Table(
    "suggestion",
    metadata,
    *own_id(),
    Column("year", Integer, nullable=False),
    Column("number", Integer, nullable=False),  # from 1 in each year; gaps never
    Column("kind", String(16), nullable=False),  # clue, proposal, opinion, complaint
    Column("state", String(16), nullable=False),
    Column("source", String(16), nullable=False),
    Column("channel", String(16), nullable=False),  # online, paper, phone, visit, import
    # Null: not yet screened. A person looked at it and it may stand in public (if the settings publish it).
    Column("released_at", Moment),
    Column("received_at", Moment, nullable=False),
    Column("category", ID),
    Column("village", ID),
    Column("station", ID),
    Column("call", ID),
    Column("deputy", ID),  # who filed it
    Column("unit", ID),  # which department proposed it
    # Null: stands for itself. The suggestion it was merged into is never itself merged.
    Column("merged_into", ID),
    Column("merged_at", Moment),
    # Which of the four routes, or 转为候选线索; the text is mandatory.
    Column("route", String(16)),
    Column("decided_at", Moment),
    Column("decided_by", Text, nullable=False),
    Column("answered_at", Moment),
    Column("closed_at", Moment),
    # The next day that counts for the lights; null when nothing is due.
    Column("due", Date),
    Column("title", Text, nullable=False),
    # Sent twice, the same form makes one suggestion.
    Column("form_key", HASH, nullable=False),
    Column("query_hash", HASH, nullable=False, index=True),
    Column("confidential", Boolean, nullable=False),  # the proposer's name goes to nobody outside the office
    Column("proposer", Text, nullable=False),  # empty: did not say
    Column("phone", Text, nullable=False),
    Column("spot", Text, nullable=False),  # where exactly, in words
    Column("entered_by", Text, nullable=False),  # empty: the proposer
    Column("photos", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("decision", Text, nullable=False),
    Column("answer", Text, nullable=False),
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    refers("category", "category"),
    refers("village", "village"),
    refers("station", "station"),
    refers("call", "call"),
    refers("deputy", "deputy"),
    refers("unit", "unit"),
    refers("merged_into", "suggestion"),
    UniqueConstraint("congress", "year", "number"),
    UniqueConstraint("congress", "form_key"),
    Index(None, "congress", "state", "received_at"),
    Index(None, "congress", "received_at"),
    # Also what lies on an office's desk: the columns it is sorted by are all in the index.
    Index(None, "congress", "merged_into", "state", "due"),
    Index(None, "congress", "due"),
    # The ledger filters, sorts and counts on this index alone, without looking at rows and their texts.
    Index(
        "ix_suggestion_ledger",
        "congress",
        "year",
        "number",
        "state",
        "kind",
        "source",
        "route",
        "category",
        "village",
        "station",
        "merged_into",
        "photos",
        "due",
        "received_at",
        "decided_at",
        "answered_at",
        "closed_at",
        "id",
    ),
    sqlite_with_rowid=False,
)

photo = Table(
    "photo",
    metadata,
    *own_id(),
    Column("suggestion", ID, nullable=False),
    Column("place", Integer, nullable=False),
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("small", LargeBinary, nullable=False),  # JPEG, for lists
    Column("body", LargeBinary, nullable=False),  # JPEG made by us: nothing of the file that was sent
    refers("suggestion", "suggestion"),
    UniqueConstraint("congress", "suggestion", "place"),
    sqlite_with_rowid=False,
)

cosign = Table(
    "cosign",
    metadata,
    Column("congress", ID, primary_key=True),
    Column("suggestion", ID, primary_key=True),
    Column("deputy", ID, primary_key=True),
    Column("at", Moment, nullable=False),
    refers("suggestion", "suggestion"),
    refers("deputy", "deputy"),
    sqlite_with_rowid=False,
)

sent_form = Table(
    "sent_form",
    metadata,
    # How many forms a device sent in an hour; the device is the hash of its own random mark, no address.
    Column("congress", ID, primary_key=True),
    Column("device", HASH, primary_key=True),
    Column("hour", Integer, primary_key=True, autoincrement=False),
    Column("times", Integer, nullable=False),
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    sqlite_with_rowid=False,
)
