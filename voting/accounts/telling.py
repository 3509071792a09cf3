"""The owner of an account is told what somebody did with it: as a notice on the pages of each role, which
goes to a deputy's telephone too.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import uuid4

from voting.accounts.facts import Account
from voting.store import Transaction
from voting.text import Line

PATH: Final = "/my-account"
"""Below the pages of each role: leads to the record of log-ins."""
_CHANGES: Final = {
    "change_password": "修改了密码",
    "set_password": "用重设链接设置了新密码",
    "set_up_codes": "设置了一次性验证码",
    "remove_codes": "去掉了一次性验证码",
    "add_passkey": "登记了一个通行密钥",
    "remove_passkey": "去掉了一个通行密钥",
}


def changed(tx: Transaction, account: Account, what: str, now: datetime) -> None:
    """By what one logs in is no longer what it was; `what` is the deed's name in the log."""
    words = f"您的账号刚刚{_CHANGES[what]}。不是您本人办的，请马上告诉工作人员。"
    _tell(tx, account, "account_changed", words, now)


def came_in(tx: Transaction, account: Account, device: Line, browser: str | None, now: datetime) -> None:
    """The same browser has one log-in; one that this account has never used is told of, unless it is the
    first that keeps a mark."""
    if browser is None:
        return
    for one in tx.logins.open_ones(account.id, now):
        if one.browser == browser and one.stage != "pending":
            tx.logins.change(one, ended_at=now, challenge=None)
    used = tx.logins.browsers(account.id)
    if used and browser not in used:
        words = (
            f"您的账号刚刚在一台没有用过的设备上登录：{device}。是您本人的，不用理会；不是的，请马上改密码。"
        )
        _tell(tx, account, "new_device", words, now)


def _tell(tx: Transaction, account: Account, kind: str, text: str, now: datetime) -> None:
    """Once for each role: each congress sends its own people's messages."""
    about = uuid4().hex
    for one in tx.memberships.of_account(account.id):
        tx.notices.add(
            one.congress,
            kind=kind,
            text=text,
            path=PATH,
            about=about,
            due=None,
            at=now,
            membership=one.id,
        )
