"""Generic tampering with what the events carry: hashes and chain are made anew, and cards sign again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import msgspec

from ballots.encoding import encode, sha256_hex
from ballots.group import ORDER
from tests.adversary import SEALED, Adversary
from tests.ballots.generic import (
    Dice,
    Made,
    Path,
    at,
    bad_point,
    bad_scalar,
    generic,
    is_point,
    is_scalar,
    leaves,
    other_point,
    other_scalar,
    put,
    written_otherwise,
)
from tests.simulator import Step, decryption_step, unsigned, write

# The ballots


def proof_check(path: Path) -> int:
    """Which check holds the part of an answer that this path leads to."""
    return 15 if {"overall_proof", "blank_proof"} & {*path} else 14


def _number(box: Adversary, dice: Dice) -> int:
    return dice.randrange(len(box.ballots))


def _changed(dice: Dice, path: Path, before: str) -> tuple[int, str]:
    """(check, new text) for one number of a ballot."""
    bad = dice.random() < 0.5
    if is_scalar(path):
        return (12, bad_scalar(dice, before)) if bad else (proof_check(path), other_scalar(dice, before))
    return (12, bad_point(dice, before)) if bad else (proof_check(path), other_point(dice))


@generic
def number_of_a_ballot_changed(box: Adversary, dice: Dice) -> Made:
    number = _number(box, dice)
    fields = msgspec.json.decode(unsigned(box.ballots[number]))
    path = dice.choice([path for path in leaves(fields) if is_scalar(path) or is_point(path)])
    check, text = _changed(dice, path, at(fields, path))
    box.edit(number, lambda ballot: put(ballot, path, text))
    return {check}, box.archive()


@generic
def number_of_a_ballot_changed_under_the_old_signature(box: Adversary, dice: Dice) -> Made:
    number = _number(box, dice)
    fields = msgspec.json.decode(unsigned(box.ballots[number]))
    path = dice.choice([path for path in leaves(fields) if is_scalar(path) or is_point(path)])
    text = _changed(dice, path, at(fields, path))[1]
    box.edit(number, lambda ballot: put(ballot, path, text), sign=False)
    return {13}, box.archive()


@generic
def name_of_a_ballot_changed(box: Adversary, dice: Dice) -> Made:
    """Its election's uuid or fingerprint, or its card; signed by the card it came from."""
    number = _number(box, dice)
    field = dice.choice(("election_uuid", "election_hash", "credential"))
    if field == "credential":
        others = [box.card(one) for one in range(6) if box.card(one).encode() not in box.ballots[number]]
        check, text = dice.choice(
            [(13, dice.choice(others)), (13, other_point(dice)), (12, bad_point(dice, others[0]))]
        )
    else:
        check, text = 8, dice.choice(("", "AnotherUuid123", box.election.fingerprint[::-1]))
    box.edit(number, lambda ballot: ballot.update({field: text}))
    return {check}, box.archive()


@generic
def signature_of_a_ballot_changed(box: Adversary, dice: Dice) -> Made:
    number = _number(box, dice)
    path = dice.choice([("hash",), ("proof", "challenge"), ("proof", "response")])
    before = at(msgspec.json.decode(box.ballots[number])["signature"], path)
    if path == ("hash",):
        check, text = 13, before[::-1]
    else:
        check, text = dice.choice([(13, other_scalar(dice, before)), (12, bad_scalar(dice, before))])
    box.edit(number, lambda ballot: put(ballot["signature"], path, text), sign=False)
    return {check}, box.archive()


@generic
def ballot_written_otherwise(box: Adversary, dice: Dice) -> Made:
    number = _number(box, dice)
    body = written_otherwise(dice, unsigned(box.ballots[number])[:-1])
    box.rewrite(number, lambda _: body + b"}")
    return {2}, box.archive()


@generic
def part_of_an_answer_too_few_or_too_many(box: Adversary, dice: Dice) -> Made:
    def change(ballot: dict[str, Any]) -> None:
        answer = dice.choice(ballot["answers"])
        parts = answer[dice.choice(sorted(answer))]
        parts.append(parts[0]) if dice.random() < 0.5 else parts.pop()

    box.edit(_number(box, dice), change)
    return {2}, box.archive()


@generic
def parts_of_two_ballots_exchanged(box: Adversary, dice: Dice) -> Made:
    """A choice or a proof at the same place, and both cards sign again."""
    one, other = dice.sample(range(len(box.ballots)), 2)
    fields = [msgspec.json.decode(box.ballots[number]) for number in (one, other)]
    path = dice.choice([path[:-1] for path in leaves(fields[0]["answers"])])
    first, second = (at(ballot["answers"], path) for ballot in fields)
    box.edit(one, lambda ballot: put(ballot["answers"], path, second))
    box.edit(other, lambda ballot: put(ballot["answers"], path, first))
    return {proof_check(path)}, box.archive()


