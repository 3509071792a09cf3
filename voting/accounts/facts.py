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


class Account(Struct, frozen=True, kw_only=True):
    """A person. `login` is in NFKC and lower case; `failures` counts wrong passwords in a row.

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
    """A link that opens once: it makes an account, joins one, or (`resets`) sets an account's password."""

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
    used_at: datetime | None = None
    revoked_at: datetime | None = None


class Login(Struct, frozen=True, kw_only=True):
    """One browser that is logged in. `challenge` is what a passkey was last asked to sign, if one was."""

    id: str
    account: str
    device: Line
    stage: Stage
    started_at: datetime
    seen_at: datetime
    expires: datetime
    challenge: bytes | None = None
    ended_at: datetime | None = None
