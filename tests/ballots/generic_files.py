"""Generic tampering with the bytes of the file and with the events of its chain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import msgspec

from ballots.archive import BLOCK
from ballots.encoding import encode, sha256_hex
from tests.adversary import Adversary
from tests.ballots.generic import Dice, Made, generic, written_otherwise
from tests.simulator import Step, write

_DROPPED: Final = {"Ballot": 16, "PartialDecryption": 21}
_DOUBLED: Final = {"Ballot": 10, "PartialDecryption": 19}
"""What refuses an event too few or too many; for all other kinds the chain does."""


def records(archive: bytes) -> list[tuple[int, int]]:
    """Where each record of the file begins and ends, the first one apart."""
    return list(_records(archive))[1:]


def _records(archive: bytes) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(archive):
        size = int(archive[start + 124 : start + 135], 8)
        end = start + BLOCK + size + -size % BLOCK
        yield start, end
        start = end


# Bytes, all hashes left as they are


@generic
def bit_of_the_file_flipped(box: Adversary, dice: Dice) -> Made:
    raw = bytearray(box.archive())
    raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)
    return {1}, bytes(raw)


@generic
def bytes_of_the_file_exchanged(box: Adversary, dice: Dice) -> Made:
    raw = bytearray(box.archive())
    one, other = dice.randrange(len(raw)), dice.randrange(len(raw))
    raw[one], raw[other] = raw[other], raw[one]
    return ({1}, bytes(raw)) if raw[one] != raw[other] else None


@generic
def bytes_taken_out_of_the_file(box: Adversary, dice: Dice) -> Made:
    raw = box.archive()
    length = dice.randrange(1, BLOCK)
    place = dice.randrange(len(raw) - length)
    return {1}, raw[:place] + raw[place + length :]


@generic
def bytes_put_into_the_file(box: Adversary, dice: Dice) -> Made:
    raw = box.archive()
    place = dice.randrange(len(raw))
    return {1}, raw[:place] + dice.randbytes(dice.randrange(1, BLOCK)) + raw[place:]


@generic
def file_cut_within_a_record(box: Adversary, dice: Dice) -> Made:
    raw = box.archive()
    start, end = dice.choice(records(raw))
    return {1}, raw[: dice.randrange(start + 1, end)]


@generic
def file_cut_between_records(box: Adversary, dice: Dice) -> Made:
    raw = box.archive()
    start, _ = dice.choice(records(raw))
    return {3}, raw[:start]


@generic
def record_taken_out(box: Adversary, dice: Dice) -> Made:
    raw = box.archive()
    start, end = dice.choice(records(raw))
    return {3}, raw[:start] + raw[end:]


@generic
def record_doubled(box: Adversary, dice: Dice) -> Made:
    raw = box.archive()
    start, end = dice.choice(records(raw))
    return {3}, raw[:end] + raw[start:end] + raw[end:]


@generic
def records_exchanged(box: Adversary, dice: Dice) -> Made:
    """An event names the last of its data only: the sum and a scrutineer's share, which come before that,
    may change places and leave the chain whole. Neither can be read as the other."""
    raw = box.archive()
    (a, b), (c, d) = sorted(dice.sample(records(raw), 2))
    return {2, 3}, raw[:a] + raw[c:d] + raw[b:c] + raw[a:b] + raw[d:]


@generic
def record_of_another_round_put_in(box: Adversary, dice: Dice) -> Made:
    raw, other = box.archive(), box.next_round().archive()
    start, _ = dice.choice(records(raw))
    first, last = dice.choice(records(other))
    return {3}, raw[:start] + other[first:last] + raw[start:]


# Events, the chain made anew behind them


def _chosen(box: Adversary, dice: Dice) -> tuple[list[Step], int]:
    """An event of a kind that the dice choose first, or nearly all would be ballots."""
    steps = box.steps()
    kind = dice.choice(sorted({step.kind for step in steps}))
    return steps, dice.choice([place for place, step in enumerate(steps) if step.kind == kind])


@generic
def field_of_an_event_changed(box: Adversary, dice: Dice) -> Made:
    steps, place = _chosen(box, dice)
    ways: list[dict[str, object]] = [
        {"height": place + dice.choice((-1, 1, 7))},
        {"parent": sha256_hex(dice.randbytes(4))},
    ]
    if steps[place].data:
        ways += [{"payload": sha256_hex(dice.randbytes(4))}, {"payload": None}]
    steps[place].changes = dice.choice(ways)
    return {3}, write(steps)


@generic
def kind_of_an_event_changed(box: Adversary, dice: Dice) -> Made:
    steps, place = _chosen(box, dice)
    kinds = {"Setup", "Ballot", "EndBallots", "EncryptedTally", "PartialDecryption", "Result"}
    steps[place].kind = dice.choice(sorted(kinds - {steps[place].kind}))
    return {3}, write(steps)


@generic
def event_written_otherwise(box: Adversary, dice: Dice) -> Made:
    steps, place = _chosen(box, dice)
    steps[place].rewrite = lambda raw: written_otherwise(dice, raw)
    return {2}, write(steps)


@generic
def event_with_a_further_field(box: Adversary, dice: Dice) -> Made:
    steps, place = _chosen(box, dice)
    steps[place].changes = {dice.choice(("time", "heights", "by")): dice.choice((1, "x", []))}
    return {2}, write(steps)


@generic
def event_left_out(box: Adversary, dice: Dice) -> Made:
    steps, place = _chosen(box, dice)
    kind = steps.pop(place).kind
    return {_DROPPED.get(kind, 3)}, write(steps)


@generic
def event_given_twice(box: Adversary, dice: Dice) -> Made:
    steps, place = _chosen(box, dice)
    again = Step(steps[place].kind, [*steps[place].data])
    return {_DOUBLED.get(again.kind, 3)}, write([*steps[: place + 1], again, *steps[place + 1 :]])


@generic
def event_at_another_place(box: Adversary, dice: Dice) -> Made:
    """Whatever is met first: the order, a sum of other ballots, or too few who opened."""
    steps, place = _chosen(box, dice)
    before = [step.kind for step in steps]
    step = steps.pop(place)
    steps.insert(dice.randrange(len(steps) + 1), step)
    if [one.kind for one in steps] == before:
        return None
    seen = {3}
    if step.kind in {"Ballot", "EncryptedTally", "EndBallots"}:
        seen.add(16)
    if step.kind in {"PartialDecryption", "Result"}:
        seen.add(21)
    return seen, write(steps)


@generic
def event_of_the_chain_rewritten_and_no_other(box: Adversary, dice: Dice) -> Made:
    """The hashes behind it stay those of the chain before."""
    steps, place = _chosen(box, dice)
    raw = box.archive()
    if not steps[place].data:
        return None
    old = encode_payload(steps[place])
    return {3}, _with_record(raw, old, encode({"forged": dice.randrange(9)}))


def encode_payload(step: Step) -> bytes:
    """The datum that the event refers to."""
    return step.data[-1]


def _with_record(raw: bytes, old: bytes, new: bytes) -> bytes:
    """A record's body replaced, its name and header made anew."""
    from ballots.archive import record
    from tests.simulator import TIMESTAMP

    before = record(f"{sha256_hex(old)}.data.json", old, TIMESTAMP)
    assert before in raw
    return raw.replace(before, record(f"{sha256_hex(new)}.data.json", new, TIMESTAMP))


def kinds(archive: bytes) -> list[str]:
    """The kinds of the events of a sound file, for tests of this module."""
    bodies = (archive[start + BLOCK : end].rstrip(b"\0") for start, end in records(archive))
    return [found["type"] for body in bodies if b'"height":' in body and (found := msgspec.json.decode(body))]