@generic
def ballot_filled_in_against_the_rules(box: Adversary, dice: Dice) -> Made:
    """Any numbers for one question; the client that seals them knows no rules, and the sum is not opened."""
    choices = [[*row] for row in box.plain[0]]
    place = dice.randrange(len(choices))
    question = box.election.questions[place]
    choices[place] = [dice.choice((0, 0, 1, 1, 2, -1)) for _ in range(question.size)]
    if not set(choices[place]) <= {0, 1}:
        check = 14
    else:
        blank, chosen = (
            (choices[place][0] if question.has_blank else 0),
            sum(choices[place][question.has_blank :]),
        )
        allowed = chosen == 0 if blank else question.min <= chosen <= question.max
        if allowed:
            return None
        check = 15
    box.vote(SEALED, choices)
    return {check}, box.archive()


# The sum, its opening, the counts


@generic
def point_of_the_sum_changed(box: Adversary, dice: Dice) -> Made:
    fields = msgspec.json.decode(box.tally)
    path = dice.choice([*leaves(fields)])
    put(fields, path, dice.choice((other_point(dice), bad_point(dice, at(fields, path)))))
    box.tally = encode(fields)
    box.sized = box.sized.replace(box.sized[-66:-2], sha256_hex(box.tally).encode())
    return {16}, box.archive()


@generic
def numbers_beside_the_sum_changed(box: Adversary, dice: Dice) -> Made:
    fields = msgspec.json.decode(box.sized)
    field, check = dice.choice([("num_tallied", 17), ("total_weight", 18), ("encrypted_tally", 16)])
    if field == "encrypted_tally":
        fields[field] = sha256_hex(dice.randbytes(4))
    else:
        fields[field] += dice.choice((-3, -2, -1, 1, 2, 2**29))
    box.sized = encode(fields)
    return {check}, box.archive()


@generic
def number_of_a_decryption_changed(box: Adversary, dice: Dice) -> Made:
    place = dice.randrange(len(box.parts))
    owner, raw = box.parts[place]
    fields = msgspec.json.decode(raw)
    path = dice.choice([*leaves(fields)])
    before = at(fields, path)
    if is_scalar(path):
        put(fields, path, dice.choice((other_scalar(dice, before), bad_scalar(dice, before))))
    else:
        put(fields, path, dice.choice((other_point(dice), bad_point(dice, before))))
    box.parts[place] = (owner, encode(fields))
    return {20}, box.archive()


@generic
def owner_of_a_decryption_changed(box: Adversary, dice: Dice) -> Made:
    """Of the last one: to somebody who has opened before, who has not, or who does not exist."""
    owner, raw = box.parts[-1]
    other = dice.choice([one for one in (*range(5), -1, 2**40) if one != owner])
    seen = {before for before, _ in box.parts[:-1]}
    box.parts[-1] = (other, raw)
    return {20 if other in box.secrets and other not in seen else 19}, box.archive()


@generic
def decryption_named_by_another_hash(box: Adversary, dice: Dice) -> Made:
    steps = box.steps()
    place = dice.choice([n for n, step in enumerate(steps) if step.kind == "PartialDecryption"])
    steps[place].data[1] = encode({"owner": box.parts[0][0], "payload": sha256_hex(dice.randbytes(4))})
    return {19}, write(steps)


@generic
def count_of_the_result_changed(box: Adversary, dice: Dice) -> Made:
    fields = msgspec.json.decode(box.result)
    path = dice.choice([*leaves(fields)])
    new = at(fields, path) + dice.choice((-9, -2, -1, 1, 2, 9, ORDER))
    put(fields, path, str(new) if new > 2**60 else new)
    box.result = encode(fields)
    return ({22} if not 0 <= new <= len(box.ballots) else {22, 23}), box.archive()


@generic
def counts_of_the_result_exchanged(box: Adversary, dice: Dice) -> Made:
    fields = msgspec.json.decode(box.result)
    row = dice.choice(fields["result"])
    one, other = dice.sample(range(len(row)), 2)
    if row[one] == row[other]:
        return None
    row[one], row[other] = row[other], row[one]
    box.result = encode(fields)
    return {22, 23}, box.archive()


# The setup


@generic
def number_of_the_keys_changed(box: Adversary, dice: Dice) -> Made:
    """A scalar, a point, a message or its signature: of Single keys and of a whole ceremony."""
    fields = msgspec.json.decode(box.trustees)
    path = dice.choice([*leaves(fields)])
    before = at(fields, path)
    if isinstance(before, int):
        put(fields, path, before + dice.choice((-1, 1)))
    elif is_scalar(path):
        put(fields, path, dice.choice((other_scalar(dice, before), bad_scalar(dice, before))))
    else:
        put(fields, path, dice.choice((other_point(dice), before[:-1], before.upper() + ".", "")))
    box.trustees = encode(fields)
    return {6}, box.archive()


