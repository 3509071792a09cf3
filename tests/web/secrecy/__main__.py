"""Hold a plenary, rob it, say what was found.

`python -m tests.web.secrecy [--voters 200] [--workers 2] [--postgres]`

Ends with 1 if an attacker found anything. With --postgres it also says what the server's own files still tell
(write-ahead log, freed rows): nobody promises anything about those, see `ballots/decisions/0003`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

import psycopg
from sqlalchemy import make_url

from tests import parts
from tests.postgres import create_database, temporary_server
from tests.web.secrecy import order
from tests.web.secrecy.attacks import ATTACKS, Attacker, memory_of
from tests.web.secrecy.hold import held
from tests.web.secrecy.order import ENOUGH
from voting.store import Store


def main() -> int:
    """The exit code."""
    wanted = _arguments()
    with tempfile.TemporaryDirectory(prefix="piaojue-secrecy-") as folder, _database(wanted, folder) as url:
        Store.migrate(url)
        with held(Path(folder), url, wanted.voters, wanted.workers) as attacker:
            found = {name: attack(attacker) for name, attack in ATTACKS.items()}
            for name, findings in found.items():
                print(f"{name:32} {'nothing' if not findings else f'{len(findings)}: {findings[:3]}'}")
            print(f"{'two of three shares':32} {len(attacker.opened_with([1, 2]))} values, as they should")
            for what, orders in _remains(attacker, url).items():
                print(f"{what:32} {orders or 'no order'}  (not promised)")
    return int(any(found.values()))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.web.secrecy", description=__doc__)
    parser.add_argument("--voters", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--postgres", action="store_true")
    wanted = parser.parse_args()
    if wanted.voters < ENOUGH:
        parser.error(f"of fewer than {ENOUGH} ballots an order by chance may look like any other")
    return wanted


@contextmanager
def _database(wanted: argparse.Namespace, folder: str) -> Iterator[str]:
    if not wanted.postgres:
        yield f"sqlite:///{folder}/piaojue.db"
        return
    with temporary_server(parts.need("postgres")) as server:
        yield create_database(server, "piaojue")


def _remains(attacker: Attacker, url: str) -> dict[str, dict[str, float]]:
    """Orders that nobody promises to hide: in the server's memory, and in PostgreSQL's own files."""
    told: dict[str, dict[str, float]] = {}
    for pid in attacker.loot.server.processes():
        raw = b"".join(memory_of(pid))
        told[f"memory of {pid}"] = order.telling(attacker.cast, order.in_bytes(attacker.cast, "memory", raw))
    if url.startswith("postgresql"):
        folder = Path(unquote(str(make_url(url).query["host"]))) / "data"
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("CHECKPOINT")
        for file in (one for one in sorted(folder.rglob("*")) if one.is_file() and one.stat().st_size):
            orders = order.telling(attacker.cast, order.in_files(attacker.cast, [file]))
            if orders:
                told[str(file.relative_to(folder))] = orders
    return told


if __name__ == "__main__":
    sys.exit(main())
