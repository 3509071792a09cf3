"""The inputs from which fuzzing begins, made from fixed randomness: sound ones, and one fault of each kind.

They lie in `seeds/`, one folder a target, together with every input that fuzzing once found something with.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from ballots.encoding import encode
from tests.fuzzing.targets import BETWEEN, election
from tests.simulator import Simulator, events_of, unsigned

SEEDS: Final = Path(__file__).with_name("seeds")


def beginnings() -> Iterator[tuple[str, str, bytes]]:
    """(target, name, bytes) of each input that is made."""
    yield from _archives()
    yield from _ballots()
    yield from _rounds()
    yield from _keys()
    yield from _verified()


def _archives() -> Iterator[tuple[str, str, bytes]]:
    events = events_of(election().steps())
    datum = b'{"choice":1}'
    chain = [b"S", b"{}", b"[]", b"[]", b"", b"B", datum, b"E", b"T", b"[]", b"{}", b"D", b"{}", b"{}", b"R"]
    yield "archive", "chained", b"c" + BETWEEN.join([*chain, b"{}"])
    yield "archive", "named", b"n" + BETWEEN.join(b"e" + event for event in events[:2])
    yield "archive", "with-data", b"n" + BETWEEN.join([b"d{}", b"d[]", b"d[]", b"d{}", b"e" + events[0]])
    yield "archive", "begun", b"r" + election().setup_archive()[: 3 * 512]


def _ballots() -> Iterator[tuple[str, str, bytes]]:
    raw = election().ballots[0]
    yield "ballot", "sound", raw
    yield "ballot", "cut", raw[: len(raw) // 2]
    yield "ballot", "leading-zero", raw.replace(b'"response":"', b'"response":"0', 1)
    yield "checked", "sound", unsigned(raw)


def _rounds() -> Iterator[tuple[str, str, bytes]]:
    sim = election()
    body = encode(sim.sound_record())
    yield "record", "sound", b"s" + body
    yield "record", "as-it-is", b"r" + sim.record()
    yield "record", "other-figures", b"s" + body.replace(b'"issued":1', b'"issued":9')


def _keys() -> Iterator[tuple[str, str, bytes]]:
    yield "trustees", "single", election().trustees
    yield "trustees", "shared", Simulator(deputies=0, scrutineers=2, threshold=2).trustees


def _verified() -> Iterator[tuple[str, str, bytes]]:
    sim = election()
    yield "verified", "credentials", bytes([0, 2]) + sim.credentials
    yield "verified", "numbers", bytes([3, 1]) + sim.sized
    yield "verified", "result", bytes([6, 0]) + sim.result


def write_seeds(folder: Path = SEEDS) -> None:
    """Every input that is made, into its target's folder; what was found by fuzzing stays."""
    for target, name, raw in beginnings():
        place = folder / target
        place.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(raw)
