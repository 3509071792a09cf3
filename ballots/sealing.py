"""Sealing a ballot: what the browser does, here for rehearsals, simulations and test vectors (NOTES §5)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ballots.ballot import Answer, Ballot, Ciphertext, Signature, Unsigned, allowed_totals, joined, total
from ballots.credentials import secret_scalar
from ballots.election import Election, Question
from ballots.encoding import encode, sha256_base64
from ballots.errors import Malformed
from ballots.group import Random, base_power, point_hex, power, product, random_scalar
from ballots.proofs import Proof, Statement, prove, prove_knowledge, statement


class Choice(NamedTuple):
    """One ciphertext with what its maker knows."""

    bit: int
    secret: int
    sealed: Statement

    @property
    def text(self) -> Ciphertext:
        return Ciphertext(alpha=point_hex(self.sealed.alpha), beta=point_hex(self.sealed.beta))


def seal(election: Election, credential: str, choices: Sequence[Sequence[int]], random: Random) -> bytes:
    """A signed ballot as bytes. `choices`: for each question its 0/1 list, the blank bit first if it has one.

    What the rules forbid is sealed all the same and refused by `check`: its proofs come out false.
    Raises Malformed for a credential or a list of the wrong shape.
    """
    secret = secret_scalar(election.uuid, credential)
    public = point_hex(base_power(secret))
    context = f"{election.fingerprint}|{public}"
    if len(choices) != len(election.questions):
        raise Malformed("answers")
    answers = tuple(
        seal_answer(election, question, bits, context, random)
        for question, bits in zip(election.questions, choices, strict=True)
    )
    return sign(election, public, secret, answers, random)


def sign(election: Election, public: str, secret: int, answers: tuple[Answer, ...], random: Random) -> bytes:
    """The ballot with the card's signature over everything before it."""
    unsigned = Unsigned(
        election_uuid=election.uuid, election_hash=election.fingerprint, credential=public, answers=answers
    )
    digest = sha256_base64(encode(unsigned))
    return encode(
        Ballot(
            election_uuid=unsigned.election_uuid,
            election_hash=unsigned.election_hash,
            credential=unsigned.credential,
            answers=unsigned.answers,
            signature=Signature(hash=digest, proof=prove_knowledge(f"sig|{digest}|", secret, random)),
        )
    )


def seal_answer(
    election: Election, question: Question, bits: Sequence[int], context: str, random: Random
) -> Answer:
    if len(bits) != question.size:
        raise Malformed(question.question)
    choices = [seal_bit(election, bit, random) for bit in bits]
    return prove_answer(election, question, choices, context, random)


def prove_answer(
    election: Election, question: Question, choices: Sequence[Choice], context: str, random: Random
) -> Answer:
    """The sealed choices with all the proofs about them."""
    texts = tuple(choice.text for choice in choices)
    individual = tuple(prove_bit(election, choice, context, random) for choice in choices)
    whole = f"{context}|{joined(texts)}"
    if not question.has_blank:
        overall = prove_count(election, question, choices, whole, random)
        return Answer(choices=texts, individual_proofs=individual, overall_proof=overall)
    return Answer(
        choices=texts,
        individual_proofs=individual,
        overall_proof=prove_count_or_blank(election, question, choices, whole, random),
        blank_proof=prove_blank(election, choices, whole, random),
    )


def seal_bit(election: Election, bit: int, random: Random) -> Choice:
    secret = random_scalar(random)
    beta = product(power(election.key, secret), base_power(bit))
    return Choice(bit, secret, Statement(base_power(secret), beta))


def prove_bit(election: Election, choice: Choice, context: str, random: Random) -> tuple[Proof, Proof]:
    prefix = f"prove|{context}|{choice.text.alpha},{choice.text.beta}|"
    branches = (choice.sealed, statement(*choice.sealed, election.small_powers[1]))
    zero, one = prove(prefix, election.key, branches, min(choice.bit, 1), choice.secret, random)
    return zero, one


def prove_count(
    election: Election, question: Question, choices: Sequence[Choice], whole: str, random: Random
) -> tuple[Proof, ...]:
    chosen = _together(choices)
    prefix = f"prove|{whole}|{chosen.text.alpha},{chosen.text.beta}|"
    branches = allowed_totals(election, question, chosen.sealed)
    return prove(prefix, election.key, branches, _index(question, chosen.bit), chosen.secret, random)


def prove_blank(
    election: Election, choices: Sequence[Choice], whole: str, random: Random
) -> tuple[Proof, Proof]:
    blank, chosen = choices[0], _together(choices[1:])
    true, secret = (1, chosen.secret) if blank.bit else (0, blank.secret)
    branches = (blank.sealed, chosen.sealed)
    first, second = prove(f"bproof0|{whole}|", election.key, branches, true, secret, random)
    return first, second


def prove_count_or_blank(
    election: Election, question: Question, choices: Sequence[Choice], whole: str, random: Random
) -> tuple[Proof, ...]:
    blank, chosen = choices[0], _together(choices[1:])
    branches = (
        statement(*blank.sealed, election.small_powers[1]),
        *allowed_totals(election, question, chosen.sealed),
    )
    true, secret = (0, blank.secret) if blank.bit else (1 + _index(question, chosen.bit), chosen.secret)
    return prove(f"bproof1|{whole}|", election.key, branches, true, secret, random)


def _together(choices: Sequence[Choice]) -> Choice:
    return Choice(
        sum(choice.bit for choice in choices),
        sum(choice.secret for choice in choices),
        total([choice.sealed for choice in choices]),
    )


def _index(question: Question, count: int) -> int:
    """The branch that claims `count`; for a count that is not allowed any branch is as false as another."""
    return min(max(count, question.min), question.max) - question.min
