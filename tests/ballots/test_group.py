"""Points and scalars: libsodium's answers against slow arithmetic on the whole curve, and what is refused."""

from __future__ import annotations

import hashlib
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ballots import group
from ballots.errors import BadPoint, BadScalar
from ballots.group import IDENTITY, ORDER, ORDER_2Q, base_power, point_hex, scalar_bytes
from tests.ballots import curve
from tests.simulator import seeded

NUMBERS: Final = st.one_of(
    st.integers(0, 3), st.integers(0, ORDER - 1), st.integers(ORDER - 2, ORDER + 2), st.integers(-3, 2**260)
)
FEW: Final = settings(max_examples=25, deadline=None)
MEMBER: Final = base_power(12345)
SMALL: Final = [curve.encode(point) for point in curve.TORSION]
MIXED: Final = [
    curve.encode(curve.add(curve.decode(MEMBER), point)) for point in curve.TORSION if point != curve.NEUTRAL
]
"""Points of order 2q, 4q and 8q."""
OUTSIDE: Final = [*SMALL, *MIXED, *curve.careless_writings(), bytes([2]) + bytes(31), ORDER_2Q]
"""Whatever is not the one writing of a point of order q; the last but one is not even on the curve."""


@FEW
@given(NUMBERS)
def test_powers_of_the_generator_are_those_of_the_curve(number: int) -> None:
    assert base_power(number) == curve.encode(curve.multiply(curve.GENERATOR, number % ORDER))


@FEW
@given(NUMBERS, NUMBERS)
def test_powers_products_and_quotients_are_those_of_exponents(a: int, b: int) -> None:
    assert group.power(base_power(a), b) == base_power(a * b)
    assert group.product(base_power(a), base_power(b)) == base_power(a + b)
    assert group.quotient(base_power(a), base_power(b)) == base_power(a - b)


@FEW
@given(st.integers(1, ORDER - 1), st.integers(1, ORDER - 1))
def test_the_strict_functions_agree_with_the_lenient_ones_inside_the_group(a: int, b: int) -> None:
    assert group.multiply_base(scalar_bytes(a)) == base_power(a)
    assert group.multiply(base_power(a), scalar_bytes(b)) == base_power(a * b)


def test_the_generator_is_the_base_point_of_rfc_8032() -> None:
    assert curve.encode(curve.GENERATOR) == group.GENERATOR
    assert point_hex(group.GENERATOR) == "66" * 31 + "58"
    assert point_hex(IDENTITY) == "0" * 63 + "1"


def test_the_probe_for_weak_libraries_has_twice_the_order() -> None:
    point = curve.decode(ORDER_2Q)
    assert curve.multiply(point, ORDER) == curve.HALF


@pytest.mark.parametrize("point", OUTSIDE, ids=bytes.hex)
def test_a_point_outside_the_group_is_refused_wherever_it_is_read_or_multiplied(point: bytes) -> None:
    with pytest.raises(BadPoint):
        group.point_from_hex(point_hex(point))
    for scalar in (1, 2, 8, ORDER - 1):
        with pytest.raises(BadPoint):
            group.multiply(point, scalar_bytes(scalar))


def test_only_the_canonical_identity_passes_as_a_sum() -> None:
    assert group.element_from_hex(point_hex(IDENTITY)) == IDENTITY
    assert group.element_from_hex(point_hex(MEMBER)) == MEMBER
    for point in OUTSIDE:
        if point != IDENTITY:
            with pytest.raises(BadPoint):
                group.element_from_hex(point_hex(point))


def test_the_zero_scalar_is_refused_by_the_strict_function() -> None:
    with pytest.raises(BadPoint):
        group.multiply(MEMBER, scalar_bytes(0))


@pytest.mark.parametrize("off", [bytes([y]) + bytes(31) for y in range(20) if curve.root_of_x(y) is None])
def test_sums_with_what_is_not_on_the_curve_are_refused(off: bytes) -> None:
    with pytest.raises(BadPoint):
        group.product(off, MEMBER)
    with pytest.raises(BadPoint):
        group.quotient(MEMBER, off)


GOOD_HEX: Final = point_hex(MEMBER)


@pytest.mark.parametrize(
    "text",
    [
        "",
        GOOD_HEX[:-1],
        GOOD_HEX[:-2],
        GOOD_HEX + "00",
        GOOD_HEX.upper(),
        " " + GOOD_HEX[1:],
        GOOD_HEX[:62] + "\n\n",
        "0x" + GOOD_HEX[2:],
        "zz" * 32,
        "１" * 64,
        "\0" * 64,
    ],
)
def test_a_point_has_one_writing(text: str) -> None:
    with pytest.raises(BadPoint):
        group.point_bytes(text)


@FEW
@given(st.integers(1, ORDER - 1))
def test_a_point_is_read_as_it_was_written(number: int) -> None:
    point = base_power(number)
    assert group.point_from_hex(point_hex(point)) == group.point_bytes(point_hex(point)) == point


@pytest.mark.parametrize("number", [1, 2, ORDER - 1])
def test_a_scalar_in_range_is_read(number: int) -> None:
    assert group.scalar_from_text(str(number)) == number


@pytest.mark.parametrize(
    "text",
    [
        *map(str, (0, -1, ORDER, ORDER + 1, 2**256, 10**80)),
        *(
            "",
            " ",
            "01",
            "00",
            "+1",
            " 1",
            "1 ",
            "1\n",
            "-0",
            "1_0",
            "1.0",
            "1e3",
            "0x1",
            "１",
            "٣",
            "一",
            "NaN",
        ),
        "1" * 5000,
        "\0",
    ],
)
def test_a_scalar_has_one_writing_and_one_range(text: str) -> None:
    with pytest.raises(BadScalar):
        group.scalar_from_text(text)


def test_the_hash_is_over_the_prefix_and_the_points_with_commas_between() -> None:
    text = f"prove|φ|{GOOD_HEX},{point_hex(IDENTITY)}"
    expected = int(hashlib.sha256(text.encode()).hexdigest(), 16) % ORDER
    assert group.hash_to_scalar("prove|φ|", MEMBER, IDENTITY) == expected
    assert (
        group.hash_to_scalar("prove|φ|") == int(hashlib.sha256("prove|φ|".encode()).hexdigest(), 16) % ORDER
    )


def test_a_random_scalar_is_never_zero_and_never_the_order() -> None:
    for source in (bytes, lambda size: b"\xff" * size, seeded("scalar")):
        assert 0 < group.random_scalar(source) < ORDER
    assert group.random_scalar(lambda size: (ORDER - 1).to_bytes(size, "big")) == 1
    assert group.random_scalar(lambda size: (ORDER - 2).to_bytes(size, "big")) == ORDER - 1
