"""The files of the project: what is committed, and what will be with the next commit."""

import subprocess
from functools import cache
from pathlib import Path

from tests.parts import ROOT


@cache
def project_files() -> list[Path]:
    """Every file that git tracks or would add, as a path from the root, sorted."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return sorted(Path(name) for name in set(names) if name and (ROOT / name).is_file())


def sources(*endings: str) -> list[Path]:
    """The project's files with one of these endings, as absolute paths."""
    return [ROOT / file for file in project_files() if file.suffix.removeprefix(".") in endings]
