"""The ledger: words of suggestions, what is much like what, saved views, workbooks being made."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_words()
    create_wording()
    create_kin()
    create_totals()
    create_saved_view()
    create_export()
    create_ledger_index()


def create_words() -> None:
    op.create_table(
        "word",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("word", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("congress", "word", "year", "number", name=op.f("pk_word")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "word_count",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("word", sa.String(length=32), nullable=False),
        sa.Column("suggestions", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_word_count_congress")),
        sa.PrimaryKeyConstraint("congress", "word", name=op.f("pk_word_count")),
        sqlite_with_rowid=False,
    )


def create_wording() -> None:
    op.create_table(
        "wording",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("suggestion", sa.String(length=32), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "suggestion"],
            ["suggestion.congress", "suggestion.id"],
            name=op.f("fk_wording_suggestion"),
        ),
        sa.PrimaryKeyConstraint("congress", "suggestion", name=op.f("pk_wording")),
        sqlite_with_rowid=False,
    )


def create_kin() -> None:
    op.create_table(
        "kin",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("suggestion", sa.String(length=32), nullable=False),
        sa.Column("other", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "suggestion"],
            ["suggestion.congress", "suggestion.id"],
            name=op.f("fk_kin_suggestion"),
        ),
        sa.ForeignKeyConstraint(
            ["congress", "other"], ["suggestion.congress", "suggestion.id"], name="fk_kin_other"
        ),
        sa.PrimaryKeyConstraint("congress", "suggestion", "other", name=op.f("pk_kin")),
        sqlite_with_rowid=False,
    )


def create_totals() -> None:
    op.create_table(
        "counted",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("suggestion", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("category", sa.String(length=32), nullable=False),
        sa.Column("village", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("grade", sa.String(length=16), nullable=False),
        sa.Column("marks", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "suggestion"],
            ["suggestion.congress", "suggestion.id"],
            name=op.f("fk_counted_suggestion"),
        ),
        sa.PrimaryKeyConstraint("congress", "suggestion", name=op.f("pk_counted")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "total",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("grouped", sa.String(length=8), nullable=False),
        sa.Column("item", sa.String(length=32), nullable=False),
        sa.Column("received", sa.Integer(), nullable=False),
        sa.Column("taken_up", sa.Integer(), nullable=False),
        sa.Column("answered", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Integer(), nullable=False),
        sa.Column("evaluated", sa.Integer(), nullable=False),
        sa.Column("satisfied", sa.Integer(), nullable=False),
        sa.Column("basic", sa.Integer(), nullable=False),
        sa.Column("decided_clues", sa.Integer(), nullable=False),
        sa.Column("adopted", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_total_congress")),
        sa.PrimaryKeyConstraint("congress", "year", "grouped", "item", name=op.f("pk_total")),
        sqlite_with_rowid=False,
    )


def create_saved_view() -> None:
    op.create_table(
        "saved_view",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("membership", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_saved_view_congress")),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint(
            "congress", "membership", "name", name=op.f("uq_saved_view_congress_membership_name")
        ),
        sqlite_with_rowid=False,
    )


def create_export() -> None:
    op.create_table(
        "export",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("membership", sa.String(length=32), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("done", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_export_congress")),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_export")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_export_congress_membership"), "export", ["congress", "membership"], unique=False)
    op.create_table(
        "export_part",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("export", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "export"], ["export.congress", "export.id"], name=op.f("fk_export_part_export")
        ),
        sa.PrimaryKeyConstraint("congress", "export", "place", name=op.f("pk_export_part")),
        sqlite_with_rowid=False,
    )


def create_ledger_index() -> None:
    op.create_index(
        "ix_suggestion_ledger",
        "suggestion",
        [
            "congress",
            "year",
            "number",
            "state",
            "kind",
            "source",
            "route",
            "category",
            "village",
            "station",
            "merged_into",
            "photos",
            "due",
            "received_at",
            "decided_at",
            "answered_at",
            "closed_at",
            "id",
        ],
        unique=False,
    )
