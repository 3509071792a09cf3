"""Run one target under atheris until it crashes or has run so many times.

    python -m tests.fuzzing archive --runs 1000000 --seed 7
    python -m tests.fuzzing ballot  --runs 1000000 --seed 7 --keep DIRECTORY    what it discovered stays
    python -m tests.fuzzing seeds                                writes tests/fuzzing/seeds anew

Needs atheris, which is for runs by hand: `pip install atheris msgspec pynacl` in a venv of its own.
A crash leaves its input where the command was started; it goes into tests/fuzzing/seeds/TARGET.
"""

from __future__ import annotations

import argparse
import tempfile
from importlib import import_module
from pathlib import Path
from typing import Any, Final

_WORDS: Final = (
    *("election_uuid", "election_hash", "credential", "answers", "signature", "choices", "alpha", "beta"),
    *("individual_proofs", "overall_proof", "blank_proof", "challenge", "response", "hash", "proof"),
    *("parent", "height", "type", "payload", "Setup", "Ballot", "EndBallots", "EncryptedTally"),
    *("PartialDecryption", "Result", "version", "timestamp", "round", "figures", "paper", "scrutineers"),
    *("Single", "Pedersen", "pok", "public_key", "certs", "coefexps", "verification_keys", "threshold"),
    *('","', '":"', '":{"', "[[", "]]", "}}", "null", "\\u0000", "e-1", "1e400", "-0", ".data.json"),
)


def main() -> None:
    asked = _arguments()
    if asked.target == "seeds":
        import_module("tests.fuzzing.beginnings").write_seeds()
        return
    atheris: Any = import_module("atheris")
    with atheris.instrument_imports(include=["ballots"]):
        targets = import_module("tests.fuzzing.targets")
    target = targets.TARGETS[asked.target]
    folder = Path(tempfile.mkdtemp(prefix="piaojue-fuzzing-"))
    words = folder / "words"
    words.write_text("".join(f'"{_escaped(word)}"\n' for word in _WORDS))
    found = asked.keep or folder / "found"
    found.mkdir(parents=True, exist_ok=True)
    seeds = Path(__file__).with_name("seeds") / asked.target
    limits = [f"-runs={asked.runs}", f"-seed={asked.seed}", f"-max_len={target.most}", "-timeout=10"]
    options = [*limits, f"-dict={words}", "-print_final_stats=1"]
    atheris.Setup(["fuzzing", *options, str(found), str(seeds)], target.run)
    atheris.Fuzz()


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace('"', '\\"')


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    names = ("archive", "ballot", "record", "trustees", "checked", "verified", "seeds")
    parser.add_argument("target", choices=names)
    parser.add_argument("--runs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--keep", type=Path, default=None)
    return parser.parse_args()


if __name__ == "__main__":
    main()
