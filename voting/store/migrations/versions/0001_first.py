"""The first tables: one secret vote, from the cards to the record."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_sessions_and_links()
    create_rounds()
    create_cards_and_scrutineers()
    create_steps()
    create_ballots()
    create_the_record()


def create_sessions_and_links() -> None:
    op.create_table(
        "congress",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("level", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_congress")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "session",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("all_deputies", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_session_congress")),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_session")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_session_code"), "session", ["code"], unique=False)
    op.create_table(
        "link",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("session", sa.String(length=32), nullable=True),
        sa.Column("scrutineer", sa.Integer(), nullable=True),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Text(), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "session"], ["session.congress", "session.id"], name=op.f("fk_link_session")
        ),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_link_congress")),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_link")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_link_token_hash"), "link", ["token_hash"], unique=False)


def create_rounds() -> None:
    op.create_table(
        "round",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("session", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("drafted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("previous", sa.String(length=32), nullable=True),
        sa.Column("relation", sa.String(length=16), nullable=True),
        sa.Column("fingerprint", sa.String(length=43), nullable=True),
        sa.Column("uuid", sa.String(length=64), nullable=True),
        sa.Column("present", sa.Integer(), nullable=True),
        sa.Column("issued", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("returned", sa.Integer(), nullable=True),
        sa.Column("closing_head", sa.String(length=64), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=True),
        sa.Column("published_number", sa.Text(), nullable=True),
        sa.Column("published_date", sa.Date(), nullable=True),
        sa.Column("published_approval", sa.Text(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("rules", sa.LargeBinary(), nullable=False),
        sa.Column("candidates", sa.LargeBinary(), nullable=False),
        sa.Column("election", sa.LargeBinary(), nullable=True),
        sa.Column("trustees", sa.LargeBinary(), nullable=True),
        sa.Column("credentials", sa.LargeBinary(), nullable=True),
        sa.Column("encrypted_tally", sa.LargeBinary(), nullable=True),
        sa.Column("result", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "previous"], ["round.congress", "round.id"], name=op.f("fk_round_round")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "session"], ["session.congress", "session.id"], name=op.f("fk_round_session")
        ),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_round")),
        sa.UniqueConstraint(
            "congress", "previous", "relation", name=op.f("uq_round_congress_previous_relation")
        ),
        sa.UniqueConstraint("congress", "session", "title", name=op.f("uq_round_congress_session_title")),
        sa.UniqueConstraint("congress", "uuid", name=op.f("uq_round_congress_uuid")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_round_id"), "round", ["id"], unique=False)


def create_cards_and_scrutineers() -> None:
    op.create_table(
        "card",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("round", sa.String(length=32), nullable=False),
        sa.Column("credential", sa.String(length=64), nullable=False),
        sa.Column("dead", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "round"], ["round.congress", "round.id"], name=op.f("fk_card_round")
        ),
        sa.PrimaryKeyConstraint("congress", "round", "credential", name=op.f("pk_card")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "scrutineer",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("round", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=True),
        sa.Column("signing_key", sa.String(length=64), nullable=True),
        sa.Column("decryption", sa.LargeBinary(), nullable=True),
        sa.Column("signature", sa.String(length=128), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "round"], ["round.congress", "round.id"], name=op.f("fk_scrutineer_round")
        ),
        sa.PrimaryKeyConstraint("congress", "round", "number", name=op.f("pk_scrutineer")),
        sqlite_with_rowid=False,
    )


def create_steps() -> None:
    op.create_table(
        "step",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("round", sa.String(length=32), nullable=True),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("link", sa.String(length=32), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "round"], ["round.congress", "round.id"], name=op.f("fk_step_round")
        ),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_step_congress")),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_step")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_step_congress_round_at"), "step", ["congress", "round", "at"], unique=False)


def create_ballots() -> None:
    op.create_table(
        "ballot",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("round", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("credential", sa.String(length=64), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "round", "credential"],
            ["card.congress", "card.round", "card.credential"],
            name=op.f("fk_ballot_card"),
        ),
        sa.PrimaryKeyConstraint("congress", "round", "digest", name=op.f("pk_ballot")),
        sa.UniqueConstraint(
            "congress", "round", "credential", name=op.f("uq_ballot_congress_round_credential")
        ),
        sqlite_with_rowid=False,
    )


def create_the_record() -> None:
    op.create_table(
        "event",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("round", sa.String(length=32), nullable=False),
        sa.Column("height", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("type", sa.String(length=24), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.Column("ballot", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "round", "ballot"],
            ["ballot.congress", "ballot.round", "ballot.digest"],
            name=op.f("fk_event_ballot"),
        ),
        sa.ForeignKeyConstraint(
            ["congress", "round"], ["round.congress", "round.id"], name=op.f("fk_event_round")
        ),
        sa.PrimaryKeyConstraint("congress", "round", "height", name=op.f("pk_event")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "datum",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("round", sa.String(length=32), nullable=False),
        sa.Column("height", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["congress", "round", "height"],
            ["event.congress", "event.round", "event.height"],
            name=op.f("fk_datum_event"),
        ),
        sa.PrimaryKeyConstraint("congress", "round", "height", "place", name=op.f("pk_datum")),
        sqlite_with_rowid=False,
    )
