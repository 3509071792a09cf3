"""Keys that scrutineers make together."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_ceremony()
    create_ceremony_member()
    op.add_column("scrutineer", sa.Column("endorsement", sa.LargeBinary()))
    op.add_column("scrutineer", sa.Column("confirmation", sa.LargeBinary()))


def create_ceremony() -> None:
    op.create_table(
        "ceremony",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("session", sa.String(length=32), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by", sa.Text(), nullable=False),
        sa.Column("trustees", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "session"], ["session.congress", "session.id"], name=op.f("fk_ceremony_session")
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_ceremony")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_ceremony_congress_session"), "ceremony", ["congress", "session"], unique=False)


def create_ceremony_member() -> None:
    op.create_table(
        "ceremony_member",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("ceremony", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("signing_key", sa.String(length=64), nullable=True),
        sa.Column("certificate", sa.LargeBinary(), nullable=True),
        sa.Column("endorsement", sa.LargeBinary(), nullable=True),
        sa.Column("deal", sa.LargeBinary(), nullable=True),
        sa.Column("share", sa.LargeBinary(), nullable=True),
        sa.Column("compared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("restored_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "ceremony"],
            ["ceremony.congress", "ceremony.id"],
            name=op.f("fk_ceremony_member_ceremony"),
        ),
        sa.PrimaryKeyConstraint("congress", "ceremony", "number", name=op.f("pk_ceremony_member")),
        sqlite_with_rowid=False,
    )
