"""The encrypted sum, its decryption by the scrutineers, and the counts (NOTES §7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from ballots.ballot import Answer, Ciphertext
from ballots.election import Election
from ballots.encoding import decode, encode, sha256_hex
from ballots.errors import BadDecryption, BadTally, BallotError
from ballots.group import (
    IDENTITY,
    ORDER,
    Point,
    Random,
    base_power,
    element_from_hex,
    point_bytes,
    point_hex,
    power,
    product,
    quotient,
)
from ballots.proofs import Proof, Statement, prove_same_logarithm, same_logarithm
from ballots.trustees import Group, Trustees

Tally = tuple[tuple[Ciphertext, ...], ...]
"""One ciphertext per choice of each question."""

Sums = list[list[Statement]]


class SizedTally(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    num_tallied: int
    total_weight: int
    encrypted_tally: str


class PartialDecryption(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    decryption_factors: tuple[tuple[str, ...], ...]
    decryption_proofs: tuple[tuple[Proof, ...], ...]


class OwnedDecryption(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    owner: int
    payload: str


class Result(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Counts per choice; the count of blanks first where the question has a blank."""

    result: tuple[tuple[int, ...], ...]


def no_ballots(election: Election) -> Sums:
    return [[Statement(IDENTITY, IDENTITY)] * question.size for question in election.questions]


def add(sums: Sums, answers: Sequence[Answer]) -> None:
    """Multiply a ballot's ciphertexts into the sums, in place. Raises BadPoint."""
    for row, answer in zip(sums, answers, strict=True):
        for column, choice in enumerate(answer.choices):
            before = row[column]
            row[column] = Statement(
                product(before.alpha, point_bytes(choice.alpha)),
                product(before.beta, point_bytes(choice.beta)),
            )


def merge(sums: Sums, other: Sums) -> None:
    """Multiply another partial sum into the sums, in place."""
    for row, others in zip(sums, other, strict=True):
        row[:] = [
            Statement(product(a.alpha, b.alpha), product(a.beta, b.beta))
            for a, b in zip(row, others, strict=True)
        ]


def encode_sums(sums: Sums) -> bytes:
    """The archive's `encrypted_tally`."""
    return encode(
        [[Ciphertext(alpha=point_hex(c.alpha), beta=point_hex(c.beta)) for c in row] for row in sums]
    )


def sum_ballots(election: Election, ballots: Iterable[Sequence[Answer]]) -> bytes:
    """The `encrypted_tally` of checked ballots, given as their answers; identity when there are none."""
    sums = no_ballots(election)
    for answers in ballots:
        add(sums, answers)
    return encode_sums(sums)


def sized_tally(tally: bytes, ballots: int) -> bytes:
    """The archive's `sized_encrypted_tally`; every deputy weighs one."""
    return encode(SizedTally(num_tallied=ballots, total_weight=ballots, encrypted_tally=sha256_hex(tally)))


def read_tally(election: Election, raw: bytes) -> Sums:
    """Raises Malformed, BadPoint, or BadTally when its shape is not the election's."""
    rows = decode(raw, Tally, "encrypted_tally")
    if [len(row) for row in rows] != [question.size for question in election.questions]:
        raise BadTally("encrypted_tally")
    return [[Statement(element_from_hex(c.alpha), element_from_hex(c.beta)) for c in row] for row in rows]


def partial_decryption(election: Election, tally: bytes, secret: int, random: Random) -> bytes:
    """One scrutineer's part: alpha^secret for every sum, each with its proof. Raises as `read_tally`."""
    sums = read_tally(election, tally)
    prefix = _prefix(election, base_power(secret))
    factors = tuple(tuple(point_hex(power(c.alpha, secret)) for c in row) for row in sums)
    proofs = tuple(tuple(prove_same_logarithm(prefix, secret, c.alpha, random) for c in row) for row in sums)
    return encode(PartialDecryption(decryption_factors=factors, decryption_proofs=proofs))


def check_partial_decryption(election: Election, tally: bytes, key: Point, raw: bytes) -> list[list[Point]]:
    """The factors, each proved to be alpha^log(key). Raises BadDecryption."""
    sums = read_tally(election, tally)
    try:
        part = decode(raw, PartialDecryption, "partial_decryption")
        shape = [len(row) for row in sums]
        if [*map(len, part.decryption_factors)] != shape or [*map(len, part.decryption_proofs)] != shape:
            raise BadDecryption("shape")
        return [
            [_check_factor(election, key, *cell) for cell in zip(*row, strict=True)]
            for row in zip(sums, part.decryption_factors, part.decryption_proofs, strict=True)
        ]
    except BadDecryption:
        raise
    except BallotError as error:
        raise BadDecryption(error.detail) from None


