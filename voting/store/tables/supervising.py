"""Supervision of projects by the congress, changes of what was decided, 办结 and 验收."""

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

from voting.store.tables.base import ID, Moment, metadata, own_id, refers

supervision_group = Table(
    "supervision_group",
    metadata,
    *own_id(),
    # 代表监督小组.
    Column("name", Text, nullable=False),
    Column("leader", ID, nullable=False),
    Column("made_at", Moment, nullable=False),
    # Null while it exists.
    Column("ended_at", Moment),
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    refers("leader", "deputy"),
    sqlite_with_rowid=False,
)

group_member = Table(
    "group_member",
    metadata,
    # The leader is not among them.
    Column("congress", ID, primary_key=True),
    Column("group", ID, primary_key=True),
    Column("deputy", ID, primary_key=True),
    refers("group", "supervision_group"),
    refers("deputy", "deputy"),
    Index(None, "congress", "deputy"),
    sqlite_with_rowid=False,
)

group_project = Table(
    "group_project",
    metadata,
    Column("congress", ID, primary_key=True),
    Column("group", ID, primary_key=True),
    Column("project", ID, primary_key=True),
    refers("group", "supervision_group"),
    refers("project", "project"),
    Index(None, "congress", "project"),
    sqlite_with_rowid=False,
)

supervisor = Table(
    "supervisor",
    metadata,
    Column("congress", ID, primary_key=True),
    Column("project", ID, primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),  # from 1
    Column("role", String(16), nullable=False),  # throughout, matching, leading
    Column("name", Text, nullable=False),
    Column("body", Text, nullable=False),
    refers("project", "project"),
    sqlite_with_rowid=False,
)

visit = Table(
    "visit",
    metadata,
    *own_id(),
    Column("project", ID, nullable=False),
    # Null: not as a group's.
    Column("group", ID),
    Column("day", Date, nullable=False),
    Column("who", Text, nullable=False),
    Column("seen", Text, nullable=False),
    Column("opinion", Text, nullable=False),  # empty: none was given
    # Null: entered by staff.
    Column("deputy", ID),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    # Null: not in public.
    Column("released_at", Moment),
    # Null: it stands.
    Column("withdrawn_at", Moment),
    refers("project", "project"),
    refers("group", "supervision_group"),
    refers("deputy", "deputy"),
    Index(None, "congress", "project"),
    sqlite_with_rowid=False,
)

