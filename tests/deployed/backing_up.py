"""Backing up in the middle of a vote, by hand:  python -m tests.deployed.backing_up [--deputies 200]

Against a real server, on SQLite and on PostgreSQL: while the hall casts, backups are made one after the
other. Each must hold every ballot that was acknowledged before it began, none that nobody sent, all of those
before it, and every photo; it is restored into the other kind of database, where everything is examined.
Figures are printed as JSON.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import threading
import time
from contextlib import ExitStack
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Final
from uuid import uuid4

from sqlalchemy import select

from ballots.ballot import digest_of
from tests import collecting, parts, pictures
from tests.county import County
from tests.crashing import Hall, fill
from tests.postgres import create_database, temporary_server
from tests.server_process import Server
from voting import photos
from voting.collecting.registering import add_photos
from voting.preserving.backing_up import back_up
from voting.preserving.locked_file import new_key
from voting.preserving.restoring import restore
from voting.store import Store
from voting.store.tables.collecting import photo
from voting.store.tables.rounds import ballot
from web.rehearsal.burst import burst

PHOTOS: Final = 5
CROWD: Final = 5
PAUSE: Final = 0.5
PRIVATE, PUBLIC = new_key()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.deployed.backing_up", description=__doc__)
    parser.add_argument("--deputies", type=int, default=200)
    asked = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="piaojue-backing-")))
        server = stack.enter_context(temporary_server(parts.need("postgres")))
        for kind in ("sqlite", "postgresql"):
            (folder / kind).mkdir()
            print(json.dumps({"from": kind, **_tried(kind, folder / kind, server, asked.deputies)}))


def _tried(kind: str, folder: Path, server: str, deputies: int) -> dict[str, object]:
    lite, heavy = f"sqlite:///{folder / 'piaojue.db'}", create_database(server, f"piaojue_{uuid4().hex}")
    database = lite if kind == "sqlite" else heavy
    Store.migrate(database)
    with Store.open(database) as store:
        hall = fill(store, folder, deputies)
        _photographed(store)
        with Server(database, hall.key) as service:
            begun, acknowledged = time.monotonic(), list[bytes]()
            casting = threading.Thread(target=lambda: _cast(hall, service, acknowledged))
            casting.start()
            made = [_made(database, hall, folder, 0, acknowledged)]
            while casting.is_alive():
                made.append(_made(database, hall, folder, len(made), acknowledged))
            casting.join()
        took = time.monotonic() - begun
    held = [_restored(kind, server, folder, number, before) for number, before in enumerate(made)]
    everything = {digest_of(raw) for raw in hall.ballots}
    assert all(earlier <= later <= everything for earlier, later in pairwise(held))
    assert len(acknowledged) == deputies
    return {"backups": len(made), "ballots_in_each": [len(one) for one in held], "cast_s": round(took, 1)}


def _photographed(store: Store) -> None:
    county = County(store)
    taken = [photos.prepare(pictures.noise(800, 600)) for _ in range(PHOTOS)]
    add_photos(store, county.staff, collecting.registered(county).id, taken, county.now())


def _cast(hall: Hall, service: Server, acknowledged: list[bytes]) -> None:
    """In small crowds, so that a backup falls between them and into them."""
    for start in range(0, len(hall.ballots), CROWD):
        some = hall.ballots[start : start + CROWD]
        time.sleep(PAUSE)
        replies = burst(service.url, hall.path, some, lambda: None)
        assert {one.status for one in replies} == {200}
        acknowledged += some


def _made(database: str, hall: Hall, folder: Path, number: int, acknowledged: list[bytes]) -> set[str]:
    """What was acknowledged before it began."""
    before = {digest_of(raw) for raw in [*acknowledged]}
    back_up(database, hall.key, folder / f"{number}.piaojue", PUBLIC, datetime.now(UTC))
    return before


def _restored(kind: str, server: str, folder: Path, number: int, before: set[str]) -> set[str]:
    """Into the other kind; the ballots that are there."""
    place = folder / str(number)
    place.mkdir()
    other = f"sqlite:///{place / 'restored.db'}"
    if kind == "sqlite":
        other = create_database(server, f"piaojue_{uuid4().hex}")
    found = restore(folder / f"{number}.piaojue", PRIVATE, other, place / "signing.key")
    assert found.faults == ()
    assert all(not one.fault for one in found.rounds)
    with Store.open(other) as store, store.read() as tx:
        connection = tx.rounds._connection
        held = set(connection.execute(select(ballot.c.digest)).scalars())
        assert len(connection.execute(select(photo)).all()) == PHOTOS
    assert before <= held
    return held


if __name__ == "__main__":
    main()
