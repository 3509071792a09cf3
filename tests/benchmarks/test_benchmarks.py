"""The benchmarks still run; how fast is for whoever runs them on a quiet machine to judge."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.belenios_tool import BeleniosTool
from tests.benchmarks import bench_ballot, bench_projects, bench_seal, bench_suggestions, bench_verify
from tests.benchmarks.projects_of import Size, build
from tests.benchmarks.throughput import shares
from tests.simulator import Simulator


def test_checking_costs_more_than_its_floor() -> None:
    simulator = Simulator(questions=(bench_ballot.TEN,), deputies=3)
    assert bench_ballot.ratio(simulator.election, simulator.ballots, rounds=1) > 0


def test_verifying_is_measured(tmp_path: Path) -> None:
    (tmp_path / "three.bel").write_bytes(Simulator(deputies=4).archive())
    seconds, cpu = bench_verify.ours(tmp_path / "three.bel")
    assert seconds > 0
    assert cpu > 0


def test_the_peers_verifying_is_measured(belenios_tool: BeleniosTool) -> None:
    assert bench_verify.theirs(belenios_tool, Simulator(deputies=4).archive()).seconds


def test_sealing_is_measured_on_the_page(browser: Browser) -> None:
    (milliseconds,) = bench_seal.measure(browser, 1)
    assert milliseconds > 0


def test_the_benchmarks_print_what_they_found(capsys: pytest.CaptureFixture[str]) -> None:
    bench_ballot.main(3)
    assert "check ÷ floor" in capsys.readouterr().out
    bench_verify.main(3)
    assert "piaojue" in capsys.readouterr().out


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
