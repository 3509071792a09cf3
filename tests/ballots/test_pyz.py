"""The one file that a stranger downloads, in a Python that has msgspec and PyNaCl and nothing else."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import msgspec
import pytest

from tests.ballots.sound import ONE_OF_TWO
from tests.simulator import Simulator
from web.verifier import verify_pyz

NEEDED = ("msgspec", "nacl", "cffi", "_cffi_backend", "pycparser")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The program, and a library of exactly what it needs."""
    made = tmp_path_factory.mktemp("stranger")
    (made / "verify.pyz").write_bytes(verify_pyz())
    (made / "library").mkdir()
    for name in NEEDED:
        spec = find_spec(name)
        assert spec is not None
        assert spec.origin is not None
        found = Path(spec.origin).parent if spec.submodule_search_locations else Path(spec.origin)
        (made / "library" / found.name).symlink_to(found)
    return made


@pytest.fixture(scope="module")
def crowd() -> Simulator:
    """Enough ballots for two processes."""
    return Simulator(questions=(ONE_OF_TWO,), deputies=40, scrutineers=1)


def verified(folder: Path, archive: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """The program run with two processes; -S leaves out the site-packages of this Python."""
    (folder / "x.bel").write_bytes(archive)
    command = [sys.executable, "-S", "verify.pyz", "verify", "x.bel", "--workers", "2", *arguments]
    return subprocess.run(
        command, cwd=folder, env={"PYTHONPATH": str(folder / "library")}, capture_output=True, check=False
    )


def test_it_verifies_with_several_processes(folder: Path, crowd: Simulator) -> None:
    (folder / "round.json").write_bytes(crowd.record())
    done = verified(folder, crowd.archive(), "--round", "round.json", "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert msgspec.json.decode(done.stdout)["result"] == crowd.counts


def test_it_refuses_with_several_processes(folder: Path, crowd: Simulator) -> None:
    bad = crowd.copy()
    bad.edit(35, lambda ballot: ballot["answers"][0]["overall_proof"].reverse())
    done = verified(folder, bad.archive(), "--json")
    assert (done.returncode, done.stderr) == (1, b"")
    answer = msgspec.json.decode(done.stdout)
    assert (answer["check"], answer["where"]) == (15, "第36个事件（Ballot）")
