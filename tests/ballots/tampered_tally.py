"""Checks 16 to 23: the sum, its decryption and the counts. What follows from the tampering is done anew."""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from ballots import credentials, sealing, tally
from ballots.ballot import Answer, Ciphertext
from ballots.encoding import encode, sha256_hex
from ballots.group import (
    IDENTITY,
    ORDER,
    ORDER_2Q,
    base_power,
    element_from_hex,
    hash_to_scalar,
    point_hex,
    power,
    product,
    random_scalar,
)
from ballots.proofs import Proof
from ballots.tally import PartialDecryption, SizedTally
from tests.ballots.tampering import fails
from tests.simulator import Fields, Simulator, decryption_step, write


def opened(sim: Simulator) -> bytes:
    """The tampered sum, with the true number of ballots, opened by everybody."""
    sim.sized = tally.sized_tally(sim.tally, len(sim.ballots))
    sim.open_with(*sim.secrets)
    return sim.archive()


def with_ciphertext(sim: Simulator, **changes: str) -> bytes:
    fields: list[list[Fields]] = msgspec.json.decode(sim.tally)
    fields[0][1] |= changes
    sim.tally = encode(fields)
    sim.sized = tally.sized_tally(sim.tally, len(sim.ballots))
    return sim.archive()


# 16: the sum


@fails(16, event=5)
def sum_without_the_last_ballot(sim: Simulator) -> bytes:
    sound = sim.ballots
    sim.ballots = sound[:-1]
    sim.close()
    sim.ballots = sound
    return opened(sim)


@fails(16, event=5)
def one_more_vote_added_to_the_sum(sim: Simulator) -> bytes:
    extra = sealing.seal(sim.election, credentials.generate(sim.random), [[0, 0, 0, 1]], sim.random)
    answers = [msgspec.json.decode(raw, type=_Answers).answers for raw in (*sim.ballots, extra)]
    sim.tally = tally.sum_ballots(sim.election, answers)
    return opened(sim)


class _Answers(msgspec.Struct):
    answers: tuple[Answer, ...]


@fails(16, event=5)
def votes_of_two_candidates_exchanged(sim: Simulator) -> bytes:
    (row,) = msgspec.json.decode(sim.tally, type=tally.Tally)
    sim.tally = encode([[row[0], row[2], row[1], row[3]]])
    return opened(sim)


@fails(16, event=5)
def sum_sealed_anew(sim: Simulator) -> bytes:
    """The same counts under other ciphertexts: a vote may hide in a sum that is not the ballots'."""
    zero = sealing.seal_bit(sim.election, 0, sim.random).sealed
    (row,) = msgspec.json.decode(sim.tally, type=tally.Tally)
    first = Ciphertext(
        alpha=point_hex(product(element_from_hex(row[0].alpha), zero.alpha)),
        beta=point_hex(product(element_from_hex(row[0].beta), zero.beta)),
    )
    sim.tally = encode([[first, *row[1:]]])
    return opened(sim)


@fails(16, event=5)
def sum_of_another_shape(sim: Simulator) -> bytes:
    rows: list[list[Fields]] = msgspec.json.decode(sim.tally)
    rows[0].append(rows[0][0])
    sim.tally = encode(rows)
    return sim.archive()


@fails(16, event=5)
def sum_outside_the_group(sim: Simulator) -> bytes:
    return with_ciphertext(sim, alpha=point_hex(ORDER_2Q))


@fails(16, event=5)
def sum_that_is_the_identity(sim: Simulator) -> bytes:
    return with_ciphertext(sim, alpha=point_hex(IDENTITY), beta=point_hex(IDENTITY))


@fails(16, event=5)
def numbers_of_another_sum(sim: Simulator) -> bytes:
    sim.sized = tally.sized_tally(b"[]", len(sim.ballots))
    return sim.archive()


# 17 and 18: the numbers beside the sum


def with_numbers(sim: Simulator, tallied: object, weight: object) -> bytes:
    sim.sized = encode(
        {"num_tallied": tallied, "total_weight": weight, "encrypted_tally": sha256_hex(sim.tally)}
    )
    return sim.archive()


