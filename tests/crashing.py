"""A hall whose server dies while it votes: filled, cast whatever happens, counted, held to its receipts."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from ballots.ballot import tracker_of
from ballots.election import Election
from ballots.sealing import seal
from tests.audited import verified
from tests.people import candidates, seeded
from tests.server_process import Server
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
