"""更正 and 撤回 of supervision, 专题询问 about 整改, candidates still to be filled in."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_withdrawals()
    create_supervision_correction()
    create_inquiry_matter()
    create_sketch()


def create_supervision_correction() -> None:
    op.create_table(
        "supervision_correction",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("project", sa.String(length=32), nullable=False),
        sa.Column("of", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("lines", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "project"],
            ["project.congress", "project.id"],
            name=op.f("fk_supervision_correction_project"),
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_supervision_correction")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_supervision_correction_congress_project"),
        "supervision_correction",
        ["congress", "project"],
        unique=False,
    )


def create_inquiry_matter() -> None:
    op.create_table(
        "inquiry_matter",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("inquiry", sa.String(length=32), nullable=False),
        sa.Column("rectification", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "inquiry"],
            ["inquiry.congress", "inquiry.id"],
            name=op.f("fk_inquiry_matter_inquiry"),
        ),
        sa.ForeignKeyConstraint(
            ["congress", "rectification"],
            ["rectification.congress", "rectification.id"],
            name=op.f("fk_inquiry_matter_rectification"),
        ),
        sa.PrimaryKeyConstraint("congress", "inquiry", "rectification", name=op.f("pk_inquiry_matter")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_inquiry_matter_congress_rectification"),
        "inquiry_matter",
        ["congress", "rectification"],
        unique=False,
    )


def create_sketch() -> None:
    op.create_table(
        "sketch",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("suggestion", sa.String(length=32), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "suggestion"],
            ["suggestion.congress", "suggestion.id"],
            name=op.f("fk_sketch_suggestion"),
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_sketch")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_sketch_congress_suggestion"), "sketch", ["congress", "suggestion"], unique=False)
    op.create_index(op.f("ix_sketch_congress_year"), "sketch", ["congress", "year"], unique=False)


def add_withdrawals() -> None:
    for table in ("visit", "conference"):
        op.add_column(table, sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True))
