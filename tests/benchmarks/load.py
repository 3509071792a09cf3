"""A whole hall at once, on every kind of server: `piaojue rehearse` as a table.

    python -m tests.benchmarks.load [--deputies 500 3000] [--workers 1 2] [--databases sqlite postgres]
                                    [--phones NUMBER] [--json FILE]

Ten candidates, five places; as many phones wait for opening, closing and announcing as there are deputies,
unless `--phones` says otherwise. Ratios hold on any machine. `CPU` is the server's CPU for an accepted ballot
÷ the floor (libsodium's multiplications and additions, sampled meanwhile), goal ≤ 1.15. `p99` is what 99 of a
hundred deputies wait at most ÷ the time of an ideal queue, which does nothing else, goal ≤ 1.5. `verify` is
the CPU of verifying a ballot ÷ the floor. PostgreSQL's own CPU is not counted; its fsync is on.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from itertools import product
from pathlib import Path
from typing import Final
from uuid import uuid4

import msgspec

from tests import parts
from tests.postgres import create_database, temporary_server
from voting.exercises import Exercise
from web.rehearsal.figures import Figures
from web.rehearsal.rehearse import Plan, rehearse

HEADINGS: Final = (
    *("deputies", "processes", "database", "accepted", "refused", "CPU", "p50", "p99", "seconds"),
    *("opening", "closing", "announcing", "result", "verify", "memory MB", "right"),
)


class Row(msgspec.Struct, frozen=True):
    """One rehearsal."""

    workers: int
    database: str
    figures: Figures

    def cells(self) -> tuple[str, ...]:
        """Ratios of one run, and seconds where nothing is to be divided by."""
        f = self.figures
        ideal_ms = (f.ideal_s or 0.0) * 1000
        return (
            *(str(f.deputies), str(self.workers), self.database, str(f.accepted), str(f.refused)),
            _ratio(f.cpu_ms_per_ballot, f.libsodium_ms_per_ballot),
            _ratio(f.p50_ms, ideal_ms),
            _ratio(f.p99_ms, ideal_ms),
            f"{f.seconds:.1f}",
            *map(_seconds, (f.opening_reached_all_s, f.closing_reached_all_s, f.announcing_reached_all_s)),
            f"{f.close_to_result_s:.2f} s",
            _ratio(f.verify_cpu_ms_per_ballot, f.libsodium_ms_per_ballot),
            "–" if f.server_rss_mb is None else f"{f.server_rss_mb:.0f}",
            "yes" if f.result_matches and f.trackers_found == f.accepted else "NO",
        )


def _ratio(value: float | None, of: float) -> str:
    return f"{value / of:.3f}" if value and of else "–"


def _seconds(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f} s"


def measure(deputies: int, workers: int, database: str, phones: int, folder: Path) -> Row:
    """One hall on a server of its own; `database` is `sqlite`, or the address of an empty database."""
    sqlite = database == "sqlite"
    exercise = Exercise(deputies=deputies, waiting=phones)
    archive = folder / f"{uuid4().hex}.bel"
    figures = rehearse(Plan(exercise, archive, None, None if sqlite else database, workers))
    archive.unlink()
    return Row(workers, "SQLite" if sqlite else "PostgreSQL", figures)


def matrix(
    deputies: Sequence[int],
    workers: Sequence[int],
    databases: Sequence[str],
    phones: int | None,
    folder: Path,
) -> Iterator[Row]:
    """Small halls first, so that something is there if one has no patience."""
    with ExitStack() as stack:
        server = stack.enter_context(_server()) if "postgres" in databases else ""
        for size, kind, processes in product(deputies, databases, workers):
            url = create_database(server, f"hall_{uuid4().hex}") if kind == "postgres" else "sqlite"
            yield measure(size, processes, url, size if phones is None else phones, folder)


@contextmanager
def _server() -> Iterator[str]:
    with temporary_server(parts.need("postgres"), durable=True) as url:
        yield url


def line(cells: Sequence[str]) -> str:
    """Of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def main(arguments: Sequence[str] | None = None) -> None:
    asked = _parser().parse_args(arguments)
    rows = list[Row]()
    with tempfile.TemporaryDirectory() as folder:
        halls = matrix(asked.deputies, asked.workers, asked.databases, asked.phones, Path(folder))
        for row in halls:
            rows.append(row)
            if asked.json:
                asked.json.write_bytes(msgspec.json.format(msgspec.json.encode(rows), indent=2))
    print("\n".join([line(HEADINGS), line(["---"] * len(HEADINGS)), *(line(row.cells()) for row in rows)]))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.load")
    parser.add_argument("--deputies", type=int, nargs="+", default=[500, 3000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument(
        "--databases", nargs="+", choices=["sqlite", "postgres"], default=["sqlite", "postgres"]
    )
    parser.add_argument("--phones", type=int, help="in the waiting room; unless given, one for each deputy")
    parser.add_argument("--json", type=Path)
    return parser


if __name__ == "__main__":
    main()
