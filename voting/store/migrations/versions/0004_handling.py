"""Who handles a suggestion, the contacts, confirmations, and the working days."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_workday()
    create_confirmation()
    create_handling()
    index_handling()
    create_urging()
    create_contact()
    create_happening()


def create_workday() -> None:
    op.create_table(
        "workday",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("working", sa.Boolean(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_workday_congress")),
        sa.PrimaryKeyConstraint("congress", "day", name=op.f("pk_workday")),
        sqlite_with_rowid=False,
    )


def create_confirmation() -> None:
    op.create_table(
        "confirmation",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("suggestion", sa.String(length=32), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(length=16), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "suggestion"],
            ["suggestion.congress", "suggestion.id"],
            name=op.f("fk_confirmation_suggestion"),
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_confirmation")),
        sa.UniqueConstraint(
            "congress", "suggestion", "round", name=op.f("uq_confirmation_congress_suggestion_round")
        ),
        sqlite_with_rowid=False,
    )


def create_handling() -> None:
    op.create_table(
        "handling",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("suggestion", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("part", sa.String(length=8), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("handed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("handed_by", sa.Text(), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("return_by", sa.Date(), nullable=True),
        sa.Column("contact_by", sa.Date(), nullable=True),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("key", sa.Boolean(), nullable=False),
        sa.Column("hard", sa.Boolean(), nullable=False),
        sa.Column("chief", sa.Text(), nullable=False),
        sa.Column("watcher", sa.Text(), nullable=False),
        sa.Column("officer", sa.Text(), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("promised", sa.Date(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("return_reason", sa.Text(), nullable=False),
        sa.Column("wanted_until", sa.Date(), nullable=True),
        sa.Column("wanted_reason", sa.Text(), nullable=False),
        sa.Column("extension", sa.String(length=16), nullable=False),
        sa.Column("extension_reply", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("result", sa.String(length=1), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("again", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "suggestion"],
            ["suggestion.congress", "suggestion.id"],
            name=op.f("fk_handling_suggestion"),
        ),
        sa.ForeignKeyConstraint(
            ["congress", "unit"], ["unit.congress", "unit.id"], name=op.f("fk_handling_unit")
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_handling")),
        sa.UniqueConstraint(
            "congress",
            "suggestion",
            "unit",
            "handed_at",
            name=op.f("uq_handling_congress_suggestion_unit_handed_at"),
        ),
        sqlite_with_rowid=False,
    )


def index_handling() -> None:
    op.create_index(
        op.f("ix_handling_congress_suggestion"), "handling", ["congress", "suggestion"], unique=False
    )
    for columns in (
        ["congress", "unit", "state", "answer_by"],
        ["congress", "state", "answer_by"],
        ["congress", "extension", "state", "answer_by"],
        ["congress", "result", "suggestion", "released_at"],
    ):
        op.create_index(op.f(f"ix_handling_{'_'.join(columns)}"), "handling", columns, unique=False)


def create_urging() -> None:
    op.create_table(
        "urging",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("suggestion", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "suggestion"],
            ["suggestion.congress", "suggestion.id"],
            name=op.f("fk_urging_suggestion"),
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_urging")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_urging_congress_suggestion"), "urging", ["congress", "suggestion"], unique=False)


def create_contact() -> None:
    op.create_table(
        "contact",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("handling", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("with_whom", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "handling"], ["handling.congress", "handling.id"], name=op.f("fk_contact_handling")
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_contact")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_contact_congress_handling"), "contact", ["congress", "handling"], unique=False)


def create_happening() -> None:
    op.create_table(
        "happening",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("suggestion", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "suggestion"],
            ["suggestion.congress", "suggestion.id"],
            name=op.f("fk_happening_suggestion"),
        ),
        sa.ForeignKeyConstraint(
            ["congress", "unit"], ["unit.congress", "unit.id"], name=op.f("fk_happening_unit")
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_happening")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_happening_congress_suggestion"), "happening", ["congress", "suggestion"], unique=False
    )
