"""Long disasters, by hand:  python -m tests.faults kill|disk|database [--kills 200] [--deputies 500] …

    kill       the server is killed with SIGKILL at random moments while the hall casts, again and again
    disk       the disk is full in the middle; later there is room again
    database   PostgreSQL is stopped at once (as by a power cut), away for some seconds, and started again

Afterwards every deputy has a receipt, every receipt is in the record, the record holds nothing else, and both
verifiers accept it. What was done is printed as JSON; the same seed takes the same decisions, though not at
the same microsecond.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Final
from uuid import uuid4

from tests import audited, parts
from tests.belenios_tool import BeleniosTool
from tests.crashing import Hall, audit, fill, replies_to_everybody
from tests.postgres import create_database, start_again, temporary_server
from tests.server_process import Server
from voting.store import Store

AWAY: Final = 900.0
"""Seconds for which deputies go on asking."""
ROOM: Final = 64 * 1024
"""Bytes that the database's file may still grow when the disk is said to be full."""

Disaster = Callable[[Hall, Server, random.Random, threading.Event], dict[str, object]]


def main(arguments: list[str] | None = None) -> None:
    asked = _parser().parse_args(arguments)
    dice = random.Random(asked.seed)  # noqa: S311 - chooses moments, no secrets
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="piaojue-faults-")))
        url = stack.enter_context(_database(asked.database, folder))
        Store.migrate(url)
        store = stack.enter_context(Store.open(url))
        hall = fill(store, folder, asked.deputies)
        server = stack.enter_context(Server(url, hall.key))
        begun = time.monotonic()
        done = _vote_through(hall, server, _disaster(asked), dice)
        cast = time.monotonic() - begun
        _accepted_by_the_peer(folder)
    figures = {
        "fault": asked.fault,
        "seed": asked.seed,
        "database": asked.database,
        "ballots": asked.deputies,
    }
    print(json.dumps(figures | done | {"cast_s": round(cast, 1), "verified": True}, ensure_ascii=False))


def _vote_through(hall: Hall, server: Server, disaster: Disaster, dice: random.Random) -> dict[str, object]:
    """Everybody casts while it happens; whatever is acknowledged must be found afterwards."""
    over, done = threading.Event(), dict[str, object]()
    happening = threading.Thread(target=lambda: done.update(disaster(hall, server, dice, over)))
    happening.start()
    replies = replies_to_everybody(hall, server, AWAY)
    over.set()
    happening.join()
    audit(hall, server, replies)
    return done


def _disaster(asked: argparse.Namespace) -> Disaster:
    named: dict[str, Disaster] = {
        "kill": partial(_killed, asked.kills),
        "disk": _disk_full,
        "database": partial(_database_gone, asked.away),
    }
    return named[asked.fault]


def _killed(
    kills: int, _: Hall, server: Server, dice: random.Random, over: threading.Event
) -> dict[str, object]:
    """Somewhere in the first tenth of a second after it answers: most of them while it checks or writes."""
    killed = 0
    while killed < kills and not over.wait(dice.uniform(0, 0.1)):
        server.kill_all()
        killed += 1
        server.start()
    return {"kills": killed}


def _disk_full(hall: Hall, server: Server, _: random.Random, over: threading.Event) -> dict[str, object]:
    """No file of the server may grow beyond what it has, for five seconds."""
    over.wait(1)
    file = Path(str(hall.store._transactions.url.database))
    limit = file.stat().st_size + ROOM
    _limit(server, f"{limit}:")
    time.sleep(5)
    _limit(server, "unlimited:")
    return {"full_s": 5}


def _limit(server: Server, size: str) -> None:
    for pid in server.processes():
        subprocess.run(["prlimit", f"--fsize={size}", "--pid", str(pid)], check=True)


def _database_gone(
    away: float, hall: Hall, _server: Server, _dice: random.Random, over: threading.Event
) -> dict[str, object]:
    over.wait(1)
    where = str(hall.store._transactions.url.query["host"])
    folder = Path(where)
    (pid, *_) = (folder / "data" / "postmaster.pid").read_text().split()
    subprocess.run(["kill", f"-{signal.SIGQUIT.value}", pid], check=True)
    time.sleep(away)
    start_again(parts.need("postgres"), folder)
    hall.store.close()  # our own connections are as dead as those of the server
    return {"away_s": away}


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
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("fault", choices=["kill", "disk", "database"])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--deputies", type=int, default=500)
    parser.add_argument("--away", type=float, default=30.0)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    return parser


if __name__ == "__main__":
    main()
