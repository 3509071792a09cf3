"""A ballot: its shape, and the checks it must pass before it is accepted (NOTES §5)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import msgspec

from ballots.election import Election, Question
from ballots.encoding import decode, sha256_base64, sha256_hex
from ballots.errors import BadChoiceProof, BadCountProof, BadSignature, Malformed, TooLarge, WrongElection
from ballots.group import point_bytes, point_hex, product
from ballots.proofs import Proof, Statement, holds, knows, statement

LIMIT = 256 * 1024
"""Bytes; twenty graded sub-items are about 100 KB."""


class Ciphertext(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """alpha = g^r, beta = y^r·g^m, both as hex."""

    alpha: str
    beta: str


class Answer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """With a blank, choices[0] is the blank bit."""

    choices: tuple[Ciphertext, ...]
    individual_proofs: tuple[tuple[Proof, Proof], ...]
    overall_proof: tuple[Proof, ...]
    blank_proof: tuple[Proof, Proof] | msgspec.UnsetType = msgspec.UNSET


class Signature(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    hash: str
    proof: Proof


class Unsigned(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the signature's hash is over."""

    election_uuid: str
    election_hash: str
    credential: str
    answers: tuple[Answer, ...]


class Ballot(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    election_uuid: str
    election_hash: str
    credential: str
    answers: tuple[Answer, ...]
    signature: Signature


def tracker_of(raw: bytes) -> str:
    """回执号: 43 characters by which a deputy finds the own ballot."""
    return sha256_base64(raw)


def digest_of(raw: bytes) -> str:
    """The same hash in hex: the payload's name in the archive and the key of the ballot in the store."""
    return sha256_hex(raw)


def read(election: Election, raw: bytes) -> Ballot:
    """Parse a ballot for this election; no arithmetic yet.

    Raises TooLarge, Malformed, or WrongElection.
    """
    if len(raw) > LIMIT:
        raise TooLarge(str(len(raw)))
    ballot = decode(raw, Ballot, "ballot")
    if ballot.election_uuid != election.uuid or ballot.election_hash != election.fingerprint:
        raise WrongElection(ballot.election_uuid[:80])
    if len(ballot.answers) != len(election.questions):
        raise Malformed("answers")
    for question, answer in zip(election.questions, ballot.answers, strict=True):
        check_shape(question, answer)
    return ballot


def check_shape(question: Question, answer: Answer) -> None:
    """As many ciphertexts and proofs as the question asks for. Raises Malformed."""
    branches = question.max - question.min + 1 + question.has_blank
    expected = (question.size, question.size, branches, question.has_blank)
    found = (
        len(answer.choices),
        len(answer.individual_proofs),
        len(answer.overall_proof),
        answer.blank_proof is not msgspec.UNSET,
    )
    if found != expected:
        raise Malformed(question.question)


def check(election: Election, raw: bytes) -> Ballot:
    """A ballot whose signature and proofs all hold; whether its card is on the list is the caller's to say.

    Raises TooLarge, Malformed, WrongElection, BadSignature, BadPoint, BadScalar, BadProof.
    """
    ballot = read(election, raw)
    check_signature(ballot, raw)
    check_proofs(election, ballot)
    return ballot


def check_signature(ballot: Ballot, raw: bytes) -> None:
    """Raises BadSignature, BadPoint, BadScalar."""
    unsigned = raw[: raw.rindex(b',"signature":')] + b"}"
    if ballot.signature.hash != sha256_base64(unsigned):
        raise BadSignature("hash")
    if not knows(f"sig|{ballot.signature.hash}|", point_bytes(ballot.credential), ballot.signature.proof):
        raise BadSignature("proof")


def check_proofs(election: Election, ballot: Ballot) -> None:
    """Raises BadChoiceProof, BadCountProof, BadPoint, BadScalar."""
    context = f"{election.fingerprint}|{ballot.credential}"
    for question, answer in zip(election.questions, ballot.answers, strict=True):
        check_answer(election, question, answer, context)


def check_answer(election: Election, question: Question, answer: Answer, context: str) -> None:
    choices = [Statement(point_bytes(c.alpha), point_bytes(c.beta)) for c in answer.choices]
    one = election.small_powers[1]
    for choice, text, proofs in zip(choices, answer.choices, answer.individual_proofs, strict=True):
        branches = (choice, statement(*choice, one))
        if not holds(f"prove|{context}|{text.alpha},{text.beta}|", election.key, branches, proofs):
            raise BadChoiceProof(question.question)
    chosen, whole = total(choices[question.has_blank :]), f"{context}|{joined(answer.choices)}"
    if answer.blank_proof is msgspec.UNSET:
        check_count(election, question, chosen, answer, whole)
    else:
        check_blank(election, question, (choices[0], chosen), answer.blank_proof, whole)
        check_count_or_blank(election, question, (choices[0], chosen), answer, whole)


def check_count(
    election: Election, question: Question, chosen: Statement, answer: Answer, whole: str
) -> None:
    """The number of choices lies in min..max."""
    prefix = f"prove|{whole}|{point_hex(chosen.alpha)},{point_hex(chosen.beta)}|"
    if not holds(prefix, election.key, allowed_totals(election, question, chosen), answer.overall_proof):
        raise BadCountProof(question.question)


def check_blank(
    election: Election,
    question: Question,
    blank_and_chosen: tuple[Statement, Statement],
    proofs: tuple[Proof, Proof],
    whole: str,
) -> None:
    """Blank or choices, not both."""
    if not holds(f"bproof0|{whole}|", election.key, blank_and_chosen, proofs):
        raise BadCountProof(question.question)


def check_count_or_blank(
    election: Election,
    question: Question,
    blank_and_chosen: tuple[Statement, Statement],
    answer: Answer,
    whole: str,
) -> None:
    """Blank, or a number of choices in min..max."""
    blank, chosen = blank_and_chosen
    branches = (statement(*blank, election.small_powers[1]), *allowed_totals(election, question, chosen))
    if not holds(f"bproof1|{whole}|", election.key, branches, answer.overall_proof):
        raise BadCountProof(question.question)


def joined(choices: Sequence[Ciphertext]) -> str:
    """All ciphertexts of an answer as the proofs about the whole of it hash them."""
    return ",".join(f"{choice.alpha},{choice.beta}" for choice in choices)


def total(choices: Sequence[Statement]) -> Statement:
    """The product of ciphertexts: it encrypts the sum."""
    alphas, betas = zip(*choices, strict=True)
    return Statement(reduce(product, alphas), reduce(product, betas))


def allowed_totals(election: Election, question: Question, chosen: Statement) -> tuple[Statement, ...]:
    """The branches "min were chosen", …, "max were chosen"."""
    numbers = range(question.min, question.max + 1)
    return tuple(statement(*chosen, election.small_powers[n] if n else None) for n in numbers)