@fails(17, event=5)
def one_ballot_more_than_there_are(sim: Simulator) -> bytes:
    """belenios-tool takes this one."""
    return with_numbers(sim, 4, 3)


@fails(17, event=5)
def one_ballot_fewer_than_there_are(sim: Simulator) -> bytes:
    sim.sized = encode(SizedTally(num_tallied=2, total_weight=3, encrypted_tally=sha256_hex(sim.tally)))
    return sim.archive()


@fails(17, event=5)
def number_of_ballots_as_text(sim: Simulator) -> bytes:
    return with_numbers(sim, "3", 3)


@fails(18, event=5)
def one_vote_more_than_there_are_ballots(sim: Simulator) -> bytes:
    """And this one."""
    return with_numbers(sim, 3, 4)


@fails(18, event=5)
def negative_weight(sim: Simulator) -> bytes:
    return with_numbers(sim, 3, -3)


@fails(18, event=5)
def weight_as_text(sim: Simulator) -> bytes:
    return with_numbers(sim, 3, "3")


# 19: whose decryptions


@fails(19, event=8)
def decryption_given_twice(sim: Simulator) -> bytes:
    sim.parts.append(sim.parts[0])
    return sim.archive()


@fails(19, event=8)
def second_decryption_of_one_scrutineer(sim: Simulator) -> bytes:
    """The peer takes the later one."""
    sim.parts.append((1, sim.part(1)))
    return sim.archive()


@fails(19, event=6)
def decryption_of_a_scrutineer_there_is_not(sim: Simulator) -> bytes:
    sim.parts.insert(0, (3, sim.parts[0][1]))
    return sim.archive()


@fails(19, event=6)
def decryption_of_nobody(sim: Simulator) -> bytes:
    sim.parts.insert(0, (0, sim.parts[0][1]))
    return sim.archive()


@fails(19, event=6)
def owner_of_another_decryption(sim: Simulator) -> bytes:
    steps = sim.steps()
    (_, first), (_, second) = sim.parts
    steps[6] = decryption_step(1, second)
    steps[6].data[0] = first
    return write(steps)


# 20: the proofs of decryption


def with_first_part(sim: Simulator, change: Callable[[Fields], object]) -> bytes:
    fields: Fields = msgspec.json.decode(sim.parts[0][1])
    change(fields)
    sim.parts[0] = (1, encode(fields))
    return sim.archive()


@fails(20, event=6)
def decryption_with_another_secret(sim: Simulator) -> bytes:
    (_, first), (_, second) = sim.parts
    sim.parts = [(1, second), (2, first)]
    return sim.archive()


@fails(20, event=6)
def decryption_of_another_sum(sim: Simulator) -> bytes:
    before, sim.tally = sim.tally, tally.encode_sums(tally.no_ballots(sim.election))
    other = sim.part(1)
    sim.tally = before
    sim.parts[0] = (1, other)
    return sim.archive()


@fails(20, event=6)
def factor_that_moves_a_vote(sim: Simulator) -> bytes:
    """One scrutineer takes a vote off a candidate, under the proof for the true factor."""

    def change(part: Fields) -> None:
        true = element_from_hex(part["decryption_factors"][0][3])
        part["decryption_factors"][0][3] = point_hex(product(true, base_power(1)))

    return with_first_part(sim, change)


@fails(20, event=6)
def factor_outside_the_group(sim: Simulator) -> bytes:
    return with_first_part(
        sim, lambda part: part["decryption_factors"][0].__setitem__(0, point_hex(ORDER_2Q))
    )


@fails(20, event=6)
def scalar_of_a_decryption_not_below_the_order(sim: Simulator) -> bytes:
    def change(part: Fields) -> None:
        proof = part["decryption_proofs"][0][0]
        proof["response"] = str(int(proof["response"]) + ORDER)

    return with_first_part(sim, change)


@fails(20, event=6)
def decryption_without_the_last_choice(sim: Simulator) -> bytes:
    def change(part: Fields) -> None:
        part["decryption_factors"][0].pop()
        part["decryption_proofs"][0].pop()

    return with_first_part(sim, change)


