"""Whatever dies while a hall votes, and whenever: what was acknowledged is in the record, once."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

import msgspec
import pytest

from ballots.ballot import tracker_of
from ballots.election import Election
from ballots.sealing import seal
from tests.audited import verified
from tests.people import candidates, seeded
from tests.server_process import Server, alive, wait_until
from voting import publishing
from voting.demo.simulation import Crowd, plain_sum
from voting.demo.stage import InsecureStage, announce, build, close_vote, open_vote
from voting.rounds import Receipt
from voting.rules import Rules
from voting.signing import Signer
from voting.store import Store
from web.rehearsal.burst import Reply, burst

RULES: Final = Rules(ballot="select_k", candidates=4, places=2, publish="with_archive")
NOW: Final = datetime(2026, 1, 25, 1, 0, tzinfo=UTC)


class Hall(NamedTuple):
    """An open round of as many deputies as ballots, sealed and not yet cast."""

    store: Store
    stage: InsecureStage
    choices: list[list[list[int]]]
    ballots: list[bytes]
    key: Path

    @property
    def path(self) -> str:
        return f"/api/v/{self.stage.session.code}/{self.stage.round_id}/ballots"


def fill(store: Store, folder: Path, deputies: int) -> Hall:
    chance, key = seeded("crash"), folder / "signing.key"
    signer = Signer.create(key, chance)
    stage = build(store, RULES, candidates(4), deputies, deputies, NOW, chance)
    opened = open_vote(store, stage, signer, deputies, NOW, chance)
    crowd, election = Crowd.of_any_mind(deputies, 4), Election.parse(opened.election or b"")
    choices = [crowd.choose(RULES) for _ in stage.cards]
    ballots = [seal(election, card, c, chance) for card, c in zip(stage.cards, choices, strict=True)]
    return Hall(store, stage, choices, ballots, key)


def cast_all(hall: Hall, server: Server, crashes: dict[int, Callable[[], None]]) -> list[Reply]:
    """All at once; after so many answers, the crash of that number. Every deputy asks until answered."""
    answers = 0

    def answered() -> None:
        nonlocal answers
        answers += 1
        crashes.get(answers, lambda: None)()

    replies = burst(server.url, hall.path, hall.ballots, answered)
    assert answers == len(hall.ballots)
    return [
        reply if reply.status else burst(server.url, hall.path, [raw], lambda: None)[0]
        for raw, reply in zip(hall.ballots, replies, strict=True)
    ]


def count(hall: Hall) -> bytes:
    """The record, closed, decrypted and announced."""
    close_vote(hall.store, hall.stage, NOW, os.urandom)
    announce(hall.store, hall.stage, NOW)
    return publishing.archive(hall.store, hall.stage.staff, hall.stage.round_id)


def audit(hall: Hall, server: Server, replies: list[Reply]) -> None:
    """Every reply is a receipt, every receipt is in the sound record, and the record holds nothing else."""
    assert [reply.status for reply in replies] == [200] * len(hall.ballots)
    trackers = [msgspec.json.decode(reply.body, type=Receipt).tracker for reply in replies]
    assert trackers == [tracker_of(raw) for raw in hall.ballots]
    again = burst(server.url, hall.path, hall.ballots, lambda: None)
    assert [reply.body for reply in again] == [reply.body for reply in replies]
    found = verified(count(hall), trackers=trackers)
    assert found.ballots == len(set(trackers)) == len(hall.ballots)
    assert [list(row) for row in found.result] == plain_sum(hall.choices)


@pytest.fixture
def sqlite_store(sqlite_url: str) -> Iterator[Store]:
    with Store.open(sqlite_url) as opened:
        yield opened


def test_no_acknowledged_ballot_is_lost_when_everything_is_killed_again_and_again(
    store: Store, database_url: str, tmp_path: Path
) -> None:
    hall, dice = fill(store, tmp_path, 60), seeded("power cuts")
    with Server(database_url, hall.key) as server:

        def power_cut() -> None:
            time.sleep(dice(1)[0] / 10_000)  # anywhere between two answers, not only right after one
            server.kill_all()
            server.start()

        moments = [third * 18 + dice(1)[0] % 18 + 1 for third in range(3)]
        audit(hall, server, cast_all(hall, server, dict.fromkeys(moments, power_cut)))


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
