"""Ballots on paper: what two tellers wrote down, and who signed it."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_paper_sheet()
    create_paper_dealt()
    create_paper_signature()


def create_paper_sheet() -> None:
    op.create_table(
        "paper_sheet",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("round", sa.String(length=32), nullable=False),
        sa.Column("teller", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("entry", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "round"], ["round.congress", "round.id"], name=op.f("fk_paper_sheet_round")
        ),
        sa.PrimaryKeyConstraint("congress", "round", "teller", "version", name=op.f("pk_paper_sheet")),
        sqlite_with_rowid=False,
    )


def create_paper_dealt() -> None:
    op.create_table(
        "paper_dealt",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("round", sa.String(length=32), nullable=False),
        sa.Column("cast", sa.Integer(), nullable=False),
        sa.Column("spoilt", sa.Integer(), nullable=False),
        sa.Column("fewest", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "round"], ["round.congress", "round.id"], name=op.f("fk_paper_dealt_round")
        ),
        sa.PrimaryKeyConstraint("congress", "round", name=op.f("pk_paper_dealt")),
        sqlite_with_rowid=False,
    )


def create_paper_signature() -> None:
    op.create_table(
        "paper_signature",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("round", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("signature", sa.String(length=128), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "round", "number"],
            ["scrutineer.congress", "scrutineer.round", "scrutineer.number"],
            name=op.f("fk_paper_signature_scrutineer"),
        ),
        sa.PrimaryKeyConstraint("congress", "round", "number", name=op.f("pk_paper_signature")),
        sqlite_with_rowid=False,
    )
