"""代表联系群众: word left for a deputy, reception days, what stations do, who keeps contact with whom."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKeyConstraint, Index, String, Table, Text

from voting.store.tables.base import ID, Moment, metadata, own_id, refers

addressed = Table(
    "addressed",
    metadata,
    # 民呼我来: the deputy for whom a citizen left this word. Most suggestions are addressed to nobody.
    Column("congress", ID, primary_key=True),
    Column("suggestion", ID, primary_key=True),
    Column("deputy", ID, nullable=False),
    refers("suggestion", "suggestion"),
    refers("deputy", "deputy"),
    Index(None, "congress", "deputy"),
    sqlite_with_rowid=False,
)

reception_day = Table(
    "reception_day",
    metadata,
    # 接待日: the stations that took part on a day. Who was there is in `duty`, who came in `reception`.
    Column("congress", ID, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("station", ID, primary_key=True),
    refers("station", "station"),
    sqlite_with_rowid=False,
)

station_activity = Table(
    "station_activity",
    metadata,
    *own_id(),
    Column("station", ID, nullable=False),
    Column("day", Date, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("words", Text, nullable=False),
    Column("entered_by", Text, nullable=False),
    Column("entered_at", Moment, nullable=False),
    refers("station", "station"),
    Index(None, "congress", "station", "day"),
    sqlite_with_rowid=False,
)

liaison = Table(
    "liaison",
    metadata,
    *own_id(),
    # 双联: `deputy` keeps contact with another deputy, or with a citizen of whom name and village are kept.
    Column("deputy", ID, nullable=False),
    Column("other", ID),  # null: a citizen
    Column("name", Text, nullable=False),  # empty for a deputy
    Column("village", ID),  # null: not said
    Column("made_at", Moment, nullable=False),
    Column("ended_at", Moment),  # null: goes on
    ForeignKeyConstraint(["congress", "deputy"], ["deputy.congress", "deputy.id"]),
    ForeignKeyConstraint(["congress", "other"], ["deputy.congress", "deputy.id"], name="fk_liaison_other"),
    refers("village", "village"),
    Index(None, "congress", "deputy"),
    sqlite_with_rowid=False,
)

liaison_contact = Table(
    "liaison_contact",
    metadata,
    *own_id(),
    Column("liaison", ID, nullable=False),
    Column("day", Date, nullable=False),
    Column("channel", String(8), nullable=False),  # visit, meeting, phone, wechat
    Column("note", Text, nullable=False),
    Column("entered_by", Text, nullable=False),
    Column("entered_at", Moment, nullable=False),
    refers("liaison", "liaison"),
    Index(None, "congress", "liaison", "day"),
    sqlite_with_rowid=False,
)
