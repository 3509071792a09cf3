"""Tampered records by the thousand: seeds choose an election, its kind, and what is done to it.

    python -m tests.ballots.generated --number 1000 --seed 7          prints which check refused how many
    python -m tests.ballots.generated --number 1000 --seed 7 --peer   gives the archives to belenios-tool, too

A record is made in one of three ways, in turn: a case of `tests.ballots.tampered_*` done to an election with
other keys and cards, an attack of `tests.attacks`, or a generic tampering (`tests.ballots.generic*`) with a
round of any kind. Each knows which checks may refuse it, mostly one; whatever passes, or fails at another
check, is printed with its number, and the command ends with 1.
"""

from __future__ import annotations

import argparse
import io
import random
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Final, NamedTuple

from ballots.checks import CHECKS, Refused
from ballots.verify import verify
from tests.adversary import Adversary
from tests.attacks import ATTACKS
from tests.ballots import (
    generic_documents,
    generic_files,
    generic_records,
    tampered_ballot,
    tampered_ceremony,
    tampered_chain,
    tampered_file,
    tampered_hall,
    tampered_rating,
    tampered_record,
    tampered_report,
    tampered_setup,
    tampered_tally,
)
from tests.ballots.generic import GENERICS, Dice
from tests.ballots.peers_opinion import Opinions
from tests.ballots.tampering import CASES, Submission
from tests.simulator import ANY_NUMBER, FREE, GRADES, SELECT, STANCES, seeded

GENERIC: Final = (generic_files, generic_documents, generic_records)
SINGLE: Final = (
    tampered_file,
    tampered_chain,
    tampered_setup,
    tampered_ceremony,
    tampered_ballot,
    tampered_tally,
    tampered_record,
    tampered_rating,
    tampered_hall,
    tampered_report,
)
"""The modules that fill the registers when they are imported."""
QUESTIONS: Final = ((SELECT,), (STANCES, STANCES), (GRADES, GRADES), (STANCES,), (GRADES, GRADES, GRADES))
UNRULED: Final = ((ANY_NUMBER,), (FREE,))
"""Ballot papers of the protocol that no congress votes with: round.json cannot stand beside them."""
MOST_ROUNDS: Final = 30
"""Making one takes as long as checking four."""


class Tampered(NamedTuple):
    """`checks`: one of these must refuse it."""

    name: str
    kind: str
    checks: frozenset[int]
    submission: Submission


def tampered(number: int, seed: int) -> Iterator[Tampered]:
    """As many as asked for; the same seed gives the same."""
    dice = random.Random(seed)  # noqa: S311 - chooses what is tampered with, no secrets
    rounds = Rounds(seed, dice, max(1, min(MOST_ROUNDS, number // 12)))
    ways = [_cases(seed, dice), _attacks(rounds), _generics(rounds), _generics(rounds)]
    for place in range(number):
        yield next(ways[place % len(ways)])


def _in_turn(names: list[str], dice: Dice) -> Iterator[str]:
    """All of them before any comes again, each time in another order."""
    while True:
        dice.shuffle(names)
        yield from names


def _cases(seed: int, dice: Dice) -> Iterator[Tampered]:
    cases = {case.name: case for case in CASES}
    for name in _in_turn([*cases], dice):
        case = cases[name]
        submission = case.submission(f" {seed}.{dice.randrange(3)}")
        yield Tampered(name, case.base, frozenset({case.check}), submission)


def _attacks(rounds: Rounds) -> Iterator[Tampered]:
    for name in _in_turn([*ATTACKS], rounds.dice):
        kind, box = rounds.any(ruled=True)
        attack = ATTACKS[name]
        yield Tampered(name, kind, frozenset({attack.check}), Submission(*attack.run(box)))


def _generics(rounds: Rounds) -> Iterator[Tampered]:
    for name in _in_turn([*GENERICS], rounds.dice):
        beside = GENERICS[name].__module__ == generic_records.__name__
        made = None
        while made is None:
            kind, box = rounds.any(ruled=beside)
            made = GENERICS[name](box, rounds.dice)
        checks, given = made
        yield Tampered(
            name, kind, frozenset(checks), Submission(given) if isinstance(given, bytes) else given
        )


class Rounds:
    """So many rounds of any kind, each made when it is first drawn."""

    def __init__(self, seed: int, dice: Dice, number: int) -> None:
        self.seed, self.dice, self.number = seed, dice, number

    def any(self, *, ruled: bool) -> tuple[str, Adversary]:
        """(what it is, a copy of its own); some papers no rules call for, unless `ruled`."""
        variant = self.dice.randrange(self.number)
        box = _made(self.seed, variant if ruled or variant % 6 < 5 else -variant).copy()
        box.random = seeded(f"tampered {self.dice.random()}")
        form = box.election.questions[0].question
        return f"{form}/{len(box.election.questions)}/{box.threshold or 'all'}", box


@cache
def _made(seed: int, variant: int) -> Adversary:
    dice = random.Random(f"{seed}.{variant}")  # noqa: S311 - as above
    return Adversary(
        questions=dice.choice(UNRULED if variant < 0 else QUESTIONS),
        threshold=dice.choice((None, 2, 3)),
        sheets=dice.choice((1, 4, 9)),
        seed=f"{seed}.{variant}",
    )


def fault(one: Tampered) -> tuple[int, str]:
    """(the check that refused it, what is wrong with that); 0 when it passed."""
    given = one.submission
    try:
        verify(io.BytesIO(given.archive), given.record, given.trackers, workers=1)
    except Refused as refused:
        wrong = (
            "" if refused.check in one.checks else f"{sorted(one.checks)} should refuse it, not: {refused}"
        )
        return refused.check, wrong
    return 0, f"{sorted(one.checks)} should refuse it, and nothing did"


def main(arguments: list[str] | None = None) -> int:
    asked = _arguments(arguments)
    refused, kinds, faults = Counter[int](), Counter[str](), list[str]()
    opinions = Opinions() if asked.peer else None
    for place, one in enumerate(tampered(asked.number, asked.seed)):
        check, wrong = fault(one)
        refused[check] += 1
        kinds[one.name] += 1
        if wrong:
            faults.append(f"{place}: {one.name} ({one.kind}): {wrong}")
        if opinions is not None and one.submission.record is None and not one.submission.trackers:
            opinions.ask(one.name, one.submission.archive)
    _print_table(refused)
    print(f"{refused.total()} tampered records of {len(kinds)} kinds, seed {asked.seed}")
    if opinions is not None:
        faults += opinions.unexpected
        print(opinions.summary())
    print("\n".join(faults) or "each refused by the check it should be")
    return bool(faults)


def _print_table(refused: Counter[int]) -> None:
    for check in CHECKS:
        print(f"{check.number:3} {refused[check.number]:6}  {check.sentence}")


def _arguments(given: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.ballots.generated", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--number", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--peer", action="store_true")
    return parser.parse_args(given)


if __name__ == "__main__":
    raise SystemExit(main())
