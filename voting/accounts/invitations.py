"""Invitations: a link, given in person, with which somebody makes the own account, or sets its password anew.

The link carries a token of 32 random bytes, shown once; the database holds its SHA-256. It opens once, until
its date, unless it is taken back.
"""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from ballots.group import Random
from voting.accounts.facts import ACCOUNT_ROLES, AccountRole, Invitation, Membership
from voting.accounts.logins import new_token, token_hash
from voting.actors import Actor, NotFound
from voting.duties import demand
from voting.errors import VotingError
from voting.store import Store, Transaction
from voting.text import clean_line


class InvitationUnknown(VotingError):
    """A token that was never given out, or was copied incompletely."""

    sentence = "这个邀请链接无效。请检查是否复制完整，或者向工作人员要新的邀请。"


class InvitationExpired(VotingError):
    """A token after its date."""

    sentence = "这个邀请已经过期。请向工作人员要新的邀请。"


class InvitationRevoked(VotingError):
    """A token that was taken back."""

    sentence = "这个邀请已经被收回。请向工作人员要新的邀请。"


class InvitationUsed(VotingError):
    """A token that has opened already."""

    sentence = "这个邀请已经用过了。请直接登录；如果不是您本人用的，请马上告诉工作人员。"


class InvitationUnfit(VotingError):
    """An invitation that would lead nowhere."""

    sentence = "不能发出这样的邀请。请核对身份、单位和代表。"


class ElsewhereToo(VotingError):
    """The account has a role in another congress, whose staff has not agreed to a new password."""

    sentence = (
        "这个账号在别处也有身份，本单位不能替它重设密码。"
        "请结束此人在本单位的身份，再重新邀请，由本人另设一个登录名。"
    )


def invite(  # noqa: PLR0913 - one argument for each fact of an invitation
    store: Store,
    actor: Actor,
    role: AccountRole,
    name: str,
    expires: datetime,
    *,
    unit: str | None = None,
    deputy: str | None = None,
    now: datetime,
    random: Random,
) -> str:
    """The token of a new invitation; it is shown once and stored nowhere.

    A new invitation for a deputy ends the open ones of the same deputy. Raises InvitationUnfit, TextError,
    NotFound, Forbidden.
    """
    demand(actor, "invite")
    new = Invitation(
        id=uuid4().hex,
        congress=actor.congress,
        role=role,
        name=clean_line(name, "姓名"),
        expires=expires,
        issued_by=actor.name,
        issued_at=now,
        unit=unit,
        deputy=deputy,
    )
    with store.write() as tx:
        tx.sessions.congress(actor.congress)
        _refuse_unfit(tx, actor, new)
        if deputy is not None:
            _revoke_open(tx, actor, now, deputy=deputy)
        return _issue(tx, actor, new, now, random)


def reset(
    store: Store,
    actor: Actor,
    membership_id: str,
    expires: datetime,
    *,
    keeps_second: bool = False,
    now: datetime,
    random: Random,
) -> tuple[str, Membership]:
    """The token with which the holder of a membership sets a new password; all the log-ins end at once. With
    `keeps_second` it opens only together with the second step that the account has.

    Raises ElsewhereToo, InvitationUnfit, NotFound, Forbidden.
    """
    demand(actor, "invite")
    with store.write() as tx:
        one = tx.memberships.get(actor, membership_id)
        if one.ended_at is not None:
            raise InvitationUnfit("这个人的身份已经结束，不能重设密码。需要的话，请重新邀请。")
        refuse_elsewhere(tx, one.account, actor.congress)
        tx.logins.end_all(one.account, now)
        _revoke_open(tx, actor, now, resets=one.account)
        new = Invitation(
            id=uuid4().hex,
            congress=actor.congress,
            role=one.role,
            name=one.name,
            expires=expires,
            issued_by=actor.name,
            issued_at=now,
            unit=one.unit,
            deputy=one.deputy,
            resets=one.account,
            keeps_second=keeps_second,
        )
        return _issue(tx, actor, new, now, random), one


def revoke(store: Store, actor: Actor, invitation_id: str, now: datetime) -> Invitation:
    """It opens nothing from now on; one that was used or revoked stays as it is.

    Raises NotFound, Forbidden.
    """
    demand(actor, "invite")
    with store.write() as tx:
        one = tx.invitations.get(actor, invitation_id)
        return _revoke(tx, actor, one, now) if is_open(one) else one


