"""Whether an answer's time tells who has an account or whether a link exists: over HTTP, two kinds in turn.

    python -m tests.benchmarks.bench_timing [--tries 400]

Known and unknown log-in names with a wrong password, an account that waits, and links that were never given
out beside some that begin like one that was. The kinds alternate in random order, so that the machine's drift
meets all of them alike.
Told apart are two kinds when the medians differ by more than three times the standard error of both.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import uuid4

import httpx

from voting import drafting, links
from voting.accounts import passwords
from voting.accounts.facts import Account
from voting.actors import Actor, system
from voting.signing import Signer
from voting.store import Store
from web.rehearsal.server import free_port, serving
from web.settings import Settings

WRONG: Final = "这不是密码这不是密码"
ACCOUNTS: Final = 60
"""Enough that none of them has to wait: each is tried four times at most."""


def main(arguments: Sequence[str]) -> int:
    """0 when nothing can be told apart."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bench_timing")
    parser.add_argument("--tries", type=int, default=200, help="of each kind, 240 at most")
    tries = min(parser.parse_args(arguments).tries, 4 * ACCOUNTS)
    with tempfile.TemporaryDirectory(prefix="timing-") as folder:
        port = free_port()
        settings = Settings(
            url=f"http://127.0.0.1:{port}",
            port=port,
            workers=1,
            database=f"sqlite:///{folder}/piaojue.db",
            signing_key=f"{folder}/signing.key",
        )
        revoked = _prepare(settings)
        with serving(settings), httpx.Client(base_url=settings.url, timeout=60) as client:
            told = [
                compare("log-in name", of_log_ins(client), tries),
                compare("personal link", of_links(client, revoked), tries),
            ]
    return int(any(told))


def of_log_ins(client: httpx.Client) -> Mapping[str, Callable[[int], object]]:
    """Tries with a wrong password; each number is a try of its own."""

    def attempt(login: str) -> object:
        return client.post("/login", data={"login": login, "password": WRONG})

    return {
        "unknown": lambda number: attempt(f"nobody{number % ACCOUNTS}"),
        "known": lambda number: attempt(f"known{number % ACCOUNTS}"),
        "waiting": lambda _: attempt("waiting"),
    }


def of_links(client: httpx.Client, revoked: str) -> Mapping[str, Callable[[int], object]]:
    """Tokens that let nobody in."""
    return {
        "never given out": lambda number: client.get(f"/enter/{revoked[:-4]}{number:04d}"),
        "first half right": lambda number: client.get(f"/enter/{revoked[:20]}{'A' * 19}{number:04d}"),
    }


def compare(what: str, kinds: Mapping[str, Callable[[int], object]], tries: int) -> bool:
    """Print medians in milliseconds; whether the first kind can be told from any other."""
    spent: dict[str, list[float]] = {kind: [] for kind in kinds}
    turns = [(kind, number) for kind in kinds for number in range(tries)]
    random.shuffle(turns)
    for kind, number in turns:
        began = time.perf_counter()
        kinds[kind](number)
        spent[kind].append(1000 * (time.perf_counter() - began))
    first, *others = kinds
    told = False
    for kind in kinds:
        median, error = _median(spent[kind])
        print(f"{what:14} {kind:16} median {median:8.3f} ms ± {error:.3f}")
    for kind in others:
        (a, of_a), (b, of_b) = _median(spent[first]), _median(spent[kind])
        apart = abs(a - b) > 3 * (of_a + of_b)
        told = told or apart
        verdict = "TOLD APART" if apart else "not told apart"
        print(f"{what:14} {first} / {kind}: {verdict} ({b - a:+.3f} ms)")
    return told


def _median(spent: list[float]) -> tuple[float, float]:
    """The median and its standard error (1.2533 × that of the mean, of the middle nine tenths)."""
    kept = sorted(spent)[len(spent) // 20 : len(spent) - len(spent) // 20 or None]
    return statistics.median(kept), 1.2533 * statistics.stdev(kept) / len(kept) ** 0.5


def _prepare(settings: Settings) -> str:
    """Accounts with the real hash, one of which waits for an hour; the token of a link that is no more."""
    Store.migrate(settings.database)
    Signer.create(Path(settings.signing_key), os.urandom)
    now = datetime.now(UTC)
    kept = passwords.make_hash("一句很长又好记的话呀")
    with Store.open(settings.database) as store:
        congress = drafting.create_congress(store, system(""), "示例县人民代表大会", "county")
        staff = Actor(role="staff", congress=congress.id, name="刘科长")
        with store.write() as tx:
            for name in ["waiting", *(f"known{n}" for n in range(ACCOUNTS))]:
                waits = now + timedelta(hours=1) if name == "waiting" else None
                tx.accounts.add(
                    Account(
                        id=uuid4().hex,
                        login=name,
                        name="王晓",
                        password_hash=kept,
                        created_at=now,
                        locked_until=waits,
                    )
                )
        token = links.issue(
            store, staff, "staff", "张三", now + timedelta(days=1), now=now, random=os.urandom
        )
        (link,) = links.listing(store, staff)
        links.revoke(store, staff, link.id, now)
    return token


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
