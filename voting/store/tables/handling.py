"""登记整理 → 分类交办 → 跟踪督办 → 答复反馈: who has a suggestion, until when, and what became of it."""

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

handling = Table(
    "handling",
    metadata,
    *own_id(),
    Column("suggestion", ID, nullable=False),
    Column("unit", ID, nullable=False),
    Column("part", String(8), nullable=False),  # lead (主办) or assist (协办)
    Column("state", String(16), nullable=False),
    Column("handed_at", Moment, nullable=False),
    Column("handed_by", Text, nullable=False),
    Column("task", Text, nullable=False),  # what is asked of the unit
    # Last days: to return it as "not mine", to make contact (null: no rule sets one), to answer.
    Column("return_by", Date),
    Column("contact_by", Date),
    Column("answer_by", Date, nullable=False),
    # 重点: both leaders are named. Hard: the longer clock.
    Column("key", Boolean, nullable=False),
    Column("hard", Boolean, nullable=False),
    Column("chief", Text, nullable=False),  # 领办领导
    Column("watcher", Text, nullable=False),  # 督办领导
    # 三定: null or empty until the unit has fixed who, how and when.
    Column("officer", Text, nullable=False),
    Column("plan", Text, nullable=False),
    Column("promised", Date),
    Column("accepted_at", Moment),
    Column("returned_at", Moment),
    Column("return_reason", Text, nullable=False),
    # An extension asked for, and what the office said to it.
    Column("wanted_until", Date),
    Column("wanted_reason", Text, nullable=False),
    Column("extension", String(16), nullable=False),  # none, asked, granted, refused
    Column("extension_reply", Text, nullable=False),
    Column("answered_at", Moment),
    Column("answer", Text, nullable=False),
    Column("result", String(1), nullable=False),  # A solved, B in progress, C explained, D noted
    # Null: the office has not yet passed the answer on.
    Column("released_at", Moment),
    # How often it had to be done again after 不满意.
    Column("again", Integer, nullable=False),
    refers("suggestion", "suggestion"),
    refers("unit", "unit"),
    UniqueConstraint("congress", "suggestion", "unit", "handed_at"),
    Index(None, "congress", "unit", "state", "answer_by"),
    Index(None, "congress", "state", "answer_by"),
    Index(None, "congress", "extension", "state", "answer_by"),
    Index(None, "congress", "suggestion"),
    # Which were solved: 年年提 asks for thousands at once.
    Index(None, "congress", "result", "suggestion", "released_at"),
    sqlite_with_rowid=False,
)

contact = Table(
    "contact",
    metadata,
    *own_id(),
    Column("handling", ID, nullable=False),
    Column("kind", String(16), nullable=False),  # 三访: before, during, after; 面商: meeting
    Column("day", Date, nullable=False),
    Column("with_whom", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("entered_by", Text, nullable=False),
    Column("entered_at", Moment, nullable=False),
    refers("handling", "handling"),
    Index(None, "congress", "handling"),
    sqlite_with_rowid=False,
)

confirmation = Table(
    "confirmation",
    metadata,
    *own_id(),
    # 答复确认: the proposer's word on an answer. A second one follows after 重新办理.
    Column("suggestion", ID, nullable=False),
    Column("round", Integer, nullable=False),
    Column("grade", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("by", Text, nullable=False),  # the proposer, or who took it down by telephone
    Column("at", Moment, nullable=False),
    refers("suggestion", "suggestion"),
    UniqueConstraint("congress", "suggestion", "round"),
    sqlite_with_rowid=False,
)

urging = Table(
    "urging",
    metadata,
    *own_id(),
    # 督办: what the office did to get it moving.
    Column("suggestion", ID, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("text", Text, nullable=False),
    refers("suggestion", "suggestion"),
    Index(None, "congress", "suggestion"),
    sqlite_with_rowid=False,
)

happening = Table(
    "happening",
    metadata,
    *own_id(),
    # 办理经过: what each step said, also answers that were replaced later.
    Column("suggestion", ID, nullable=False),
    # Null: concerns all. Otherwise what one unit, and the office, may read.
    Column("unit", ID),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("text", Text, nullable=False),
    refers("suggestion", "suggestion"),
    refers("unit", "unit"),
    Index(None, "congress", "suggestion"),
    sqlite_with_rowid=False,
)

workday = Table(
    "workday",
    metadata,
    # Where the calendar differs from Monday to Friday: holidays, and weekends on which people work.
    Column("congress", ID, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("working", Boolean, nullable=False),
    Column("name", Text, nullable=False),
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    sqlite_with_rowid=False,
)
