"""The README promises nothing that is not there, and leaves out nothing that is."""

import re
from importlib.util import find_spec
from typing import Final

import pytest
import typer.main

from ballots.checks import CHECKS
from tests.parts import ROOT
from tests.sources import project_files
from web import settings
from web.cli import app

_README: Final = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_table_of_settings_is_what_the_code_reads() -> None:
    table = _README.split("<!-- settings -->")[1].split("<!-- /settings -->")[0]
    assert table.strip() == settings.table().strip()


def test_the_table_of_commands_names_every_command_and_no_other() -> None:
    group = typer.main.get_command(app)
    commands = set(getattr(group, "commands", {}))
    assert set(re.findall(r"^\| `piaojue ([\w-]+)", _README, re.MULTILINE)) == commands


def test_the_number_of_checks_is_the_verifiers() -> None:
    assert f"{len(CHECKS)}项核验" in _README


def test_the_two_commands_of_a_newcomer_are_there() -> None:
    assert "python3 -m venv .venv && .venv/bin/pip install . && .venv/bin/piaojue demo\n" in _README
    assert "\ntests/run --system\n" in _README


@pytest.mark.parametrize("folder", ["ballots", "voting", "web", "tests"])
def test_the_map_shows_each_room(folder: str) -> None:
    assert f"\n| `{folder}/` |" in _README


def test_every_file_and_folder_it_names_exists() -> None:
    known = {str(path) for file in project_files() for path in (file, *file.parents)}
    named = {name.rstrip("/") for name in re.findall(r"`((?:ballots|voting|web|tests)/[\w./-]*)`", _README)}
    assert named
    assert named - known == set()


def test_every_program_it_names_can_be_run() -> None:
    named = set(re.findall(r"`python -m (tests[\w.]*)", _README))
    assert named
    for name in named:
        assert find_spec(name) or find_spec(f"{name}.__main__"), name
