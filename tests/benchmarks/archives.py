"""Sound archives of any length, sealed on all cores and written as they come.

    python -m tests.benchmarks.archives FOLDER [BALLOTS …]

They hold ten candidates each, and may be kept in a folder: sealing 30,000 ballots takes minutes.
"""

from __future__ import annotations

import os
import secrets
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO, Final

from ballots import archive as bel
from ballots import tally
from ballots.ballot import read
from ballots.credentials import generate, public_credential
from ballots.election import Election, Question, encode_credentials
from ballots.sealing import seal
from tests.papers import way
from tests.simulator import TIMESTAMP, Simulator

TEN: Final = Question(
    answers=tuple(f"演练项目{number}" for number in range(1, 11)),
    blank=True,
    min=1,
    max=5,
    question="请选出不超过5件",
)
CHUNK: Final = 16
AHEAD: Final = 8
"""Chunks for each process that may wait to be written."""

Sealed = tuple[list[bytes], tally.Sums]


def archive_of(ballots: int, folder: Path) -> Path:
    """The archive of so many ballots in this folder, made if it is not there."""
    kept = folder / f"{ballots}.bel"
    if not kept.exists():
        unfinished = folder / f"{ballots}.bel.unfinished"
        with unfinished.open("wb") as file:
            write(file, ballots)
        unfinished.rename(kept)
    return kept


def write(file: BinaryIO, ballots: int) -> None:
    """Every ballot of another card, each with another choice than the one before."""
    simulator = Simulator(questions=(TEN,), deputies=1)
    cards = [generate(secrets.token_bytes) for _ in range(ballots)]
    simulator.credentials = encode_credentials(
        sorted(public_credential(simulator.uuid, one) for one in cards)
    )
    sums, head = tally.no_ballots(simulator.election), bel.Head()
    file.write(bel.start(TIMESTAMP))
    setup = simulator.setup_step()
    head = _append(file, head, "Setup", setup.data)
    for raws, part in _sealed(simulator.election, cards):
        for raw in raws:
            head = _append(file, head, "Ballot", [raw])
        tally.merge(sums, part)
    head = _append(file, head, "EndBallots", [])
    simulator.tally, count = tally.encode_sums(sums), len(cards)
    head = _append(file, head, "EncryptedTally", [simulator.tally, tally.sized_tally(simulator.tally, count)])
    simulator.parts = [(owner, simulator.part(owner)) for owner in sorted(simulator.secrets)]
    for owner, raw in simulator.parts:
        head = _append(file, head, "PartialDecryption", [raw, tally.owned_decryption(owner, raw)])
    parts = dict(simulator.parts)
    result = tally.decrypt(simulator.election, simulator.keys, simulator.tally, parts, count)
    _append(file, head, "Result", [result])


def _append(file: BinaryIO, head: bel.Head, kind: bel.EventType, data: Sequence[bytes]) -> bel.Head:
    raw, after = bel.append(head, TIMESTAMP, kind, data)
    file.write(raw)
    return after


def _sealed(election: Election, cards: Sequence[str]) -> Iterator[Sealed]:
    """A few chunks at a time, so that no more than these are in memory."""
    cores = os.cpu_count() or 1
    chunks = [cards[n : n + CHUNK] for n in range(0, len(cards), CHUNK)]
    with ProcessPoolExecutor(cores, get_context("spawn")) as pool:
        for start in range(0, len(chunks), AHEAD * cores):
            some = chunks[start : start + AHEAD * cores]
            yield from pool.map(_seal, [election.raw] * len(some), some)


def _seal(raw: bytes, cards: Sequence[str]) -> Sealed:
    election = Election.parse(raw)
    ballots, sums = list[bytes](), tally.no_ballots(election)
    for card in cards:
        choices = [way(question, secrets.randbelow(100)) for question in election.questions]
        ballots.append(seal(election, card, choices, secrets.token_bytes))
        tally.add(sums, read(election, ballots[-1]).answers)
    return ballots, sums


def main(folder: Path, *numbers: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for ballots in numbers or (500, 3_000, 30_000):
        print(archive_of(ballots, folder), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
