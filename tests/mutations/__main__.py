"""Mutation tests:  python -m tests.mutations [ballots.tally …] [--sample 500 --seed 1] [--into FILE]

Makes small faults in the verifier and in the rules, one at a time, in memory, and looks whether a test fails.
Needs  pip install '.[test,mutations]'.  Without names all modules are taken; with `--into` what FILE has
already judged is not tried again, and `--survivors FILE` tries those once more that lived there.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

import msgspec
import pytest

from tests.mutations.grafting import Mutant
from tests.mutations.mutants import mutants_of
from tests.mutations.targets import (
    AFTERWARDS,
    AROUND,
    AT_IMPORT,
    BALLOTS,
    IN_OTHER_PROCESSES,
    LEFT_OUT,
    RULES,
    TESTS,
)
from tests.mutations.trials import Fate, Trials, Verdict

DEAD: Final[tuple[Fate, ...]] = ("killed", "timeout")


def main(arguments: Sequence[str] | None = None) -> None:
    asked = _parser().parse_args(arguments)
    mutants = _chosen(asked)
    known = {verdict.name: verdict for verdict in _read(asked.into)} if asked.into else {}
    verdicts = [known[mutant.name] for mutant in mutants if mutant.name in known]

    def note(verdict: Verdict) -> None:
        verdicts.append(verdict)
        if asked.into:
            with asked.into.open("ab") as file:
                file.write(msgspec.json.encode(verdict) + b"\n")
        if verdict.fate not in DEAD:
            print(_shown(verdict), flush=True)

    new = [mutant for mutant in mutants if mutant.name not in known]
    folder = Path(tempfile.mkdtemp(prefix="mutations-"))
    runs = asked.runs or folder / "runs.jsonl"
    trials = Trials(new, asked.workers, asked.patience, asked.wall, runs, note)
    options = ["-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xdist", "-s"]
    options += [] if asked.processes else ["-k", f"not {IN_OTHER_PROCESSES}"]
    left_out = [f"--ignore={path}" for path in LEFT_OUT]
    code = pytest.main([*options, *left_out, *(asked.tests or TESTS)], plugins=[trials])
    shutil.rmtree(folder)
    print(_table(verdicts))
    raise SystemExit(int(code))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.mutations", description=__doc__)
    parser.add_argument("modules", nargs="*", help="dotted names, or ballots, rules, afterwards, around")
    parser.add_argument("--sample", type=int, help="only so many, chosen by the seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--patience", type=float, default=60, help="CPU seconds of tests for one mutant")
    parser.add_argument(
        "--wall", type=float, default=600, help="seconds after which one that only waits is dead"
    )
    parser.add_argument(
        "--processes",
        action="store_true",
        help="tests with worker processes too, as ballots.inspection needs",
    )
    parser.add_argument("--into", type=Path, help="a file of verdicts, one JSON document a line")
    parser.add_argument(
        "--runs", type=Path, help="keeps how the tests ran on the sound code; delete after changes"
    )
    parser.add_argument("--survivors", type=Path, help="a file of verdicts; only who lived there is tried")
    parser.add_argument("--tests", nargs="*", help="other tests than the usual ones")
    parser.add_argument("--function", help="only mutants of this function or Class.method")
    return parser


def _chosen(asked: argparse.Namespace) -> list[Mutant]:
    groups = {"ballots": BALLOTS, "rules": RULES, "afterwards": AFTERWARDS, "around": AROUND}
    names = asked.modules or ["ballots", "rules", "afterwards"]
    modules = [module for name in names for module in groups.get(name, (name,))]
    mutants = [
        mutant
        for module in modules
        for mutant in mutants_of(module)
        if (module, mutant.function) not in AT_IMPORT
    ]
    if asked.function:
        mutants = [mutant for mutant in mutants if mutant.name.split(":")[1] == asked.function]
    if asked.survivors:
        lived = {verdict.name for verdict in _read(asked.survivors) if verdict.fate not in DEAD}
        mutants = [mutant for mutant in mutants if mutant.name in lived]
    if asked.sample is not None and asked.sample < len(mutants):
        chosen = random.Random(asked.seed).sample(range(len(mutants)), asked.sample)  # noqa: S311 - no secrets
        mutants = [mutants[place] for place in sorted(chosen)]
    return mutants


def _read(file: Path) -> Iterable[Verdict]:
    if not file.exists():
        return []
    return [msgspec.json.decode(line, type=Verdict) for line in file.read_bytes().splitlines()]


def _shown(verdict: Verdict) -> str:
    return "\n".join([f"{verdict.fate} {verdict.name} 第{verdict.line}行", *verdict.change])


def _table(verdicts: Iterable[Verdict]) -> str:
    fates: dict[str, Counter[Fate]] = {}
    for verdict in verdicts:
        fates.setdefault(verdict.module, Counter())[verdict.fate] += 1
    rows = [
        "| module | mutants | killed | by time | survived | not reached | unfinished | rate |",
        "|---|" + "---:|" * 7,
    ]
    rows += [_row(module, fates[module]) for module in sorted(fates)]
    rows.append(_row("**all**", sum(fates.values(), Counter())))
    return "\n".join(rows)


def _row(name: str, fates: Counter[Fate]) -> str:
    dead = sum(fates[fate] for fate in DEAD)
    order: tuple[Fate, ...] = ("killed", "timeout", "survived", "unreached", "unfinished")
    figures = " | ".join(str(fates[fate]) for fate in order)
    return f"| {name} | {fates.total()} | {figures} | {100 * dead / max(1, fates.total()):.1f} % |"


if __name__ == "__main__":
    main()
