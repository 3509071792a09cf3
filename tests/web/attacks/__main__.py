"""`python -m tests.web.attacks`: every route, by everybody whose it is, with whatever schemathesis invents.

    python -m tests.web.attacks --seed 1 --examples 20          about an hour of one core
    python -m tests.web.attacks --only /t/ --examples 200       routes whose path holds /t/
    python -m tests.web.attacks --postgres                      on PostgreSQL, which refuses more than SQLite

The same seed asks the same. Exit code 1 with each finding in words.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

from tests import parts
from tests.postgres import create_database, temporary_server
from tests.web.attacks.attack import Attack
from tests.web.attacks.target import Target
from voting.store import Store


def main(arguments: list[str]) -> int:
    """0 when nothing was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.web.attacks")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--examples", type=int, default=5, help="for each operation and each who may ask it")
    parser.add_argument("--only", default="", help="a part of the path")
    parser.add_argument("--postgres", action="store_true")
    options = parser.parse_args(arguments)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="attacks-")))
        target = Target(_database(folder, stack, postgres=options.postgres), folder, stack)
        attack = Attack(target, options.seed, options.examples)
        wanted = [one for one in attack.operations() if options.only in one[0]]
        began = time.process_time()
        attack.run(wanted)
        _tell(attack, len(wanted), time.process_time() - began)
    return 1 if attack.findings else 0


def _database(folder: Path, stack: ExitStack, *, postgres: bool) -> str:
    if postgres:
        server = stack.enter_context(temporary_server(parts.need("postgres")))
        url = create_database(server, "attacked")
    else:
        url = f"sqlite:///{folder / 'attacked.db'}"
    Store.migrate(url)
    return url


def _tell(attack: Attack, operations: int, seconds: float) -> None:
    statuses = Counter(attack.statuses)
    print(f"{operations} operations, {attack.asked} requests, {seconds:.0f} s of CPU, seed {attack.seed}")
    print("answers: " + ", ".join(f"{statuses[one]} × {one}" for one in sorted(statuses)))
    for one in attack.findings.values():
        print(one)
    print(f"{len(attack.findings)} findings")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
