"""签到: plenaries, who came and left, who is on leave, what stands on the passes."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, String, Table, Text, UniqueConstraint

from voting.store.tables.base import ID, Moment, metadata, own_id, refers

plenary = Table(
    "plenary",
    metadata,
    *own_id(),
    Column("session", ID, nullable=False),
    Column("number", Integer, nullable=False),  # from 1 in its session
    Column("title", Text, nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("begun_by", Text, nullable=False),
    # Null: 签到 goes on; afterwards whoever comes is 补签到.
    Column("closed_at", Moment),
    # Null: it is on.
    Column("ended_at", Moment),
    refers("session", "session"),
    UniqueConstraint("congress", "session", "number"),
    sqlite_with_rowid=False,
)

attendance_move = Table(
    "attendance_move",
    metadata,
    Column("congress", ID, primary_key=True),
    Column("plenary", ID, primary_key=True),
    Column("deputy", ID, primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),  # from 0 for each deputy
    Column("direction", String(3), nullable=False),  # in, out
    Column("at", Moment, nullable=False),
    Column("desk", Text, nullable=False),
    Column("late", Boolean, nullable=False),  # 补签到
    # The newest of the deputy's that was not taken back: where the deputy is.
    Column("stands", Boolean, nullable=False),
    # Null: not taken back.
    Column("undone_at", Moment),
    refers("plenary", "plenary"),
    refers("deputy", "deputy"),
    sqlite_with_rowid=False,
)

leave = Table(
    "leave",
    metadata,
    *own_id(),
    Column("session", ID, nullable=False),
    # Null: for the whole session.
    Column("plenary", ID),
    Column("deputy", ID, nullable=False),
    Column("reason", Text, nullable=False),
    Column("noted_by", Text, nullable=False),
    Column("noted_at", Moment, nullable=False),
    # Null: it holds.
    Column("withdrawn_at", Moment),
    refers("session", "session"),
    refers("plenary", "plenary"),
    refers("deputy", "deputy"),
    Index(None, "congress", "session"),
    sqlite_with_rowid=False,
)

pass_code = Table(
    "pass_code",
    metadata,
    Column("congress", ID, primary_key=True),
    Column("session", ID, primary_key=True),
    Column("deputy", ID, primary_key=True),
    Column("code", String(10), nullable=False),
    refers("session", "session"),
    refers("deputy", "deputy"),
    UniqueConstraint("congress", "session", "code"),
    sqlite_with_rowid=False,
)
