"""Accepting an invitation: with a new account, with the account one has, or with a new password for it."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from ballots.group import Random
from voting.accounts import passwords, telling, waiting
from voting.accounts.facts import Account, Invitation, Login, Membership, Stage
from voting.accounts.guessable import words_of
from voting.accounts.invitations import InvitationUnfit, look, of_token, refuse_elsewhere, refuse_gone
from voting.accounts.logging_in import Entered, has_second_step
from voting.accounts.logins import Arrival, SecondStepMissing, actor_of, browser_of, start
from voting.errors import VotingError
from voting.store import Store, Transaction


class LoginNameTaken(VotingError):
    """Somebody has this log-in name already."""

    sentence = "这个登录名已经有人用了。请换一个；如果就是您自己的账号，请选“我已有账号”。"


class AlreadyMember(VotingError):
    """The account has this very role already."""

    sentence = "您的账号已经有这个身份，不用再接受。请直接登录。"


def accept_with_new_account(  # noqa: PLR0913 - two of them say which browser it is
    store: Store,
    token: str,
    login: str,
    password: str,
    device: str,
    mark: str = "",
    *,
    now: datetime,
    random: Random,
) -> Entered:
    """A new account with the role of the invitation, logged in at once.

    Raises LoginNameUnfit, PasswordUnfit, LoginNameTaken, and what `invitations.look` raises.
    """
    known = passwords.clean_login(login)
    passwords.refuse_unfit(password, _context(store, look(store, token, now), known))
    kept = passwords.make_hash(password)
    with store.write() as tx:
        one = of_token(tx, token, now)
        if one.resets is not None:
            raise InvitationUnfit("这是重设密码的链接，不用另建账号。请从链接重新打开。")
        refuse_gone(tx, one)
        if tx.accounts.by_login(known) is not None:
            raise LoginNameTaken
        new = Account(id=uuid4().hex, login=known, name=one.name, password_hash=kept, created_at=now)
        tx.accounts.add(new)
        _use(tx, one, new.id, now)
        arrival = Arrival(way="invited", browser=browser_of(mark, new.id))
        return Entered(*start(tx, new.id, device, "plain", arrival, now=now, random=random))


def accept_with_own_account(store: Store, token: str, login: Login, now: datetime) -> Membership:
    """One role more for the account that is logged in.

    Raises AlreadyMember, SecondStepMissing, and what `invitations.look` raises.
    """
    with store.write() as tx:
        one = of_token(tx, token, now)
        if one.resets is not None:
            raise InvitationUnfit("这是重设密码的链接，不能用来增加身份。请从链接重新打开。")
        refuse_gone(tx, one)
        account = tx.accounts.lock(login.account)
        if login.stage != "strong" and has_second_step(tx, account):
            raise SecondStepMissing
        same = (one.congress, one.role, one.unit, one.deputy)
        if any((m.congress, m.role, m.unit, m.deputy) == same for m in tx.memberships.of_account(account.id)):
            raise AlreadyMember
        return _use(tx, one, account.id, now)


def accept_reset(
    store: Store, token: str, password: str, device: str, mark: str = "", *, now: datetime, random: Random
) -> Entered:
    """A new password; every log-in ends. The second step is asked for at once where the invitation keeps it,
    else it is set up anew too: the telephone is lost.

    Raises PasswordUnfit, ElsewhereToo, and what `invitations.look` raises.
    """
    one = look(store, token, now)
    with store.read() as tx:
        login = tx.accounts.get(one.resets).login if one.resets else ""
    passwords.refuse_unfit(password, _context(store, one, login))
    kept = passwords.make_hash(password)
    with store.write() as tx:
        one = of_token(tx, token, now)
        if one.resets is None:
            raise InvitationUnfit("这是邀请链接，不能用来重设密码。请从链接重新打开。")
        refuse_elsewhere(tx, one.resets, one.congress)
        account = tx.accounts.lock(one.resets)
        stays = one.keeps_second and has_second_step(tx, account)
        _start_afresh(tx, account, kept, stays=stays, now=now)
        tx.invitations.change(one, used_at=now)
        _log_reset(tx, one, now)
        telling.changed(tx, account, "set_password", now)
        arrival = Arrival(
            way="reset",
            browser=browser_of(mark, account.id),
            wrong=account.failures,
            wrong_at=account.failed_at,
        )
        stage: Stage = "pending" if stays else "plain"
        return Entered(*start(tx, account.id, device, stage, arrival, now=now, random=random))


def _context(store: Store, one: Invitation, login: str) -> tuple[str, ...]:
    with store.read() as tx:
        return words_of(login, one.name, [tx.sessions.congress(one.congress).name])


def _use(tx: Transaction, one: Invitation, account: str, now: datetime) -> Membership:
    """The membership that the invitation promised; the log says who came in by it."""
    new = Membership(
        id=uuid4().hex,
        congress=one.congress,
        account=account,
        role=one.role,
        name=one.name,
        granted_by=one.issued_by,
        granted_at=now,
        unit=one.unit,
        deputy=one.deputy,
    )
    tx.memberships.add(new)
    tx.invitations.change(one, used_at=now)
    after = {"role": new.role, "name": new.name, "granted_by": new.granted_by}
    tx.audit.add(actor_of(tx, new), "accept_invitation", now, "membership", new.id, after=after)
    return new


def _start_afresh(tx: Transaction, account: Account, kept: str, *, stays: bool, now: datetime) -> None:
    """`stays`: the second step does."""
    for key in () if stays else tx.accounts.passkeys(account.id):
        tx.accounts.remove_passkey(key)
    secret = account.totp_secret if stays else None
    tx.accounts.change(account, password_hash=kept, totp_secret=secret, **waiting.succeeded())
    tx.logins.end_all(account.id, now)


def _log_reset(tx: Transaction, one: Invitation, now: datetime) -> None:
    held = next((m for m in tx.memberships.of_account(one.resets or "") if m.congress == one.congress), None)
    if held is None:
        raise InvitationUnfit("您在这里的身份已经结束，这个链接不能再使用。请与工作人员联系。")
    tx.audit.add(actor_of(tx, held), "set_password", now, "invitation", one.id)
