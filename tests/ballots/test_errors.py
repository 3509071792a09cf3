"""Every refusal has a plain sentence of its own room and shows where it happened."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ballots.errors import BadProof, BallotError
from ballots.inspection import FAILED_CHECK


def descendants(of: type[BallotError]) -> Iterator[type[BallotError]]:
    for child in of.__subclasses__():
        if child.__module__ == of.__module__:
            yield child
        yield from descendants(child)


@pytest.mark.parametrize("error", list(descendants(BallotError)), ids=lambda error: error.__name__)
def test_every_error_has_a_sentence_and_shows_its_detail(error: type[BallotError]) -> None:
    assert error.sentence.endswith("。")
    assert error.sentence != BallotError.sentence
    assert str(error("第3题")) == f"{error.sentence}（第3题）"
    assert str(error()) == error.sentence
    assert "请" not in error("第3题").finding
    assert error("第3题").finding.endswith("。（第3题）")
    assert error.sentence.startswith(error().finding)


def test_every_way_a_ballot_can_fail_belongs_to_a_check() -> None:
    named = {"TooLarge", "Malformed", "WrongElection", "BadSignature", "BadPoint", "BadScalar"}
    proofs = {error.__name__ for error in descendants(BadProof)}
    assert {error.__name__ for error in FAILED_CHECK} == named | proofs
