"""Many congresses at once: every town of a prefecture votes in the same minute, on one installation.

    python -m tests.benchmarks.towns [--towns 30] [--over 30] [--databases sqlite postgres] [--workers N]

Each has a round of its own with 60 to 100 deputies, 10 candidates and 5 places; every deputy presses 提交 at
some moment of `--over` seconds (0: all at the same time). Printed: ballots accepted and refused, the server's
CPU for one ÷ the floor, what a deputy waits, and whether every town's archive verifies, holds exactly the
ballots that were acknowledged, and says what their deputies chose.
"""

from __future__ import annotations

import argparse
import io
import os
import secrets
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from secrets import SystemRandom
from typing import Final, NamedTuple

import msgspec

from ballots.election import Election
from ballots.sealing import seal
from ballots.verify import verify
from tests import parts
from tests.benchmarks.load import line
from tests.postgres import create_database, temporary_server
from voting import publishing
from voting.demo.simulation import Crowd, plain_sum
from voting.demo.stage import InsecureStage, announce, build, close_vote, open_vote
from voting.rounds import Candidate, Receipt
from voting.rules import Rules
from voting.signing import Signer
from voting.store import Store
from web.rehearsal.burst import Post, Reply, send
from web.rehearsal.figures import OK, latencies_ms
from web.rehearsal.floor import paced, work
from web.rehearsal.processes import usage
from web.rehearsal.sealing import Choices
from web.rehearsal.server import free_port, serving
from web.settings import Settings

CANDIDATES: Final = 10
RULES: Final = Rules(ballot="select_k", candidates=CANDIDATES, places=5, publish="with_archive")
FEWEST, MOST = 60, 100
HEADINGS: Final = (
    *("database", "towns", "ballots", "accepted", "seconds", "CPU ÷ floor", "p50 ms", "p99 ms"),
    "archives that verify",
)
CHANCE: Final = SystemRandom()


class Town(NamedTuple):
    """An open round, and what its deputies are about to send."""

    stage: InsecureStage
    election: Election
    choices: list[Choices]
    ballots: list[bytes]

    @property
    def box(self) -> str:
        return f"/api/v/{self.stage.session.code}/{self.stage.round_id}/ballots"


class Minute(NamedTuple):
    """What the server did of it: replies town by town, seconds in all, its CPU seconds, the floor."""

    replies: list[list[Reply]]
    seconds: float
    cpu: float
    floor_ms: float


def found(store: Store, signer: Signer, deputies: int, pool: Executor) -> Town:
    """A town with its congress, its session and an open round, and everybody's sealed ballot."""
    candidates = [Candidate(number=n, title=f"第{n}件") for n in range(1, CANDIDATES + 1)]
    stage = build(store, RULES, candidates, deputies, deputies, _now(), secrets.token_bytes)
    opened = open_vote(store, stage, signer, deputies, _now(), secrets.token_bytes)
    election, crowd = Election.parse(opened.election or b""), Crowd.of_any_mind(deputies, CANDIDATES)
    choices = [crowd.choose(RULES) for _ in range(deputies)]
    ballots = pool.map(_seal, [election.raw] * deputies, stage.cards, choices, chunksize=8)
    return Town(stage, election, choices, [*ballots])


def _seal(election: bytes, card: str, choices: Choices) -> bytes:
    return seal(Election.parse(election), card, choices, secrets.token_bytes)


def vote(url: str, server: int, towns: Sequence[Town], over: float) -> Minute:
    """Everybody's ballot, the towns all mixed."""
    posts = [Post(town.box, raw, CHANCE.uniform(0, over)) for town in towns for raw in town.ballots]
    with paced(work(towns[0].election.questions)) as pace:
        before, start = usage(server), time.perf_counter()
        replies = iter(send(url, posts, lambda: None))
        seconds, after = time.perf_counter() - start, usage(server)
    of_towns = [[next(replies) for _ in town.ballots] for town in towns]
    return Minute(of_towns, seconds, after.cpu - before.cpu if before and after else 0.0, pace.floor_ms)


def is_right(store: Store, town: Town, replies: Sequence[Reply]) -> bool:
    """Close, open and announce; then hold the record to the receipts. Raises Refused."""
    close_vote(store, town.stage, _now(), secrets.token_bytes)
    announce(store, town.stage, _now())
    archive = publishing.archive(store, town.stage.staff, town.stage.round_id)
    trackers = [msgspec.json.decode(one.body, type=Receipt).tracker for one in replies if one.status == OK]
    verified = verify(io.BytesIO(archive), trackers=trackers)
    taken = [one for one, reply in zip(town.choices, replies, strict=True) if reply.status == OK]
    return verified.ballots == len(trackers) and [*map(list, verified.result)] == plain_sum(taken)


def measure(database: str, sizes: Sequence[int], over: float, workers: int, folder: Path) -> tuple[str, ...]:
    """A line of the table for an installation on this empty database."""
    Store.migrate(database)
    port, key = free_port(), folder / f"{secrets.token_hex(4)}.key"
    signer = Signer.create(key, secrets.token_bytes)
    settings = Settings(
        url=f"http://127.0.0.1:{port}", port=port, workers=workers, database=database, signing_key=str(key)
    )
    with serving(settings) as server, Store.open(database) as store:
        with ProcessPoolExecutor(os.cpu_count(), get_context("spawn")) as pool:
            towns = [found(store, signer, deputies, pool) for deputies in sizes]
        minute = vote(settings.url, server, towns, over)
        right = sum(is_right(store, *one) for one in zip(towns, minute.replies, strict=True))
    return cells(database.partition(":")[0], towns, minute, right)


def cells(kind: str, towns: Sequence[Town], minute: Minute, right: int) -> tuple[str, ...]:
    """A line of the table; `right` towns have the archive that they should have."""
    replies = [one for some in minute.replies for one in some]
    accepted = sum(one.status == OK for one in replies)
    p50, p99 = latencies_ms(replies)
    ratio = minute.cpu * 1000 / max(1, accepted) / minute.floor_ms
    return (
        *(kind, str(len(towns)), str(len(replies)), str(accepted), f"{minute.seconds:.1f}", f"{ratio:.3f}"),
        *(f"{p50:.0f}", f"{p99:.0f}", f"{right} of {len(towns)}"),
    )


def _now() -> datetime:
    return datetime.now(UTC)


def main(arguments: Sequence[str] | None = None) -> None:
    asked = _parser().parse_args(arguments)
    sizes = [CHANCE.randint(FEWEST, MOST) for _ in range(asked.towns)]
    print(line(HEADINGS), line(["---"] * len(HEADINGS)), sep="\n", flush=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for kind in asked.databases:
            url = f"sqlite:///{folder / 'towns.db'}"
            if kind == "postgres":
                server = temporary_server(parts.need("postgres"), durable=True)
                url = create_database(stack.enter_context(server), "towns")
            print(line(measure(url, sizes, asked.over, asked.workers, folder)), flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.towns")
    parser.add_argument("--towns", type=int, default=30)
    parser.add_argument("--over", type=float, default=30.0, help="seconds")
    parser.add_argument("--workers", type=int, default=0, help="server processes; 0: one for each core")
    parser.add_argument(
        "--databases", nargs="+", choices=["sqlite", "postgres"], default=["sqlite", "postgres"]
    )
    return parser


if __name__ == "__main__":
    main()
