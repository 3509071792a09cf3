"""Whatever comes in, the verifier says at which check it stops; it never falls over, no change passes.

Three depths: bytes of the file (stopped by names and headers), bytes of a document with the hashes made anew
(stopped by what the document says), bytes of a ballot signed again by its card (stopped by its proofs).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ballots.archive import BLOCK
from ballots.ballot import check
from ballots.checks import CHECKS, Refused
from ballots.errors import BallotError
from tests.ballots.tampering import Submission, refusal
from tests.simulator import STANCES, Simulator, unsigned, write

Edit = Callable[[bytes], bytes]
QUICK = settings(max_examples=60, deadline=None)


@cache
def _sound() -> Simulator:
    """Every card has voted, so no byte of the record is without meaning."""
    sim = Simulator(questions=(STANCES,), deputies=3)
    sim.vote(2, [[0, 1, 0]])
    sim.close()
    return sim


def _place(raw: bytes, share: float) -> int:
    return int(share * (len(raw) - 1))


def _flipped(share: float, bit: int) -> Edit:
    def edit(raw: bytes) -> bytes:
        place = _place(raw, share)
        return raw[:place] + bytes([raw[place] ^ 1 << bit]) + raw[place + 1 :]

    return edit


def _deleted(share: float, length: int) -> Edit:
    return lambda raw: raw[: _place(raw, share)] + raw[_place(raw, share) + length :]


def _inserted(share: float, what: bytes) -> Edit:
    return lambda raw: raw[: _place(raw, share)] + what + raw[_place(raw, share) :]


def _doubled(share: float, length: int) -> Edit:
    return lambda raw: _inserted(share, raw[_place(raw, share) :][:length])(raw)


def _cut(share: float) -> Edit:
    return lambda raw: raw[: _place(raw, share)]


SHARES = st.floats(0, 1)
LENGTHS = st.integers(1, 2 * BLOCK)
EDITS: st.SearchStrategy[Edit] = st.one_of(
    st.builds(_flipped, SHARES, st.integers(0, 7)),
    st.builds(_deleted, SHARES, LENGTHS),
    st.builds(_inserted, SHARES, st.binary(min_size=1, max_size=20)),
    st.builds(_inserted, SHARES, st.sampled_from([b" ", b'"', b"{", b"]", b"0", b"-", b"\\u0061", b"1e9"])),
    st.builds(_doubled, SHARES, LENGTHS),
    st.builds(_cut, SHARES),
)


def _refused(archive: bytes) -> Refused:
    refused = refusal(Submission(archive))
    assert refused.check in {check.number for check in CHECKS}
    assert refused.reason
    return refused


@QUICK
@given(EDITS)
def test_any_change_of_the_file_is_refused(edit: Edit) -> None:
    archive = _sound().archive()
    assume(edit(archive) != archive)
    _refused(edit(archive))


@QUICK
@given(st.binary(max_size=3 * BLOCK))
def test_any_other_file_is_refused(content: bytes) -> None:
    assert _refused(content).check == 1


@QUICK
@given(EDITS, st.sampled_from(["trustees", "credentials", "tally", "sized", "result"]))
def test_any_change_of_a_document_is_refused_though_its_hashes_are_made_anew(
    edit: Edit, document: str
) -> None:
    sim = _sound().copy()
    before: bytes = getattr(sim, document)
    assume(edit(before) != before)
    setattr(sim, document, edit(before))
    _refused(sim.archive())


@QUICK
@given(EDITS, st.integers(0, 8), st.integers(0, 3))
def test_any_change_of_the_data_of_an_event_is_refused(edit: Edit, event: int, number: int) -> None:
    steps = _sound().steps()
    data = steps[event].data
    assume(number < len(data) and edit(data[number]) != data[number])
    data[number] = edit(data[number])
    _refused(write(steps))


@QUICK
@given(EDITS, st.integers(0, 8))
def test_any_change_of_an_event_is_refused(edit: Edit, event: int) -> None:
    steps = _sound().steps()
    steps[event].rewrite = edit
    archive = write(steps)
    assume(archive != _sound().archive())
    _refused(archive)


@settings(max_examples=150, deadline=None)
@given(EDITS)
def test_any_change_of_a_ballot_is_refused_though_its_card_signs_again(edit: Edit) -> None:
    sim = _sound().copy()
    before = unsigned(sim.ballots[1])
    assume(edit(before) != before)
    sim.rewrite(1, edit)
    with pytest.raises(BallotError):
        check(sim.election, sim.ballots[1])
