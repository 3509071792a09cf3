"""发票: decks, their cards, incidents.

No row ties a card to a person. `deck_card` alone ties a serial to a card, and one round's credential of a
card to another's: its rows are deleted after the session.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from voting.store.tables.base import HASH, ID, Moment, metadata, own_id, refers

deck = Table(
    "deck",
    metadata,
    *own_id(),
    Column("session", ID, nullable=False),
    Column("digest", HASH, nullable=False),  # SHA-256 of the file
    Column("uuids", LargeBinary, nullable=False),  # JSON, in the order in which rounds take them
    Column("number", Integer, nullable=False),
    Column("first", String(8), nullable=False),  # serials
    Column("last", String(8), nullable=False),
    Column("loaded_at", Moment, nullable=False),
    Column("loaded_by", Text, nullable=False),
    # Null until the serials are erased.
    Column("erased_at", Moment),
    refers("session", "session"),
    Index(None, "congress", "session"),
    sqlite_with_rowid=False,
)

deck_card = Table(
    "deck_card",
    metadata,
    Column("congress", ID, primary_key=True),
    Column("deck", ID, primary_key=True),
    # What the card is in the deck's first round; in key order, which is no order of anything.
    Column("key", HASH, primary_key=True),
    Column("serial", String(8), nullable=False),
    Column("place", String(16), nullable=False),  # out, leftover, reserve, teller, dead, replaced
    Column("credentials", LargeBinary, nullable=False),  # JSON, one for each uuid of the deck
    refers("deck", "deck"),
    UniqueConstraint("congress", "deck", "serial"),
    sqlite_with_rowid=False,
)

incident = Table(
    "incident",
    metadata,
    *own_id(),
    Column("session", ID, nullable=False),
    # Null: of no round in particular.
    Column("round", ID),
    Column("kind", String(16), nullable=False),  # used_card, other
    # Null: not about a card, or the serials have been erased.
    Column("serial", String(8)),
    Column("what", Text, nullable=False),
    Column("reported_by", Text, nullable=False),
    Column("reported_at", Moment, nullable=False),
    Column("answer", Text, nullable=False),
    # Null until the chair has decided.
    Column("answered_by", Text),
    Column("answered_at", Moment),
    ForeignKeyConstraint(["congress", "round"], ["round.congress", "round.id"]),
    refers("session", "session"),
    Index(None, "congress", "session"),
    sqlite_with_rowid=False,
)