def _check_factor(election: Election, key: Point, sealed: Statement, factor: str, proof: Proof) -> Point:
    point = element_from_hex(factor)
    if not same_logarithm(_prefix(election, key), key, sealed.alpha, point, proof):
        raise BadDecryption("proof")
    return point


def _prefix(election: Election, key: Point) -> str:
    return f"decrypt|{election.fingerprint}|{point_hex(key)}|"


def owned_decryption(owner: int, raw: bytes) -> bytes:
    """The archive's `owned_partial_decryption`."""
    return encode(OwnedDecryption(owner=owner, payload=sha256_hex(raw)))


def decrypt(
    election: Election, trustees: Trustees, tally: bytes, parts: Mapping[int, bytes], ballots: int
) -> bytes:
    """The archive's `result` from the decryptions by owner, at most `ballots` for any choice.

    Raises BadDecryption when a part is bad, too few are there, or the sums do not decode.
    """
    keys = trustees.keys
    unknown = parts.keys() - keys.keys()
    if unknown:
        raise BadDecryption(f"owner {min(unknown)}")
    checked = {
        owner: check_partial_decryption(election, tally, keys[owner], raw) for owner, raw in parts.items()
    }
    sums = read_tally(election, tally)
    factors = [combine_group(group, checked, sums) for group in trustees.groups]
    return encode(Result(result=tuple(map(tuple, count(sums, factors, ballots)))))


def is_enough(trustees: Trustees, owners: Iterable[int]) -> bool:
    """Whether the decryptions of these owners open the sum."""
    present = set(owners)
    return all(len(present & group.keys.keys()) >= group.needed for group in trustees.groups)


def combine_group(group: Group, checked: Mapping[int, list[list[Point]]], sums: Sums) -> list[list[Point]]:
    """alpha^(the group's secret) for every sum: Lagrange in the exponent over the first `needed` owners."""
    first = min(group.keys)
    owners = sorted(checked.keys() & group.keys.keys())[: group.needed]
    if len(owners) < group.needed:
        raise BadDecryption("too few")
    if len(group.keys) == 1:
        return checked[owners[0]]
    places = [owner - first + 1 for owner in owners]
    combined = [[IDENTITY] * len(row) for row in sums]
    for owner, place in zip(owners, places, strict=True):
        weight = lagrange(place, places)
        for row, factors in zip(combined, checked[owner], strict=True):
            row[:] = [product(a, power(f, weight)) for a, f in zip(row, factors, strict=True)]
    return combined


def lagrange(place: int, places: Sequence[int]) -> int:
    """Π m/(m-place) mod q over the other places."""
    weight = 1
    for other in places:
        if other != place:
            weight = weight * other * pow(other - place, -1, ORDER) % ORDER
    return weight


def count(sums: Sums, factors: Sequence[list[list[Point]]], ballots: int) -> list[list[int]]:
    """The number m ≤ ballots with g^m = beta / Π factors, for every sum. Raises BadDecryption."""
    table = counting_table(ballots)
    counts = []
    for number, row in enumerate(sums):
        opened = [c.beta for c in row]
        for factor in factors:
            opened = [quotient(point, f) for point, f in zip(opened, factor[number], strict=True)]
        if not table.keys() >= set(opened):
            raise BadDecryption("does not decode")
        counts.append([table[point] for point in opened])
    return counts


def counting_table(ballots: int) -> dict[Point, int]:
    """g^m → m for 0 ≤ m ≤ ballots."""
    table, point = {IDENTITY: 0}, IDENTITY
    for number in range(1, ballots + 1):
        point = product(point, base_power(1))
        table[point] = number
    return table


def possible_counts(election: Election, result: Sequence[Sequence[int]], ballots: int) -> bool:
    """Each count in 0..ballots, and as many choices in all as that many ballots can hold."""
    if [len(row) for row in result] != [question.size for question in election.questions]:
        return False
    for question, row in zip(election.questions, result, strict=True):
        filled = ballots - (row[0] if question.has_blank else 0)
        chosen = sum(row[question.has_blank :])
        if not all(0 <= n <= ballots for n in row):
            return False
        if not question.min * filled <= chosen <= question.max * filled:
            return False
    return True
