"""How many passwords of a list are refused: `python -m tests.benchmarks.bench_passwords FILE`.

FILE holds one password a line, the commonest first or not. Only those as long as ours must be are counted.
"""

from __future__ import annotations

import sys
from pathlib import Path

from voting.accounts.guessable import is_guessable
from voting.accounts.passwords import LEAST


def main(file: Path) -> None:
    """Print the count, and the first that would be taken."""
    lines = file.read_text("utf-8", errors="replace").splitlines()
    asked = list(dict.fromkeys(one for one in lines if len(one) >= LEAST))
    taken = [one for one in asked if not is_guessable(one)]
    share = 100 * (1 - len(taken) / len(asked)) if asked else 0
    print(f"{len(asked)} of {LEAST} characters or more, {len(asked) - len(taken)} refused ({share:.1f} %)")
    print("taken:", *taken[:40])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
