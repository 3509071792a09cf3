"""Checks 8 to 15: the ballots. After the tampering the card signs again and the sum is made anew."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from ballots import sealing
from ballots.ballot import Answer, Ballot
from ballots.election import Question
from ballots.encoding import sha256_base64
from ballots.group import IDENTITY, ORDER, ORDER_2Q, base_power, point_hex
from ballots.proofs import Statement
from ballots.sealing import Choice
from tests.ballots import torsion
from tests.ballots.tampering import fails
from tests.simulator import Fields, Simulator


def closed(sim: Simulator) -> bytes:
    sim.close()
    return sim.archive()


def edited(sim: Simulator, change: Callable[[Fields], object]) -> bytes:
    """The second ballot changed and signed again by its card."""
    sim.edit(1, change)
    return sim.archive()


def voted(sim: Simulator, *choices: list[int]) -> bytes:
    """The second ballot is filled in like this, whatever the rules say."""
    sim.vote(1, choices)
    sim.ballots[1] = sim.ballots.pop()
    return closed(sim)


def first_answer(raw: bytes) -> Answer:
    return msgspec.json.decode(raw, type=Ballot).answers[0]


# 8: the right election


@fails(8, event=2)
def ballot_for_another_uuid(sim: Simulator) -> bytes:
    return edited(sim, lambda ballot: ballot.update(election_uuid="AnotherUuid123"))


@fails(8, event=2)
def ballot_for_another_version_of_the_election(sim: Simulator) -> bytes:
    return edited(sim, lambda ballot: ballot.update(election_hash=sha256_base64(b"another")))


@fails(8, event=2)
def ballot_of_the_round_before(sim: Simulator) -> bytes:
    other = Simulator(name="上一轮", random=sim.random)
    sim.ballots[1] = other.ballots[1]
    return sim.archive()


# 9 to 11: cards


@fails(9, event=4)
def ballot_of_a_card_that_is_not_listed(sim: Simulator) -> bytes:
    sim.stranger([[0, 1, 0, 0]])
    return closed(sim)


@fails(10, event=4)
def ballot_put_in_twice(sim: Simulator) -> bytes:
    sim.replay(0)
    return closed(sim)


@fails(10, event=2)
def ballot_put_in_twice_in_a_row(sim: Simulator) -> bytes:
    sim.replay(0)
    sim.swap(1, 3)
    return closed(sim)


@fails(11, event=4)
def two_ballots_of_one_card(sim: Simulator) -> bytes:
    """The peer counts the last; here the first was accepted, and no second."""
    sim.vote(1, [[0, 1, 0, 0]])
    return closed(sim)


@fails(11, event=4)
def same_choice_sealed_anew(sim: Simulator) -> bytes:
    sim.vote(1, sim.plain[1])
    return closed(sim)


# 12: numbers in the group, canonically written


def scalar_changed(sim: Simulator, change: Callable[[str], str]) -> bytes:
    def edit(ballot: Fields) -> None:
        proof = ballot["answers"][0]["individual_proofs"][2][0]
        proof["response"] = change(proof["response"])

    return edited(sim, edit)


@fails(12, event=2)
def scalar_not_below_the_order(sim: Simulator) -> bytes:
    """The same number modulo q, so every equation holds."""
    return scalar_changed(sim, lambda text: str(int(text) + ORDER))


@fails(12, event=2)
def scalar_with_a_leading_zero(sim: Simulator) -> bytes:
    """belenios-tool takes this one."""
    return scalar_changed(sim, lambda text: "0" + text)


@fails(12, event=2)
def scalar_with_a_sign(sim: Simulator) -> bytes:
    return scalar_changed(sim, lambda text: "+" + text)


@fails(12, event=2)
def scalar_below_zero(sim: Simulator) -> bytes:
    return scalar_changed(sim, lambda text: str(int(text) - ORDER))


@fails(12, event=2)
def scalar_that_is_zero(sim: Simulator) -> bytes:
    return scalar_changed(sim, lambda _: "0")


def point_changed(sim: Simulator, part: str, point: str) -> bytes:
    return edited(sim, lambda ballot: ballot["answers"][0]["choices"][2].update({part: point}))


@fails(12, event=2)
def point_of_twice_the_order(sim: Simulator) -> bytes:
    return point_changed(sim, "alpha", point_hex(ORDER_2Q))


@fails(12, event=2)
def point_in_upper_case(sim: Simulator) -> bytes:
    """The same point, so every equation holds but those that hash its writing."""
    point = first_answer(sim.ballots[1]).choices[2].beta
    return point_changed(sim, "beta", point.upper())


@fails(12, event=2)
def choice_that_everybody_can_read(sim: Simulator) -> bytes:
    readable(sim, 1)
    return closed(sim)


def readable(sim: Simulator, number: int) -> None:
    """Seal the first choice of a ballot with randomness zero: alpha is the identity, beta says what it is.

    belenios-tool takes it: all proofs hold.
    """
    (question,), (bits,) = sim.election.questions, sim.plain[number]
    plain = Choice(bits[0], 0, Statement(IDENTITY, base_power(bits[0])))
    choices = [plain, *(sealing.seal_bit(sim.election, bit, sim.random) for bit in bits[1:])]
    context = f"{sim.election.fingerprint}|{sim.card(number)}"
    answer = sealing.prove_answer(sim.election, question, choices, context, sim.random)
    secret = sim.card_secret(number)
    sim.ballots[number] = sealing.sign(sim.election, sim.card(number), secret, (answer,), sim.random)


TWO_STANCES = Question(answers=("赞成", "不赞成"), min=1, max=1, question="是否赞成")


@fails(12, event=1)
def alpha_with_a_part_outside_the_group(sim: Simulator) -> bytes:
    return torsion_ballot("alpha")


@fails(12, event=1)
def beta_with_a_part_outside_the_group(sim: Simulator) -> bytes:
    return torsion_ballot("beta")


def torsion_ballot(part: str) -> bytes:
    """Every equation holds; the sum could not be opened any more."""
    sim = Simulator(questions=(TWO_STANCES,), deputies=2)
    sim.ballots = [torsion.cast(sim, 0, [0, 1], part)]
    assert torsion.would_hold(sim.election, sim.ballots[0])
    assert torsion.leaves_the_group(sim.ballots[0])
    return sim.archive()


# 13: signatures


@fails(13, event=2)
def choices_replaced_by_somebody_without_the_card(sim: Simulator) -> bytes:
    """Whoever runs the server can seal and prove for any card; only the signature is out of reach."""
    sim.ballots[1] = forged(sim, sim.card(1), [0, 1, 0, 0], secret=sim.card_secret(0))
    return closed(sim)


@fails(13, event=2)
def choices_replaced_under_the_old_signature(sim: Simulator) -> bytes:
    other = msgspec.json.decode(forged(sim, sim.card(1), [0, 1, 0, 0], secret=0))
    sim.edit(1, lambda ballot: ballot.update(answers=other["answers"]), sign=False)
    return closed(sim)


@fails(13, event=2)
def signature_over_something_else(sim: Simulator) -> bytes:
    """A signature this card gave, over another ballot."""
    other = msgspec.json.decode(sealing.seal(sim.election, sim.cards[1], sim.plain[1], sim.random))
    sim.edit(1, lambda ballot: ballot.update(signature=other["signature"]), sign=False)
    return sim.archive()


@fails(13, event=2)
def signature_with_another_response(sim: Simulator) -> bytes:
    def change(ballot: Fields) -> None:
        proof = ballot["signature"]["proof"]
        proof["response"] = str(int(proof["response"]) ^ 1)

    sim.edit(1, change, sign=False)
    return sim.archive()


def forged(sim: Simulator, public: str, bits: list[int], secret: int) -> bytes:
    """A ballot in the name of the card `public`, proved for it and signed with some secret."""
    (question,) = sim.election.questions
    context = f"{sim.election.fingerprint}|{public}"
    answer = sealing.seal_answer(sim.election, question, bits, context, sim.random)
    return sealing.sign(sim.election, public, secret, (answer,), sim.random)


# 14: each choice


@fails(14, event=2)
def two_votes_for_one_candidate(sim: Simulator) -> bytes:
    """The number of choices is allowed, the choice is not."""
    return voted(sim, [0, 2, 0, 0])


@fails(14, event=2)
def vote_taken_from_a_candidate(sim: Simulator) -> bytes:
    return voted(sim, [0, 1, -1, 1])


@fails(14, event=2)
def proofs_of_another_choice(sim: Simulator) -> bytes:
    def change(ballot: Fields) -> None:
        proofs = ballot["answers"][0]["individual_proofs"]
        proofs[1], proofs[2] = proofs[2], proofs[1]

    return edited(sim, change)


@fails(14, event=2)
def choices_copied_from_another_ballot(sim: Simulator) -> bytes:
    """A deputy repeats, unread, what another one sealed: the proofs name the card they were made for."""
    answers = msgspec.json.decode(sim.ballots[2])["answers"]
    sim.edit(1, lambda ballot: ballot.update(answers=answers))
    return closed(sim)


@fails(14, event=2, base="stances")
def two_votes_in_the_second_question(sim: Simulator) -> bytes:
    return voted(sim, [1, 0, 0], [2, 0, -1])


# 15: the number of choices


@fails(15, event=2)
def more_choices_than_places(sim: Simulator) -> bytes:
    return voted(sim, [0, 1, 1, 1])


@fails(15, event=2)
def neither_choice_nor_blank(sim: Simulator) -> bytes:
    return voted(sim, [0, 0, 0, 0])


@fails(15, event=2)
def choice_and_blank(sim: Simulator) -> bytes:
    return voted(sim, [1, 1, 0, 0])


@fails(15, event=2, base="stances")
def two_stances_on_one_candidate(sim: Simulator) -> bytes:
    return voted(sim, [1, 1, 0], [1, 0, 0])


@fails(15, event=2, base="stances")
def no_stance_on_a_candidate(sim: Simulator) -> bytes:
    return voted(sim, [1, 0, 0], [0, 0, 0])


@fails(15, event=2, base="stances")
def proof_about_the_other_candidate(sim: Simulator) -> bytes:
    def change(ballot: Fields) -> None:
        one, other = ballot["answers"]
        one["overall_proof"], other["overall_proof"] = other["overall_proof"], one["overall_proof"]

    return edited(sim, change)


@fails(15, event=2)
def proof_of_the_blank_missing_its_point(sim: Simulator) -> bytes:
    def change(ballot: Fields) -> None:
        ballot["answers"][0]["blank_proof"].reverse()

    return edited(sim, change)
