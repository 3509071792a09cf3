"""What a ballot, a suggestion and a report cost as data grows tenfold and a hundredfold.

    python -m tests.benchmarks.growth [--databases sqlite postgres] [--grow 1 10 100] [--times 40]
                                      [--plot FILE.svg] [--json FILE]

Each thing is done on databases that hold once, ten times and a hundred times as much of its kind: a ballot
goes into a box of 300, 3,000, 30,000 (the store's part: its proofs cost what they cost); a suggestion joins
as many, looked up and listed too; a report is corrected among 240, 2,400, 24,000. Medians of wall clock and
of this process's CPU; the ratio is to the smallest database, in the same run. `--plot` draws that of CPU and
needs matplotlib (`pip install '.[bench]'`).
"""

from __future__ import annotations

import argparse
import secrets
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple
from uuid import uuid4

import msgspec
from msgspec.structs import replace

from ballots.encoding import sha256_hex
from tests import parts
from tests.benchmarks import county_of, projects_of
from tests.benchmarks.bench_suggestions import NOW, enter, measured, similar, some
from tests.benchmarks.load import line
from tests.benchmarks.projects_of import Size
from tests.postgres import create_database, temporary_server
from voting.actors import Actor
from voting.demo.stage import build, open_vote
from voting.ledger import Day, Filters
from voting.reporting import filing
from voting.reporting.periods import Period
from voting.rounds import Candidate
from voting.rules import Rules
from voting.signing import Signer
from voting.store import Store
from voting.store.tables import ballot, card

Job = Callable[[int], object]
Kind = Callable[[Store, str, int, int, Path], Iterator[tuple[str, int, Job]]]

BOX: Final = 300
SUGGESTIONS: Final = 300
BALLOT_BYTES: Final = 7_700
"""Ten candidates."""
RULES: Final = Rules(ballot="select_k", candidates=10, places=5, publish="with_archive")
HEADINGS: Final = ("database", "what", "data", "p50 ms", "÷ smallest", "CPU ms", "CPU ÷ smallest")


class Point(msgspec.Struct, frozen=True):
    """Milliseconds of doing `what` where there are `size` of them."""

    database: str
    what: str
    size: int
    p50: float
    cpu: float


def ballots(store: Store, url: str, grow: int, times: int, folder: Path) -> Iterator[tuple[str, int, Job]]:
    """Bytes of nobody, for cards that are on the list: only the store looks at them."""
    signer = Signer.create(folder / f"{uuid4().hex}.key", secrets.token_bytes)
    candidates = [Candidate(number=n, title=f"第{n}件") for n in range(1, 11)]
    stage = build(store, RULES, candidates, 2, 2, NOW, secrets.token_bytes)
    open_vote(store, stage, signer, 2, NOW, secrets.token_bytes)
    where = {"congress": stage.congress.id, "round": stage.round_id}
    cast = [secrets.token_hex(32) for _ in range(BOX * grow)]
    waiting = [secrets.token_hex(32) for _ in range(times + 1)]
    live = {"dead": False, "reserve": False, "activated": False}
    county_of.load(url, card, [{**where, "credential": one, **live} for one in [*cast, *waiting]])
    for some_of in _batches(cast):
        body = [(one, secrets.token_bytes(BALLOT_BYTES)) for one in some_of]
        rows = [{**where, "digest": _digest(b), "credential": one, "body": b} for one, b in body]
        county_of.load(url, ballot, rows)
    county_of.tidy(url)

    def put(n: int) -> str:
        body = secrets.token_bytes(BALLOT_BYTES)
        with store.cast() as box:
            gate = box.gate(stage.session.code, stage.round_id, waiting[n])
            assert box.put(gate.congress, stage.round_id, waiting[n], _digest(body), body)
        return f"{len(cast)} ballots"

    yield "a ballot", len(cast), put


def _digest(body: bytes) -> str:
    return sha256_hex(body)


def _batches(all_of_them: Sequence[str]) -> Iterator[Sequence[str]]:
    yield from (all_of_them[n : n + 2_000] for n in range(0, len(all_of_them), 2_000))


def suggestions(store: Store, url: str, grow: int, _: int, _folder: Path) -> Iterator[tuple[str, int, Job]]:
    """In one congress."""
    number = SUGGESTIONS * grow
    clerk = county_of.build(url, number)
    known = some(store, clerk, 20)

    def first_page(_: int) -> str:
        with store.read() as tx:
            hits = tx.ledger.hits(clerk, Filters(), Day(NOW.date(), 5))
            return f"{len(list(tx.ledger.ids(hits, Filters(), 50)))} found"

    yield "a suggestion", number, lambda n: enter(store, clerk, uuid4().hex + str(n))
    yield "similar suggestions", number, lambda n: similar(store, clerk, known[n % len(known)])
    yield "the list of suggestions", number, first_page


