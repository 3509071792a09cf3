"""The public result page before thousands of readers, beside an empty handler on the same server.

    python -m tests.benchmarks.readers [--readers 10000] [--turns 5] [--seconds 4]
                                       [--databases sqlite postgres]

One server process, as many connections that stay open as there are readers, from two client processes. The
page and the empty handler take turns. `share` is the server's CPU for an empty answer ÷ that for the page,
the median of all turns, goal ≥ 70 %: at full load requests a second are its inverse. Every answer must be
200 and whole; p99 is of the readers' waiting at full load, and so stands beside the empty handler's. The
server needs as many open files as there are readers (`ulimit -n`).
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from tests import parts
from tests.benchmarks.county_of import new_id
from tests.benchmarks.crowd import SPARE, Turn, allow_files, crowd
from tests.benchmarks.load import line
from tests.benchmarks.projects_of import Size, build
from tests.benchmarks.throughput import EMPTY, running
from tests.postgres import create_database, temporary_server
from voting.store import Store

HEADINGS: Final = (
    *("database", "readers", "asked for", "answers", "a second", "CPU ms", "p50 s", "p99 s", "share"),
)
SIZE: Final = Size(congresses=1, years=1, projects=20, reports=1)


def measure(url: str, page: str, readers: int, turns: int, seconds: float, folder: Path) -> list[list[str]]:
    """Two lines of the table: the page, and the empty handler."""
    allow_files(readers + SPARE)
    with running(url, folder) as (server, port), crowd(port, readers) as readers_there:
        readers_there.ask(page, 0.0, server)
        pairs = [
            (readers_there.ask(page, seconds, server), readers_there.ask(EMPTY, seconds, server))
            for _ in range(turns)
        ]
    share = statistics.median(empty.cpu / full.cpu for full, empty in pairs)
    kind = url.partition(":")[0]
    of_page, of_empty = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    return [
        [kind, str(readers), "the result page", *_cells(of_page), f"{100 * share:.0f} %"],
        [kind, str(readers), "the empty handler", *_cells(of_empty), "100 %"],
    ]


def _cells(turns: Sequence[Turn]) -> list[str]:
    rate = statistics.median(one.answers / one.seconds for one in turns)
    cpu, p50, p99 = (statistics.median(column) for column in list(zip(*turns, strict=True))[2:])
    return [str(sum(one.answers for one in turns)), f"{rate:.0f}", f"{cpu:.3f}", f"{p50:.2f}", f"{p99:.2f}"]


def main(arguments: Sequence[str] | None = None) -> None:
    asked = _parser().parse_args(arguments)
    print(line(HEADINGS), line(["---"] * len(HEADINGS)), sep="\n", flush=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for kind in asked.databases:
            url = f"sqlite:///{folder / 'readers.db'}"
            if kind == "postgres":
                server = stack.enter_context(temporary_server(parts.need("postgres")))
                url = create_database(server, "readers")
            Store.migrate(url)
            (congress,) = build(url, SIZE)
            page = f"/r/{new_id(f'{congress}|round{SIZE.first_year}')}"
            for cells in measure(url, page, asked.readers, asked.turns, asked.seconds, folder):
                print(line(cells), flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.readers")
    parser.add_argument("--readers", type=int, default=10_000)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument(
        "--databases", nargs="+", choices=["sqlite", "postgres"], default=["sqlite", "postgres"]
    )
    return parser


if __name__ == "__main__":
    main(sys.argv[1:])
