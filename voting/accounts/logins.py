"""A browser that is logged in: a token of 32 random bytes, of which the database holds only the SHA-256.

A log-in ends when its holder or a reset ends it, after 12 hours without a page, and at the latest after 30
days; whoever has an office (staff, government office) enters with a second step, and for 12 hours at most.
"""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime, timedelta
from typing import Final
from uuid import uuid4

from msgspec import Struct

from ballots.group import Random
from voting.accounts.facts import AccountRole, Login, Membership, Stage, Way
from voting.actors import Actor
from voting.errors import VotingError
from voting.people import Deputy
from voting.store import Store, Transaction
from voting.text import Line

IDLE: Final = timedelta(hours=12)
LONGEST: Final = timedelta(days=30)
LONGEST_OF_OFFICES: Final = timedelta(hours=12)
TIME_FOR_SECOND_STEP: Final = timedelta(minutes=10)
FRESH: Final = timedelta(minutes=15)
"""How long after it began a log-in may change by what one logs in, and end other devices."""
OFFICES: Final[tuple[AccountRole, ...]] = ("staff", "government_office")
"""Whoever changes what others see needs a second step."""
_SEEN_EVERY: Final = timedelta(minutes=5)
_BYTES: Final = 32


class LoginUnknown(VotingError):
    """A token that was never given out."""

    sentence = "没有认出您的登录。请重新登录。"


class LoginEnded(VotingError):
    """A log-in that was ended, here or from another device."""

    sentence = "这次登录已经退出。请重新登录。"


class LoginExpired(VotingError):
    """Too long without a page, or too long altogether."""

    sentence = "登录时间已过，为安全起见请重新登录。已经保存的内容都在。"


class AccountDisabled(VotingError):
    """An account that was switched off."""

    sentence = "这个账号已经停用。有疑问请与工作人员联系。"


class MembershipEnded(VotingError):
    """A role that was taken back."""

    sentence = "您在这里的身份已经结束，不能再进入。有疑问请与工作人员联系。"


class DeputyLeft(VotingError):
    """A deputy whose mandate has ended."""

    sentence = "您的代表职务已经终止，不能再以代表身份进入。有疑问请与工作人员联系。"


class SecondStepMissing(VotingError):
    """An office was entered with a password alone."""

    sentence = "这个身份需要两步登录。请先登录，在“我的账号”里设置一次性验证码或通行密钥。"


class LogInAgain(VotingError):
    """Something that only whoever has just logged in may do."""

    sentence = (
        "您登录已经超过 15 分钟。为了防止别人在您离开时改动账号，"
        "修改第二步验证、让别的设备退出之前，请重新登录一次。"
    )


class Arrival(Struct, frozen=True, kw_only=True):
    """What is kept of how a browser came in; the fields are those of `Login`."""

    way: Way = ""
    browser: str | None = None
    wrong: int = 0
    wrong_at: datetime | None = None


_UNKNOWN: Final = Arrival()


def new_token(random: Random) -> str:
    """32 random bytes in base64url."""
    return base64.urlsafe_b64encode(random(_BYTES)).decode().rstrip("=")


def token_hash(token: str) -> str:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def browser_of(mark: str, account: str) -> str | None:
    """By what a browser is known again for this account, and for this one only; None without a mark."""
    return token_hash(f"{mark} {account}") if mark else None


def start(
    tx: Transaction,
    account: str,
    device: Line,
    stage: Stage,
    arrival: Arrival = _UNKNOWN,
    *,
    now: datetime,
    random: Random,
) -> tuple[Login, str]:
    """A new log-in and its token, which is always a new one: a browser keeps none across a step."""
    token = new_token(random)
    lasts = TIME_FOR_SECOND_STEP if stage == "pending" else LONGEST
    new = Login(
        id=uuid4().hex,
        account=account,
        device=device,
        stage=stage,
        started_at=now,
        seen_at=now,
        expires=now + lasts,
        way=arrival.way,
        browser=arrival.browser,
        wrong=arrival.wrong,
        wrong_at=arrival.wrong_at,
    )
    tx.logins.add(new, token_hash(token))
    return new, token


def refuse_over(login: Login, role: AccountRole | None, now: datetime) -> None:
    """Raises LoginEnded or LoginExpired; `role` is the one that is entered, if one is."""
    if login.ended_at is not None:
        raise LoginEnded
    longest = LONGEST_OF_OFFICES if role in OFFICES else LONGEST
    ends = min(login.expires, login.started_at + longest, login.seen_at + IDLE)
    if ends <= now:
        raise LoginExpired


def refuse_stale(login: Login, now: datetime) -> None:
    """Raises LogInAgain."""
    if now - login.started_at > FRESH:
        raise LogInAgain


def find(store: Store, token: str, now: datetime) -> Login:
    """The open log-in of this token, which may still lack its second step.

    Raises LoginUnknown, LoginEnded, LoginExpired, AccountDisabled.
    """
    with store.read() as tx:
        login = tx.logins.by_token(token_hash(token))
        if login is None:
            raise LoginUnknown
        disabled = tx.accounts.get(login.account).disabled_at is not None
    if disabled:
        raise AccountDisabled
    refuse_over(login, None, now)
    return login


def enter(store: Store, token: str, membership_id: str, now: datetime) -> Actor | None:
    """Whoever holds the token, in one of the account's roles; None if the account has no such membership.

    Raises LoginUnknown, LoginEnded, LoginExpired, AccountDisabled, MembershipEnded, DeputyLeft,
    SecondStepMissing.
    """
    login = find(store, token, now)
    if login.stage == "pending":
        raise LoginUnknown
    with store.read() as tx:
        membership = tx.memberships.entered(login.account, membership_id)
        if membership is None:
            return None
        actor = actor_of(tx, membership)
        deputy = tx.deputies.get(actor, membership.deputy) if membership.deputy else None
    refuse_over(login, membership.role, now)
    refuse_former(membership, deputy)
    if membership.role in OFFICES and login.stage != "strong":
        raise SecondStepMissing
    note_seen(store, login, now)
    return actor


def refuse_former(membership: Membership, deputy: Deputy | None) -> None:
    """Raises MembershipEnded or DeputyLeft."""
    if membership.ended_at is not None:
        raise MembershipEnded
    if deputy is not None and deputy.ended_on is not None:
        raise DeputyLeft


def note_seen(store: Store, login: Login, now: datetime) -> None:
    """Remember when the browser was last here, to five minutes: pages write as little as they can."""
    if now - login.seen_at >= _SEEN_EVERY:
        with store.write() as tx:
            tx.logins.change(login, seen_at=now)


def actor_of(tx: Transaction, membership: Membership) -> Actor:
    """The actor of a role; its pages lie below the membership's id."""
    return Actor(
        role=membership.role,
        congress=membership.congress,
        name=membership.name,
        link=membership.id,
        account=membership.account,
        unit=membership.unit,
        deputy=membership.deputy,
        town=tx.sessions.congress(membership.congress).level == "town",
    )
