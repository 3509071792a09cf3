"""政府办: the projects that the congress decided, who delivers them, and by when.

Money is kept in whole 元, which both databases add up exactly; in words it is 万元.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
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

handover = Table(
    "handover",
    metadata,
    *own_id(),
    # 交办函: from the 常委会办公室 (in a town the 主席团) to the government of the same level.
    Column("year", Integer, nullable=False),
    # Null: what it hands over was not chosen in a round here.
    Column("round", ID),
    Column("number", Text, nullable=False),  # 文号
    Column("day", Date, nullable=False),
    Column("sender", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    refers("round", "round"),
    UniqueConstraint("congress", "year", "number"),
    sqlite_with_rowid=False,
)

project = Table(
    "project",
    metadata,
    *own_id(),
    Column("year", Integer, nullable=False),  # of delivery
    Column("number", Integer, nullable=False),  # from 1, in the order of the announcement
    Column("state", String(16), nullable=False),
    Column("title", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("standard", Text, nullable=False),  # 办理标准
    Column("targets", LargeBinary, nullable=False),  # JSON: 年度目标 in numbers
    Column("completion", String(16), nullable=False),  # this_year or staged
    Column("stage", Text, nullable=False),  # how far this year
    Column("planned", BigInteger, nullable=False),  # 元
    Column("funds", Text, nullable=False),  # where the money comes from
    # Null until 政府办 has assigned it.
    Column("lead_unit", ID),
    Column("deadline", Date),
    Column("chief", Text, nullable=False),  # 领办领导
    Column("watcher", Text, nullable=False),  # 督办领导
    # Null: entered by hand. Otherwise the round that chose it, and its number there.
    Column("round", ID),
    Column("candidate", Integer),
    # Null: no draft of ours became this candidate.
    Column("draft", ID),
    # Null until handed over.
    Column("handover", ID),
    # Null: begun in this year. Otherwise the same project's stage of the year before.
    Column("previous", ID),
    Column("basis", Text, nullable=False),  # which decision made it a project, where no count of votes did
    # Null until 实施方案 is public.
    Column("planned_at", Moment),
    # From 1; a decided change of time makes the next set of milestones, the old ones stay.
    Column("baseline", Integer, nullable=False),
    # As last reported: tenths of a per cent over all milestones, and 元.
    Column("progress", Integer, nullable=False),
    Column("spent", BigInteger, nullable=False),
    # Null: nothing reported yet.
    Column("reported_at", Moment),
    Column("made_at", Moment, nullable=False),
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    refers("lead_unit", "unit"),
    refers("round", "round"),
    refers("draft", "draft"),
    refers("handover", "handover"),
    refers("previous", "project"),
    UniqueConstraint("congress", "year", "number"),
    UniqueConstraint("congress", "round", "candidate"),
    Index(None, "congress", "lead_unit", "year"),
    sqlite_with_rowid=False,
)

assisting = Table(
    "assisting",
    metadata,
    # 配合单位.
    Column("congress", ID, primary_key=True),
    Column("project", ID, primary_key=True),
    Column("unit", ID, primary_key=True),
    refers("project", "project"),
    refers("unit", "unit"),
    Index(None, "congress", "unit"),
    sqlite_with_rowid=False,
)

part = Table(
    "part",
    metadata,
    # 子项, where a project is delivered and rated by responsible body (domain: 湖州, 10 areas, 21 parts).
    Column("congress", ID, primary_key=True),
    Column("project", ID, primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),  # from 1
    Column("title", Text, nullable=False),
    Column("unit", ID, nullable=False),
    refers("project", "project"),
    refers("unit", "unit"),
    sqlite_with_rowid=False,
)

milestone = Table(
    "milestone",
    metadata,
    *own_id(),
    Column("project", ID, nullable=False),
    Column("baseline", Integer, nullable=False),  # which set of milestones it belongs to
    Column("place", Integer, nullable=False),  # from 1
    Column("title", Text, nullable=False),
    Column("starts", Date, nullable=False),
    Column("due", Date, nullable=False),
    Column("weight", Integer, nullable=False),  # per cent; those of a set make 100
    refers("project", "project"),
    UniqueConstraint("congress", "project", "baseline", "place"),
    sqlite_with_rowid=False,
)

paper = Table(
    "paper",
    metadata,
    *own_id(),
    # A document that belongs to a project: the decision on a change, the proof of 验收, a 整改报告.
    Column("project", ID, nullable=False),
    Column("of", ID, nullable=False),  # the row it proves
    Column("name", Text, nullable=False),
    Column("media_type", String(80), nullable=False),
    Column("hash", HASH, nullable=False),
    Column("public", Boolean, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("body", LargeBinary, nullable=False),
    refers("project", "project"),
    Index(None, "congress", "project", "of"),
    sqlite_with_rowid=False,
)

picture = Table(
    "picture",
    metadata,
    *own_id(),
    # A photo of a report, a visit, a completion: made anew, without what a phone wrote into it.
    Column("project", ID, nullable=False),
    Column("of", ID, nullable=False),  # the row it shows
    Column("place", Integer, nullable=False),  # from 1
    Column("width", Integer, nullable=False),
    Column("height", Integer, nullable=False),
    Column("public", Boolean, nullable=False),
    Column("small", LargeBinary, nullable=False),
    Column("body", LargeBinary, nullable=False),
    refers("project", "project"),
    UniqueConstraint("congress", "project", "of", "place"),
    sqlite_with_rowid=False,
)

taken_down = Table(
    "taken_down",
    metadata,
    # It was the wrong photo; the offices still see it. Behind the photo's bytes this would be slow to read.
    Column("congress", ID, primary_key=True),
    Column("picture", ID, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    refers("picture", "picture"),
    sqlite_with_rowid=False,
)