def reports(store: Store, url: str, grow: int, _: int, _folder: Path) -> Iterator[tuple[str, int, Job]]:
    """240 in each congress: 20 projects, a year of months."""
    size = Size(congresses=grow, years=1)
    congress, *_others = projects_of.build(url, size)
    period = Period(kind="month", year=size.last_year, number=12)
    clerk = Actor(role="staff", congress=congress, name="刘科长", link=county_of.new_id("clerk"))
    with store.read() as tx:
        projects = tx.projects.of_year(clerk, congress, size.last_year)

    def correct(n: int) -> str:
        one = projects[n % len(projects)]
        unit = Actor(role="unit", congress=congress, name="小孙", unit=one.lead_unit)
        form = filing.open_report(store, unit, one.id, period.key, NOW)
        assert form.report is not None
        content = replace(form.report.content, text=f"完工，第{n}次核实。", reason="核对台账")
        filing.save(store, unit, one.id, period.key, content, NOW, version=form.version, submit=True)
        return period.key

    yield "a report", 240 * grow, correct


KINDS: Final[tuple[Kind, ...]] = (ballots, suggestions, reports)


class Databases(NamedTuple):
    """Empty ones, as many as one likes."""

    kind: str
    new: Callable[[], str]


def measure(databases: Databases, grow: Sequence[int], times: int, folder: Path) -> Iterator[Point]:
    for kind in KINDS:
        for factor in grow:
            url = databases.new()
            Store.migrate(url)
            with Store.open(url) as store:
                for what, size, job in kind(store, url, factor, times, folder):
                    found = measured(what, job, times)
                    yield Point(databases.kind, what, size, found.p50, found.cpu)


def cells(one: Point, smallest: Point) -> tuple[str, ...]:
    return (
        *(one.database, one.what, f"{one.size:,}", f"{one.p50:.2f}", f"{one.p50 / smallest.p50:.2f}"),
        *(f"{one.cpu:.2f}", f"{one.cpu / smallest.cpu:.2f}"),
    )


def plot(points: Sequence[Point], file: Path) -> None:
    """How many times as dear one more is, in CPU, with as many times the data: what does not grow is flat,
    what grows as the data does is the dotted line."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    _, axes = plt.subplots(figsize=(9, 5.5), layout="constrained")
    most = 1.0
    for name in dict.fromkeys((one.database, one.what) for one in points):
        curve = [one for one in points if (one.database, one.what) == name]
        times = [one.size / curve[0].size for one in curve]
        most = max(most, *times)
        style = "o-" if name[0] == "sqlite" else "s--"
        axes.loglog(times, [one.cpu / curve[0].cpu for one in curve], style, label=", ".join(name))
    axes.loglog([1, most], [1, most], ":", color="grey", label="as the data")
    axes.set(xlabel="times as much data", ylabel="times the CPU for one more")
    axes.grid(visible=True, which="both", alpha=0.3)
    axes.legend(loc="upper left", fontsize="small")
    plt.savefig(file)


def _sqlite(folder: Path) -> str:
    return f"sqlite:///{folder / uuid4().hex}.db"


def main(arguments: Sequence[str] | None = None) -> None:
    asked = _parser().parse_args(arguments)
    points, smallest = list[Point](), dict[tuple[str, str], Point]()
    print(line(HEADINGS), line(["---"] * len(HEADINGS)), sep="\n", flush=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        for kind in asked.databases:
            new = partial(_sqlite, folder)
            if kind == "postgres":
                server = stack.enter_context(temporary_server(parts.need("postgres"), durable=True))
                new = partial(_postgres, server)
            for one in measure(Databases(kind, new), asked.grow, asked.times, folder):
                points.append(one)
                first = smallest.setdefault((one.database, one.what), one)
                print(line(cells(one, first)), flush=True)
    if asked.json:
        asked.json.write_bytes(msgspec.json.format(msgspec.json.encode(points), indent=2))
    if asked.plot:
        plot(points, asked.plot)


def _postgres(server: str) -> str:
    return create_database(server, f"growth_{uuid4().hex}")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.growth")
    parser.add_argument("--grow", type=int, nargs="+", default=[1, 10, 100])
    parser.add_argument("--times", type=int, default=40)
    parser.add_argument(
        "--databases", nargs="+", choices=["sqlite", "postgres"], default=["sqlite", "postgres"]
    )
    parser.add_argument("--plot", type=Path)
    parser.add_argument("--json", type=Path)
    return parser


if __name__ == "__main__":
    main()
