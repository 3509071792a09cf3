"""What cannot be guessed, and how often anybody may try: by credential and account, never by address.

Entropy is computed from what the programs draw, not from what a text says about it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from argon2 import PasswordHasher
from msgspec.structs import replace

import voting
import web
from ballots import credentials
from tests.county import FIRST_DAY
from tests.people import seeded
from tests.web.accounts import PASSWORD, Entry
from tests.web.house import House, an_account
from voting import links
from voting.accounts import logins, passwords, second_steps, waiting
from voting.accounts.facts import Account
from voting.checking_in.facts import PASS_CODE_LENGTH
from voting.collecting import codes, gate

INFEASIBLE_BITS: Final = 80
"""At a million tries a second half of them take 19 billion years."""
CHEAP: Final = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def drawn_bits(make: Callable[[Callable[[int], bytes]], object]) -> int:
    """How many random bits a program asks for."""
    asked: list[int] = []
    source = seeded("entropy")

    def random(size: int) -> bytes:
        asked.append(size)
        return source(size)

    make(random)
    return 8 * sum(asked)


def base58_bits(length: int) -> float:
    return length * math.log2(len(credentials.BASE58))


def test_nothing_that_opens_by_itself_can_be_guessed() -> None:
    bits = {
        "personal link": 8.0 * links._BYTES,
        "log-in and invitation": float(drawn_bits(logins.new_token)),
        "card": base58_bits(len(credentials.generate(seeded("card")).replace("-", ""))),
        "query code": base58_bits(len(codes.query_code(b"s" * 32, "c", "f"))),
        "secret of one-time codes": float(drawn_bits(second_steps.new_secret)),
        "mark of a device": float(drawn_bits(gate.new_mark)),
    }
    assert {name: round(of) for name, of in bits.items()} == {
        "personal link": 256,
        "log-in and invitation": 256,
        "card": 129,
        "query code": 94,
        "secret of one-time codes": 160,
        "mark of a device": 128,
    }
    assert min(bits.values()) > INFEASIBLE_BITS


def test_a_pass_opens_nothing_for_its_holder_and_is_long_enough_not_to_be_hit() -> None:
    """The code of an attendance pass is read by an usher who has entered: it names a deputy, no more."""
    assert base58_bits(PASS_CODE_LENGTH) > 58


def test_characters_of_codes_are_equally_likely() -> None:
    """Each of the 58 occurs, and none more than a third above its share, among 58,000."""
    drawn = credentials.base58(58_000, seeded("even"))
    counts = [drawn.count(one) for one in credentials.BASE58]
    assert sum(counts) == 58_000
    assert 667 < min(counts) <= max(counts) < 1333


def tries_in(span: timedelta) -> int:
    """How many passwords or codes somebody who never sleeps can try at one account."""
    start = now = FIRST_DAY
    account = Account(id="0" * 32, login="x", name="x", password_hash="", created_at=start)
    tries = 0
    while now < start + span:
        account = replace(account, **waiting.failed(account, now))
        tries += 1
        now = account.locked_until or now
    return tries


def test_an_account_is_tried_a_hundred_times_a_day_and_no_more() -> None:
    """Of one-time codes three of a million are right at any time, and the password comes before them."""
    a_day = tries_in(timedelta(days=1))
    assert a_day <= 105
    assert a_day * 3 / 10**6 < 0.0005
    assert tries_in(timedelta(days=365)) * 3 / 10**6 < 0.12


def test_guessing_codes_of_one_account_waits_and_nobody_else_does(house: House) -> None:
    """Six wrong codes: the right one waits too; another account behind the same address does not."""
    entry = Entry(house)
    secret = entry.set_up_codes(entry.account())
    entry.account("li")
    entry.later(minutes=1)
    browser, _ = entry.log_in()
    statuses = [browser.post("/login/code", data={"code": f"{n:06d}"}).status_code for n in range(6)]
    assert statuses == [422] * 6
    assert browser.post("/login/code", data={"code": entry.code(secret)}).status_code == 422
    assert entry.log_in("li")[1].status_code == 303


def test_a_hall_behind_one_address_logs_in_without_a_limit(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """More at once than any hourly limit there is, each after a wrong try; the hash is a cheap one here."""
    monkeypatch.setattr(passwords, "_HASHER", CHEAP)
    house.clock = FIRST_DAY
    people = max(gate.MOST_WITHOUT_MARK_AN_HOUR, gate.MOST_WRONG_CODES_AN_HOUR, gate.MOST_AN_HOUR) + 10
    kept = passwords.make_hash(PASSWORD)
    deputies = [house.somebody("deputy") for _ in range(people)]
    with house.store.write() as tx:
        for number, deputy in enumerate(deputies):
            account, membership = an_account(deputy)
            tx.accounts.add(replace(account, login=f"deputy{number}", password_hash=kept))
            tx.memberships.add(membership)
    visitor = house.visitor()
    said = []
    for number in range(people):
        for password in ("一个写错了的密码", PASSWORD):
            visitor.cookies.clear()
            typed = {"login": f"deputy{number}", "password": password}
            said.append(visitor.post("/login", data=typed).status_code)
    assert said == [422, 303] * people


def test_nothing_asks_where_somebody_comes_from() -> None:
    """Neither the connection's address nor what a proxy says of it: no limit and no record rests on it."""
    asks = re.compile(r"request\.client|scope\[.client.\]|forwarded|remote_addr|real-ip", re.IGNORECASE)
    found = [
        str(file)
        for package in (web, voting)
        for file in Path(package.__path__[0]).rglob("*.py")
        if asks.search(file.read_text(encoding="utf-8"))
    ]
    assert found == []
