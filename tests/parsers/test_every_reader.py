"""Any input, and any sound one with something changed, gives a value or the reader's own error."""

from __future__ import annotations

from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.parsers import of_ballots, of_preserving, of_voting, of_web
from tests.parsers.found import readers
from tests.parsers.registry import Reader, anything_like, nearly

READERS: Final[list[Reader]] = [
    *of_ballots.READERS,
    *of_voting.READERS,
    *of_preserving.READERS,
    *of_web.READERS,
]
NOT_READERS: Final = {**of_ballots.NOT_READERS, **of_voting.NOT_READERS, **of_web.NOT_READERS}
EVERY: Final = pytest.mark.parametrize("reader", READERS, ids=[reader.name for reader in READERS])
REFUSED: Final = object()


def test_every_reader_of_what_comes_from_outside_is_here() -> None:
    known = {reader.name.split(" ")[0] for reader in READERS}
    assert readers() - known == set(NOT_READERS), "give it a Reader, or say why it is none"
    assert known.isdisjoint(NOT_READERS)


def _read(reader: Reader, given_to_it: Any) -> Any:
    """The value, or REFUSED; any other exception goes through, and fails the test."""
    try:
        return reader.call(given_to_it)
    except reader.own:
        return REFUSED


def _hold(reader: Reader, given_to_it: Any) -> None:
    value = _read(reader, given_to_it)
    if value is REFUSED or value is None or reader.written is None:
        return
    again = reader.written(value)
    if reader.canonical:
        assert again == given_to_it
    else:
        assert reader.call(again) == value


@EVERY
def test_what_is_sound_is_read_and_written_as_it_was(reader: Reader) -> None:
    for sound in reader.sound():
        value = reader.call(sound)
        if reader.written is not None:
            assert reader.call(reader.written(value)) == value or reader.canonical
            _hold(reader, sound)
    for unsound in reader.unsound:
        _hold(reader, unsound)


@EVERY
def test_any_input_is_read_or_refused_in_words(reader: Reader) -> None:
    @settings(max_examples=reader.examples, suppress_health_check=list(HealthCheck))
    @given(anything_like(reader.begun[0]))
    def holds(given_to_it: Any) -> None:
        _hold(reader, given_to_it)

    holds()


@EVERY
def test_a_sound_input_with_something_changed_is_read_or_refused_in_words(reader: Reader) -> None:
    @settings(max_examples=reader.examples, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(reader.begun).flatmap(nearly))
    def holds(given_to_it: Any) -> None:
        _hold(reader, given_to_it)

    holds()
