"""Accounts as plain facts: a person, the roles the person holds, invitations, log-ins, passkeys.

An account is a person and belongs to no congress: a deputy of the county may be one of a town too. What it
may do where, its memberships say, each in one congress.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final, Literal, get_args

from msgspec import Struct

from voting.text import Line

AccountRole = Literal["staff", "government_office", "unit", "deputy", "presidium"]
"""Whom an account lets in."""
ACCOUNT_ROLES: Final[tuple[AccountRole, ...]] = get_args(AccountRole)

Stage = Literal["pending", "plain", "strong"]
"""How far a log-in has come: only the password was right and a second step is due · in, with a password
alone · in, with a second step (one-time code or passkey)."""


Way = Literal["", "password", "code", "passkey", "invited", "reset", "renewed"]
"""By what a browser came in: a password alone, a one-time code or a passkey after it, an invitation, a link
that sets the password anew · or it goes on after a change of the account · empty: older than this field."""


class Account(Struct, frozen=True, kw_only=True):
    """A person. `login` is in NFKC and lower case; `failures` counts what was typed wrong in a row,
    `failed_at` is when it last was.

    `totp_step` is the time step of the last one-time code that was used: each code opens once.
    """

    id: str
    login: str
    name: Line
    password_hash: str
    created_at: datetime
    totp_secret: str | None = None
    totp_step: int = 0
    disabled_at: datetime | None = None
    failures: int = 0
    failed_at: datetime | None = None
    locked_until: datetime | None = None


class Passkey(Struct, frozen=True, kw_only=True):
    """A key in somebody's phone or computer. `credential` is the authenticator's id in base64url."""

    account: str
    credential: str
    public_key: bytes
    sign_count: int
    name: Line
    created_at: datetime


class Membership(Struct, frozen=True, kw_only=True):
    """One role of one account in one congress; `unit` and `deputy` say which one."""

    id: str
    congress: str
    account: str
    role: AccountRole
    name: Line
    granted_by: str
    granted_at: datetime
    unit: str | None = None
    deputy: str | None = None
    ended_at: datetime | None = None


class Invitation(Struct, frozen=True, kw_only=True):
    """A link that opens once: it makes an account, joins one, or (`resets`) sets an account's password.

    `keeps_second`: whoever sets the password anew still shows the second step that the account has.
    """

    id: str
    congress: str
    role: AccountRole
    name: Line
    expires: datetime
    issued_by: str
    issued_at: datetime
    unit: str | None = None
    deputy: str | None = None
    resets: str | None = None
    keeps_second: bool = False
    used_at: datetime | None = None
    revoked_at: datetime | None = None


class Login(Struct, frozen=True, kw_only=True):
    """One browser that is logged in. `challenge` is what a passkey was last asked to sign, if one was.

    `browser` tells one browser of the account from its others; null: it has kept no mark. `wrong` is how
    often something was typed wrong before, since the last time somebody got in, and `wrong_at` when last.
    """

    id: str
    account: str
    device: Line
    stage: Stage
    started_at: datetime
    seen_at: datetime
    expires: datetime
    challenge: bytes | None = None
    ended_at: datetime | None = None
    way: Way = ""
    browser: str | None = None
    wrong: int = 0
    wrong_at: datetime | None = None
