"""演练 from the staff pages."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_rehearsal()


def create_rehearsal() -> None:
    op.create_table(
        "rehearsal",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("exercise", sa.LargeBinary(), nullable=False),
        sa.Column("begun_by", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("beat_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("figures", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_rehearsal_congress")),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_rehearsal")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_rehearsal_congress_begun_at"), "rehearsal", ["congress", "begun_at"], unique=False
    )
    op.create_index(op.f("ix_rehearsal_state"), "rehearsal", ["state"], unique=False)