@generic
def list_of_cards_changed(box: Adversary, dice: Dice) -> Made:
    cards: list[str] = msgspec.json.decode(box.credentials)
    used = dice.choice([number for number, card in enumerate(cards) if card not in box.unused_cards])
    ways: list[tuple[int, Callable[[], object]]] = [
        (9, lambda: cards.pop(used)),
        (9, lambda: cards.__setitem__(used, other_point(dice))),
        (5, lambda: cards.append(dice.choice(cards))),
        (5, lambda: cards.__setitem__(used, bad_point(dice, cards[used]))),
        (5, lambda: cards.__setitem__(used, f"{cards[used]},{dice.randrange(1, 9)}")),
    ]
    check, change = dice.choice(ways)
    change()
    box.credentials = encode(cards)
    return {check}, box.archive()


ELECTION: Final[list[tuple[int, Path, Callable[[Dice, Any], object]]]] = [
    (4, ("version",), lambda dice, _: dice.choice((0, 2, -1))),
    (4, ("group",), lambda dice, _: dice.choice(("", "ed25519", "RFC-3526-2048"))),
    (4, ("uuid",), lambda dice, text: text[: dice.randrange(14)]),
    (8, ("uuid",), lambda _, text: text[::-1] + "A"),
    (8, ("name",), lambda _, text: text + "（更正）"),
    (8, ("description",), lambda _, text: text + "。"),
    (8, ("questions", 0, "question"), lambda _, text: "又：" + text),
    (8, ("questions", 0, "answers", 0), lambda _, text: text + "二期"),
    (4, ("questions", 0, "min"), lambda dice, _: dice.choice((-1, 99))),
    (4, ("questions", 0, "max"), lambda dice, _: dice.choice((0, -1, 99))),
    (4, ("public_key",), bad_point),
    (7, ("public_key",), lambda dice, _: other_point(dice)),
]
"""The election changed under the ballots that were cast for it."""


@generic
def election_changed_under_the_ballots(box: Adversary, dice: Dice) -> Made:
    check, path, change = dice.choice(ELECTION)
    fields = msgspec.json.decode(box.election.raw)
    put(fields, path, change(dice, at(fields, path)))
    raw = encode(fields)
    steps = box.steps()
    steps[0] = _setup(raw, box.trustees, box.credentials)
    return {check}, write(steps)


def _setup(election: bytes, trustees: bytes, credentials: bytes) -> Step:
    named = {"election": election, "trustees": trustees, "credentials": credentials}
    datum = encode({name: sha256_hex(raw) for name, raw in named.items()})
    return Step("Setup", [election, trustees, credentials, datum])


# Any document: its writing, and that of another round in its place

WRITING: Final = {
    ("Setup", 0): {2},
    ("Setup", 1): {2, 6},
    ("Setup", 2): {2},
    ("Setup", 3): {3},
    ("EncryptedTally", 0): {2},
    ("EncryptedTally", 1): {2},
    ("PartialDecryption", 0): {20},
    ("PartialDecryption", 1): {2},
    ("Result", 0): {2},
}
ANOTHERS: Final = {
    ("Setup", 0): {7},
    ("Setup", 1): {7},
    ("Setup", 2): {9},
    ("Ballot", 0): {8},
    ("EncryptedTally", 0): {16},
    ("EncryptedTally", 1): {16},
    ("PartialDecryption", 0): {20},
}
"""Event and place of the datum: what refuses it in another writing, and that of another round."""


def _replaced(box: Adversary, step: Step, place: int, new: bytes, steps: list[Step]) -> bytes:
    """One datum replaced, and whatever names it by its hash."""
    step.data[place] = new
    if step.kind == "Setup" and place < 3:
        steps[0] = _setup(*step.data[:3])
    elif (step.kind, place) == ("EncryptedTally", 0):
        step.data[1] = step.data[1].replace(sha256_hex(box.tally).encode(), sha256_hex(new).encode())
    elif (step.kind, place) == ("PartialDecryption", 0):
        step.data = decryption_step(msgspec.json.decode(step.data[1])["owner"], new).data
    return write(steps)


@generic
def document_written_otherwise(box: Adversary, dice: Dice) -> Made:
    kind, place = dice.choice([*WRITING])
    steps = box.steps()
    step = dice.choice([one for one in steps if one.kind == kind])
    raw = written_otherwise(dice, step.data[place])
    return WRITING[kind, place], _replaced(box, step, place, raw, steps)


@generic
def document_of_another_round(box: Adversary, dice: Dice) -> Made:
    kind, place = dice.choice([*ANOTHERS])
    steps, others = box.steps(), box.next_round().steps()
    step = dice.choice([one for one in steps if one.kind == kind])
    other = dice.choice([one for one in others if one.kind == kind])
    return ANOTHERS[kind, place], _replaced(box, step, place, other.data[place], steps)
