"""Disasters by hand:  python -m tests.faults COMMAND [--seed 7] [--deputies 500] [--database sqlite] …

    table      every moment × every fault at its commits → what is found afterwards, as a table in Markdown
    kill       processes of the server are killed with SIGKILL while the hall casts, again and again; whatever
               kills are left when everybody has been answered meet another hall, until all have hit somebody
    two        two servers serve one database, and one of them is killed
    wire       every request arrives twice, out of order; requests and answers are lost; all are replayed
    disk       the disk is full in the middle; later there is room again (SQLite)
    database   the database is stopped at once, as by a power cut, away, and started again (PostgreSQL)
    clock      the clock is set back before each step of a round, by seconds, a week, a year

After all but the first and the last, every deputy has a receipt, every receipt is in the record, the record
holds nothing else, and both verifiers accept it. What was done is printed as JSON; the same seed takes the
same decisions, though not at the same microsecond.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final
from uuid import uuid4

from tests import audited, parts
from tests.belenios_tool import BeleniosTool
from tests.crashing import Hall, audit, fill
from tests.faults import clocks, outages, storm, table, writes
from tests.faults.boundary import FAULTS
from tests.faults.moments import MOMENTS
from tests.faults.wire import Wire
from tests.nursery import Nursery
from tests.postgres import create_database, temporary_server
from tests.refusals import dump
from tests.server_process import Server
from voting.store import Store
from web.rehearsal.burst import Reply

Voted = tuple[list[Reply], Counter[str]]
Vote = Callable[[argparse.Namespace, Hall, Server, ExitStack, random.Random], Voted]


def main(arguments: list[str] | None = None) -> None:
    asked = _parser().parse_args(arguments)
    while (did := _held(asked)) and asked.command == "kill" and storm.landed(did) < asked.kills:
        asked.kills, asked.seed = asked.kills - storm.landed(did), asked.seed + 1


def _held(asked: argparse.Namespace) -> Counter[str]:
    """What was done, in a database of its own."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="piaojue-faults-")))
        url = stack.enter_context(_database(asked.database, folder))
        Store.migrate(url)
        store = stack.enter_context(Store.open(url))
        did = Counter[str]()
        if asked.command == "table":
            _print_table(store, folder)
        elif asked.command == "clock":
            _set_clocks_back(store, folder)
        else:
            did = _vote(asked, store, folder, url, stack)
        _accepted_by_the_peer(folder)
        return did


def _vote(asked: argparse.Namespace, store: Store, folder: Path, url: str, stack: ExitStack) -> Counter[str]:
    dice = random.Random(asked.seed)  # noqa: S311 - chooses moments, no secrets
    hall = fill(store, folder, asked.deputies)
    nursery = stack.enter_context(Nursery())
    server = stack.enter_context(Server(url, hall.key, nursery=nursery))
    begun = time.monotonic()
    replies, did = VOTES[asked.command](asked, hall, server, stack, dice)
    cast = time.monotonic() - begun
    audit(hall, server, replies)
    figures = {"fault": asked.command, "seed": asked.seed, "database": asked.database}
    figures |= {"ballots": asked.deputies, "cast_s": round(cast, 1), **did, "verified": True}
    print(json.dumps(figures, ensure_ascii=False), flush=True)
    return did


def _kill(asked: argparse.Namespace, hall: Hall, server: Server, _: ExitStack, dice: random.Random) -> Voted:
    fault = storm.killing(server, asked.deputies, asked.kills, dice)
    return storm.voted_through(hall, [server.url], fault)


def _two(
    asked: argparse.Namespace, hall: Hall, server: Server, stack: ExitStack, dice: random.Random
) -> Voted:
    other = stack.enter_context(server.beside())
    fault = storm.one_of_two(other, asked.deputies, dice)
    return storm.voted_through(hall, [other.url, server.url], fault)


def _wire(_: argparse.Namespace, hall: Hall, server: Server, _s: ExitStack, dice: random.Random) -> Voted:
    with Wire(server.url, dice) as wire:
        replies, _did = storm.voted_through(hall, [wire.url], storm.peace)
        before = dump(hall.store)
        again = wire.replay()
        assert dump(hall.store) == before, "a replayed request changed something"
    return replies, wire.did + Counter({f"replayed, status {status}": n for status, n in again.items()})


def _disk(asked: argparse.Namespace, hall: Hall, server: Server, *_: object) -> Voted:
    return storm.voted_through(hall, [server.url], outages.disk_full(hall, server, min(asked.away, 5)))


def _gone(asked: argparse.Namespace, hall: Hall, server: Server, *_: object) -> Voted:
    return storm.voted_through(hall, [server.url], outages.database_gone(hall, asked.away))


VOTES: Final[dict[str, Vote]] = {
    "kill": _kill,
    "two": _two,
    "wire": _wire,
    "disk": _disk,
    "database": _gone,
}


def _print_table(store: Store, folder: Path) -> None:
    found: list[table.Row] = []
    pressed = set[str]()
    with table.snapshot(store) as emptied, writes.noted(pressed):
        for number, moment in enumerate(MOMENTS):
            emptied()
            place = folder / str(number)
            place.mkdir()
            found += table.rows(store, place, moment, FAULTS)
    print(table.markdown(found), flush=True)
    print(f"{len(MOMENTS)} moments, {len(found)} faults; writes without one: {writes.never_pressed(pressed)}")


def _set_clocks_back(store: Store, folder: Path) -> None:
    done = list(clocks.every_way(store, folder))
    print(json.dumps({"fault": "clock", "set back": len(done), "refused": 0, "verified": True}), flush=True)


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'piaojue.db'}"
        return
    with temporary_server(parts.need("postgres")) as server:
        yield create_database(server, f"piaojue_{uuid4().hex}")


def _accepted_by_the_peer(known: Path) -> None:
    tool = BeleniosTool(parts.need("belenios-tool"))
    for archive in audited.taken():
        tool.accept(archive, known)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.faults",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=["table", "clock", *VOTES])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--deputies", type=int, default=500)
    parser.add_argument("--away", type=float, default=30.0, help="seconds that the database or disk is away")
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    return parser


if __name__ == "__main__":
    main()
