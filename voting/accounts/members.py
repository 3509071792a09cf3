"""Who has access to a congress: its staff grants roles, and takes them back."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from voting.accounts.facts import Membership
from voting.actors import Actor, NotFound, require, system
from voting.duties import demand
from voting.errors import VotingError
from voting.store import Store


class OwnMembership(VotingError):
    """The own role cannot be ended by oneself: somebody must be left who can invite."""

    sentence = "不能结束自己的身份。请由另一位工作人员来办。"


class Member(Struct, frozen=True, kw_only=True):
    """A membership with what staff see of its account."""

    membership: Membership
    login: str
    disabled: bool
    second_step: bool


def listing(store: Store, actor: Actor) -> tuple[Member, ...]:
    """Everybody of the actor's congress, by role and name. Raises Forbidden."""
    demand(actor, "invite")
    with store.read() as tx:
        return tuple(
            Member(
                membership=one,
                login=account.login,
                disabled=account.disabled_at is not None,
                second_step=account.totp_secret is not None or bool(tx.accounts.passkeys(account.id)),
            )
            for one in tx.memberships.listing(actor)
            for account in [tx.accounts.get(one.account)]
        )


def end(store: Store, actor: Actor, membership_id: str, now: datetime) -> Membership:
    """The role is taken back and opens nothing from the next page on.

    Raises OwnMembership, NotFound, Forbidden.
    """
    demand(actor, "invite")
    if membership_id == actor.link:
        raise OwnMembership
    with store.write() as tx:
        one = tx.memberships.get(actor, membership_id)
        if one.ended_at is not None:
            return one
        before = {"role": one.role, "name": one.name}
        tx.audit.add(actor, "end_membership", now, "membership", one.id, before=before)
        return tx.memberships.end(one, now)


def disable(store: Store, actor: Actor, login: str, now: datetime) -> None:
    """Switch an account off everywhere; only the installation itself may, for an account has no congress.

    Raises NotFound, Forbidden.
    """
    require(actor, "system")
    with store.write() as tx:
        account = tx.accounts.by_login(login)
        if account is None:
            raise NotFound("没有这个登录名的账号。请核对。")
        tx.logins.end_all(account.id, now)
        if account.disabled_at is not None:
            return
        tx.accounts.change(account, disabled_at=now)
        for one in tx.memberships.of_account(account.id):
            before = {"role": one.role, "name": one.name}
            tx.audit.add(system(one.congress), "disable_account", now, "membership", one.id, before=before)
