"""Whatever dies while a hall votes, and whenever: what was acknowledged is in the record, once."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.crashing import NOW, Hall, audit, cast_all, fill
from tests.faults import storm
from tests.faults.wire import Wire
from tests.nursery import Nursery
from tests.people import seeded
from tests.refusals import dump
from tests.server_process import Server, alive, wait_until
from voting import links
from voting.store import Store


@pytest.fixture
def sqlite_store(sqlite_url: str) -> Iterator[Store]:
    with Store.open(sqlite_url) as opened:
        yield opened


def test_no_acknowledged_ballot_is_lost_when_everything_is_killed_again_and_again(
    store: Store, database_url: str, tmp_path: Path, nursery: Nursery
) -> None:
    """And whoever had come in by a link before the first kill is still in after the last."""
    hall, dice = fill(store, tmp_path, 24), dice_of_seed()
    with (
        Server(database_url, hall.key, nursery=nursery) as server,
        httpx.Client(base_url=server.url, follow_redirects=True, timeout=60) as clerk,
    ):
        desk = clerk.get(f"/enter/{staff_token(hall)}").url.path.removesuffix("/today")
        replies, did = storm.voted_through(hall, [server.url], storm.killing(server, 24, 4, dice))
        audit(hall, server, replies)
        assert storm.landed(did) > 0
        assert clerk.get(f"{desk}/rounds/{hall.stage.round_id}").status_code == 200


def test_when_one_of_two_servers_is_killed_its_deputies_are_received_by_the_other(
    sqlite_store: Store, sqlite_url: str, tmp_path: Path, nursery: Nursery
) -> None:
    hall = fill(sqlite_store, tmp_path, 16)
    with Server(sqlite_url, hall.key, nursery=nursery) as stays, stays.beside() as dies:
        fault = storm.one_of_two(dies, 16, dice_of_seed())
        replies, did = storm.voted_through(hall, [dies.url, stays.url], fault)
        assert did["killed after answers"] < 16
        assert not dies.answers()
        audit(hall, stays, replies)


def test_whatever_the_network_loses_repeats_and_reorders_everybody_is_counted_once(
    sqlite_store: Store, sqlite_url: str, tmp_path: Path, nursery: Nursery
) -> None:
    """What the network has seen is of no use to it, during the vote or after closing."""
    hall = fill(sqlite_store, tmp_path, 16)
    with (
        Server(sqlite_url, hall.key, nursery=nursery) as server,
        Wire(server.url, dice_of_seed()) as wire,
    ):
        replies, _ = storm.voted_through(hall, [wire.url], storm.peace)
        assert all(wire.did[what] for what in ("requests lost", "requests sent twice", "answers lost"))
        before = dump(hall.store)
        assert set(wire.replay()) == {200}
        assert dump(hall.store) == before
        audit(hall, server, replies)
        after = dump(hall.store)
        wire.replay()
        assert dump(hall.store) == after


def dice_of_seed() -> random.Random:
    return random.Random(7)  # noqa: S311 - chooses moments, no secrets


def staff_token(hall: Hall) -> str:
    """What a link of staff holds, for a century."""
    expires = NOW.replace(year=NOW.year + 100)
    random = seeded("link")
    return links.issue(hall.store, hall.stage.staff, "staff", "刘科长", expires, now=NOW, random=random)


def test_a_killed_worker_is_replaced_and_loses_nothing(
    sqlite_store: Store, sqlite_url: str, tmp_path: Path, nursery: Nursery
) -> None:
    hall = fill(sqlite_store, tmp_path, 12)
    with Server(sqlite_url, hall.key, nursery=nursery) as server:
        before = server.workers()
        victim = min(before)
        replies = cast_all(hall, server, {7: lambda: server.kill(victim)})
        wait_until(lambda: len(server.workers()) == 2, "the killed worker is replaced")
        assert server.workers() & before == before - {victim}
        assert server.process.poll() is None
        audit(hall, server, replies)


def test_nothing_old_answers_after_the_parent_is_killed_and_the_service_started_again(
    sqlite_store: Store, sqlite_url: str, sqlite_template: Path, tmp_path: Path, nursery: Nursery
) -> None:
    hall = fill(sqlite_store, tmp_path, 12)
    page = f"/api/v/{hall.stage.session.code}"
    elsewhere = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'other.db')}"
    with Server(sqlite_url, hall.key, nursery=nursery) as old:
        orphans = old.workers()
        assert old.get(page) == 200
        old.kill(old.process.pid)
        with Server(elsewhere, hall.key, port=old.port, nursery=nursery) as new:
            assert not any(map(alive, orphans))
            assert {new.get(page) for _ in range(12)} == {404}
        old.start()
        audit(hall, old, cast_all(hall, old, {}))


def test_workers_end_with_their_parent_though_nobody_stops_them(
    sqlite_store: Store, sqlite_url: str, tmp_path: Path, nursery: Nursery
) -> None:
    hall = fill(sqlite_store, tmp_path, 1)
    with Server(sqlite_url, hall.key, nursery=nursery) as server:
        orphans = server.workers()
        server.kill(server.process.pid)
        wait_until(lambda: not any(map(alive, orphans)), "the workers end")
        assert not server.answers()
