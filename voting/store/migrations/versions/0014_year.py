"""The year: opened, taken over, earlier results, papers for everybody."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_opened_year()
    create_carried()
    create_earlier_score()
    create_public_paper()


def create_opened_year() -> None:
    op.create_table(
        "opened_year",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_opened_year_congress")),
        sa.PrimaryKeyConstraint("congress", "year", name=op.f("pk_opened_year")),
        sqlite_with_rowid=False,
    )


def create_carried() -> None:
    op.create_table(
        "carried",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("draft", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("project", sa.String(length=32), nullable=True),
        sa.Column("earlier", sa.String(length=32), nullable=True),
        sa.Column("history", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "draft"], ["draft.congress", "draft.id"], name=op.f("fk_carried_draft")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "earlier"], ["draft.congress", "draft.id"], name="fk_carried_earlier"
        ),
        sa.ForeignKeyConstraint(
            ["congress", "project"], ["project.congress", "project.id"], name=op.f("fk_carried_project")
        ),
        sa.PrimaryKeyConstraint("congress", "draft", name=op.f("pk_carried")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_carried_congress_year"), "carried", ["congress", "year"], unique=False)


def create_earlier_score() -> None:
    op.create_table(
        "earlier_score",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("project", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("invalid", sa.Integer(), nullable=False),
        sa.Column("figures", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_earlier_score_congress")),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_earlier_score")),
        sa.UniqueConstraint(
            "congress", "year", "project", "unit", name=op.f("uq_earlier_score_congress_year_project_unit")
        ),
        sqlite_with_rowid=False,
    )


def create_public_paper() -> None:
    op.create_table(
        "public_paper",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_public_paper_congress")),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_public_paper")),
        sa.UniqueConstraint("congress", "hash", name=op.f("uq_public_paper_congress_hash")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_public_paper_congress_year"), "public_paper", ["congress", "year"], unique=False)
