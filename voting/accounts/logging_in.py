"""Logging in: log-in name and password, then the second step where the account has one.

An unknown log-in name, a wrong password and an account that has to wait give the same sentence after the same
work: nobody learns here who has an account.
"""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from ballots.group import Random
from voting.accounts import passwords, second_steps, telling, waiting
from voting.accounts.facts import Account, Login, Passkey, Stage, Way
from voting.accounts.logins import AccountDisabled, Arrival, LoginUnknown, browser_of, start
from voting.accounts.second_steps import CodeWrong, PasskeyRefused, Site
from voting.errors import VotingError
from voting.store import Store, Transaction


class LoginRefused(VotingError):
    """An unknown log-in name, a wrong password, or too many of them."""

    sentence = (
        "登录名或者密码不对。请核对后再试；同一个账号连续输错 5 次以后，"
        "要过 1 至 15 分钟才能再试。忘记密码的，请向工作人员要重设链接。"
    )


class NoSecondStep(VotingError):
    """A second step was tried in a way the account does not have."""

    sentence = "这个账号没有设置这种登录方式。请换一种。"


class Entered(Struct, frozen=True):
    """A browser that has come a step further: its log-in, and the token for its cookie."""

    login: Login
    token: str


def log_in(
    store: Store, login: str, password: str, device: str, mark: str = "", *, now: datetime, random: Random
) -> Entered:
    """The first step. The log-in's stage says whether a second one is due; `mark` is the browser's own, by
    which it is known again.

    Raises LoginRefused, AccountDisabled.
    """
    known = passwords.known_login(login)
    with store.read() as tx:
        found = None if known is None else tx.accounts.by_login(known)
    right = passwords.is_right(password, found.password_hash if found else None)
    with store.write() as tx:
        account = tx.accounts.lock(found.id) if found else tx.accounts.lock_anybody()
        if account is None:
            entered = None
        elif found is None or waiting.is_waiting(account, now):
            # Written all the same, though nothing changes: no answer comes sooner than another.
            tx.accounts.change(account, failures=account.failures)
            entered = None
        elif not right or account.password_hash != found.password_hash:
            tx.accounts.change(account, **waiting.failed(account, now))
            entered = None
        elif account.disabled_at is not None:
            raise AccountDisabled
        else:
            arrival = _arrival(account, browser_of(mark, account.id), "password")
            entered = _after_password(tx, account, password, device, arrival, now=now, random=random)
    if entered is None:
        raise LoginRefused
    return entered


def finish_with_code(store: Store, pending: Login, code: str, *, now: datetime, random: Random) -> Entered:
    """The second step by a one-time code, which opens once.

    Raises CodeWrong, NoSecondStep, LoginUnknown, AccountDisabled.
    """
    with store.write() as tx:
        account = _pending_account(tx, pending, now)
        if account.totp_secret is None:
            raise NoSecondStep
        step = _step_of(tx, account, account.totp_secret, code, now)
        if step is not None:
            tx.accounts.change(account, totp_step=step, **waiting.succeeded())
            entered = _strong(tx, account, pending, "code", now=now, random=random)
    if step is None:
        raise CodeWrong
    return entered


def ask_for_passkey(store: Store, pending: Login, site: Site, *, random: Random) -> dict[str, object] | None:
    """What the browser is to sign with one of the account's passkeys; None if there are none."""
    challenge = random(second_steps.CHALLENGE_BYTES)
    with store.write() as tx:
        keys = tx.accounts.passkeys(pending.account)
        if not keys:
            return None
        tx.logins.change(pending, challenge=challenge)
    return second_steps.sign_in_options(site, keys, challenge)


def finish_with_passkey(
    store: Store, pending: Login, site: Site, answer: str, *, now: datetime, random: Random
) -> Entered:
    """The second step by a passkey; a challenge is good for one answer.

    Raises PasskeyRefused, LoginUnknown, AccountDisabled.
    """
    with store.write() as tx:
        account = _pending_account(tx, pending, now)
        tx.logins.change(pending, challenge=None)
        signed = _signed(tx, account, pending, site, answer, now)
        if signed is not None:
            tx.accounts.count_use(*signed)
            tx.accounts.change(account, **waiting.succeeded())
            entered = _strong(tx, account, pending, "passkey", now=now, random=random)
    if signed is None:
        raise PasskeyRefused
    return entered


def has_second_step(tx: Transaction, account: Account) -> bool:
    """Whether the password alone does not let the account in."""
    return account.totp_secret is not None or bool(tx.accounts.passkeys(account.id))


def _after_password(
    tx: Transaction,
    account: Account,
    password: str,
    device: str,
    arrival: Arrival,
    *,
    now: datetime,
    random: Random,
) -> Entered:
    stage: Stage = "pending" if has_second_step(tx, account) else "plain"
    changes = waiting.succeeded() if stage == "plain" else {}
    if passwords.is_outdated(account.password_hash):
        changes = {**changes, "password_hash": passwords.make_hash(password)}
    if changes:
        tx.accounts.change(account, **changes)
    if stage == "plain":
        telling.came_in(tx, account, device, arrival.browser, now)
    return Entered(*start(tx, account.id, device, stage, arrival, now=now, random=random))


def _arrival(account: Account, browser: str | None, way: Way) -> Arrival:
    """With what was typed wrong until now, which whoever gets in is shown."""
    return Arrival(way=way, browser=browser, wrong=account.failures, wrong_at=account.failed_at)


def _pending_account(tx: Transaction, pending: Login, now: datetime) -> Account:
    """The account of a log-in that waits for its second step, in this very transaction."""
    account = tx.accounts.lock(pending.account)
    open_ones = {one.id for one in tx.logins.open_ones(account.id, now) if one.stage == "pending"}
    if pending.id not in open_ones:
        raise LoginUnknown
    if account.disabled_at is not None:
        raise AccountDisabled
    return account


def _step_of(tx: Transaction, account: Account, secret: str, code: str, now: datetime) -> int | None:
    """The time step of a code that opens; a wrong one counts as a failure."""
    if waiting.is_waiting(account, now):
        return None
    try:
        return second_steps.step_of_code(secret, code, account.totp_step, now)
    except CodeWrong:
        tx.accounts.change(account, **waiting.failed(account, now))
        return None


def _signed(
    tx: Transaction, account: Account, pending: Login, site: Site, answer: str, now: datetime
) -> tuple[Passkey, int] | None:
    """The key that signed and its counter; a wrong answer counts as a failure."""
    if waiting.is_waiting(account, now) or pending.challenge is None:
        return None
    try:
        return second_steps.signed(site, tx.accounts.passkeys(account.id), answer, pending.challenge)
    except PasskeyRefused:
        tx.accounts.change(account, **waiting.failed(account, now))
        return None


def _strong(
    tx: Transaction, account: Account, pending: Login, way: Way, *, now: datetime, random: Random
) -> Entered:
    """The log-in after both steps, with a token of its own: the old one opens nothing any more."""
    tx.logins.change(pending, ended_at=now, challenge=None)
    arrival = _arrival(account, pending.browser, way)
    telling.came_in(tx, account, pending.device, pending.browser, now)
    return Entered(*start(tx, account.id, pending.device, "strong", arrival, now=now, random=random))