@fails(20, event=6)
def decryption_with_a_further_field(sim: Simulator) -> bytes:
    return with_first_part(sim, lambda part: part.update(remark=""))


# 21: enough scrutineers


@fails(21, event=7)
def one_scrutineer_missing(sim: Simulator) -> bytes:
    del sim.parts[1]
    return sim.archive()


@fails(21, event=7, base="threshold")
def one_scrutineer_of_two_needed(sim: Simulator) -> bytes:
    del sim.parts[0]
    return sim.archive()


# 22 and 23: the counts


def with_result(sim: Simulator, *rows: list[object]) -> bytes:
    sim.result = encode({"result": rows})
    return sim.archive()


@fails(22, event=8)
def count_above_the_number_of_ballots(sim: Simulator) -> bytes:
    return with_result(sim, [1, 0, 0, 4])


@fails(22, event=8)
def count_below_zero(sim: Simulator) -> bytes:
    return with_result(sim, [1, 0, -1, 1])


@fails(22, event=8)
def count_as_text(sim: Simulator) -> bytes:
    return with_result(sim, ["1", 0, 1, 1])


@fails(22, event=8)
def more_choices_than_the_ballots_can_hold(sim: Simulator) -> bytes:
    return with_result(sim, [1, 2, 2, 2])


@fails(22, event=8)
def fewer_choices_than_the_ballots_must_hold(sim: Simulator) -> bytes:
    return with_result(sim, [1, 0, 0, 1])


@fails(22, event=8)
def choices_and_blanks_of_more_deputies_than_voted(sim: Simulator) -> bytes:
    return with_result(sim, [3, 0, 1, 1])


@fails(22, event=8)
def count_of_a_candidate_there_is_not(sim: Simulator) -> bytes:
    return with_result(sim, [1, 0, 1, 1, 0])


@fails(22, event=8)
def result_of_a_question_there_is_not(sim: Simulator) -> bytes:
    return with_result(sim, [1, 0, 1, 1], [])


@fails(22, event=8)
def decryption_spoilt_by_a_scrutineer(sim: Simulator) -> bytes:
    """The proof hashes neither alpha nor the factor, so it can be made to hold for a useless factor.

    The declared count is then a number of 250 bits; belenios-tool accepts it.
    """
    spoilt, exponent = spoilt_part(sim)
    sim.parts[0] = (1, spoilt)
    return with_result(sim, [str((1 - exponent) % ORDER), 0, 1, 1])


@fails(23, event=8)
def decryption_spoilt_and_the_result_as_it_was(sim: Simulator) -> bytes:
    sim.parts[0] = (1, spoilt_part(sim)[0])
    return sim.archive()


def spoilt_part(sim: Simulator) -> tuple[bytes, int]:
    """A part of scrutineer 1 whose first factor is alpha^x·g^e with a proof that holds; and e."""
    secret = sim.secrets[1]
    part = msgspec.json.decode(sim.parts[0][1], type=PartialDecryption)
    alpha = element_from_hex(msgspec.json.decode(sim.tally)[0][0]["alpha"])
    witness, shift = random_scalar(sim.random), random_scalar(sim.random)
    prefix = f"decrypt|{sim.election.fingerprint}|{point_hex(base_power(secret))}|"
    b = product(power(alpha, witness), base_power(shift))
    challenge = hash_to_scalar(prefix, base_power(witness), b)
    exponent = shift * pow(challenge, -1, ORDER) % ORDER
    factor = product(power(alpha, secret), base_power(exponent))
    proof = Proof(challenge=str(challenge), response=str((witness - secret * challenge) % ORDER))
    (factors,), (proofs,) = part.decryption_factors, part.decryption_proofs
    spoilt = PartialDecryption(
        decryption_factors=((point_hex(factor), *factors[1:]),), decryption_proofs=((proof, *proofs[1:]),)
    )
    return encode(spoilt), exponent


@fails(23, event=8)
def votes_of_two_candidates_exchanged_in_the_result(sim: Simulator) -> bytes:
    return with_result(sim, [1, 1, 0, 1])


@fails(23, event=8)
def one_vote_moved_to_another_candidate(sim: Simulator) -> bytes:
    return with_result(sim, [1, 1, 1, 0])
