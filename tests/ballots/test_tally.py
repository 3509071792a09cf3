"""The sum and its opening: any ballots sum up to their plain sum, whoever of enough scrutineers opens it."""

from __future__ import annotations

from itertools import combinations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ballots import tally
from ballots.ballot import check
from ballots.encoding import encode, sha256_hex
from ballots.errors import BadDecryption, BadPoint, BadTally, Malformed
from ballots.group import IDENTITY, ORDER, ORDER_2Q, base_power, point_hex
from ballots.proofs import Statement
from tests.ballots.tampering import base
from tests.papers import allowed
from tests.simulator import ANY_NUMBER, STANCES, Simulator

QUESTIONS = (ANY_NUMBER, STANCES)


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(*(st.sampled_from(list(allowed(question))) for question in QUESTIONS)), max_size=5))
def test_any_ballots_open_to_their_plain_sum(votes: list[tuple[list[int], ...]]) -> None:
    sim = Simulator(questions=QUESTIONS, deputies=1, scrutineers=1)
    for choices in votes:
        sim.vote(0, choices)
    sim.close()
    assert msgspec.json.decode(sim.result)["result"] == sim.counts


def test_the_sum_does_not_depend_on_the_order_or_the_parts(select: Simulator) -> None:
    answers = [check(select.election, raw).answers for raw in select.ballots]
    assert tally.sum_ballots(select.election, reversed(answers)) == select.tally
    first, rest = tally.no_ballots(select.election), tally.no_ballots(select.election)
    tally.add(first, answers[0])
    for answer in answers[1:]:
        tally.add(rest, answer)
    tally.merge(first, rest)
    assert tally.encode_sums(first) == select.tally


def test_the_sum_of_no_ballots_is_the_identity() -> None:
    sim = base("nobody")
    assert tally.read_tally(sim.election, sim.tally) == [[Statement(IDENTITY, IDENTITY)] * 4]
    assert sim.result == b'{"result":[[0,0,0,0]]}'


def test_the_numbers_beside_the_sum(select: Simulator) -> None:
    assert msgspec.json.decode(tally.sized_tally(select.tally, 3)) == {
        "num_tallied": 3,
        "total_weight": 3,
        "encrypted_tally": sha256_hex(select.tally),
    }


def test_any_two_of_three_open_the_same_sum_and_one_does_not(threshold: Simulator) -> None:
    for owners in (*combinations((1, 2, 3), 2), (1, 2, 3)):
        parts = {owner: threshold.part(owner) for owner in owners}
        opened = tally.decrypt(threshold.election, threshold.keys, threshold.tally, parts, 3)
        assert opened == threshold.result
        assert tally.is_enough(threshold.keys, owners)
    with pytest.raises(BadDecryption, match="too few"):
        tally.decrypt(threshold.election, threshold.keys, threshold.tally, {2: threshold.part(2)}, 3)
    assert not tally.is_enough(threshold.keys, [2])


def test_every_single_scrutineer_is_needed(select: Simulator) -> None:
    assert tally.is_enough(select.keys, [2, 1])
    for owner, part in select.parts:
        assert not tally.is_enough(select.keys, [owner])
        with pytest.raises(BadDecryption, match="too few"):
            tally.decrypt(select.election, select.keys, select.tally, {owner: part}, 3)


def test_a_part_of_nobody_is_refused(select: Simulator) -> None:
    parts = dict(select.parts) | {3: select.parts[0][1]}
    with pytest.raises(BadDecryption, match="owner 3"):
        tally.decrypt(select.election, select.keys, select.tally, parts, 3)


def test_counts_above_the_bound_do_not_decode(select: Simulator) -> None:
    """One vote at most for anybody: a bound below that refuses, and no number is searched for."""
    parts = dict(select.parts)
    assert tally.decrypt(select.election, select.keys, select.tally, parts, 1) == select.result
    with pytest.raises(BadDecryption, match="decode"):
        tally.decrypt(select.election, select.keys, select.tally, parts, 0)


def test_the_table_holds_every_count_up_to_the_bound_and_no_other() -> None:
    assert tally.counting_table(3) == {base_power(number): number for number in range(4)}
    assert tally.counting_table(0) == {IDENTITY: 0}


def test_lagrange_weights_make_the_value_at_zero() -> None:
    """Of 5 + 7x + 11x² from its values at 1, 3 and 4."""
    places = (1, 3, 4)
    value = sum(tally.lagrange(place, places) * (5 + 7 * place + 11 * place**2) for place in places)
    assert value % ORDER == 5


def test_a_part_is_checked_against_its_own_key_and_sum(select: Simulator, stances: Simulator) -> None:
    keys, part = select.keys.keys, select.parts[0][1]
    factors = tally.check_partial_decryption(select.election, select.tally, keys[1], part)
    assert [len(row) for row in factors] == [4]
    with pytest.raises(BadDecryption):
        tally.check_partial_decryption(select.election, select.tally, keys[2], part)
    with pytest.raises(BadDecryption):
        tally.check_partial_decryption(stances.election, stances.tally, keys[1], part)


@pytest.mark.parametrize(
    "raw", [b"", b"{}", b"null", b'{"decryption_factors":[],"decryption_proofs":[]}', b"\xff"]
)
def test_what_is_no_decryption_is_refused_as_one(select: Simulator, raw: bytes) -> None:
    with pytest.raises(BadDecryption):
        tally.check_partial_decryption(select.election, select.tally, select.keys.keys[1], raw)


@pytest.mark.parametrize("rows", [[], [[]], [[], []]])
def test_a_sum_of_another_shape_is_refused(select: Simulator, rows: list[list[object]]) -> None:
    with pytest.raises(BadTally):
        tally.read_tally(select.election, encode(rows))


def test_a_sum_outside_the_group_is_refused(select: Simulator) -> None:
    bad = {"alpha": point_hex(ORDER_2Q), "beta": point_hex(IDENTITY)}
    with pytest.raises(BadPoint):
        tally.read_tally(select.election, encode([[bad] * 4]))


@pytest.mark.parametrize("raw", [b"", b"{}", b"[[{}]]", b"\xff"])
def test_what_is_no_sum_is_malformed(select: Simulator, raw: bytes) -> None:
    with pytest.raises(Malformed):
        tally.partial_decryption(select.election, raw, 7, select.random)
