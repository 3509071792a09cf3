"""What everybody does with the own account: roles, password, second step, devices."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from ballots.group import Random
from voting.accounts import passwords, record, second_steps, telling, waiting
from voting.accounts.facts import Account, Login, Passkey, Stage
from voting.accounts.guessable import words_of
from voting.accounts.logging_in import Entered, LoginRefused
from voting.accounts.logins import (
    OFFICES,
    Arrival,
    LoginUnknown,
    actor_of,
    find,
    note_seen,
    refuse_former,
    refuse_stale,
    start,
)
from voting.accounts.second_steps import CodeWrong, PasskeyRefused, Site
from voting.actors import Actor, NotFound
from voting.errors import VotingError
from voting.store import Store, Transaction
from voting.text import clean_line


class LastSecondStep(VotingError):
    """An office keeps at least one second step."""

    sentence = "工作人员和政府办的账号至少要保留一种第二步验证。请先设置另一种，再去掉这一种。"


class SecondStepFirst(VotingError):
    """A change that a log-in with a password alone may not make, for the account has a second step."""

    sentence = "这个账号已经设置了第二步验证。请重新登录，两步都通过以后再改。"


class Place(Struct, frozen=True, kw_only=True):
    """One of the roles that can be entered; `ready` says that the log-in is enough for it."""

    actor: Actor
    congress: str
    ready: bool


class Standing(Struct, frozen=True, kw_only=True):
    """The own account as its page shows it."""

    account: Account
    login: Login
    places: tuple[Place, ...]
    former: tuple[str, ...]
    passkeys: tuple[Passkey, ...]
    devices: tuple[Login, ...]

    @property
    def office(self) -> bool:
        """Whether a second step is a must."""
        return any(one.actor.role in OFFICES for one in self.places)

    @property
    def second_step(self) -> bool:
        return self.account.totp_secret is not None or bool(self.passkeys)


def standing(store: Store, token: str, now: datetime) -> Standing:
    """Raises LoginUnknown (also while the second step is due), LoginEnded, LoginExpired, AccountDisabled."""
    login = find(store, token, now)
    if login.stage == "pending":
        raise LoginUnknown
    note_seen(store, login, now)
    with store.read() as tx:
        places, former = _places(tx, login)
        return Standing(
            account=tx.accounts.get(login.account),
            login=login,
            places=places,
            former=former,
            passkeys=tx.accounts.passkeys(login.account),
            devices=tx.logins.open_ones(login.account, now),
        )


def log_ins(store: Store, login: Login) -> tuple[record.Entry, ...]:
    """The record of the account's log-ins, the newest first."""
    with store.read() as tx:
        return record.entries(tx.logins.recent(login.account, record.MOST))


def change_password(
    store: Store, login: Login, old: str, new: str, *, now: datetime, random: Random
) -> Entered:
    """Every log-in ends and this browser gets a new one. Raises LoginRefused, PasswordUnfit."""
    with store.read() as tx:
        before = tx.accounts.get(login.account)
        held = tx.memberships.of_account(before.id)
        congresses = {one.congress: tx.sessions.congress(one.congress).name for one in held}
    passwords.refuse_unfit(new, words_of(before.login, before.name, congresses.values()))
    right = passwords.is_right(old, before.password_hash)
    kept = passwords.make_hash(new)
    with store.write() as tx:
        account = tx.accounts.lock(login.account)
        if waiting.is_waiting(account, now):
            right = False
        elif not right:
            tx.accounts.change(account, **waiting.failed(account, now))
        else:
            tx.accounts.change(account, password_hash=kept, **waiting.succeeded())
            _log(tx, account, "change_password", now)
            entered = _anew(tx, login, login.stage, account, now=now, random=random)
    if not right:
        raise LoginRefused("现在的密码不对。请核对后再试；连续输错 5 次以后，要过 1 至 15 分钟才能再试。")
    return entered


def set_up_codes(
    store: Store, login: Login, secret: str, code: str, *, now: datetime, random: Random
) -> Entered:
    """One-time codes from now on, instead of those before. Raises CodeWrong, SecondStepFirst, LogInAgain."""
    if not second_steps.is_secret(secret):
        raise CodeWrong("二维码已经失效。请重新扫码后再输入验证码。")
    step = second_steps.step_of_code(secret, code, 0, now)
    with store.write() as tx:
        account = _changeable(tx, login, now)
        tx.accounts.change(account, totp_secret=secret, totp_step=step)
        _log(tx, account, "set_up_codes", now)
        return _anew(tx, login, "strong", now=now, random=random)


def remove_codes(store: Store, login: Login, now: datetime) -> None:
    """Raises LastSecondStep, SecondStepFirst, LogInAgain."""
    with store.write() as tx:
        account = _changeable(tx, login, now)
        if account.totp_secret is None:
            return
        if not tx.accounts.passkeys(account.id):
            _refuse_last(tx, account)
        tx.accounts.change(account, totp_secret=None)
        _log(tx, account, "remove_codes", now)


