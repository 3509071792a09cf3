"""What citizens say about projects."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_citizen_opinion()
    create_citizen_score()


def create_citizen_opinion() -> None:
    op.create_table(
        "citizen_opinion",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("project", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("judged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("judged_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("replied_by", sa.Text(), nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "project"],
            ["project.congress", "project.id"],
            name=op.f("fk_citizen_opinion_project"),
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_citizen_opinion")),
        sa.UniqueConstraint("congress", "form_key", name=op.f("uq_citizen_opinion_congress_form_key")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_citizen_opinion_congress_project_state"),
        "citizen_opinion",
        ["congress", "project", "state"],
        unique=False,
    )
    op.create_index(
        op.f("ix_citizen_opinion_congress_state_sent_at"),
        "citizen_opinion",
        ["congress", "state", "sent_at"],
        unique=False,
    )


def create_citizen_score() -> None:
    op.create_table(
        "citizen_score",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("project", sa.String(length=32), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("scale", sa.String(length=8), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "project"], ["project.congress", "project.id"], name=op.f("fk_citizen_score_project")
        ),
        sa.PrimaryKeyConstraint("congress", "project", "device", name=op.f("pk_citizen_score")),
        sqlite_with_rowid=False,
    )
