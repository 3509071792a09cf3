"""保存期限: what was erased, what is held."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_erasure()
    create_hold()


def create_erasure() -> None:
    op.create_table(
        "erasure",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=True),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_erasure_congress")),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_erasure")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_erasure_congress_at"), "erasure", ["congress", "at"], unique=False)
    op.create_index(
        op.f("ix_erasure_congress_kind_subject"), "erasure", ["congress", "kind", "subject"], unique=False
    )


def create_hold() -> None:
    op.create_table(
        "hold",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("about", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("lifted_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_hold_congress")),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_hold")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_hold_congress_subject"), "hold", ["congress", "subject"], unique=False)