def listing(store: Store, actor: Actor) -> tuple[Invitation, ...]:
    """All of the congress, without their tokens, the newest first. Raises Forbidden."""
    demand(actor, "invite")
    with store.read() as tx:
        return tx.invitations.listing(actor)


def look(store: Store, token: str, now: datetime) -> Invitation:
    """An invitation that still opens.

    Raises InvitationUnknown, InvitationRevoked, InvitationUsed, InvitationExpired.
    """
    with store.read() as tx:
        return still_open(tx.invitations.by_token(token_hash(token)), now)


def still_open(one: Invitation | None, now: datetime) -> Invitation:
    """Raises InvitationUnknown, InvitationRevoked, InvitationUsed, InvitationExpired."""
    if one is None:
        raise InvitationUnknown
    if one.revoked_at is not None:
        raise InvitationRevoked
    if one.used_at is not None:
        raise InvitationUsed
    if one.expires <= now:
        raise InvitationExpired
    return one


def is_open(one: Invitation) -> bool:
    """Neither used nor revoked; it may have expired."""
    return one.used_at is None and one.revoked_at is None


def refuse_elsewhere(tx: Transaction, account: str, congress: str) -> None:
    """Staff of one congress must not get into another by setting somebody's password. Raises ElsewhereToo."""
    if any(one.congress != congress for one in tx.memberships.of_account(account)):
        raise ElsewhereToo


def _refuse_unfit(tx: Transaction, actor: Actor, new: Invitation) -> None:
    if new.role not in ACCOUNT_ROLES:
        raise InvitationUnfit
    if (new.role == "unit") != (new.unit is not None):
        raise InvitationUnfit("承办单位的邀请要选定单位，其他身份的不选。请核对。")
    if (new.role == "deputy") != (new.deputy is not None):
        raise InvitationUnfit("代表的邀请要选定代表，其他身份的不选。请核对。")
    if new.unit is not None and tx.units.get(actor, new.unit).ended_at is not None:
        raise InvitationUnfit("这个单位已经撤销，不能再邀请。请核对单位名册。")
    if new.deputy is None:
        return
    if tx.deputies.get(actor, new.deputy).ended_on is not None:
        raise InvitationUnfit("这位代表的职务已经终止，不能再邀请。请核对代表名册。")
    if any(one.deputy == new.deputy and one.ended_at is None for one in tx.memberships.listing(actor)):
        raise InvitationUnfit("这位代表已经有账号。忘记密码的，请在使用人员页面重设密码。")


def _issue(tx: Transaction, actor: Actor, new: Invitation, now: datetime, random: Random) -> str:
    token = new_token(random)
    tx.invitations.add(new, token_hash(token))
    what = "reset_password" if new.resets else "invite"
    after = {"role": new.role, "name": new.name, "expires": new.expires}
    if new.resets:
        after["keeps_second"] = new.keeps_second
    tx.audit.add(actor, what, now, "invitation", new.id, after=after)
    return token


def _revoke(tx: Transaction, actor: Actor, one: Invitation, now: datetime) -> Invitation:
    before = {"role": one.role, "name": one.name}
    tx.audit.add(actor, "revoke_invitation", now, "invitation", one.id, before=before)
    return tx.invitations.change(one, revoked_at=now)


def _revoke_open(
    tx: Transaction, actor: Actor, now: datetime, *, deputy: str | None = None, resets: str | None = None
) -> None:
    for one in tx.invitations.listing(actor):
        same = one.resets == resets if resets else one.deputy == deputy
        if is_open(one) and same and (one.resets is not None) == (resets is not None):
            _revoke(tx, actor, one, now)


def of_token(tx: Transaction, token: str, now: datetime) -> Invitation:
    """The same as `look`, locked until the transaction ends: an invitation is used once."""
    return still_open(tx.invitations.lock(token_hash(token)), now)


def refuse_gone(tx: Transaction, one: Invitation) -> None:
    """Between invitation and use a deputy may have left, a unit been dissolved. Raises InvitationUnfit."""
    whose = Actor(role=one.role, congress=one.congress, name=one.name)
    try:
        left = one.deputy is not None and tx.deputies.get(whose, one.deputy).ended_on is not None
        dissolved = one.unit is not None and tx.units.get(whose, one.unit).ended_at is not None
    except NotFound:
        raise InvitationUnfit from None
    if left or dissolved:
        raise InvitationUnfit("这个邀请所属的代表职务或者单位已经终止，不能再使用。请与工作人员联系。")
