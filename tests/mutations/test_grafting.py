"""A grafted fault is really in force; what was loose in the tool would count as a test that notices."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from tests.mutations.grafting import Mutant, graft, plain


def few(number: int, most: int = 3) -> bool:
    return number <= most


@cache
def most() -> int:
    return 3


class Bag:
    @property
    def full(self) -> bool:
        return True


imported_before = few


def mutant(definition: str, function: str, holder: str = "") -> Mutant:
    return Mutant(
        name="one",
        module=__name__,
        holder=holder,
        function=function,
        lines=(1, 1),
        change=(),
        definition=definition,
    )


@pytest.fixture(autouse=True)
def _sound_again() -> Iterator[None]:
    living = [plain(found) for found in (few, most, vars(Bag)["full"])]
    before = [(each.__code__, each.__defaults__) for each in living]
    yield
    for each, (code, defaults) in zip(living, before, strict=True):
        each.__code__, each.__defaults__ = code, defaults
    most.cache_clear()


def test_a_fault_is_in_force_wherever_the_function_was_imported_to() -> None:
    graft(mutant("def few(number: int, most: int = 3) -> bool:\n    return number < most\n", "few"))
    assert not imported_before(3)


def test_a_fault_in_a_signature_is_in_force() -> None:
    graft(mutant("def few(number: int, most: int = 4) -> bool:\n    return number <= most\n", "few"))
    assert imported_before(4)


def test_a_fault_is_in_force_below_a_decorator() -> None:
    graft(mutant("def most() -> int:\n    return 4\n", "most"))
    graft(mutant("def full(self) -> bool:\n    return False\n", "full", "Bag"))
    assert (most(), Bag().full) == (4, False)
