"""约见 with a record of its own; photos of a report that were taken down."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_summons()
    create_taken_down()


def create_summons() -> None:
    op.create_table(
        "summons",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("rung", sa.String(length=32), nullable=False),
        sa.Column("summoned", sa.Text(), nullable=False),
        sa.Column("hosts", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("promised", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "rung"], ["rung.congress", "rung.id"], name=op.f("fk_summons_rung")
        ),
        sa.PrimaryKeyConstraint("congress", "rung", name=op.f("pk_summons")),
        sqlite_with_rowid=False,
    )


def create_taken_down() -> None:
    op.create_table(
        "taken_down",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("picture", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "picture"],
            ["picture.congress", "picture.id"],
            name=op.f("fk_taken_down_picture"),
        ),
        sa.PrimaryKeyConstraint("congress", "picture", name=op.f("pk_taken_down")),
        sqlite_with_rowid=False,
    )