visit_reply = Table(
    "visit_reply",
    metadata,
    *own_id(),
    Column("visit", ID, nullable=False),
    # Null: by the government office.
    Column("unit", ID),
    Column("text", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    # Null: not in public.
    Column("released_at", Moment),
    refers("visit", "visit"),
    refers("unit", "unit"),
    Index(None, "congress", "visit"),
    sqlite_with_rowid=False,
)

supervision_order = Table(
    "supervision_order",
    metadata,
    *own_id(),
    # 督办单.
    Column("project", ID, nullable=False),
    Column("number", Text, nullable=False),  # 编号
    Column("body", String(16), nullable=False),  # committee or presidium, in whose name
    Column("decision", Text, nullable=False),  # by which the body decided on it
    Column("day", Date, nullable=False),
    Column("unit", ID, nullable=False),
    Column("matter", Text, nullable=False),
    Column("demand", Text, nullable=False),
    Column("due", Date, nullable=False),
    Column("state", String(16), nullable=False),  # issued, answered, returned, accepted, ended, withdrawn
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    # Null: not in public.
    Column("released_at", Moment),
    refers("project", "project"),
    refers("unit", "unit"),
    UniqueConstraint("congress", "number"),
    Index(None, "congress", "project"),
    Index(None, "congress", "state"),
    sqlite_with_rowid=False,
)

order_answer = Table(
    "order_answer",
    metadata,
    Column("congress", ID, primary_key=True),
    Column("order", ID, primary_key=True),
    Column("turn", Integer, primary_key=True, autoincrement=False),  # from 1
    Column("due", Date, nullable=False),  # as it stood when this answer came
    Column("text", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    # Null until the staff has judged it: accepted or returned, with its reason.
    Column("verdict", String(16)),
    Column("reason", Text, nullable=False),
    Column("judged_by", Text, nullable=False),
    Column("judged_at", Moment),
    refers("order", "supervision_order"),
    sqlite_with_rowid=False,
)

conference = Table(
    "conference",
    metadata,
    *own_id(),
    # 会商.
    Column("project", ID, nullable=False),
    Column("day", Date, nullable=False),
    Column("subject", Text, nullable=False),
    Column("participants", Text, nullable=False),
    Column("agreed", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    # Null: not in public.
    Column("released_at", Moment),
    # Null: it stands.
    Column("withdrawn_at", Moment),
    refers("project", "project"),
    Index(None, "congress", "project"),
    sqlite_with_rowid=False,
)

commitment = Table(
    "commitment",
    metadata,
    # Who does what by when, as agreed in a 会商.
    Column("congress", ID, primary_key=True),
    Column("conference", ID, primary_key=True),
    Column("place", Integer, primary_key=True, autoincrement=False),  # from 1
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("due", Date, nullable=False),
    # Null until it is done.
    Column("done_on", Date),
    Column("done_by", Text, nullable=False),
    refers("conference", "conference"),
    sqlite_with_rowid=False,
)

supervision_correction = Table(
    "supervision_correction",
    metadata,
    *own_id(),
    # 更正 or 撤回 of a visit, a 督办单 or a 会商.
    Column("project", ID, nullable=False),
    # The visit, the 督办单 or the 会商.
    Column("of", ID, nullable=False),
    Column("kind", String(16), nullable=False),  # correction, withdrawal
    # JSON: what, old words, new words.
    Column("lines", LargeBinary, nullable=False),
    Column("reason", Text, nullable=False),
    # It was in public when it was corrected.
    Column("public", Boolean, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    refers("project", "project"),
    Index(None, "congress", "project"),
    sqlite_with_rowid=False,
)

project_change = Table(
    "project_change",
    metadata,
    *own_id(),
    # 调整: what was decided about a project is to become something else.
    Column("project", ID, nullable=False),
    Column("kind", String(16), nullable=False),  # target, money, time, content, cancellation
    Column("state", String(16), nullable=False),  # asked, withdrawn, approved, refused
    Column("reason", Text, nullable=False),
    # JSON of the `Terms` that the kind is about: they are kept for ever.
    Column("before", LargeBinary, nullable=False),
    Column("after", LargeBinary, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    # Null until a body has decided: committee or congress.
    Column("body", String(16)),
    Column("session", Text, nullable=False),  # of the congress, where that decided
    Column("number", Text, nullable=False),  # of the decision
    Column("day", Date),
    Column("note", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("decided_at", Moment),
    # Null until the next 大会 was told of what the 常委会 decided.
    Column("told_on", Date),
    Column("told_session", Text, nullable=False),
    Column("told_by", Text, nullable=False),
    refers("project", "project"),
    Index(None, "congress", "project"),
    Index(None, "congress", "state"),
    sqlite_with_rowid=False,
)

completion = Table(
    "completion",
    metadata,
    *own_id(),
    # 办结, and 验收 of it. After "needs work" there is another one.
    Column("project", ID, nullable=False),
    Column("turn", Integer, nullable=False),  # from 1
    Column("whole", Boolean, nullable=False),  # false: this year's stage of a project of several years
    Column("finished_on", Date, nullable=False),
    # In force on the day of the report. Null: none was ever set.
    Column("deadline", Date),
    Column("text", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    # The id of the 验收, to which its documents belong.
    Column("acceptance", ID, nullable=False),
    # Null until accepted: passed or needs_work.
    Column("result", String(16)),
    Column("accepted_on", Date),
    Column("body", Text, nullable=False),
    Column("approvers", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("accepted_by", Text, nullable=False),
    Column("accepted_at", Moment),
    refers("project", "project"),
    UniqueConstraint("congress", "project", "turn"),
    sqlite_with_rowid=False,
)
