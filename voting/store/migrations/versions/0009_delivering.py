"""政府办: projects, their milestones and parts, 交办函, documents and photos."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_handover()
    create_project()
    create_assisting()
    create_part()
    create_milestone()
    create_paper()
    create_picture()


def create_handover() -> None:
    op.create_table(
        "handover",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("round", sa.String(length=32), nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("sender", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "round"], ["round.congress", "round.id"], name=op.f("fk_handover_round")
        ),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_handover_congress")),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_handover")),
        sa.UniqueConstraint("congress", "year", "number", name=op.f("uq_handover_congress_year_number")),
        sqlite_with_rowid=False,
    )


def create_project() -> None:
    op.create_table(
        "project",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("standard", sa.Text(), nullable=False),
        sa.Column("targets", sa.LargeBinary(), nullable=False),
        sa.Column("completion", sa.String(length=16), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("planned", sa.BigInteger(), nullable=False),
        sa.Column("funds", sa.Text(), nullable=False),
        sa.Column("lead_unit", sa.String(length=32), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("chief", sa.Text(), nullable=False),
        sa.Column("watcher", sa.Text(), nullable=False),
        sa.Column("round", sa.String(length=32), nullable=True),
        sa.Column("candidate", sa.Integer(), nullable=True),
        sa.Column("draft", sa.String(length=32), nullable=True),
        sa.Column("handover", sa.String(length=32), nullable=True),
        sa.Column("previous", sa.String(length=32), nullable=True),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("planned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("baseline", sa.Integer(), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("spent", sa.BigInteger(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "draft"], ["draft.congress", "draft.id"], name=op.f("fk_project_draft")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "handover"], ["handover.congress", "handover.id"], name=op.f("fk_project_handover")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "lead_unit"], ["unit.congress", "unit.id"], name=op.f("fk_project_unit")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "previous"], ["project.congress", "project.id"], name=op.f("fk_project_project")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "round"], ["round.congress", "round.id"], name=op.f("fk_project_round")
        ),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_project_congress")),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_project")),
        sa.UniqueConstraint(
            "congress", "round", "candidate", name=op.f("uq_project_congress_round_candidate")
        ),
        sa.UniqueConstraint("congress", "year", "number", name=op.f("uq_project_congress_year_number")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_project_congress_lead_unit_year"), "project", ["congress", "lead_unit", "year"], unique=False
    )


def create_assisting() -> None:
    op.create_table(
        "assisting",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("project", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "project"], ["project.congress", "project.id"], name=op.f("fk_assisting_project")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "unit"], ["unit.congress", "unit.id"], name=op.f("fk_assisting_unit")
        ),
        sa.PrimaryKeyConstraint("congress", "project", "unit", name=op.f("pk_assisting")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_assisting_congress_unit"), "assisting", ["congress", "unit"], unique=False)


def create_part() -> None:
    op.create_table(
        "part",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("project", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "project"], ["project.congress", "project.id"], name=op.f("fk_part_project")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "unit"], ["unit.congress", "unit.id"], name=op.f("fk_part_unit")
        ),
        sa.PrimaryKeyConstraint("congress", "project", "place", name=op.f("pk_part")),
        sqlite_with_rowid=False,
    )


def create_milestone() -> None:
    op.create_table(
        "milestone",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("project", sa.String(length=32), nullable=False),
        sa.Column("baseline", sa.Integer(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "project"], ["project.congress", "project.id"], name=op.f("fk_milestone_project")
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_milestone")),
        sa.UniqueConstraint(
            "congress",
            "project",
            "baseline",
            "place",
            name=op.f("uq_milestone_congress_project_baseline_place"),
        ),
        sqlite_with_rowid=False,
    )


def create_paper() -> None:
    op.create_table(
        "paper",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("project", sa.String(length=32), nullable=False),
        sa.Column("of", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "project"], ["project.congress", "project.id"], name=op.f("fk_paper_project")
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_paper")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_paper_congress_project_of"), "paper", ["congress", "project", "of"], unique=False
    )


def create_picture() -> None:
    op.create_table(
        "picture",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("project", sa.String(length=32), nullable=False),
        sa.Column("of", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("small", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "project"], ["project.congress", "project.id"], name=op.f("fk_picture_project")
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_picture")),
        sa.UniqueConstraint(
            "congress", "project", "of", "place", name=op.f("uq_picture_congress_project_of_place")
        ),
        sqlite_with_rowid=False,
    )
