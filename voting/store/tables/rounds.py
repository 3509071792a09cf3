"""The secret vote: sessions, rounds, cards, ballots, the record.

What remains: while voting is open, whoever reads the database *file* (page numbers on SQLite, `ctid`, `xmin`
and the write-ahead log on PostgreSQL) can tell in which order anonymous cards voted; closing writes the rows
anew. No table ties a card to a deputy, and no row of a ballot or a card holds a time.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from voting.store.tables.base import HASH, ID, Moment, metadata

congress = Table(
    "congress",
    metadata,
    Column("id", ID, primary_key=True),
    Column("name", Text, nullable=False),
    Column("level", String(8), nullable=False),
    sqlite_with_rowid=False,
)

session = Table(
    "session",
    metadata,
    Column("congress", ID, primary_key=True),
    Column("id", ID, primary_key=True),
    # Not unique in the database: a unique index could not be spread by congress. Creation looks first.
    Column("code", String(8), nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("all_deputies", Integer, nullable=False),
    Column("body", String(16), nullable=False, server_default="congress"),  # congress, committee
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    sqlite_with_rowid=False,
)

round_ = Table(
    "round",
    metadata,
    # Short columns first: casting reads them without walking past the long ones.
    Column("congress", ID, primary_key=True),
    Column("id", ID, primary_key=True),
    Column("session", ID, nullable=False),
    Column("state", String(16), nullable=False),
    Column("title", Text, nullable=False),
    Column("drafted_at", Moment, nullable=False),
    # Null: the first round of its subject.
    Column("previous", ID),
    Column("relation", String(16)),
    Column("method", String(16), nullable=False, server_default="electronic"),  # electronic, paper, hands
    Column("trial", Boolean, nullable=False, server_default=false()),  # 试投
    # Null: nobody was checked in by this service.
    Column("plenary", ID),
    # Null: its cards were loaded by themselves, or not yet.
    Column("deck", ID),
    # Null: every scrutineer has an own key, and all are needed.
    Column("ceremony", ID),
    Column("threshold", Integer),
    # Null until sealed.
    Column("fingerprint", String(43)),
    # Null until the cards' file is loaded; unique for ever, as no round is deleted once it was sealed.
    Column("uuid", String(64)),
    # Null until opened.
    Column("present", Integer),
    Column("issued", Integer),
    Column("opened_at", Moment),
    # Paper ballots handed out, among the issued ones.
    Column("paper", Integer, nullable=False, server_default="0"),
    # Null until closed.
    Column("boxed", Integer),
    Column("returned", Integer),
    Column("closing_head", HASH),
    # Null unless the chair declared 票决无效.
    Column("void_reason", Text),
    # Null until published.
    Column("published_number", Text),
    Column("published_date", Date),
    Column("published_approval", Text),
    Column("published_at", Moment),
    Column("rules", LargeBinary, nullable=False),  # canonical JSON: its hash stands in the election
    Column("candidates", LargeBinary, nullable=False),  # JSON, in printed order
    # Null until sealed; before the longer ones, as casting reads it.
    Column("election", LargeBinary),
    Column("trustees", LargeBinary),
    # Null until the cards' file is loaded.
    Column("credentials", LargeBinary),
    # Null until closed.
    Column("encrypted_tally", LargeBinary),
    # Null until enough scrutineers have decrypted: before, the counts exist nowhere.
    Column("result", LargeBinary),
    ForeignKeyConstraint(["congress", "session"], ["session.congress", "session.id"]),
    ForeignKeyConstraint(["congress", "previous"], ["round.congress", "round.id"]),
    UniqueConstraint("congress", "uuid"),
    UniqueConstraint("congress", "session", "title"),
    UniqueConstraint("congress", "previous", "relation"),
    Index(None, "id"),
    sqlite_with_rowid=False,
)

scrutineer = Table(
    "scrutineer",
    metadata,
    Column("congress", ID, primary_key=True),
    Column("round", ID, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),  # 1 is the chief
    Column("name", Text, nullable=False),
    # Null until made in the scrutineer's own browser.
    Column("public_key", LargeBinary),
    Column("signing_key", HASH),
    # Null until the scrutineer decrypted the closed sum.
    Column("decryption", LargeBinary),
    # Null until the scrutineer signed the tally report.
    Column("signature", String(128)),
    # Null where nobody has made a common key: the key in the archive vouches for `signing_key`.
    Column("endorsement", LargeBinary),
    # Null until the scrutineer compared the head of the closed box.
    Column("confirmation", LargeBinary),
    ForeignKeyConstraint(["congress", "round"], ["round.congress", "round.id"]),
    sqlite_with_rowid=False,
)

card = Table(
    "card",
    metadata,
    Column("congress", ID, primary_key=True),
    Column("round", ID, primary_key=True),
    # A card's public half; in key order, which is no order of anything. Who holds it is known to nobody.
    Column("credential", HASH, primary_key=True),
    # A dead card was given back or lost and can no longer vote, or is a reserve card that was not activated.
    Column("dead", Boolean, nullable=False, default=False),
    Column("reserve", Boolean, nullable=False, server_default=false()),  # sealed with the scrutineers
    Column("activated", Boolean, nullable=False, server_default=false()),  # a reserve card given out later
    ForeignKeyConstraint(["congress", "round"], ["round.congress", "round.id"]),
    sqlite_with_rowid=False,
)

ballot = Table(
    "ballot",
    metadata,
    Column("congress", ID, primary_key=True),
    Column("round", ID, primary_key=True),
    # SHA-256 of the body: the key says nothing about when it came. No serial, no time.
    Column("digest", HASH, primary_key=True),
    Column("credential", HASH, nullable=False),
    Column("body", LargeBinary, nullable=False),
    # A card is used when a ballot names it. These two are "no ballot without a card" and "one ballot a card".
    ForeignKeyConstraint(
        ["congress", "round", "credential"], ["card.congress", "card.round", "card.credential"]
    ),
    UniqueConstraint("congress", "round", "credential"),
    sqlite_with_rowid=False,
)

event = Table(
    "event",
    metadata,
    Column("congress", ID, primary_key=True),
    Column("round", ID, primary_key=True),
    # Ballots' events are written at closing in the order of their digests: heights tell no casting order.
    Column("height", Integer, primary_key=True, autoincrement=False),
    Column("type", String(24), nullable=False),
    Column("body", LargeBinary, nullable=False),
    # Null unless of type Ballot: then its data is that ballot.
    Column("ballot", HASH),
    ForeignKeyConstraint(["congress", "round"], ["round.congress", "round.id"]),
    ForeignKeyConstraint(
        ["congress", "round", "ballot"], ["ballot.congress", "ballot.round", "ballot.digest"]
    ),
    sqlite_with_rowid=False,
)

datum = Table(
    "datum",
    metadata,
    Column("congress", ID, primary_key=True),
    Column("round", ID, primary_key=True),
    # What stands in the archive just before the event of this height, in this order; ballots excepted.
    Column("height", Integer, primary_key=True, autoincrement=False),
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("body", LargeBinary, nullable=False),
    ForeignKeyConstraint(["congress", "round", "height"], ["event.congress", "event.round", "event.height"]),
    sqlite_with_rowid=False,
)

link = Table(
    "link",
    metadata,
    Column("congress", ID, primary_key=True),
    Column("id", ID, primary_key=True),
    # SHA-256 of 32 random bytes: the token itself is in the holder's hands only.
    Column("token_hash", HASH, nullable=False, index=True),
    Column("role", String(16), nullable=False),
    Column("name", Text, nullable=False),
    # Null: staff serve every session of the congress.
    Column("session", ID),
    # Null: not a scrutineer.
    Column("scrutineer", Integer),
    Column("expires", Moment, nullable=False),
    Column("issued_by", Text, nullable=False),
    # Null: not revoked.
    Column("revoked_at", Moment),
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    ForeignKeyConstraint(["congress", "session"], ["session.congress", "session.id"]),
    sqlite_with_rowid=False,
)

step = Table(
    "step",
    metadata,
    Column("congress", ID, primary_key=True),
    Column("id", ID, primary_key=True),
    # Null: a step of the congress itself, such as giving out a link. Casting writes no step.
    Column("round", ID),
    Column("step", String(32), nullable=False),
    Column("at", Moment, nullable=False),
    # How many steps came before: one moment may take two at the same instant.
    Column("place", Integer, nullable=False),
    Column("role", String(16), nullable=False),
    Column("name", Text, nullable=False),
    # Null: done at the installation's own command line.
    Column("link", ID),
    Column("note", Text, nullable=False),
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    ForeignKeyConstraint(["congress", "round"], ["round.congress", "round.id"]),
    Index(None, "congress", "round", "at"),
    sqlite_with_rowid=False,
)
