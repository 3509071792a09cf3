"""A ballot whose every equation holds, with points outside the group: only the test of membership stops it.

A deputy adds the point of order 2 to a ciphertext. Wherever the proofs multiply it by an even challenge it
vanishes, and an odd one is drawn again. Taken for good, one such ballot leaves a sum that nobody can open.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ballots.ballot import Answer, Ciphertext, allowed_totals, joined, read, total
from ballots.election import Election, Question
from ballots.group import ORDER, Point, Random, hash_to_scalar, point_bytes, point_hex, random_scalar
from ballots.proofs import Proof, Statement, statement
from ballots.sealing import Choice, seal_bit, sign
from tests.ballots import curve
from tests.simulator import Simulator

Claim = tuple[str, Point, Sequence[Statement]]
"""Prefix of the hash, the election's key, and the branches of which one is true."""


def power(point: Point, number: int) -> Point:
    """point^number on the whole curve."""
    return curve.encode(curve.multiply(curve.decode(point), number))


def times(a: Point, b: Point) -> Point:
    return curve.encode(curve.add(curve.decode(a), curve.decode(b)))


def commitments(key: Point, branch: Statement, challenge: int, response: int) -> tuple[Point, Point]:
    generator = curve.encode(curve.GENERATOR)
    a = times(power(generator, response), power(branch.alpha, challenge))
    return a, times(power(key, response), power(branch.beta, challenge))


def holds(prefix: str, key: Point, branches: Sequence[Statement], proofs: Sequence[Proof]) -> bool:
    """The same equation that `ballots.proofs.holds` checks, by a verifier who does not ask for the group."""
    points: list[Point] = []
    for branch, proof in zip(branches, proofs, strict=True):
        points += commitments(key, branch, int(proof.challenge), int(proof.response))
    return hash_to_scalar(prefix, *points) == sum(int(proof.challenge) for proof in proofs) % ORDER


def prove(
    prefix: str, key: Point, branches: Sequence[Statement], true: int, secret: int, random: Random
) -> tuple[Proof, ...]:
    """As `ballots.proofs.prove`, repeated until the challenge of the true branch is even."""
    generator = curve.encode(curve.GENERATOR)
    while True:
        pairs = [[random_scalar(random), random_scalar(random)] for _ in branches]
        witness = random_scalar(random)
        points: list[Point] = []
        for number, branch in enumerate(branches):
            honest = (power(generator, witness), power(key, witness))
            points += honest if number == true else commitments(key, branch, *pairs[number])
        others = sum(challenge for number, (challenge, _) in enumerate(pairs) if number != true)
        challenge = (hash_to_scalar(prefix, *points) - others) % ORDER
        if challenge % 2 == 0:
            pairs[true] = [challenge, (witness - secret * challenge) % ORDER]
            return tuple(Proof(challenge=str(c), response=str(r)) for c, r in pairs)


def twisted(choice: Choice, part: str) -> Choice:
    """The same ciphertext with the point of order 2 added to its alpha or beta."""
    half = curve.encode(curve.HALF)
    return choice._replace(sealed=choice.sealed._replace(**{part: times(getattr(choice.sealed, part), half)}))


def cast(sim: Simulator, deputy: int, bits: Sequence[int], part: str) -> bytes:
    """A ballot for one question without a blank, its first ciphertext twisted, all proofs made to hold."""
    election, random = sim.election, sim.random
    (question,) = election.questions
    context = f"{election.fingerprint}|{sim.card(deputy)}"
    choices = [seal_bit(election, bit, random) for bit in bits]
    choices[0] = twisted(choices[0], part)
    texts = tuple(choice.text for choice in choices)
    individual = []
    for choice in choices:
        claim = bit_proof(election, choice.text, context)
        zero, one = prove(*claim, choice.bit, choice.secret, random)
        individual.append((zero, one))
    true, together = sum(bits) - question.min, sum(choice.secret for choice in choices)
    overall = prove(*count_proof(election, question, texts, context), true, together, random)
    answer = Answer(choices=texts, individual_proofs=tuple(individual), overall_proof=overall)
    return sign(election, sim.card(deputy), sim.card_secret(deputy), (answer,), random)


def bit_proof(election: Election, text: Ciphertext, context: str) -> Claim:
    choice = Statement(point_bytes(text.alpha), point_bytes(text.beta))
    branches = (choice, statement(*choice, election.small_powers[1]))
    return f"prove|{context}|{text.alpha},{text.beta}|", election.key, branches


def count_proof(election: Election, question: Question, texts: Sequence[Ciphertext], context: str) -> Claim:
    chosen = total([Statement(point_bytes(text.alpha), point_bytes(text.beta)) for text in texts])
    prefix = f"prove|{context}|{joined(texts)}|{point_hex(chosen.alpha)},{point_hex(chosen.beta)}|"
    return prefix, election.key, allowed_totals(election, question, chosen)


def would_hold(election: Election, raw: bytes) -> bool:
    """Whether every proof of the ballot holds for a verifier who does not ask for the group."""
    ballot = read(election, raw)
    (question,), (answer,) = election.questions, ballot.answers
    context = f"{election.fingerprint}|{ballot.credential}"
    bits = [
        holds(*bit_proof(election, text, context), proofs)
        for text, proofs in zip(answer.choices, answer.individual_proofs, strict=True)
    ]
    count = count_proof(election, question, answer.choices, context)
    return all(bits) and holds(*count, answer.overall_proof)


def leaves_the_group(raw: bytes) -> bool:
    """Whether a ciphertext of the ballot lies outside the group."""
    answer = msgspec.json.decode(raw)["answers"][0]
    points = [curve.decode(point_bytes(c[part])) for c in answer["choices"] for part in ("alpha", "beta")]
    return any(curve.multiply(point, curve.ORDER) != curve.NEUTRAL for point in points)
