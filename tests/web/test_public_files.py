"""The files of a published round, checked as a stranger would: with the program that the page offers."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from ballots.checks import CHECKS
from tests.web.house import House, MakeHouse
from web.verifier import verify_pyz


@pytest.fixture
def folder(open_house: MakeHouse, tmp_path: Path) -> Path:
    """The three files, downloaded."""
    house = open_house(state="open")
    for card in range(4):
        house.hall.cast(card, 1, 2)
    house.hall.reach("published")
    visitor, into = house.visitor(), tmp_path / "downloads"
    into.mkdir()
    for path in (f"/r/{house.id}/archive.bel", f"/r/{house.id}/round.json", "/verify.pyz"):
        answer = visitor.get(path)
        assert answer.status_code == 200
        name = path.rpartition("/")[2]
        assert answer.headers["content-disposition"] == f"attachment; filename*=UTF-8''{name}"
        (into / name).write_bytes(answer.content)
    return into


def _verify(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "verify.pyz", "verify", "archive.bel", "--round", "round.json"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_the_three_lines_on_the_page_verify_the_round(folder: Path) -> None:
    done = _verify(folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(CHECKS) > 20
    assert done.stdout.count("\n") >= len(CHECKS)


def test_a_changed_record_is_refused_by_the_same_program(folder: Path) -> None:
    archive = folder / "archive.bel"
    archive.write_bytes(archive.read_bytes().replace(b'"result":[[0,4,4,0]]', b'"result":[[0,4,0,4]]'))
    assert _verify(folder).returncode == 1


def test_the_program_is_the_same_bytes_everywhere(house: House) -> None:
    first = verify_pyz()
    verify_pyz.cache_clear()
    assert verify_pyz() == first
    assert house.visitor().get("/verify.pyz").content == first


def test_the_program_holds_ballots_and_nothing_else_of_ours() -> None:
    with zipfile.ZipFile(io.BytesIO(verify_pyz())) as archive:
        names = archive.namelist()
        dates = {entry.date_time for entry in archive.infolist()}
    assert "ballots/verify.py" in names
    assert {name.split("/")[0] for name in names} == {"ballots", "__main__.py"}
    assert dates == {(1980, 1, 1, 0, 0, 0)}
