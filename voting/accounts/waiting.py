"""Guessing costs time: after five wrong tries in a row an account waits, each time longer.

Per account and never per address: a county's offices share one address, and so do all phones of a network.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from voting.accounts.facts import Account

FREE_TRIES: Final = 5
_FIRST: Final = timedelta(minutes=1)
_LONGEST: Final = timedelta(minutes=15)


def wait_after(failures: int) -> timedelta:
    """How long no further try is looked at: 1, 2, 4, 8, 15, 15 … minutes from the fifth failure on."""
    if failures < FREE_TRIES:
        return timedelta()
    return min(_FIRST * (1 << min(failures - FREE_TRIES, 10)), _LONGEST)


def is_waiting(account: Account, now: datetime) -> bool:
    """Whether tries are not even looked at now; a wait that no failure could have set is none: the clock was
    set back since."""
    return account.locked_until is not None and now < account.locked_until <= now + _LONGEST


def failed(account: Account, now: datetime) -> dict[str, object]:
    """The fields of the account after one more wrong try."""
    failures = account.failures + 1
    wait = wait_after(failures)
    return {"failures": failures, "failed_at": now, "locked_until": now + wait if wait else None}


def succeeded() -> dict[str, object]:
    """The fields of the account after somebody got all the way in."""
    return {"failures": 0, "failed_at": None, "locked_until": None}
