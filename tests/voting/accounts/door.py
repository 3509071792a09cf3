"""The way into a county: invitations, accounts, log-ins, over the functions that the pages call.

door.account("zhang", role="deputy", deputy=county.deputies[0].id)   # invited, accepted, logged in
door.log_in("zhang")                                                 # by password alone
"""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any, Final

import pyotp

from tests.county import FIRST_DAY, County
from voting.accounts import accepting, invitations, logging_in, own
from voting.accounts.facts import AccountRole, Login, Membership
from voting.accounts.logging_in import Entered
from voting.accounts.logins import actor_of
from voting.accounts.own import Standing
from voting.accounts.second_steps import new_secret
from voting.actors import Actor
from voting.store import Store

PASSWORD: Final = "一句很长又好记的话呀"  # noqa: S105 - of people who do not exist
BROWSER: Final = "安卓手机，微信"


class Door:
    """One clock for everybody, which a test turns."""

    def __init__(self, county: County) -> None:
        self.county = county
        self.store: Store = county.store
        self.now = FIRST_DAY
        self.secrets: dict[str, str] = {}

    def later(self, **span: float) -> None:
        self.now += timedelta(**span)

    def invite(
        self, role: AccountRole = "presidium", by: Actor | None = None, days: int = 14, **more: Any
    ) -> str:
        """The token of an invitation."""
        return invitations.invite(
            self.store,
            by or self.county.staff,
            role,
            more.pop("name", "王晓"),
            self.now + timedelta(days=days),
            **more,
            now=self.now,
            random=os.urandom,
        )

    def accept(self, token: str, login: str = "wang", password: str = PASSWORD) -> Entered:
        return accepting.accept_with_new_account(
            self.store, token, login, password, BROWSER, now=self.now, random=os.urandom
        )

    def told(self, entered: Entered) -> list[str]:
        """What stands on the notices of the account's first role."""
        one = self.membership(entered)
        with self.store.read() as tx:
            return [notice.text for notice in tx.notices.listing(actor_of(tx, one))]

    def account(self, login: str = "wang", role: AccountRole = "presidium", **more: Any) -> Entered:
        """Somebody invited who has accepted, with a password alone."""
        return self.accept(self.invite(role, **more), login)

    def log_in(self, login: str = "wang", password: str = PASSWORD, mark: str = "") -> Entered:
        return logging_in.log_in(self.store, login, password, BROWSER, mark, now=self.now, random=os.urandom)

    def standing(self, entered: Entered) -> Standing:
        return own.standing(self.store, entered.token, self.now)

    def membership(self, entered: Entered) -> Membership:
        with self.store.read() as tx:
            return tx.memberships.of_account(entered.login.account)[-1]

    def set_up_codes(self, entered: Entered) -> Entered:
        """One-time codes for this account; its log-ins all end, and this is the new one."""
        secret = new_secret(os.urandom)
        self.secrets[entered.login.account] = secret
        code = pyotp.TOTP(secret).at(self.now)
        return own.set_up_codes(self.store, entered.login, secret, code, now=self.now, random=os.urandom)

    def code(self, login: Login) -> str:
        """What the account's telephone shows now."""
        return pyotp.TOTP(self.secrets[login.account]).at(self.now)

    def finish(self, pending: Entered, code: str) -> Entered:
        return logging_in.finish_with_code(self.store, pending.login, code, now=self.now, random=os.urandom)
