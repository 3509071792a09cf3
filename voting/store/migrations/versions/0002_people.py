"""Accounts, roles, deputies, units, settings, notices and the log of changes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    create_account()
    create_audit()
    create_deputy()
    create_login()
    create_passkey()
    create_setting()
    create_unit()
    create_invitation()
    create_membership()
    create_notice()


def create_account() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("login", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("totp_secret", sa.Text(), nullable=True),
        sa.Column("totp_step", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("login", name=op.f("uq_account_login")),
        sqlite_with_rowid=False,
    )


def create_audit() -> None:
    op.create_table(
        "audit",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=True),
        sa.Column("what", sa.String(length=48), nullable=False),
        sa.Column("subject", sa.String(length=32), nullable=False),
        sa.Column("subject_id", sa.String(length=32), nullable=True),
        sa.Column("before", sa.LargeBinary(), nullable=False),
        sa.Column("after", sa.LargeBinary(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=True),
        sa.Column("hash", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_audit_congress")),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_audit")),
        sa.UniqueConstraint("congress", "place", name=op.f("uq_audit_congress_place")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_audit_congress_at"), "audit", ["congress", "at"], unique=False)
    op.create_index(op.f("ix_audit_congress_subject_id"), "audit", ["congress", "subject_id"], unique=False)


def create_deputy() -> None:
    op.create_table(
        "deputy",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("delegation", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("committee", sa.Boolean(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_deputy_congress")),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_deputy")),
        sqlite_with_rowid=False,
    )


def create_login() -> None:
    op.create_table(
        "login",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("account", sa.String(length=32), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("stage", sa.String(length=8), nullable=False),
        sa.Column("challenge", sa.LargeBinary(), nullable=True),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name=op.f("fk_login_account")),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_login")),
        sa.UniqueConstraint("id", name=op.f("uq_login_id")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_login_account"), "login", ["account"], unique=False)


def create_passkey() -> None:
    op.create_table(
        "passkey",
        sa.Column("account", sa.String(length=32), nullable=False),
        sa.Column("credential", sa.String(length=1400), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name=op.f("fk_passkey_account")),
        sa.PrimaryKeyConstraint("account", "credential", name=op.f("pk_passkey")),
        sqlite_with_rowid=False,
    )


def create_setting() -> None:
    op.create_table(
        "setting",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("value", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_setting_congress")),
        sa.PrimaryKeyConstraint("congress", "name", name=op.f("pk_setting")),
        sqlite_with_rowid=False,
    )


def create_unit() -> None:
    op.create_table(
        "unit",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_unit_congress")),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_unit")),
        sa.UniqueConstraint("congress", "name", name=op.f("uq_unit_congress_name")),
        sqlite_with_rowid=False,
    )


def create_invitation() -> None:
    op.create_table(
        "invitation",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=True),
        sa.Column("deputy", sa.String(length=32), nullable=True),
        sa.Column("resets", sa.String(length=32), nullable=True),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.Column("issued_by", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "deputy"], ["deputy.congress", "deputy.id"], name=op.f("fk_invitation_deputy")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "unit"], ["unit.congress", "unit.id"], name=op.f("fk_invitation_unit")
        ),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_invitation_congress")),
        sa.ForeignKeyConstraint(["resets"], ["account.id"], name=op.f("fk_invitation_account")),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_invitation")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_invitation_token_hash"), "invitation", ["token_hash"], unique=False)


def create_membership() -> None:
    op.create_table(
        "membership",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("account", sa.String(length=32), nullable=False),
        sa.Column("role", sa.String(length=24), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=True),
        sa.Column("deputy", sa.String(length=32), nullable=True),
        sa.Column("granted_by", sa.Text(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["account"], ["account.id"], name=op.f("fk_membership_account")),
        sa.ForeignKeyConstraint(
            ["congress", "deputy"], ["deputy.congress", "deputy.id"], name=op.f("fk_membership_deputy")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "unit"], ["unit.congress", "unit.id"], name=op.f("fk_membership_unit")
        ),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_membership_congress")),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_membership")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_membership_account"), "membership", ["account"], unique=False)
    op.create_index(op.f("ix_membership_id"), "membership", ["id"], unique=False)


def create_notice() -> None:
    op.create_table(
        "notice",
        sa.Column("congress", sa.String(length=32), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("membership", sa.String(length=32), nullable=True),
        sa.Column("deputy", sa.String(length=32), nullable=True),
        sa.Column("unit", sa.String(length=32), nullable=True),
        sa.Column("role", sa.String(length=24), nullable=True),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("about", sa.String(length=32), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_by", sa.Text(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["congress", "deputy"], ["deputy.congress", "deputy.id"], name=op.f("fk_notice_deputy")
        ),
        sa.ForeignKeyConstraint(
            ["congress", "membership"],
            ["membership.congress", "membership.id"],
            name=op.f("fk_notice_membership"),
        ),
        sa.ForeignKeyConstraint(
            ["congress", "unit"], ["unit.congress", "unit.id"], name=op.f("fk_notice_unit")
        ),
        sa.ForeignKeyConstraint(["congress"], ["congress.id"], name=op.f("fk_notice_congress")),
        sa.PrimaryKeyConstraint("congress", "id", name=op.f("pk_notice")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_notice_congress_seen_at"), "notice", ["congress", "seen_at"], unique=False)
    op.create_index(op.f("ix_notice_congress_sent_at"), "notice", ["congress", "sent_at"], unique=False)
