"""The proofs by themselves: the true can be proved, the false cannot, and nothing can be moved elsewhere."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from ballots.errors import BadPoint, BadScalar
from ballots.group import IDENTITY, ORDER, ORDER_2Q, base_power, power, product
from ballots.proofs import (
    Proof,
    Statement,
    holds,
    knows,
    prove,
    prove_knowledge,
    prove_same_logarithm,
    same_logarithm,
    statement,
)
from tests.simulator import seeded

KEY: Final = base_power(987654321)
FEW: Final = settings(max_examples=20, deadline=None)
SECRETS: Final = st.integers(1, ORDER - 1)


def sealed(number: int, secret: int) -> Statement:
    return Statement(base_power(secret), product(power(KEY, secret), base_power(number)))


def claims(choice: Statement, numbers: range) -> tuple[Statement, ...]:
    return tuple(statement(*choice, base_power(number)) for number in numbers)


@FEW
@given(SECRETS, st.integers(0, 4), st.integers(0, 4))
def test_a_number_is_proved_to_be_one_of_several_exactly_when_it_is(
    secret: int, number: int, top: int
) -> None:
    branches = claims(sealed(number, secret), range(top + 1))
    proofs = prove("p|", KEY, branches, min(number, top), secret, seeded("proof"))
    assert holds("p|", KEY, branches, proofs) is (number <= top)


@FEW
@given(SECRETS, st.integers(0, 2))
def test_a_proof_says_not_which_branch_is_true(secret: int, number: int) -> None:
    """All that can be seen are numbers of the same range in every branch."""
    proofs = prove("p|", KEY, claims(sealed(number, secret), range(3)), number, secret, seeded("proof"))
    assert all(0 < int(n) < ORDER for proof in proofs for n in (proof.challenge, proof.response))


def sound() -> tuple[tuple[Statement, ...], tuple[Proof, ...]]:
    branches = claims(sealed(1, 77), range(2))
    return branches, prove("p|", KEY, branches, 1, 77, seeded("sound"))


def test_a_proof_holds_for_its_prefix_key_and_statement_only() -> None:
    branches, proofs = sound()
    assert holds("p|", KEY, branches, proofs)
    assert not holds("q|", KEY, branches, proofs)
    assert not holds("p|", base_power(5), branches, proofs)
    assert not holds("p|", KEY, claims(sealed(1, 78), range(2)), proofs)
    assert not holds("p|", KEY, branches[::-1], proofs)
    assert not holds("p|", KEY, branches, proofs[::-1])


@pytest.mark.parametrize("field", ["challenge", "response"])
@pytest.mark.parametrize("branch", [0, 1])
def test_no_number_of_a_proof_can_be_changed(field: str, branch: int) -> None:
    branches, proofs = sound()
    changed = [*proofs]
    changed[branch] = replace(proofs[branch], **{field: str(int(getattr(proofs[branch], field)) ^ 1)})
    assert not holds("p|", KEY, branches, changed)


def test_as_many_proofs_as_branches() -> None:
    branches, proofs = sound()
    with pytest.raises(ValueError, match="zip"):
        holds("p|", KEY, branches, proofs[:1])


@pytest.mark.parametrize("bad", ["0", str(ORDER), "-1", "01", ""])
def test_a_number_out_of_range_is_refused(bad: str) -> None:
    branches, proofs = sound()
    for field in ("challenge", "response"):
        with pytest.raises(BadScalar):
            holds("p|", KEY, branches, (replace(proofs[0], **{field: bad}), proofs[1]))


@pytest.mark.parametrize("bad", [IDENTITY, ORDER_2Q])
def test_a_point_outside_the_group_is_refused(bad: bytes) -> None:
    branches, proofs = sound()
    for broken in (Statement(bad, branches[0].beta), Statement(branches[0].alpha, bad)):
        with pytest.raises(BadPoint):
            holds("p|", KEY, (broken, branches[1]), proofs)


@FEW
@given(SECRETS, SECRETS)
def test_only_who_knows_the_secret_proves_it(secret: int, other: int) -> None:
    proof = prove_knowledge("k|", secret, seeded("knowledge"))
    assert knows("k|", base_power(secret), proof)
    assert not knows("other|", base_power(secret), proof)
    assert knows("k|", base_power(other), proof) is (other == secret)


@FEW
@given(SECRETS, st.integers(0, ORDER - 1), st.integers(0, ORDER - 1))
def test_a_factor_is_proved_exactly_when_it_is_the_power(secret: int, exponent: int, other: int) -> None:
    alpha, public = base_power(exponent), base_power(secret)
    proof = prove_same_logarithm("d|", secret, alpha, seeded("factor"))
    assert same_logarithm("d|", public, alpha, power(alpha, secret), proof)
    false = base_power(other)
    assert same_logarithm("d|", public, alpha, false, proof) is (false == power(alpha, secret))


def test_the_factor_of_the_identity_is_the_identity() -> None:
    proof = prove_same_logarithm("d|", 5, IDENTITY, seeded("identity"))
    assert same_logarithm("d|", base_power(5), IDENTITY, IDENTITY, proof)
    assert not same_logarithm("d|", base_power(5), IDENTITY, base_power(1), proof)


def test_the_same_randomness_gives_the_same_proof() -> None:
    assert sound() == sound()
