"""Bounds that no honest client comes near: what lies just inside is taken, what lies just outside is not."""

from __future__ import annotations

import pytest

from ballots.credentials import is_uuid
from ballots.errors import BadPoint, BadScalar
from ballots.group import ORDER, point_bytes, random_scalar, scalar_from_text


@pytest.mark.parametrize(("length", "taken"), [(13, False), (14, True), (64, True), (65, False)])
def test_a_rounds_number_has_from_14_to_64_characters(length: int, taken: bool) -> None:
    assert is_uuid("z" * length) is taken


def test_a_rounds_number_has_no_characters_that_are_mistaken_for_one_another() -> None:
    assert not any(is_uuid("z" * 20 + character) for character in "0OIl+/-_ ")


def test_a_secret_is_made_of_512_random_bits() -> None:
    asked: list[int] = []

    def ones(many: int) -> bytes:
        asked.append(many)
        return bytes(many - 1) + b"\1"

    assert random_scalar(ones) == 2
    assert asked == [64]
    assert random_scalar(bytes) == 1


def test_the_largest_scalar_is_taken_and_the_order_is_not() -> None:
    assert scalar_from_text(str(ORDER - 1)) == ORDER - 1
    assert scalar_from_text("1") == 1
    for text in (str(ORDER), "0"):
        with pytest.raises(BadScalar) as refused:
            scalar_from_text(text)
        assert refused.value.detail == text


@pytest.mark.parametrize("text", ["x" * 90, "12" * 90])
def test_what_is_refused_is_quoted_no_further_than_80_characters(text: str) -> None:
    with pytest.raises(BadPoint) as of_a_point:
        point_bytes(text)
    with pytest.raises(BadScalar) as of_a_scalar:
        scalar_from_text(text)
    assert of_a_point.value.detail == of_a_scalar.value.detail == text[:80]


def test_digits_that_python_reads_and_nobody_else_are_refused_as_written() -> None:
    for text in ("１２", "1_000", " 7", "+7", "07"):
        with pytest.raises(BadScalar) as refused:
            scalar_from_text(text)
        assert refused.value.detail == text
