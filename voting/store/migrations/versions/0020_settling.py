"""What was decided about the places that a round left open."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_resolution()


def create_resolution() -> None:
    op.create_table(
        "resolution",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("round", sa.String(length=32), nullable=False),
        sa.Column("way", sa.String(length=16), nullable=False),
        sa.Column("chosen", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "round"], ["round.congress", "round.id"], name=op.f("fk_resolution_round")
        ),
        sa.PrimaryKeyConstraint("congress", "round", name=op.f("pk_resolution")),
        sqlite_with_rowid=False,
    )
