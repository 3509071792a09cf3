"""Progress of projects: what was reported, each correction of it, and 预警."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from voting.store.tables.base import ID, Moment, metadata, own_id, refers

report = Table(
    "report",
    metadata,
    *own_id(),
    # One for each project and period; it says what its newest revision says.
    Column("project", ID, nullable=False),
    Column("period", String(7), nullable=False),  # 2027Q1 or 2027-03
    Column("starts", Date, nullable=False),
    Column("ends", Date, nullable=False),
    Column("due", Date, nullable=False),  # as it was when the report was begun
    Column("baseline", Integer, nullable=False),  # the set of milestones that the percents are of
    Column("version", Integer, nullable=False),  # counts every save: two editors notice each other
    Column("percents", LargeBinary, nullable=False),  # JSON: per cent by milestone
    Column("progress", Integer, nullable=False),  # tenths of a per cent of the project
    Column("spent", BigInteger, nullable=False),  # 元, from the beginning
    Column("text", Text, nullable=False),
    Column("problems", Text, nullable=False),
    Column("measures", Text, nullable=False),
    Column("reason", Text, nullable=False),  # why something fell, or was corrected
    Column("saved_by", Text, nullable=False),
    Column("saved_at", Moment, nullable=False),
    # Null while it is a draft.
    Column("submitted_by", Text),
    Column("submitted_at", Moment),
    refers("project", "project"),
    UniqueConstraint("congress", "project", "period"),
    sqlite_with_rowid=False,
)

report_revision = Table(
    "report_revision",
    metadata,
    # What was handed in, and each correction: none is ever changed.
    Column("congress", ID, primary_key=True),
    Column("report", ID, primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False),  # from 1
    Column("percents", LargeBinary, nullable=False),
    Column("progress", Integer, nullable=False),
    Column("spent", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Column("problems", Text, nullable=False),
    Column("measures", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    refers("report", "report"),
    sqlite_with_rowid=False,
)

warning = Table(
    "warning",
    metadata,
    *own_id(),
    # 预警通知. Proposed by the light, issued by a person, 签收 by the unit, lifted with a reason.
    Column("project", ID, nullable=False),
    Column("unit", ID, nullable=False),  # to whom it is addressed
    Column("level", String(16), nullable=False),  # yellow or red
    Column("cause", Text, nullable=False),
    # What it was proposed for, so that the same is not proposed twice; a person's has its own id.
    Column("mark", String(64), nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    # Null: only proposed.
    Column("issued_by", Text),
    Column("issued_at", Moment),
    # Null until 签收, with what the unit will do.
    Column("acknowledged_by", Text),
    Column("acknowledged_at", Moment),
    Column("measures", Text, nullable=False),
    # Null while it is open. A proposal that nobody followed ends here, too.
    Column("ended_by", Text),
    Column("ended_at", Moment),
    Column("reason", Text, nullable=False),
    refers("project", "project"),
    refers("unit", "unit"),
    UniqueConstraint("congress", "project", "mark"),
    Index(None, "congress", "ended_at"),
    sqlite_with_rowid=False,
)
