"""The shape of the project: which room may know which, what lies at the top, what a stranger needs."""

import ast
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from importlib.metadata import distribution
from pathlib import Path
from typing import Final

import pytest

from tests.parts import ROOT
from tests.sources import project_files, sources

_ROOMS: Final = {"ballots", "voting", "web", "tests"}
_TOP_LEVEL: Final = _ROOMS | {"pyproject.toml", "README.md", "LICENSE", "requirements.lock"}
_EMPTY_WORDS: Final = {
    "utils",
    "util",
    "helpers",
    "helper",
    "manager",
    "managers",
    "services",
    "common",
    "misc",
}
_MACHINE_PATH: Final = re.compile(r"(?<![\w.])/(?:work|farm|root|home)/\w")
_VERIFIER_NEEDS: Final = {
    "msgspec",
    "PyNaCl",
    "cffi",
    "pycparser",
}  # the last two are what PyNaCl itself needs


def test_the_top_level_holds_the_four_rooms_and_nothing_else() -> None:
    found = {file.parts[0] for file in project_files()}
    assert {name for name in found if not name.startswith(".")} == _TOP_LEVEL


def test_no_room_knows_one_above_it() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _imported(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module if node.module and not node.level else "ballots"


def test_ballots_imports_only_the_standard_library_msgspec_and_pynacl() -> None:
    """But for the ceremony, which no verifier needs: libsodium has no AES-GCM with the peer's long nonce."""
    files = [file for file in sources("py") if file.is_relative_to(ROOT / "ballots")]
    modules = {file.stem: {name.split(".")[0] for name in _imported(file)} for file in files}
    foreign = {
        name: found - sys.stdlib_module_names - {"ballots", "msgspec", "nacl"}
        for name, found in modules.items()
    }
    assert {name: found for name, found in foreign.items() if found} == {"ceremony": {"cryptography"}}


@pytest.fixture(scope="module")
def strangers_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of a venv that holds only msgspec and PyNaCl, beside `ballots` and nothing else of ours."""
    folder = tmp_path_factory.mktemp("stranger")
    venv.create(folder / "venv", with_pip=False, symlinks=True)
    library = next((folder / "venv").glob("lib/python*/site-packages"))
    for name in _VERIFIER_NEEDS:
        for file in distribution(name).files or []:
            if ".." not in file.parts and "__pycache__" not in file.parts:
                target = library / file
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(str(file.locate()), target)
    shutil.copytree(ROOT / "ballots", folder / "ballots", ignore=shutil.ignore_patterns("__pycache__"))
    return folder / "venv" / "bin" / "python"


def _as_a_stranger(python: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    folder = python.parents[2]
    command = [str(python), "-m", "ballots", *arguments]
    return subprocess.run(command, cwd=folder, env={}, capture_output=True, text=True, check=False)


def test_a_stranger_needs_only_msgspec_and_pynacl_to_start_the_verifier(strangers_python: Path) -> None:
    done = _as_a_stranger(strangers_python, "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "verify" in done.stdout


def test_a_stranger_needs_only_msgspec_and_pynacl_to_verify_an_archive(strangers_python: Path) -> None:
    archives = [
        ROOT / file for file in project_files() if file.suffix == ".bel" and file.parts[0] == "ballots"
    ]
    assert archives
    for archive in archives:
        done = _as_a_stranger(strangers_python, "verify", str(archive))
        assert (done.returncode, done.stderr) == (0, ""), done.stdout


def test_every_folder_of_tests_is_a_package() -> None:
    """Without tests/__init__.py, `import web` would find tests/web."""
    folders = {file.parent for file in sources("py") if file.is_relative_to(ROOT / "tests")}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def test_no_module_has_a_name_that_fits_everything() -> None:
    names = {part for file in project_files() for part in (*file.parts[:-1], file.stem.casefold())}
    assert {name for name in names if name in _EMPTY_WORDS or re.search(r"_\d$", name)} == set()


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    texts = ((file, (ROOT / file).read_bytes().decode(errors="replace")) for file in project_files())
    assert [str(file) for file, text in texts if _MACHINE_PATH.search(text)] == []


def test_lock_files_name_versions_and_no_host() -> None:
    lines = (ROOT / "requirements.lock").read_text().splitlines()
    assert lines
    assert [line for line in lines if not re.fullmatch(r"[A-Za-z0-9._-]+==[\w.]+", line)] == []
    npm = [ROOT / file for file in project_files() if file.name == "package-lock.json"]
    assert [str(file) for file in npm if '"resolved"' in file.read_text()] == []
