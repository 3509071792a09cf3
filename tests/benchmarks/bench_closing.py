"""What stands between 截止 and the figures on the server: each moment alone, without phones and clerks.

    python -m tests.benchmarks.bench_closing [BALLOTS …] [--databases sqlite postgres] [--profile FILE]

Ten candidates. The ballots are those of thirty people, each cast with many cards: closing does not look at
proofs, and the sum opens all the same. Seconds on the clock and CPU seconds of this process and its helpers;
the floor is what libsodium needs to add up as many ciphertexts on one core. Goal: result ≤ 2 s at 3,000.
`--profile` keeps what cProfile saw of the closing, for `python -m pstats`.
"""

from __future__ import annotations

import argparse
import cProfile
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, nullcontext
from functools import partial
from os import times as clock
from pathlib import Path
from typing import Final, NamedTuple
from uuid import uuid4

from ballots.ballot import digest_of
from ballots.credentials import public_credential
from ballots.election import Election
from ballots.group import multiply_base, product, random_scalar, scalar_bytes
from ballots.sealing import seal
from tests import parts
from tests.benchmarks import county_of
from tests.benchmarks.archives import TEN
from tests.benchmarks.load import line
from tests.papers import way
from tests.postgres import create_database, temporary_server
from voting import closing, counting, publishing, tally_report
from voting.demo.stage import InsecureStage, announce, build, count_vote, open_vote
from voting.rounds import Candidate
from voting.rules import Rules
from voting.signing import Signer
from voting.store import Store
from voting.store.tables import ballot
from web.rehearsal.convening import now

HEADINGS: Final = ("database", "ballots", "moment", "seconds", "CPU s")
RULES: Final = Rules(ballot="select_k", candidates=10, places=5, publish="with_archive")
PEOPLE: Final = 30
ADDITIONS: Final = 5_000


class Moment(NamedTuple):
    name: str
    seconds: float
    cpu: float


def fill(store: Store, url: str, ballots: int, folder: Path) -> InsecureStage:
    """An open round with so many ballots in the box."""
    signer = Signer.create(folder / f"{uuid4().hex}.key", secrets.token_bytes)
    candidates = [Candidate(number=n, title=f"演练项目{n}") for n in range(1, 11)]
    stage = build(store, RULES, candidates, ballots, ballots, now(), secrets.token_bytes)
    opened = open_vote(store, stage, signer, ballots, now(), secrets.token_bytes)
    election = Election.parse(opened.election or b"")
    some = stage.cards[:PEOPLE]
    cast = [seal(election, card, [way(TEN, n)], secrets.token_bytes) for n, card in enumerate(some)]
    names = [public_credential(stage.uuid, card) for card in stage.cards]
    where = {"congress": stage.congress.id, "round": stage.round_id}
    rows = []
    for n, name in enumerate(names):
        raw = cast[n % len(cast)].replace(names[n % len(cast)].encode(), name.encode())
        rows.append({**where, "digest": digest_of(raw), "credential": name, "body": raw})
    county_of.load(url, ballot, rows)
    county_of.tidy(url)
    return stage


def moments(store: Store, stage: InsecureStage, profile: Path | None = None) -> Iterator[Moment]:
    """From the clerk's press to a record that may be downloaded; the first two lead to the result."""
    watching = cProfile.Profile() if profile else None
    with watching or nullcontext():
        yield timed("close", lambda: closing.close_round(store, stage.staff, stage.round_id, now()))
    if watching and profile:
        watching.dump_stats(profile)
    scrutineer = stage.scrutineer(1)
    yield timed("count", lambda: count_vote(store, stage, now(), secrets.token_bytes))
    yield timed("record, sealed", lambda: counting.closed_archive(store, scrutineer, stage.round_id))
    yield timed("report", lambda: tally_report.report_text(store, scrutineer, stage.round_id))
    announce(store, stage, now())
    yield timed("record, whole", lambda: publishing.archive(store, stage.staff, stage.round_id))


def timed(name: str, act: Callable[[], object]) -> Moment:
    start, before = time.perf_counter(), _cpu()
    act()
    return Moment(name, time.perf_counter() - start, _cpu() - before)


def floor(ballots: int) -> Moment:
    """As many additions as the sum takes, at the pace of some of them."""
    points = [multiply_base(scalar_bytes(random_scalar(secrets.token_bytes))) for _ in range(64)]
    some = timed("", lambda: [product(points[n % 64], points[n // 64 % 64]) for n in range(ADDITIONS)])
    share = ballots * 2 * TEN.size / ADDITIONS
    return Moment("floor of the sum", some.seconds * share, some.cpu * share)


def _cpu() -> float:
    return sum(clock()[:4])


def measure(kind: str, url: str, ballots: int, folder: Path, profile: Path | None) -> None:
    Store.migrate(url)
    with Store.open(url) as store:
        stage = fill(store, url, ballots, folder)
        for one in (floor(ballots), *moments(store, stage, profile)):
            print(line((kind, str(ballots), one.name, f"{one.seconds:.2f}", f"{one.cpu:.2f}")), flush=True)


def main(arguments: Sequence[str] | None = None) -> None:
    asked = _parser().parse_args(arguments)
    print(line(HEADINGS), line(["---"] * len(HEADINGS)), sep="\n", flush=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for kind in asked.databases:
            new = partial(_sqlite, folder)
            if kind == "postgres":
                server = stack.enter_context(temporary_server(parts.need("postgres"), durable=True))
                new = partial(_postgres, server)
            for ballots in asked.ballots:
                measure(kind, new(), ballots, folder, asked.profile)


def _sqlite(folder: Path) -> str:
    return f"sqlite:///{folder / uuid4().hex}.db"


def _postgres(server: str) -> str:
    return create_database(server, f"closing_{uuid4().hex}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.bench_closing")
    parser.add_argument("ballots", type=int, nargs="*", default=[500, 3_000])
    parser.add_argument(
        "--databases", nargs="+", choices=["sqlite", "postgres"], default=["sqlite", "postgres"]
    )
    parser.add_argument("--profile", type=Path)
    return parser


if __name__ == "__main__":
    main()
