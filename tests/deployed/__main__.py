"""The whole installation, and its worst day, by hand:  python -m tests.deployed [--deputies 300] [--seed 7]

Two `piaojue serve` behind nginx with the configuration of web/deployment, one PostgreSQL with a synchronous
standby. While the hall casts through the proxy, one of the services is killed and started again, then the
primary is killed and the standby promoted; nobody changes a setting. Afterwards every deputy has a receipt,
every receipt is in the record, the record holds nothing else, both verifiers accept it, and the meters of the
services say what they accepted. What happened is printed as JSON. Needs nginx.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import secrets
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Final
from urllib.request import Request, urlopen

import msgspec

from ballots.ballot import tracker_of
from tests import audited, parts
from tests.audited import verified
from tests.belenios_tool import BeleniosTool
from tests.crashing import Hall, count, fill
from tests.deployed.proxied import proxy
from tests.deployed.replicated import Machine, address, pair
from tests.server_process import Server
from voting.demo.simulation import plain_sum
from voting.rounds import Receipt
from voting.store import Store
from web.rehearsal.burst import Reply, answers, burst

PATIENCE: Final = 600.0
"""Seconds for which deputies go on asking."""
TOKEN: Final = secrets.token_hex(16)
WITHOUT: Final = 5.0
"""Seconds until somebody promotes the standby."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.deployed", description=__doc__)
    parser.add_argument("--deputies", type=int, default=300)
    parser.add_argument("--seed", type=int, default=7)
    asked = parser.parse_args()
    dice = random.Random(asked.seed)  # noqa: S311 - chooses moments, no secrets
    os.environ["PIAOJUE_METRICS_TOKEN"] = TOKEN
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="piaojue-deployed-")))
        primary, standby = stack.enter_context(pair(parts.need("postgres")))
        database = address(primary, standby)
        Store.migrate(database)
        store = stack.enter_context(Store.open(database))
        hall = fill(store, folder, asked.deputies)
        services = [stack.enter_context(Server(database, hall.key, workers=2)) for _ in range(2)]
        url, made = stack.enter_context(proxy(folder, [one.port for one in services]))
        os.environ["SSL_CERT_FILE"] = str(made.authority)
        done = _worst_day(hall, url, services, (primary, standby), dice)
        done |= _held_to(hall, url, services)
        _accepted_by_the_peer(folder)
    print(json.dumps({"ballots": asked.deputies, "seed": asked.seed, **done}, ensure_ascii=False))


def _worst_day(
    hall: Hall, url: str, services: list[Server], machines: tuple[Machine, Machine], dice: random.Random
) -> dict[str, object]:
    """Everybody casts while it happens."""
    half, happened = len(hall.ballots) // 2, dict[str, object]()
    begun, replies = time.monotonic(), dict[bytes, Reply]()
    _cast(hall, url, hall.ballots[:half], replies, dice, lambda: _one_service_dies(services))
    _cast(
        hall, url, hall.ballots[half:], replies, dice, lambda: happened.update(_the_primary_dies(*machines))
    )
    happened["cast_s"] = round(time.monotonic() - begun, 1)
    hall.store.close()  # our own connections are as dead as those of the services
    assert {one.status for one in replies.values()} == {200}
    trackers = [msgspec.json.decode(replies[raw].body, type=Receipt).tracker for raw in hall.ballots]
    assert trackers == [tracker_of(raw) for raw in hall.ballots]
    return happened


def _cast(
    hall: Hall,
    url: str,
    ballots: list[bytes],
    replies: dict[bytes, Reply],
    dice: random.Random,
    disaster: Callable[[], None],
) -> None:
    """Each asks again, as the phones do, until the answer is no trouble of the service; after some answers
    the disaster comes."""
    answered, over = threading.Semaphore(0), time.monotonic() + PATIENCE
    first = dice.randrange(1, len(ballots) // 2)

    def wait() -> None:
        for _ in range(first):
            answered.acquire()
        disaster()

    happening = threading.Thread(target=wait)
    happening.start()
    while waiting := [raw for raw in ballots if raw not in replies]:
        assert time.monotonic() < over, f"{len(waiting)} deputies were never answered"
        found = burst(url, hall.path, waiting, answered.release, PATIENCE)
        replies.update({raw: one for raw, one in zip(waiting, found, strict=True) if 0 < one.status < 500})
    happening.join()


def _one_service_dies(services: list[Server]) -> None:
    services[0].kill_all()
    time.sleep(1)
    services[0].start()


def _the_primary_dies(primary: Machine, standby: Machine) -> dict[str, object]:
    primary.kill()
    time.sleep(WITHOUT)
    before = standby.ask("SELECT count(*) FROM ballot")
    standby.run("pg_ctl", "promote", "-w")
    return {"ballots_when_promoted": int(before)}


def _held_to(hall: Hall, url: str, services: list[Server]) -> dict[str, object]:
    """The proxy shows no meters; the services do, and the record holds every ballot and nothing else."""
    assert not answers(url, "/metrics")
    over = time.monotonic() + PATIENCE
    while not answers(url, "/ready"):  # a process may still hold connections to the machine that is gone
        assert time.monotonic() < over, "the service is not ready again"
        time.sleep(0.5)
    again = burst(url, hall.path, hall.ballots, lambda: None)
    assert {one.status for one in again} == {200}
    found = verified(count(hall), trackers=[tracker_of(raw) for raw in hall.ballots])
    assert found.ballots == len(hall.ballots)
    assert [list(row) for row in found.result] == plain_sum(hall.choices)
    time.sleep(15.5)  # the meters tell of ballots at the quarters of a minute
    told = [_accepted(one) for one in services]
    assert sum(told) >= len(hall.ballots)  # those sent again are accepted again
    return {"accepted_by_each": told, "verified": True}


def _accepted(service: Server) -> int:
    given = {"authorization": f"Bearer {TOKEN}"}
    asking = Request(f"{service.url}/metrics", headers=given)  # noqa: S310 - our own service
    with urlopen(asking) as answer:  # noqa: S310 - our own service
        told = re.search(r'piaojue_ballots_total{answer="accepted"} ([0-9.]+)', answer.read().decode())
    return int(float(told[1])) if told else 0


def _accepted_by_the_peer(known: Path) -> None:
    tool = BeleniosTool(parts.need("belenios-tool"))
    for archive in audited.taken():
        tool.accept(archive, known)


if __name__ == "__main__":
    main()
