"""人大评: what a satisfaction round rates, 整改 and its ladder, 专题询问, the aspects of 建议办理.

No table here holds who rated, or how: that is sealed in the round.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from voting.store.tables.base import ID, Moment, metadata, own_id, refers

rated = Table(
    "rated",
    metadata,
    # What stands on the ballot under this number, by its title: a draft may still be put in another order.
    Column("congress", ID, primary_key=True),
    Column("round", ID, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("title", Text, nullable=False),
    # Null: an answer is rated, not a project.
    Column("project", ID),
    # Null: the whole project. Otherwise the place of its part; the plan may have been changed since.
    Column("part", Integer),
    # Null: nobody is responsible yet.
    Column("unit", ID),
    # Null: a project is rated, not the answer to a question.
    Column("question", ID),
    # Null: no retest.
    Column("rectification", ID),
    refers("round", "round"),
    refers("project", "project"),
    refers("unit", "unit"),
    refers("question", "inquiry_question"),
    refers("rectification", "rectification"),
    Index(None, "congress", "project"),
    Index(None, "congress", "rectification"),
    sqlite_with_rowid=False,
)

rectification = Table(
    "rectification",
    metadata,
    *own_id(),
    Column("project", ID, nullable=False),
    # Null: the whole project.
    Column("part", Integer),
    Column("title", Text, nullable=False),  # as it stood on the ballot
    Column("unit", ID, nullable=False),
    # The score that it follows from.
    Column("round", ID, nullable=False),
    Column("number", Integer, nullable=False),
    Column("level", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("months", Integer, nullable=False),
    Column("ordered_on", Date, nullable=False),
    Column("due", Date, nullable=False),
    Column("demands", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    # Null until 销号.
    Column("closed_at", Moment),
    refers("project", "project"),
    refers("unit", "unit"),
    refers("round", "round"),
    UniqueConstraint("congress", "round", "number"),
    Index(None, "congress", "project"),
    Index(None, "congress", "unit"),
    sqlite_with_rowid=False,
)

rectification_step = Table(
    "rectification_step",
    metadata,
    *own_id(),
    Column("rectification", ID, nullable=False),
    Column("turn", Integer, nullable=False),  # from 1
    Column("kind", String(16), nullable=False),
    Column("day", Date, nullable=False),
    Column("who", Text, nullable=False),  # 验收人 or 批准人; empty for what the unit writes
    Column("text", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    refers("rectification", "rectification"),
    UniqueConstraint("congress", "rectification", "turn"),
    sqlite_with_rowid=False,
)

rung = Table(
    "rung",
    metadata,
    *own_id(),
    # 通报, 限期重办, 约见, 专题询问: places 1 to 4, none before the one below it. 限期重办 may come again.
    Column("rectification", ID, nullable=False),
    Column("place", Integer, nullable=False),
    Column("taken", Boolean, nullable=False),
    Column("reason", Text, nullable=False),  # why it was left out; empty if taken
    # Null if left out.
    Column("day", Date),
    Column("body", Text, nullable=False),  # who decided it
    Column("text", Text, nullable=False),
    # Null unless 限期重办: the new term.
    Column("due", Date),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    refers("rectification", "rectification"),
    Index(None, "congress", "rectification"),
    sqlite_with_rowid=False,
)

summons = Table(
    "summons",
    metadata,
    # What was said at a 约见; when, by whose decision and with which document stands on the rung.
    Column("congress", ID, primary_key=True),
    Column("rung", ID, primary_key=True),
    Column("summoned", Text, nullable=False),
    Column("hosts", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("said", Text, nullable=False),
    Column("promised", Text, nullable=False),  # empty: nothing was
    refers("rung", "rung"),
    sqlite_with_rowid=False,
)

inquiry = Table(
    "inquiry",
    metadata,
    *own_id(),
    Column("title", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("meeting", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("months", Integer, nullable=False),
    # Null until it was held: then the last day for measures.
    Column("due", Date),
    # Null until questions and answers are public.
    Column("released_at", Moment),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    sqlite_with_rowid=False,
)

inquiry_project = Table(
    "inquiry_project",
    metadata,
    Column("congress", ID, primary_key=True),
    Column("inquiry", ID, primary_key=True),
    Column("project", ID, primary_key=True),
    refers("inquiry", "inquiry"),
    refers("project", "project"),
    Index(None, "congress", "project"),
    sqlite_with_rowid=False,
)

inquiry_matter = Table(
    "inquiry_matter",
    metadata,
    # 整改 that the inquiry takes up.
    Column("congress", ID, primary_key=True),
    Column("inquiry", ID, primary_key=True),
    Column("rectification", ID, primary_key=True),
    refers("inquiry", "inquiry"),
    refers("rectification", "rectification"),
    Index(None, "congress", "rectification"),
    sqlite_with_rowid=False,
)

inquiry_unit = Table(
    "inquiry_unit",
    metadata,
    # 应询单位, and what it will do about it.
    Column("congress", ID, primary_key=True),
    Column("inquiry", ID, primary_key=True),
    Column("unit", ID, primary_key=True),
    Column("measures", Text, nullable=False),
    Column("by", Text, nullable=False),
    # Null until measures were handed in.
    Column("at", Moment),
    refers("inquiry", "inquiry"),
    refers("unit", "unit"),
    Index(None, "congress", "unit"),
    sqlite_with_rowid=False,
)

inquiry_question = Table(
    "inquiry_question",
    metadata,
    *own_id(),
    Column("inquiry", ID, nullable=False),
    Column("place", Integer, nullable=False),  # from 1
    # Null: no follow-up. Otherwise the question it follows up.
    Column("follows", ID),
    Column("on_spot", Boolean, nullable=False),
    Column("unit", ID, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("answered_by", Text, nullable=False),
    Column("answer", Text, nullable=False),
    # Null until answered.
    Column("answered_at", Moment),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    refers("inquiry", "inquiry"),
    refers("follows", "inquiry_question"),
    refers("unit", "unit"),
    UniqueConstraint("congress", "inquiry", "place"),
    sqlite_with_rowid=False,
)

recheck = Table(
    "recheck",
    metadata,
    *own_id(),
    # What was looked at again after the measures.
    Column("inquiry", ID, nullable=False),
    Column("unit", ID, nullable=False),
    Column("day", Date, nullable=False),
    Column("who", Text, nullable=False),
    Column("passed", Boolean, nullable=False),
    Column("text", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    refers("inquiry", "inquiry"),
    refers("unit", "unit"),
    Index(None, "congress", "inquiry"),
    sqlite_with_rowid=False,
)

aspect_score = Table(
    "aspect_score",
    metadata,
    # 单位重视 and 数字赋能, which nobody can compute: entered by the office, 0 to 100.
    Column("congress", ID, primary_key=True),
    Column("year", Integer, primary_key=True, autoincrement=False),
    Column("unit", ID, primary_key=True),
    Column("aspect", String(16), primary_key=True),
    Column("score", Integer, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    refers("unit", "unit"),
    sqlite_with_rowid=False,
)
