"""从线索到候选项目: what the government makes of the best suggestions, and the bodies it passes."""

from __future__ import annotations

from sqlalchemy import (
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

draft = Table(
    "draft",
    metadata,
    *own_id(),
    # A candidate on its way: 预审, 初选, 储备库. What it says is its newest version.
    Column("year", Integer, nullable=False),
    Column("state", String(16), nullable=False),
    Column("version", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("reason", Text, nullable=False),  # why it was taken, sent back, put in reserve
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    Index(None, "congress", "year", "state"),
    sqlite_with_rowid=False,
)

draft_version = Table(
    "draft_version",
    metadata,
    Column("congress", ID, primary_key=True),
    Column("draft", ID, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("content", LargeBinary, nullable=False),  # JSON of a screening `Plan`
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    # Null until 预审: taken, amend or returned, with its reason.
    Column("verdict", String(16)),
    Column("reason", Text, nullable=False),
    Column("judged_by", Text, nullable=False),
    Column("judged_at", Moment),
    refers("draft", "draft"),
    sqlite_with_rowid=False,
)

draft_source = Table(
    "draft_source",
    metadata,
    Column("congress", ID, primary_key=True),
    Column("draft", ID, primary_key=True),
    Column("suggestion", ID, primary_key=True),
    refers("draft", "draft"),
    refers("suggestion", "suggestion"),
    Index(None, "congress", "suggestion"),
    sqlite_with_rowid=False,
)

sketch = Table(
    "sketch",
    metadata,
    *own_id(),
    # 待补全的草稿: ticked, and not yet handed in as the draft of the same id.
    Column("year", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("place", Text, nullable=False),  # empty: not known
    Column("suggestion", ID, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    refers("suggestion", "suggestion"),
    Index(None, "congress", "year"),
    Index(None, "congress", "suggestion"),
    sqlite_with_rowid=False,
)

assessment = Table(
    "assessment",
    metadata,
    *own_id(),
    # 初选: each criterion answered, and what follows. All are kept: reserve is assessed again next year.
    Column("draft", ID, nullable=False),
    Column("version", Integer, nullable=False),
    Column("answers", LargeBinary, nullable=False),  # JSON: one `Answer` for each criterion
    Column("outcome", String(16), nullable=False),  # shortlisted, reserve, dropped
    Column("reason", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    refers("draft", "draft"),
    Index(None, "congress", "draft"),
    sqlite_with_rowid=False,
)

feasibility = Table(
    "feasibility",
    metadata,
    *own_id(),
    Column("draft", ID, nullable=False),
    Column("unit", ID, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("due", Date, nullable=False),
    # Null until the unit has given its opinion: feasible, conditional or not.
    Column("opinion", String(16)),
    Column("text", Text, nullable=False),
    Column("given_by", Text, nullable=False),
    Column("given_at", Moment),
    refers("draft", "draft"),
    refers("unit", "unit"),
    UniqueConstraint("congress", "draft", "unit"),
    sqlite_with_rowid=False,
)

slate = Table(
    "slate",
    metadata,
    *own_id(),
    # 候选项目（草案）名单 of one year.
    Column("year", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("places", Integer, nullable=False),  # K, the number to be chosen
    Column("ballot", String(16), nullable=False),  # select_k (差额) or for_against (may be 等额)
    # JSON: the bodies in the order that the settings had when the slate was made.
    Column("bodies", LargeBinary, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    # Null until every body has passed it: from then on nothing on it changes.
    Column("frozen_at", Moment),
    # Null until the round of the session was made from it.
    Column("round", ID),
    # Null: not yet readable by the deputies.
    Column("opened_at", Moment),
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    refers("round", "round"),
    UniqueConstraint("congress", "year", "title"),
    sqlite_with_rowid=False,
)

slate_entry = Table(
    "slate_entry",
    metadata,
    Column("congress", ID, primary_key=True),
    Column("slate", ID, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),  # printed order
    Column("draft", ID, nullable=False),
    Column("version", Integer, nullable=False),  # of the draft: the one that is printed
    refers("slate", "slate"),
    refers("draft", "draft"),
    UniqueConstraint("congress", "slate", "draft"),
    Index(None, "congress", "draft"),
    sqlite_with_rowid=False,
)

passage = Table(
    "passage",
    metadata,
    *own_id(),
    # 政府常务会 → 党委 → 常委会 or 主席团: what each body decided about the slate.
    Column("slate", ID, nullable=False),
    Column("place", Integer, nullable=False),  # from 1, in the order of the slate's bodies
    Column("turn", Integer, nullable=False),  # from 1: as they were entered, also after a return
    Column("body", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("decision", String(16), nullable=False),  # passed, amended, returned
    Column("note", Text, nullable=False),
    Column("listed", LargeBinary, nullable=False),  # JSON: the list as this body had it before it
    # Empty: none was handed in.
    Column("document_name", Text, nullable=False),
    Column("document", LargeBinary, nullable=False),
    Column("entered_by", Text, nullable=False),
    Column("entered_at", Moment, nullable=False),
    refers("slate", "slate"),
    UniqueConstraint("congress", "slate", "turn"),
    sqlite_with_rowid=False,
)

comment = Table(
    "comment",
    metadata,
    *own_id(),
    # 审议意见 of a delegation, and the government's reply.
    Column("slate", ID, nullable=False),
    # Null: on the whole slate.
    Column("draft", ID),
    Column("delegation", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("reply", Text, nullable=False),
    Column("replied_by", Text, nullable=False),
    Column("replied_at", Moment),
    refers("slate", "slate"),
    refers("draft", "draft"),
    Index(None, "congress", "slate"),
    sqlite_with_rowid=False,
)
