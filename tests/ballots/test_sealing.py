"""Sealing: whatever the rules allow is accepted, whatever they forbid is not, and nothing can be read off."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ballots.ballot import check
from ballots.election import Question
from ballots.errors import BadProof, Malformed
from ballots.group import base_power, element_from_hex, point_hex, power, quotient
from ballots.sealing import seal
from tests.papers import allowed
from tests.simulator import Simulator, seeded


@st.composite
def ways(draw: st.DrawFn) -> tuple[Question, list[int]]:
    """Any small question, and any 0/1 list of its size."""
    answers = draw(st.integers(1, 4))
    most = draw(st.integers(1, answers))
    question = Question(
        answers=tuple("甲乙丙丁"[:answers]),
        blank=draw(st.booleans()),
        min=draw(st.integers(0, most)),
        max=most,
        question="任意",
    )
    bits = draw(st.lists(st.integers(0, 1), min_size=question.size, max_size=question.size))
    return question, bits


@settings(max_examples=40, deadline=None)
@given(ways())
def test_a_sealed_ballot_is_accepted_exactly_when_the_rules_allow_it(way: tuple[Question, list[int]]) -> None:
    question, bits = way
    sim = Simulator(questions=(question,), deputies=1, scrutineers=1)
    raw = sim.vote(0, [bits])
    if bits in list(allowed(question)):
        check(sim.election, raw)
    else:
        with pytest.raises(BadProof):
            check(sim.election, raw)


def test_each_ciphertext_holds_its_choice_for_whoever_has_the_key() -> None:
    sim = Simulator(deputies=1, scrutineers=1)
    answer = check(sim.election, sim.vote(0, [[0, 1, 0, 1]])).answers[0]
    opened = [
        quotient(element_from_hex(c.beta), power(element_from_hex(c.alpha), sim.secrets[1]))
        for c in answer.choices
    ]
    assert opened == [base_power(bit) for bit in (0, 1, 0, 1)]


def test_the_same_choices_never_look_the_same(select: Simulator) -> None:
    one, other = (check(select.election, select.vote(0, [[0, 1, 0, 0]])) for _ in range(2))
    seen = [c for ballot in (one, other) for c in ballot.answers[0].choices]
    assert len({c.alpha for c in seen}) == len({c.beta for c in seen}) == 8


def test_the_same_randomness_gives_the_same_ballot(select: Simulator) -> None:
    one, other = (seal(select.election, select.cards[0], [[0, 1, 0, 0]], seeded("same")) for _ in range(2))
    assert one == other


def test_a_ballot_names_the_card_and_nothing_else_of_it(select: Simulator) -> None:
    raw = select.vote(0, [[0, 1, 0, 0]])
    assert select.card(0) in raw.decode()
    assert select.cards[0] not in raw.decode()
    assert str(select.card_secret(0)) not in raw.decode()
    assert point_hex(base_power(select.card_secret(0))) == select.card(0)


@pytest.mark.parametrize("choices", [[], [[0, 1, 0]], [[0, 1, 0, 0, 0]], [[0, 1, 0, 0], [0, 1, 0, 0]]])
def test_choices_of_another_shape_are_malformed(select: Simulator, choices: list[list[int]]) -> None:
    with pytest.raises(Malformed):
        select.vote(0, choices)


def test_what_is_not_a_card_is_malformed(select: Simulator) -> None:
    with pytest.raises(Malformed):
        seal(select.election, "A" * 22, [[0, 1, 0, 0]], seeded("card"))


def test_a_list_of_another_length_is_named_by_its_question(select: Simulator) -> None:
    with pytest.raises(Malformed) as refused:
        select.vote(0, [[0, 1, 0]])
    assert refused.value.detail == select.election.questions[0].question
    with pytest.raises(Malformed) as none:
        select.vote(0, [])
    assert none.value.detail == "answers"
