"""Who works with it: accounts, what they may do where, deputies, units, settings, and the log of changes."""

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

from voting.store.tables.base import HASH, ID, Moment, metadata, own_id, refers

account = Table(
    "account",
    metadata,
    # A person, not a role: a deputy of the county may be one of a town too. Hence no congress here.
    Column("id", ID, primary_key=True),
    # As typed at log-in, in NFKC and lower case.
    Column("login", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("password_hash", Text, nullable=False),  # argon2id, in the form that names its own parameters
    # Null: no one-time code has been set up.
    Column("totp_secret", Text),
    # The time step of the last one-time code that was used: each code opens once.
    Column("totp_step", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    # Null: in use.
    Column("disabled_at", Moment),
    # Wrong passwords in a row, and until when no further is tried.
    Column("failures", Integer, nullable=False),
    Column("locked_until", Moment),
    # Null: nothing was typed wrong since somebody last got in.
    Column("failed_at", Moment),
    sqlite_with_rowid=False,
)

passkey = Table(
    "passkey",
    metadata,
    Column("account", ID, primary_key=True),
    Column("credential", String(1400), primary_key=True),  # base64url of the authenticator's id
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    ForeignKeyConstraint(["account"], ["account.id"]),
    sqlite_with_rowid=False,
)

login = Table(
    "login",
    metadata,
    # SHA-256 of the 32 random bytes in the browser's cookie.
    Column("token_hash", HASH, primary_key=True),
    Column("id", ID, nullable=False, unique=True),
    Column("account", ID, nullable=False, index=True),
    Column("device", Text, nullable=False),
    # pending (a second step is due), plain (a password alone), strong (with a second step)
    Column("stage", String(8), nullable=False),
    # What a passkey was last asked to sign; null: none is being asked.
    Column("challenge", LargeBinary),
    Column("started_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Column("expires", Moment, nullable=False),
    # Null: in use.
    Column("ended_at", Moment),
    # Empty: from before this was kept.
    Column("way", String(8), nullable=False, server_default=""),
    # SHA-256 of the browser's own mark and the account; null: it keeps none.
    Column("browser", HASH),
    # How often something was typed wrong before this log-in, and when last.
    Column("wrong", Integer, nullable=False, server_default="0"),
    Column("wrong_at", Moment),
    ForeignKeyConstraint(["account"], ["account.id"]),
    sqlite_with_rowid=False,
)

unit = Table(
    "unit",
    metadata,
    *own_id(),
    Column("name", Text, nullable=False),
    # Null: exists.
    Column("ended_at", Moment),
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    UniqueConstraint("congress", "name"),
    sqlite_with_rowid=False,
)

deputy = Table(
    "deputy",
    metadata,
    *own_id(),
    # 序号: the printed order, given and never computed.
    Column("number", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("delegation", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("committee", Boolean, nullable=False),  # 常委会组成人员 or 主席团成员
    Column("suspended", Boolean, nullable=False, server_default=false()),  # 暂停执行职务
    # Null: sits.
    Column("ended_on", Date),
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    sqlite_with_rowid=False,
)

membership = Table(
    "membership",
    metadata,
    *own_id(),
    Column("account", ID, nullable=False, index=True),
    Column("role", String(24), nullable=False),
    Column("name", Text, nullable=False),
    # Null unless a unit's or a deputy's.
    Column("unit", ID),
    Column("deputy", ID),
    Column("granted_by", Text, nullable=False),
    Column("granted_at", Moment, nullable=False),
    # Null: holds.
    Column("ended_at", Moment),
    Index(None, "id"),
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    ForeignKeyConstraint(["account"], ["account.id"]),
    refers("unit", "unit"),
    refers("deputy", "deputy"),
    sqlite_with_rowid=False,
)

invitation = Table(
    "invitation",
    metadata,
    *own_id(),
    Column("token_hash", HASH, nullable=False, index=True),
    Column("role", String(24), nullable=False),
    Column("name", Text, nullable=False),
    Column("unit", ID),
    Column("deputy", ID),
    # Null: makes a new account or joins one; otherwise the account whose password it sets anew.
    Column("resets", ID),
    # Whether the second step of that account stays as it is.
    Column("keeps_second", Boolean, nullable=False, server_default=false()),
    Column("expires", Moment, nullable=False),
    Column("issued_by", Text, nullable=False),
    Column("issued_at", Moment, nullable=False),
    # Null: not used, not taken back.
    Column("used_at", Moment),
    Column("revoked_at", Moment),
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    ForeignKeyConstraint(["resets"], ["account.id"]),
    refers("unit", "unit"),
    refers("deputy", "deputy"),
    sqlite_with_rowid=False,
)

setting = Table(
    "setting",
    metadata,
    Column("congress", ID, primary_key=True),
    Column("name", String(32), primary_key=True),
    Column("value", LargeBinary, nullable=False),  # JSON of the struct of this name
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    sqlite_with_rowid=False,
)

audit = Table(
    "audit",
    metadata,
    *own_id(),
    Column("at", Moment, nullable=False),
    Column("role", String(24), nullable=False),
    Column("name", Text, nullable=False),
    # Null: done at the installation's own command line, or by the public.
    Column("by", ID),
    Column("what", String(48), nullable=False),
    Column("subject", String(32), nullable=False),  # the table's name
    Column("subject_id", ID),
    Column("before", LargeBinary, nullable=False),  # JSON of the fields that changed, without secrets
    Column("after", LargeBinary, nullable=False),
    # Null until chained, which is done in batches after the commit: writers do not wait for each other.
    Column("place", Integer),
    Column("hash", HASH),
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    UniqueConstraint("congress", "place"),
    Index(None, "congress", "at"),
    Index(None, "congress", "subject_id"),
    sqlite_with_rowid=False,
)

notice = Table(
    "notice",
    metadata,
    *own_id(),
    # To whom, exactly one of the four: one person's membership, a deputy (who may have no account yet),
    # everybody of a unit, everybody with a role.
    Column("membership", ID),
    Column("deputy", ID),
    Column("unit", ID),
    Column("role", String(24)),
    Column("kind", String(32), nullable=False),
    Column("text", Text, nullable=False),
    Column("path", Text, nullable=False),  # below the reader's own pages, e.g. /suggestions/5f0c…
    # What it is about and for which day. The same reminder is written once: its id is made from these.
    Column("about", ID, nullable=False),
    Column("due", Date),
    Column("at", Moment, nullable=False),
    Column("seen_at", Moment),
    Column("seen_by", Text, nullable=False),
    # Null: not sent to a phone (yet).
    Column("sent_at", Moment),
    Index(None, "congress", "seen_at"),
    Index(None, "congress", "sent_at"),
    # For erasing: by its day, and with what it is about.
    Index(None, "congress", "at"),
    Index(None, "congress", "about"),
    ForeignKeyConstraint(["congress"], ["congress.id"]),
    refers("membership", "membership"),
    refers("deputy", "deputy"),
    refers("unit", "unit"),
    sqlite_with_rowid=False,
)
