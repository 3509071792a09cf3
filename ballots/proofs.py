"""The proofs of NOTES §5 and §6, made and checked: a hidden bit, a hidden sum, a known secret.

A proof carries (challenge, response) and not its commitments, so every commitment is recomputed and hashed;
nothing can be batched. Each recomputed commitment multiplies the point it is about, which is what checks
that the point lies in the group (`ballots.group`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from ballots.group import (
    ORDER,
    Point,
    Random,
    base_power,
    hash_to_scalar,
    multiply,
    multiply_base,
    power,
    product,
    quotient,
    random_scalar,
    scalar_bytes,
    scalar_from_text,
)


class Proof(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two scalars in canonical base 10."""

    challenge: str
    response: str


class Statement(NamedTuple):
    """`beta / key^log(alpha)` is the identity: what each branch of a disjunction claims."""

    alpha: Point
    beta: Point


def statement(alpha: Point, beta: Point, message: Point | None = None) -> Statement:
    """(alpha, beta) encrypts `message`, given as g^m; None stands for g^0."""
    return Statement(alpha, beta if message is None else quotient(beta, message))


def commitments(key: Point, branch: Statement, proof: Proof) -> tuple[int, Point, Point]:
    """(challenge, A, B) with A = g^r·alpha^c and B = key^r·beta^c. Raises BadScalar, BadPoint."""
    number = scalar_from_text(proof.challenge)
    challenge = number.to_bytes(32, "little")
    response = scalar_from_text(proof.response).to_bytes(32, "little")
    a = product(multiply_base(response), multiply(branch.alpha, challenge))
    b = product(multiply(key, response), multiply(branch.beta, challenge))
    return number, a, b


def holds(prefix: str, key: Point, branches: Sequence[Statement], proofs: Sequence[Proof]) -> bool:
    """Whether the proofs show that one of the branches is true. Raises BadScalar, BadPoint."""
    total, points = 0, list[Point]()
    for branch, proof in zip(branches, proofs, strict=True):
        challenge, a, b = commitments(key, branch, proof)
        total += challenge
        points += (a, b)
    return hash_to_scalar(prefix, *points) == total % ORDER


def prove(
    prefix: str, key: Point, branches: Sequence[Statement], true: int, secret: int, random: Random
) -> tuple[Proof, ...]:
    """Proofs that one of the branches is true; `true` is its index and alpha = g^secret there.

    The false branches are simulated: challenge and response first, commitments from them.
    """
    simulated = {n: (random_scalar(random), random_scalar(random)) for n in range(len(branches)) if n != true}
    witness = random_scalar(random)
    points: list[Point] = []
    for number, branch in enumerate(branches):
        if number == true:
            points += (base_power(witness), power(key, witness))
        else:
            challenge, response = simulated[number]
            points.append(product(base_power(response), power(branch.alpha, challenge)))
            points.append(product(power(key, response), power(branch.beta, challenge)))
    rest = hash_to_scalar(prefix, *points) - sum(challenge for challenge, _ in simulated.values())
    simulated[true] = (rest % ORDER, (witness - secret * rest) % ORDER)
    return tuple(
        Proof(challenge=str(challenge), response=str(response))
        for challenge, response in (simulated[number] for number in range(len(branches)))
    )


def knows(prefix: str, public: Point, proof: Proof) -> bool:
    """Schnorr: whether the maker knew log(public). Raises BadScalar, BadPoint."""
    challenge = scalar_from_text(proof.challenge)
    response = scalar_from_text(proof.response)
    a = product(multiply_base(scalar_bytes(response)), multiply(public, scalar_bytes(challenge)))
    return hash_to_scalar(prefix, a) == challenge


def prove_knowledge(prefix: str, secret: int, random: Random) -> Proof:
    witness = random_scalar(random)
    challenge = hash_to_scalar(prefix, base_power(witness))
    return Proof(challenge=str(challenge), response=str((witness - secret * challenge) % ORDER))


def same_logarithm(prefix: str, public: Point, alpha: Point, factor: Point, proof: Proof) -> bool:
    """Whether log_g(public) = log_alpha(factor), where alpha and factor may be the identity (NOTES §7)."""
    challenge = scalar_from_text(proof.challenge)
    response = scalar_from_text(proof.response)
    a = product(base_power(response), power(public, challenge))
    b = product(power(alpha, response), power(factor, challenge))
    return hash_to_scalar(prefix, a, b) == challenge


def prove_same_logarithm(prefix: str, secret: int, alpha: Point, random: Random) -> Proof:
    witness = random_scalar(random)
    challenge = hash_to_scalar(prefix, base_power(witness), power(alpha, witness))
    return Proof(challenge=str(challenge), response=str((witness - secret * challenge) % ORDER))
