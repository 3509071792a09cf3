"""Which methods of the store have a case. `test_completeness` compares with what the store offers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

Test = TypeVar("Test", bound=Callable[..., object])

CASES: dict[str, list[str]] = {}


def case(*methods: str) -> Callable[[Test], Test]:
    """Marks a test as a case of methods, named as in `rounds.get`."""

    def register(test: Test) -> Test:
        for method in methods:
            CASES.setdefault(method, []).append(test.__name__)
        return test

    return register
