"""Cards in the hall: decks and where each card is, the reserve of a round, incidents."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    add_reserve()
    create_deck()
    create_deck_card()
    create_incident()


def create_deck() -> None:
    op.create_table(
        "deck",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("session", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("uuids", sa.LargeBinary(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first", sa.String(length=8), nullable=False),
        sa.Column("last", sa.String(length=8), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("loaded_by", sa.Text(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "session"], ["session.congress", "session.id"], name=op.f("fk_deck_session")
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_deck")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_deck_congress_session"), "deck", ["congress", "session"], unique=False)


def create_deck_card() -> None:
    op.create_table(
        "deck_card",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("deck", sa.String(length=32), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("serial", sa.String(length=8), nullable=False),
        sa.Column("place", sa.String(length=16), nullable=False),
        sa.Column("credentials", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "deck"], ["deck.congress", "deck.id"], name=op.f("fk_deck_card_deck")
        ),
        sa.PrimaryKeyConstraint("congress", "deck", "key", name=op.f("pk_deck_card")),
        sa.UniqueConstraint("congress", "deck", "serial", name=op.f("uq_deck_card_congress_deck_serial")),
        sqlite_with_rowid=False,
    )


def create_incident() -> None:
    op.create_table(
        "incident",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("session", sa.String(length=32), nullable=False),
        sa.Column("round", sa.String(length=32), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("serial", sa.String(length=8), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("reported_by", sa.Text(), nullable=False),
        sa.Column("reported_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "round"], ["round.congress", "round.id"], name=op.f("fk_incident_round")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "session"], ["session.congress", "session.id"], name=op.f("fk_incident_session")
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_incident")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_incident_congress_session"), "incident", ["congress", "session"], unique=False)


def add_reserve() -> None:
    for name in ("reserve", "activated"):
        op.add_column("card", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
