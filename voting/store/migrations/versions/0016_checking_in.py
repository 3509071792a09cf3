"""签到: plenaries, who came and left, leave, passes; deputies whose office is suspended."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("deputy", sa.Column("suspended", sa.Boolean(), nullable=False, server_default=sa.false()))
    create_plenary()
    create_attendance_move()
    create_leave()
    create_pass_code()


def create_plenary() -> None:
    op.create_table(
        "plenary",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("session", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("begun_by", sa.Text(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "session"], ["session.congress", "session.id"], name=op.f("fk_plenary_session")
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_plenary")),
        sa.UniqueConstraint("congress", "session", "number", name=op.f("uq_plenary_congress_session_number")),
        sqlite_with_rowid=False,
    )


def create_attendance_move() -> None:
    op.create_table(
        "attendance_move",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("plenary", sa.String(length=32), nullable=False),
        sa.Column("deputy", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("direction", sa.String(length=3), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("desk", sa.Text(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "deputy"], ["deputy.congress", "deputy.id"], name=op.f("fk_attendance_move_deputy")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "plenary"],
            ["plenary.congress", "plenary.id"],
            name=op.f("fk_attendance_move_plenary"),
        ),
        sa.PrimaryKeyConstraint("congress", "plenary", "deputy", "place", name=op.f("pk_attendance_move")),
        sqlite_with_rowid=False,
    )


def create_leave() -> None:
    op.create_table(
        "leave",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("session", sa.String(length=32), nullable=False),
        sa.Column("plenary", sa.String(length=32), nullable=True),
        sa.Column("deputy", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("noted_by", sa.Text(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "deputy"], ["deputy.congress", "deputy.id"], name=op.f("fk_leave_deputy")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "plenary"], ["plenary.congress", "plenary.id"], name=op.f("fk_leave_plenary")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "session"], ["session.congress", "session.id"], name=op.f("fk_leave_session")
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_leave")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_leave_congress_session"), "leave", ["congress", "session"], unique=False)


def create_pass_code() -> None:
    op.create_table(
        "pass_code",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("session", sa.String(length=32), nullable=False),
        sa.Column("deputy", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "deputy"], ["deputy.congress", "deputy.id"], name=op.f("fk_pass_code_deputy")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "session"], ["session.congress", "session.id"], name=op.f("fk_pass_code_session")
        ),
        sa.PrimaryKeyConstraint("congress", "session", "deputy", name=op.f("pk_pass_code")),
        sa.UniqueConstraint("congress", "session", "code", name=op.f("uq_pass_code_congress_session_code")),
        sqlite_with_rowid=False,
    )
