"""The benchmarks still run; how fast is for whoever runs them on a quiet machine to judge."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser

from tests.audited import verified
from tests.belenios_tool import BeleniosTool
from tests.benchmarks import (
    archives,
    bench_ballot,
    bench_closing,
    bench_projects,
    bench_seal,
    bench_suggestions,
    bench_verify,
    crowd,
    growth,
    load,
    towns,
)
from tests.benchmarks.projects_of import Size, build
from tests.benchmarks.throughput import shares
from tests.simulator import Simulator
from voting import casting
from voting.signing import Signer
from voting.store import Store
from web.rehearsal.burst import Reply
from web.rehearsal.figures import Figures


class Short(BaseHTTPRequestHandler):
    """Says one word to everybody, on a connection that stays open."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("content-length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_: object) -> None:
        """Not of interest."""


@contextmanager
def somewhere() -> Iterator[int]:
    """The port of a server of threads, until the block ends."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Short) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        try:
            yield server.server_port
        finally:
            server.shutdown()
            serving.join()


def test_checking_costs_more_than_its_floor() -> None:
    simulator = Simulator(questions=(bench_ballot.TEN,), deputies=3)
    assert bench_ballot.ratio(simulator.election, simulator.ballots, rounds=1) > 0


def test_verifying_is_measured(tmp_path: Path) -> None:
    (tmp_path / "three.bel").write_bytes(Simulator(deputies=4).archive())
    cost, memory = bench_verify.ours(tmp_path / "three.bel", 1)
    assert min(cost.seconds, cost.cpu, memory) > 0
    one = bench_verify.Measured(3, "piaojue", 1, cost, 10.0, memory)
    assert len(bench_verify.cells(one, [one])) == len(bench_verify.HEADINGS)


def test_the_peers_verifying_is_measured(belenios_tool: BeleniosTool, tmp_path: Path) -> None:
    (tmp_path / "three.bel").write_bytes(Simulator(deputies=4).archive())
    cost, memory = bench_verify.theirs(belenios_tool, tmp_path / "three.bel")
    assert min(cost.seconds, cost.cpu, memory) > 0


def test_archives_of_any_length_are_sound_and_kept(tmp_path: Path) -> None:
    made = archives.archive_of(3, tmp_path)
    found = verified(made.read_bytes())
    assert (found.ballots, found.cards) == (3, 3)
    assert archives.archive_of(3, tmp_path).read_bytes() == made.read_bytes()


def test_sealing_is_measured_on_the_page(browser: Browser) -> None:
    (milliseconds,) = bench_seal.measure(browser, 1)
    assert milliseconds > 0


def test_the_benchmarks_print_what_they_found(capsys: pytest.CaptureFixture[str]) -> None:
    bench_ballot.main(3)
    assert "check ÷ floor" in capsys.readouterr().out


def test_the_ledger_is_measured(sqlite_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    bench_suggestions.main(40, sqlite_url, times=1)
    printed = capsys.readouterr().out
    for case in ("first page", "search: a common word", "similar ones", "a form", "the workbook"):
        assert case in printed


def test_the_projects_are_measured(sqlite_url: str, tmp_path: Path) -> None:
    size = Size(congresses=1, years=1, projects=2, reports=2)
    made = build(sqlite_url, size)
    names = [one.name for one in bench_projects.measure(sqlite_url, made, size, tmp_path, times=1)]
    assert {"project page, new", "overview, kept", "wall, new", "photo, small, kept"} <= set(names)
    assert bench_projects.growth(sqlite_url, size).congress_years == 1
    pages = bench_projects.addresses_of_shares(sqlite_url, made, size)
    assert all(one.share > 0 for one in shares(sqlite_url, pages, tmp_path, turns=1, seconds=0.05))


def test_a_hall_that_was_counted_wrongly_is_not_called_right() -> None:
    hall = Figures(
        deputies=500,
        seal_ms_per_ballot=10.0,
        accepted=500,
        refused=0,
        seconds=4.0,
        ballots_per_s=125.0,
        p50_ms=2000.0,
        p99_ms=3900.0,
        cpu_ms_per_ballot=11.5,
        libsodium_ms_per_ballot=10.0,
        close_to_result_s=0.5,
        verify_s=3.0,
        verify_cpu_ms_per_ballot=11.0,
        server_rss_mb=300.0,
        opening_reached_all_s=2.0,
        paper_ballots=0,
        threshold=2,
        trackers_found=500,
        archive="rehearsal.bel",
        result_matches=True,
        ideal_s=2.5,
    )
    cells = dict(zip(load.HEADINGS, load.Row(2, "SQLite", hall).cells(), strict=True))
    assert (cells["CPU"], cells["p99"], cells["right"]) == ("1.150", "1.560", "yes")
    assert load.Row(2, "SQLite", replace(hall, trackers_found=499)).cells()[-1] == "NO"


def test_what_a_town_voted_is_held_to_its_receipts(sqlite_url: str, tmp_path: Path) -> None:
    Store.migrate(sqlite_url)
    signer = Signer.create(tmp_path / "signing.key", os.urandom)
    with Store.open(sqlite_url) as store, ThreadPoolExecutor(1) as pool:
        town = towns.found(store, signer, 3, pool)
        where = town.stage.session.code, town.stage.round_id
        receipts = [casting.cast(store, *where, raw, signer) for raw in town.ballots]
        replies = [Reply(200, msgspec.json.encode(one), 0.1) for one in receipts]
        assert towns.is_right(store, town, replies)
        minute = towns.Minute([replies], 1.0, 0.1, 10.0)
        shown = towns.cells("sqlite", [town], minute, 1)
        assert dict(zip(towns.HEADINGS, shown, strict=True))["accepted"] == "3"


def test_closing_is_measured_up_to_the_whole_record(sqlite_url: str, tmp_path: Path) -> None:
    Store.migrate(sqlite_url)
    with Store.open(sqlite_url) as store:
        stage = bench_closing.fill(store, sqlite_url, 3, tmp_path)
        assert [one.name for one in bench_closing.moments(store, stage)][:2] == ["close", "count"]


@pytest.mark.parametrize("kind", growth.KINDS)
def test_growth_is_measured(sqlite_url: str, tmp_path: Path, kind: growth.Kind) -> None:
    Store.migrate(sqlite_url)
    with Store.open(sqlite_url) as store:
        for _, size, job in kind(store, sqlite_url, 1, 2, tmp_path):
            assert size >= 240
            assert job(0) is not None


def test_every_reader_is_answered() -> None:
    with somewhere() as port, crowd.crowd(port, 3, clients=1) as three:
        assert three.ask("/", 0.0, os.getpid()).answers == 3
