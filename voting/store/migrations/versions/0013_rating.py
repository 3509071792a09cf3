"""人大评: what a satisfaction round rates, 整改, 专题询问, aspects of 建议办理."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_rectification()
    create_rectification_step()
    create_rung()
    create_inquiry()
    create_inquiry_project()
    create_inquiry_unit()
    create_inquiry_question()
    create_recheck()
    create_rated()
    create_aspect_score()


def create_rectification() -> None:
    op.create_table(
        "rectification",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("project", sa.String(length=32), nullable=False),
        sa.Column("part", sa.Integer(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("round", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("ordered_on", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=False),
        sa.Column("demands", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "project"], ["project.congress", "project.id"], name=op.f("fk_rectification_project")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "round"], ["round.congress", "round.id"], name=op.f("fk_rectification_round")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "unit"], ["unit.congress", "unit.id"], name=op.f("fk_rectification_unit")
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_rectification")),
        sa.UniqueConstraint(
            "congress", "round", "number", name=op.f("uq_rectification_congress_round_number")
        ),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_rectification_congress_project"), "rectification", ["congress", "project"], unique=False
    )
    op.create_index(
        op.f("ix_rectification_congress_unit"), "rectification", ["congress", "unit"], unique=False
    )


def create_rectification_step() -> None:
    op.create_table(
        "rectification_step",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("rectification", sa.String(length=32), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "rectification"],
            ["rectification.congress", "rectification.id"],
            name=op.f("fk_rectification_step_rectification"),
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_rectification_step")),
        sa.UniqueConstraint(
            "congress",
            "rectification",
            "turn",
            name=op.f("uq_rectification_step_congress_rectification_turn"),
        ),
        sqlite_with_rowid=False,
    )


def create_rung() -> None:
    op.create_table(
        "rung",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("rectification", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("taken", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "rectification"],
            ["rectification.congress", "rectification.id"],
            name=op.f("fk_rung_rectification"),
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_rung")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_rung_congress_rectification"), "rung", ["congress", "rectification"], unique=False
    )


def create_inquiry() -> None:
    op.create_table(
        "inquiry",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("meeting", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("months", sa.Integer(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_inquiry_congress")),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_inquiry")),
        sqlite_with_rowid=False,
    )


def create_inquiry_project() -> None:
    op.create_table(
        "inquiry_project",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("inquiry", sa.String(length=32), nullable=False),
        sa.Column("project", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "inquiry"],
            ["inquiry.congress", "inquiry.id"],
            name=op.f("fk_inquiry_project_inquiry"),
        ),
        sa.ForeignKeyConstraint(
            ["congress", "project"],
            ["project.congress", "project.id"],
            name=op.f("fk_inquiry_project_project"),
        ),
        sa.PrimaryKeyConstraint("congress", "inquiry", "project", name=op.f("pk_inquiry_project")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_inquiry_project_congress_project"), "inquiry_project", ["congress", "project"], unique=False
    )


def create_inquiry_unit() -> None:
    op.create_table(
        "inquiry_unit",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("inquiry", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "inquiry"], ["inquiry.congress", "inquiry.id"], name=op.f("fk_inquiry_unit_inquiry")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "unit"], ["unit.congress", "unit.id"], name=op.f("fk_inquiry_unit_unit")
        ),
        sa.PrimaryKeyConstraint("congress", "inquiry", "unit", name=op.f("pk_inquiry_unit")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_inquiry_unit_congress_unit"), "inquiry_unit", ["congress", "unit"], unique=False)


def create_inquiry_question() -> None:
    op.create_table(
        "inquiry_question",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("inquiry", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("follows", sa.String(length=32), nullable=True),
        sa.Column("on_spot", sa.Boolean(), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("asked_by", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "follows"],
            ["inquiry_question.congress", "inquiry_question.id"],
            name=op.f("fk_inquiry_question_inquiry_question"),
        ),
        sa.ForeignKeyConstraint(
            ["congress", "inquiry"],
            ["inquiry.congress", "inquiry.id"],
            name=op.f("fk_inquiry_question_inquiry"),
        ),
        sa.ForeignKeyConstraint(
            ["congress", "unit"], ["unit.congress", "unit.id"], name=op.f("fk_inquiry_question_unit")
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_inquiry_question")),
        sa.UniqueConstraint(
            "congress", "inquiry", "place", name=op.f("uq_inquiry_question_congress_inquiry_place")
        ),
        sqlite_with_rowid=False,
    )


def create_recheck() -> None:
    op.create_table(
        "recheck",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("inquiry", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "inquiry"], ["inquiry.congress", "inquiry.id"], name=op.f("fk_recheck_inquiry")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "unit"], ["unit.congress", "unit.id"], name=op.f("fk_recheck_unit")
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_recheck")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_recheck_congress_inquiry"), "recheck", ["congress", "inquiry"], unique=False)


def create_rated() -> None:
    op.create_table(
        "rated",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("round", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("project", sa.String(length=32), nullable=True),
        sa.Column("part", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(length=32), nullable=True),
        sa.Column("question", sa.String(length=32), nullable=True),
        sa.Column("rectification", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "project"], ["project.congress", "project.id"], name=op.f("fk_rated_project")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "question"],
            ["inquiry_question.congress", "inquiry_question.id"],
            name=op.f("fk_rated_inquiry_question"),
        ),
        sa.ForeignKeyConstraint(
            ["congress", "rectification"],
            ["rectification.congress", "rectification.id"],
            name=op.f("fk_rated_rectification"),
        ),
        sa.ForeignKeyConstraint(
            ["congress", "round"], ["round.congress", "round.id"], name=op.f("fk_rated_round")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "unit"], ["unit.congress", "unit.id"], name=op.f("fk_rated_unit")
        ),
        sa.PrimaryKeyConstraint("congress", "round", "number", name=op.f("pk_rated")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_rated_congress_project"), "rated", ["congress", "project"], unique=False)
    op.create_index(
        op.f("ix_rated_congress_rectification"), "rated", ["congress", "rectification"], unique=False
    )


def create_aspect_score() -> None:
    op.create_table(
        "aspect_score",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("aspect", sa.String(length=16), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "unit"], ["unit.congress", "unit.id"], name=op.f("fk_aspect_score_unit")
        ),
        sa.PrimaryKeyConstraint("congress", "year", "unit", "aspect", name=op.f("pk_aspect_score")),
        sqlite_with_rowid=False,
    )