def ask_new_passkey(
    store: Store, login: Login, site: Site, *, now: datetime, random: Random
) -> dict[str, object]:
    """What the browser needs to make a passkey. Raises SecondStepFirst, LogInAgain."""
    challenge = random(second_steps.CHALLENGE_BYTES)
    with store.write() as tx:
        account = _changeable(tx, login, now)
        tx.logins.change(login, challenge=challenge)
        keys = tx.accounts.passkeys(account.id)
    return second_steps.registration_options(site, account, keys, challenge)


def add_passkey(
    store: Store, login: Login, site: Site, name: str, answer: str, *, now: datetime, random: Random
) -> Entered:
    """One passkey more. Raises PasskeyRefused, TextError, SecondStepFirst, LogInAgain."""
    name = clean_line(name, "名称")
    challenge = login.challenge
    if challenge is None:
        raise PasskeyRefused
    with store.write() as tx:
        account = _changeable(tx, login, now)
        keys = tx.accounts.passkeys(account.id)
        new = second_steps.registered(site, account, name, answer, challenge, now)
        if len(keys) >= second_steps.MOST_PASSKEYS or new.credential in {one.credential for one in keys}:
            raise PasskeyRefused(f"这个通行密钥已经登记过，或者已经满 {second_steps.MOST_PASSKEYS} 个。")
        tx.accounts.add_passkey(new)
        _log(tx, account, "add_passkey", now)
        return _anew(tx, login, "strong", now=now, random=random)


def remove_passkey(store: Store, login: Login, credential: str, now: datetime) -> None:
    """Raises LastSecondStep, SecondStepFirst, LogInAgain, NotFound."""
    with store.write() as tx:
        account = _changeable(tx, login, now)
        keys = tx.accounts.passkeys(account.id)
        found = next((one for one in keys if one.credential == credential), None)
        if found is None:
            raise NotFound
        if len(keys) == 1 and account.totp_secret is None:
            _refuse_last(tx, account)
        tx.accounts.remove_passkey(found)
        _log(tx, account, "remove_passkey", now)


def log_out(store: Store, login: Login, now: datetime) -> None:
    """This browser is out."""
    with store.write() as tx:
        tx.logins.change(login, ended_at=now, challenge=None)


def end_device(store: Store, login: Login, other: str, now: datetime) -> None:
    """Another browser of the same account is out. Raises LogInAgain, NotFound."""
    refuse_stale(login, now)
    with store.write() as tx:
        found = next((one for one in tx.logins.open_ones(login.account, now) if one.id == other), None)
        if found is None:
            raise NotFound
        tx.logins.change(found, ended_at=now, challenge=None)


def end_other_devices(store: Store, login: Login, now: datetime) -> None:
    """Every other browser of the same account is out. Raises LogInAgain."""
    refuse_stale(login, now)
    with store.write() as tx:
        tx.logins.end_all(login.account, now, but=login.id)


def _places(tx: Transaction, login: Login) -> tuple[tuple[Place, ...], tuple[str, ...]]:
    """What can be entered, and the sentences of what cannot any more."""
    places: list[Place] = []
    former: list[str] = []
    for one in tx.memberships.of_account(login.account):
        actor = actor_of(tx, one)
        congress = tx.sessions.congress(one.congress).name
        try:
            refuse_former(one, tx.deputies.get(actor, one.deputy) if one.deputy else None)
        except VotingError as error:
            former.append(f"{congress}：{error.sentence}")
            continue
        ready = one.role not in OFFICES or login.stage == "strong"
        places.append(Place(actor=actor, congress=congress, ready=ready))
    return tuple(places), tuple(former)


def _changeable(tx: Transaction, login: Login, now: datetime) -> Account:
    """The account, locked; whoever changes it has just logged in, with the second step if there is one.

    Raises SecondStepFirst, LogInAgain.
    """
    account = tx.accounts.lock(login.account)
    protected = account.totp_secret is not None or tx.accounts.passkeys(account.id)
    if protected and login.stage != "strong":
        raise SecondStepFirst
    refuse_stale(login, now)
    return account


def _refuse_last(tx: Transaction, account: Account) -> None:
    if any(one.role in OFFICES for one in tx.memberships.of_account(account.id)):
        raise LastSecondStep


def _anew(
    tx: Transaction,
    login: Login,
    stage: Stage,
    account: Account | None = None,
    *,
    now: datetime,
    random: Random,
) -> Entered:
    """All log-ins of the account end, and this browser goes on with a token of its own, no longer than it
    would have; `account` as it was before what was typed wrong was forgotten, if it was."""
    tx.logins.end_all(login.account, now)
    arrival = Arrival(
        way="renewed",
        browser=login.browser,
        wrong=account.failures if account else 0,
        wrong_at=account.failed_at if account else None,
    )
    new, token = start(tx, login.account, login.device, stage, arrival, now=now, random=random)
    return Entered(tx.logins.change(new, started_at=login.started_at, expires=login.expires), token)


def _log(tx: Transaction, account: Account, what: str, now: datetime) -> None:
    """One row in every congress where the account has a role: each keeps its own log. The owner is told."""
    telling.changed(tx, account, what, now)
    for one in tx.memberships.of_account(account.id):
        tx.audit.add(actor_of(tx, one), what, now, "account", account.id)
