"""Progress of projects: reports with their corrections, 预警."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_report()
    create_report_revision()
    create_warning()


def create_report() -> None:
    op.create_table(
        "report",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("project", sa.String(length=32), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("baseline", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("percents", sa.LargeBinary(), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("saved_by", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by", sa.Text(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "project"], ["project.congress", "project.id"], name=op.f("fk_report_project")
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_report")),
        sa.UniqueConstraint("congress", "project", "period", name=op.f("uq_report_congress_project_period")),
        sqlite_with_rowid=False,
    )


def create_report_revision() -> None:
    op.create_table(
        "report_revision",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("report", sa.String(length=32), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("percents", sa.LargeBinary(), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "report"], ["report.congress", "report.id"], name=op.f("fk_report_revision_report")
        ),
        sa.PrimaryKeyConstraint("congress", "report", "revision", name=op.f("pk_report_revision")),
        sqlite_with_rowid=False,
    )


def create_warning() -> None:
    op.create_table(
        "warning",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("project", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("mark", sa.String(length=64), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Text(), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("acknowledged_by", sa.Text(), nullable=True),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("ended_by", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "project"], ["project.congress", "project.id"], name=op.f("fk_warning_project")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "unit"], ["unit.congress", "unit.id"], name=op.f("fk_warning_unit")
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_warning")),
        sa.UniqueConstraint("congress", "project", "mark", name=op.f("uq_warning_congress_project_mark")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_warning_congress_ended_at"), "warning", ["congress", "ended_at"], unique=False)
