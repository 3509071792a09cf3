"""Whatever dies while a hall votes, and whenever: what was acknowledged is in the record, once."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.crashing import NOW, Hall, audit, cast_all, fill
from tests.people import seeded
from tests.server_process import Server, alive, wait_until
from voting import links
from voting.store import Store


@pytest.fixture
def sqlite_store(sqlite_url: str) -> Iterator[Store]:
    with Store.open(sqlite_url) as opened:
        yield opened


def test_no_acknowledged_ballot_is_lost_when_everything_is_killed_again_and_again(
    store: Store, database_url: str, tmp_path: Path
) -> None:
    """And whoever had come in by a link before the first power cut is still in after the last."""
    hall, dice = fill(store, tmp_path, 60), seeded("power cuts")
    with (
        Server(database_url, hall.key) as server,
        httpx.Client(base_url=server.url, follow_redirects=True, timeout=60) as clerk,
    ):
        desk = clerk.get(f"/enter/{staff_token(hall)}").url.path

        def power_cut() -> None:
            time.sleep(dice(1)[0] / 10_000)  # anywhere between two answers, not only right after one
            server.kill_all()
            server.start()

        moments = [third * 18 + dice(1)[0] % 18 + 1 for third in range(3)]
        audit(hall, server, cast_all(hall, server, dict.fromkeys(moments, power_cut)))
        assert clerk.get(f"{desk}/rounds/{hall.stage.round_id}").status_code == 200


def staff_token(hall: Hall) -> str:
    """What a link of staff holds, for a century."""
    expires = NOW.replace(year=NOW.year + 100)
    random = seeded("link")
    return links.issue(hall.store, hall.stage.staff, "staff", "刘科长", expires, now=NOW, random=random)


def test_a_killed_worker_is_replaced_and_loses_nothing(
    sqlite_store: Store, sqlite_url: str, tmp_path: Path
) -> None:
    hall = fill(sqlite_store, tmp_path, 30)
    with Server(sqlite_url, hall.key) as server:
        before = server.workers()
        victim = min(before)
        replies = cast_all(hall, server, {7: lambda: server.kill(victim)})
        wait_until(lambda: len(server.workers()) == 2, "the killed worker is replaced")
        assert server.workers() & before == before - {victim}
        assert server.process.poll() is None
        audit(hall, server, replies)


def test_nothing_old_answers_after_the_parent_is_killed_and_the_service_started_again(
    sqlite_store: Store, sqlite_url: str, sqlite_template: Path, tmp_path: Path
) -> None:
    hall = fill(sqlite_store, tmp_path, 30)
    page = f"/api/v/{hall.stage.session.code}"
    elsewhere = f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'other.db')}"
    with Server(sqlite_url, hall.key) as old:
        orphans = old.workers()
        assert old.get(page) == 200
        old.kill(old.process.pid)
        with Server(elsewhere, hall.key, port=old.port) as new:
            assert not any(map(alive, orphans))
            assert {new.get(page) for _ in range(30)} == {404}
        old.start()
        audit(hall, old, cast_all(hall, old, {}))


def test_workers_end_with_their_parent_though_nobody_stops_them(
    sqlite_store: Store, sqlite_url: str, tmp_path: Path
) -> None:
    hall = fill(sqlite_store, tmp_path, 1)
    with Server(sqlite_url, hall.key) as server:
        orphans = server.workers()
        server.kill(server.process.pid)
        wait_until(lambda: not any(map(alive, orphans)), "the workers end")
        assert not server.answers()
