"""When a revision is released:  python -m tests.released NAME [--checkout DIR]

Puts a database with data onto the shelf, made by the program of the checkout (this one, unless another is
named, e.g. a `git worktree` of an earlier commit). Then write its name into `shelf.RELEASED`. What lies there
is never made anew: it is what that program really wrote.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.released import shelf


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.released", description=__doc__)
    parser.add_argument("name", help="its revision, e.g. 0022")
    parser.add_argument("--checkout", type=Path, default=Path.cwd())
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="piaojue-released-") as folder:
        filling = shelf.FOLDER / "filling.py"
        environment = {**os.environ, "PYTHONPATH": str(asked.checkout.resolve())}
        subprocess.run([sys.executable, filling, folder], env=environment, cwd=asked.checkout, check=True)
        made = shelf.put(Path(folder), asked.name)
    print(f"{made.name}: {made.stat().st_size / 1024:.0f} KB")


if __name__ == "__main__":
    main()
