"""What a ballot must be before it is accepted: each thing that can be wrong has its own error."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Final

import pytest

from ballots import ballot
from ballots.ballot import LIMIT, check
from ballots.election import Question
from ballots.errors import (
    BadChoiceProof,
    BadCountProof,
    BadPoint,
    BadScalar,
    BadSignature,
    Malformed,
    TooLarge,
    WrongElection,
)
from ballots.group import IDENTITY, ORDER, ORDER_2Q, point_hex
from tests.ballots import curve, torsion
from tests.ballots.tampered_ballot import TWO_STANCES, forged, readable
from tests.papers import allowed
from tests.simulator import ANY_NUMBER, FREE, SELECT, STANCES, Fields, Simulator, unsigned

OUTSIDE: Final = {
    **{f"small order {n}": curve.encode(point) for n, point in enumerate(curve.TORSION)},
    **{f"careless {n}": writing for n, writing in enumerate(curve.careless_writings())},
    "twice the order": ORDER_2Q,
    "off the curve": bytes([2]) + bytes(31),
}


def edited(sim: Simulator, change: Callable[[Fields], object]) -> bytes:
    """The first ballot changed and signed again by its card."""
    sim.edit(0, change)
    return sim.ballots[0]


@pytest.mark.parametrize("question", [SELECT, STANCES, ANY_NUMBER, FREE], ids=lambda q: q.question)
def test_every_allowed_way_of_voting_is_accepted(question: Question) -> None:
    sim = Simulator(questions=(question,), deputies=1)
    for bits in allowed(question):
        accepted = check(sim.election, sim.vote(0, [bits]))
        assert accepted.credential == sim.card(0)


def test_tracker_and_digest_are_the_same_hash_in_two_writings(select: Simulator) -> None:
    raw = select.ballots[0]
    assert ballot.digest_of(raw) == hashlib.sha256(raw).hexdigest()
    assert len(ballot.tracker_of(raw)) == 43
    assert ballot.tracker_of(raw) != ballot.tracker_of(select.ballots[1])


@pytest.mark.parametrize("point", OUTSIDE.values(), ids=OUTSIDE)
@pytest.mark.parametrize("part", ["alpha", "beta"])
def test_a_point_outside_the_group_is_refused(select: Simulator, part: str, point: bytes) -> None:
    raw = edited(select, lambda b: b["answers"][0]["choices"][3].update({part: point_hex(point)}))
    with pytest.raises(BadPoint):
        check(select.election, raw)


@pytest.mark.parametrize("point", OUTSIDE.values(), ids=OUTSIDE)
def test_a_card_outside_the_group_is_refused(select: Simulator, point: bytes) -> None:
    """Signed with secret zero, which for the identity is a signature that holds."""
    with pytest.raises(BadPoint):
        check(select.election, forged(select, point_hex(point), [0, 1, 0, 0], secret=0))


@pytest.mark.parametrize("part", ["alpha", "beta"])
def test_a_part_outside_the_group_is_refused_though_every_proof_holds(part: str) -> None:
    sim = Simulator(questions=(TWO_STANCES,), deputies=2)
    raw = torsion.cast(sim, 0, [1, 0], part)
    assert torsion.would_hold(sim.election, raw)
    with pytest.raises(BadPoint):
        check(sim.election, raw)


def test_a_choice_that_everybody_can_read_is_refused_though_every_proof_holds(select: Simulator) -> None:
    readable(select, 0)
    with pytest.raises(BadPoint, match=point_hex(IDENTITY)):
        check(select.election, select.ballots[0])


@pytest.mark.parametrize("text", ["", "00", "zz" * 32, "0" * 63, "0" * 65, " " * 64, "１" * 64, "\0" * 64])
@pytest.mark.parametrize("part", ["alpha", "beta"])
def test_what_is_not_64_lower_case_hex_digits_is_refused(select: Simulator, part: str, text: str) -> None:
    raw = edited(select, lambda b: b["answers"][0]["choices"][0].update({part: text}))
    with pytest.raises(BadPoint):
        check(select.election, raw)


def test_upper_case_is_refused(select: Simulator) -> None:
    def change(fields: Fields) -> None:
        choice = fields["answers"][0]["choices"][0]
        choice["beta"] = choice["beta"].upper()

    with pytest.raises(BadPoint):
        check(select.election, edited(select, change))


SCALARS: Final[dict[str, Callable[[str], str]]] = {
    "zero": lambda _: "0",
    "the order": lambda _: str(ORDER),
    "plus the order": lambda text: str(int(text) + ORDER),
    "minus the order": lambda text: str(int(text) - ORDER),
    "leading zero": lambda text: "0" + text,
    "plus": lambda text: "+" + text,
    "space": lambda text: " " + text,
    "line break": lambda text: text + "\n",
    "huge": lambda _: "9" * 10_000,
    "empty": lambda _: "",
    "word": lambda _: "Infinity",
}


@pytest.mark.parametrize("change", SCALARS.values(), ids=SCALARS)
@pytest.mark.parametrize("field", ["challenge", "response"])
@pytest.mark.parametrize("proof", ["individual_proofs", "overall_proof", "blank_proof"])
def test_a_number_that_is_no_canonical_scalar_is_refused(
    select: Simulator, proof: str, field: str, change: Callable[[str], str]
) -> None:
    def edit(fields: Fields) -> None:
        first = fields["answers"][0][proof][0]
        one = first[0] if proof == "individual_proofs" else first
        one[field] = change(one[field])

    with pytest.raises(BadScalar):
        check(select.election, edited(select, edit))


@pytest.mark.parametrize("change", SCALARS.values(), ids=SCALARS)
def test_a_signature_with_such_a_number_is_refused(select: Simulator, change: Callable[[str], str]) -> None:
    def edit(fields: Fields) -> None:
        proof = fields["signature"]["proof"]
        proof["response"] = change(proof["response"])

    select.edit(0, edit, sign=False)
    with pytest.raises(BadScalar):
        check(select.election, select.ballots[0])


WRITINGS: Final[dict[str, Callable[[bytes], bytes]]] = {
    "further field": lambda raw: raw.replace(b'"answers"', b'"more":1,"answers"'),
    "further field in an answer": lambda raw: raw.replace(b'{"choices"', b'{"more":1,"choices"'),
    "further field in a proof": lambda raw: raw.replace(b'{"challenge"', b'{"more":1,"challenge"', 1),
    "space": lambda raw: raw.replace(b",", b", ", 1),
    "field twice": lambda raw: raw.replace(b'"answers"', b'"answers":[],"answers"'),
    "escape": lambda raw: raw.replace(b'"answers"', b'"\\u0061nswers"'),
    "nul": lambda raw: raw.replace(b'"answers"', b'"ans\0wers"'),
    "deep": lambda raw: raw.replace(b'"answers":', b'"answers":' + b"[" * 50_000),
    "nan": lambda raw: raw.replace(b'"answers":[', b'"answers":[NaN,'),
    "number for text": lambda raw: raw.replace(b'"challenge":"1', b'"challenge":1', 1),
    "not utf-8": lambda raw: raw.replace(b'"answers"', b'"answ\xffers"'),
}


@pytest.mark.parametrize("change", WRITINGS.values(), ids=WRITINGS)
def test_any_other_writing_is_malformed_though_it_is_signed(
    select: Simulator, change: Callable[[bytes], bytes]
) -> None:
    before = unsigned(select.ballots[0])
    select.rewrite(0, change)
    assert unsigned(select.ballots[0]) != before
    with pytest.raises(Malformed):
        check(select.election, select.ballots[0])


def test_another_order_of_fields_is_malformed_though_it_is_signed(select: Simulator) -> None:
    raw = edited(select, lambda fields: fields.update(credential=fields.pop("credential")))
    with pytest.raises(Malformed):
        check(select.election, raw)


@pytest.mark.parametrize(
    "raw", [b"", b"{}", b"[]", b"null", b"1", b"\0", b"\xff" * 9, b'"' * 9, b"{" * LIMIT]
)
def test_what_is_no_ballot_is_malformed(select: Simulator, raw: bytes) -> None:
    with pytest.raises(Malformed):
        check(select.election, raw)


def test_more_than_256_kb_is_too_large_before_it_is_read(select: Simulator) -> None:
    with pytest.raises(TooLarge):
        check(select.election, b"{" * (LIMIT + 1))


SHAPES: Final[dict[str, Callable[[Fields], object]]] = {
    "no choice": lambda answer: answer["choices"].pop(),
    "choice too many": lambda answer: answer["choices"].append(answer["choices"][0]),
    "no proof of a choice": lambda answer: answer["individual_proofs"].pop(),
    "proof of a choice too many": lambda answer: answer["individual_proofs"].append(
        answer["individual_proofs"][0]
    ),
    "one branch short": lambda answer: answer["overall_proof"].pop(),
    "one branch too many": lambda answer: answer["overall_proof"].append(answer["overall_proof"][0]),
    "no blank proof": lambda answer: answer.pop("blank_proof"),
    "blank proof that is null": lambda answer: answer.update(blank_proof=None),
}


@pytest.mark.parametrize("change", SHAPES.values(), ids=SHAPES)
def test_a_ballot_of_another_shape_is_malformed(
    select: Simulator, change: Callable[[Fields], object]
) -> None:
    with pytest.raises(Malformed):
        check(select.election, edited(select, lambda fields: change(fields["answers"][0])))


def test_a_blank_proof_where_no_blank_is_offered_is_malformed(stances: Simulator, select: Simulator) -> None:
    proof = check(select.election, select.ballots[0]).answers[0].blank_proof
    raw = edited(stances, lambda fields: fields["answers"][0].update(blank_proof=proof))
    with pytest.raises(Malformed):
        check(stances.election, raw)


@pytest.mark.parametrize("answers", [0, 1, 3])
def test_as_many_answers_as_questions(stances: Simulator, answers: int) -> None:
    raw = edited(stances, lambda fields: fields.update(answers=(fields["answers"] * 2)[:answers]))
    with pytest.raises(Malformed):
        check(stances.election, raw)


@pytest.mark.parametrize("changes", [{"election_uuid": "AnotherUuid123"}, {"election_hash": "A" * 43}])
def test_a_ballot_of_another_round_is_told_from_a_malformed_one(
    select: Simulator, changes: dict[str, str]
) -> None:
    with pytest.raises(WrongElection):
        check(select.election, edited(select, lambda fields: fields.update(changes)))


def test_a_ballot_signed_with_another_secret_is_refused(select: Simulator) -> None:
    with pytest.raises(BadSignature):
        check(select.election, forged(select, select.card(0), [0, 1, 0, 0], secret=select.card_secret(1)))


def test_a_ballot_changed_after_signing_is_refused(select: Simulator) -> None:
    select.edit(0, lambda fields: fields["answers"][0]["overall_proof"].reverse(), sign=False)
    with pytest.raises(BadSignature):
        check(select.election, select.ballots[0])


@pytest.mark.parametrize("bits", [[0, 2, 0, 0], [0, -1, 1, 1], [2, 0, 0, 0], [0, 3, -2, 0]])
def test_a_choice_that_is_not_one_or_none_is_refused(select: Simulator, bits: list[int]) -> None:
    with pytest.raises(BadChoiceProof):
        check(select.election, select.vote(0, [bits]))


@pytest.mark.parametrize("bits", [[0, 1, 1, 1], [0, 0, 0, 0], [1, 1, 0, 0], [1, 1, 1, 1]])
def test_a_number_of_choices_that_the_rules_forbid_is_refused(select: Simulator, bits: list[int]) -> None:
    with pytest.raises(BadCountProof):
        check(select.election, select.vote(0, [bits]))


@pytest.mark.parametrize("proof", ["individual_proofs", "overall_proof", "blank_proof"])
def test_no_proof_can_be_left_to_another_card(select: Simulator, proof: str) -> None:
    """Each proof names the card; one taken from another ballot, ciphertexts and all, does not hold."""
    other = check(select.election, select.ballots[1]).answers
    with pytest.raises((BadChoiceProof, BadCountProof)):
        check(select.election, edited(select, lambda fields: fields.update(answers=other)))
    one = getattr(other[0], proof)
    with pytest.raises((BadChoiceProof, BadCountProof)):
        check(select.election, edited(select, lambda fields: fields["answers"][0].update({proof: one})))
