"""Candidates on their way to the ballot, the bodies they pass, comments and replies."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_draft()
    create_draft_version()
    create_feasibility()
    create_slate()
    create_comment()
    create_draft_source()
    create_assessment()
    create_passage()
    create_slate_entry()


def create_draft() -> None:
    op.create_table(
        "draft",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_draft_congress")),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_draft")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_draft_congress_year_state"), "draft", ["congress", "year", "state"], unique=False
    )


def create_draft_version() -> None:
    op.create_table(
        "draft_version",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("draft", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verdict", sa.String(length=16), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("judged_by", sa.Text(), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "draft"], ["draft.congress", "draft.id"], name=op.f("fk_draft_version_draft")
        ),
        sa.PrimaryKeyConstraint("congress", "draft", "version", name=op.f("pk_draft_version")),
        sqlite_with_rowid=False,
    )


def create_assessment() -> None:
    op.create_table(
        "assessment",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("draft", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("outcome", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "draft"], ["draft.congress", "draft.id"], name=op.f("fk_assessment_draft")
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_assessment")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_assessment_congress_draft"), "assessment", ["congress", "draft"], unique=False)


def create_feasibility() -> None:
    op.create_table(
        "feasibility",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("draft", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("opinion", sa.String(length=16), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("given_by", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "draft"], ["draft.congress", "draft.id"], name=op.f("fk_feasibility_draft")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "unit"], ["unit.congress", "unit.id"], name=op.f("fk_feasibility_unit")
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_feasibility")),
        sa.UniqueConstraint("congress", "draft", "unit", name=op.f("uq_feasibility_congress_draft_unit")),
        sqlite_with_rowid=False,
    )


def create_slate() -> None:
    op.create_table(
        "slate",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("places", sa.Integer(), nullable=False),
        sa.Column("ballot", sa.String(length=16), nullable=False),
        sa.Column("bodies", sa.LargeBinary(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("frozen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("round", sa.String(length=32), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "round"], ["round.congress", "round.id"], name=op.f("fk_slate_round")
        ),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_slate_congress")),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_slate")),
        sa.UniqueConstraint("congress", "year", "title", name=op.f("uq_slate_congress_year_title")),
        sqlite_with_rowid=False,
    )


def create_comment() -> None:
    op.create_table(
        "comment",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("slate", sa.String(length=32), nullable=False),
        sa.Column("draft", sa.String(length=32), nullable=True),
        sa.Column("delegation", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("replied_by", sa.Text(), nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "draft"], ["draft.congress", "draft.id"], name=op.f("fk_comment_draft")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "slate"], ["slate.congress", "slate.id"], name=op.f("fk_comment_slate")
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_comment")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_comment_congress_slate"), "comment", ["congress", "slate"], unique=False)


def create_draft_source() -> None:
    op.create_table(
        "draft_source",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("draft", sa.String(length=32), nullable=False),
        sa.Column("suggestion", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "draft"], ["draft.congress", "draft.id"], name=op.f("fk_draft_source_draft")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "suggestion"],
            ["suggestion.congress", "suggestion.id"],
            name=op.f("fk_draft_source_suggestion"),
        ),
        sa.PrimaryKeyConstraint("congress", "draft", "suggestion", name=op.f("pk_draft_source")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_draft_source_congress_suggestion"), "draft_source", ["congress", "suggestion"], unique=False
    )


def create_passage() -> None:
    op.create_table(
        "passage",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("slate", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("decision", sa.String(length=16), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("listed", sa.LargeBinary(), nullable=False),
        sa.Column("document_name", sa.Text(), nullable=False),
        sa.Column("document", sa.LargeBinary(), nullable=False),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "slate"], ["slate.congress", "slate.id"], name=op.f("fk_passage_slate")
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_passage")),
        sa.UniqueConstraint("congress", "slate", "turn", name=op.f("uq_passage_congress_slate_turn")),
        sqlite_with_rowid=False,
    )


def create_slate_entry() -> None:
    op.create_table(
        "slate_entry",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("slate", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("draft", sa.String(length=32), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "draft"], ["draft.congress", "draft.id"], name=op.f("fk_slate_entry_draft")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "slate"], ["slate.congress", "slate.id"], name=op.f("fk_slate_entry_slate")
        ),
        sa.PrimaryKeyConstraint("congress", "slate", "number", name=op.f("pk_slate_entry")),
        sa.UniqueConstraint("congress", "slate", "draft", name=op.f("uq_slate_entry_congress_slate_draft")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_slate_entry_congress_draft"), "slate_entry", ["congress", "draft"], unique=False)
