"""代表联系群众: word left for a deputy, reception days, what stations do, who keeps contact with whom."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_addressed()
    create_reception_day()
    create_station_activity()
    create_liaison()
    create_liaison_contact()


def create_addressed() -> None:
    op.create_table(
        "addressed",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("suggestion", sa.String(length=32), nullable=False),
        sa.Column("deputy", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "suggestion"],
            ["suggestion.congress", "suggestion.id"],
            name=op.f("fk_addressed_suggestion"),
        ),
        sa.ForeignKeyConstraint(
            ["congress", "deputy"], ["deputy.congress", "deputy.id"], name=op.f("fk_addressed_deputy")
        ),
        sa.PrimaryKeyConstraint("congress", "suggestion", name=op.f("pk_addressed")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_addressed_congress_deputy"), "addressed", ["congress", "deputy"], unique=False)


def create_reception_day() -> None:
    op.create_table(
        "reception_day",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("station", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "station"], ["station.congress", "station.id"], name=op.f("fk_reception_day_station")
        ),
        sa.PrimaryKeyConstraint("congress", "day", "station", name=op.f("pk_reception_day")),
        sqlite_with_rowid=False,
    )


def create_station_activity() -> None:
    op.create_table(
        "station_activity",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("station", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "station"],
            ["station.congress", "station.id"],
            name=op.f("fk_station_activity_station"),
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_station_activity")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_station_activity_congress_station_day"),
        "station_activity",
        ["congress", "station", "day"],
        unique=False,
    )


def create_liaison() -> None:
    op.create_table(
        "liaison",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("deputy", sa.String(length=32), nullable=False),
        sa.Column("other", sa.String(length=32), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("village", sa.String(length=32), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "deputy"], ["deputy.congress", "deputy.id"], name=op.f("fk_liaison_deputy")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "other"], ["deputy.congress", "deputy.id"], name="fk_liaison_other"
        ),
        sa.ForeignKeyConstraint(
            ["congress", "village"], ["village.congress", "village.id"], name=op.f("fk_liaison_village")
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_liaison")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_liaison_congress_deputy"), "liaison", ["congress", "deputy"], unique=False)


def create_liaison_contact() -> None:
    op.create_table(
        "liaison_contact",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("liaison", sa.String(length=32), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("entered_by", sa.Text(), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "liaison"],
            ["liaison.congress", "liaison.id"],
            name=op.f("fk_liaison_contact_liaison"),
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_liaison_contact")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_liaison_contact_congress_liaison_day"),
        "liaison_contact",
        ["congress", "liaison", "day"],
        unique=False,
    )
