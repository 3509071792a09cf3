"""The call for suggestions, villages, stations, suggestions with photos and their words."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_call()
    create_category()
    create_sent_form()
    create_village()
    create_station()
    create_duty()
    create_reception()
    create_suggestion()
    create_cosign()
    create_photo()


def create_call() -> None:
    op.create_table(
        "call",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("issuers", sa.Text(), nullable=False),
        sa.Column("opens", sa.Date(), nullable=False),
        sa.Column("closes", sa.Date(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_call_congress")),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_call")),
        sa.UniqueConstraint("congress", "year", "title", name=op.f("uq_call_congress_year_title")),
        sqlite_with_rowid=False,
    )


def create_category() -> None:
    op.create_table(
        "category",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_category_congress")),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_category")),
        sa.UniqueConstraint("congress", "name", name=op.f("uq_category_congress_name")),
        sqlite_with_rowid=False,
    )


def create_sent_form() -> None:
    op.create_table(
        "sent_form",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("device", sa.String(length=64), nullable=False),
        sa.Column("hour", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_sent_form_congress")),
        sa.PrimaryKeyConstraint("congress", "device", "hour", name=op.f("pk_sent_form")),
        sqlite_with_rowid=False,
    )


def create_village() -> None:
    op.create_table(
        "village",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("town", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_village_congress")),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_village")),
        sa.UniqueConstraint("congress", "town", "name", name=op.f("uq_village_congress_town_name")),
        sqlite_with_rowid=False,
    )


def create_station() -> None:
    op.create_table(
        "station",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("village", sa.String(length=32), nullable=True),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("hours", sa.Text(), nullable=False),
        sa.Column("leader", sa.Text(), nullable=False),
        sa.Column("liaison", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "village"], ["village.congress", "village.id"], name=op.f("fk_station_village")
        ),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_station_congress")),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_station")),
        sa.UniqueConstraint("congress", "name", name=op.f("uq_station_congress_name")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_station_code"), "station", ["code"], unique=False)


def create_duty() -> None:
    op.create_table(
        "duty",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("station", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("deputy", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "deputy"], ["deputy.congress", "deputy.id"], name=op.f("fk_duty_deputy")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "station"], ["station.congress", "station.id"], name=op.f("fk_duty_station")
        ),
        sa.PrimaryKeyConstraint("congress", "station", "day", "deputy", name=op.f("pk_duty")),
        sqlite_with_rowid=False,
    )


def create_reception() -> None:
    op.create_table(
        "reception",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("station", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("deputies", sa.Text(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "station"], ["station.congress", "station.id"], name=op.f("fk_reception_station")
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_reception")),
        sqlite_with_rowid=False,
    )


def create_suggestion() -> None:
    op.create_table(
        "suggestion",
        *columns_of_suggestion(),
        sa.ForeignKeyConstraint(
            ["congress", "call"], ["call.congress", "call.id"], name=op.f("fk_suggestion_call")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "category"],
            ["category.congress", "category.id"],
            name=op.f("fk_suggestion_category"),
        ),
        sa.ForeignKeyConstraint(
            ["congress", "deputy"], ["deputy.congress", "deputy.id"], name=op.f("fk_suggestion_deputy")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "merged_into"],
            ["suggestion.congress", "suggestion.id"],
            name=op.f("fk_suggestion_suggestion"),
        ),
        sa.ForeignKeyConstraint(
            ["congress", "station"], ["station.congress", "station.id"], name=op.f("fk_suggestion_station")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "unit"], ["unit.congress", "unit.id"], name=op.f("fk_suggestion_unit")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "village"], ["village.congress", "village.id"], name=op.f("fk_suggestion_village")
        ),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_suggestion_congress")),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_suggestion")),
        sa.UniqueConstraint("congress", "form_key", name=op.f("uq_suggestion_congress_form_key")),
        sa.UniqueConstraint("congress", "year", "number", name=op.f("uq_suggestion_congress_year_number")),
        sqlite_with_rowid=False,
    )
    index_suggestion()


def columns_of_suggestion() -> tuple[sa.Column[object], ...]:
    return (
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("source", sa.String(length=16), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("category", sa.String(length=32), nullable=True),
        sa.Column("village", sa.String(length=32), nullable=True),
        sa.Column("station", sa.String(length=32), nullable=True),
        sa.Column("call", sa.String(length=32), nullable=True),
        sa.Column("deputy", sa.String(length=32), nullable=True),
        sa.Column("unit", sa.String(length=32), nullable=True),
        sa.Column("merged_into", sa.String(length=32), nullable=True),
        sa.Column("merged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("route", sa.String(length=16), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("form_key", sa.String(length=64), nullable=False),
        sa.Column("query_hash", sa.String(length=64), nullable=False),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("proposer", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("spot", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("photos", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
    )


def index_suggestion() -> None:
    op.create_index(op.f("ix_suggestion_congress_due"), "suggestion", ["congress", "due"], unique=False)
    op.create_index(
        op.f("ix_suggestion_congress_merged_into_state_due"),
        "suggestion",
        ["congress", "merged_into", "state", "due"],
        unique=False,
    )
    op.create_index(
        op.f("ix_suggestion_congress_received_at"), "suggestion", ["congress", "received_at"], unique=False
    )
    op.create_index(
        op.f("ix_suggestion_congress_state_received_at"),
        "suggestion",
        ["congress", "state", "received_at"],
        unique=False,
    )
    op.create_index(op.f("ix_suggestion_query_hash"), "suggestion", ["query_hash"], unique=False)


def create_cosign() -> None:
    op.create_table(
        "cosign",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("suggestion", sa.String(length=32), nullable=False),
        sa.Column("deputy", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "deputy"], ["deputy.congress", "deputy.id"], name=op.f("fk_cosign_deputy")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "suggestion"],
            ["suggestion.congress", "suggestion.id"],
            name=op.f("fk_cosign_suggestion"),
        ),
        sa.PrimaryKeyConstraint("congress", "suggestion", "deputy", name=op.f("pk_cosign")),
        sqlite_with_rowid=False,
    )


def create_photo() -> None:
    op.create_table(
        "photo",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("suggestion", sa.String(length=32), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("small", sa.LargeBinary(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "suggestion"],
            ["suggestion.congress", "suggestion.id"],
            name=op.f("fk_photo_suggestion"),
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_photo")),
        sa.UniqueConstraint(
            "congress", "suggestion", "place", name=op.f("uq_photo_congress_suggestion_place")
        ),
        sqlite_with_rowid=False,
    )
