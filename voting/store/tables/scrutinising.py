"""监票: keys that scrutineers make together. No secret is among it that the database could open."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKeyConstraint, Index, Integer, LargeBinary, Table, Text

from voting.store.tables.base import HASH, ID, Moment, metadata, own_id, refers

ceremony = Table(
    "ceremony",
    metadata,
    *own_id(),
    Column("session", ID, nullable=False),
    Column("threshold", Integer, nullable=False),
    Column("begun_at", Moment, nullable=False),
    Column("begun_by", Text, nullable=False),
    # Null until the last message is there.
    Column("trustees", LargeBinary),
    refers("session", "session"),
    Index(None, "congress", "session"),
    sqlite_with_rowid=False,
)

ceremony_member = Table(
    "ceremony_member",
    metadata,
    Column("congress", ID, primary_key=True),
    Column("ceremony", ID, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),  # 1 is the chief
    Column("name", Text, nullable=False),
    # Null until made in the scrutineer's own browser; portions are encrypted to their receivers.
    Column("signing_key", HASH),
    Column("certificate", LargeBinary),
    Column("endorsement", LargeBinary),
    Column("deal", LargeBinary),
    Column("share", LargeBinary),
    # Null until the code was found the same.
    Column("compared_at", Moment),
    # Null unless the backup code was used on another device.
    Column("restored_at", Moment),
    ForeignKeyConstraint(["congress", "ceremony"], ["ceremony.congress", "ceremony.id"]),
    sqlite_with_rowid=False,
)
