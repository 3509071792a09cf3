"""The archive: what is written is read, byte for byte, and nothing else is read at all."""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Sequence
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ballots import archive
from ballots.archive import BLOCK, EventType, Head, append, read, setup_data, start
from ballots.encoding import sha256_hex
from ballots.errors import BadArchive, BadChain, Malformed
from tests.simulator import TIMESTAMP, Simulator, events_of

BODIES: Final = st.binary(max_size=3 * BLOCK)


def written(steps: Sequence[tuple[EventType, Sequence[bytes]]], timestamp: int) -> bytes:
    head, parts = Head(), [start(timestamp)]
    for kind, data in steps:
        part, head = append(head, timestamp, kind, data)
        parts.append(part)
    return b"".join(parts)


@settings(max_examples=30, deadline=None)
@given(
    BODIES, st.lists(BODIES, max_size=3), st.lists(BODIES, min_size=1, max_size=3), st.integers(0, 8**11 - 1)
)
def test_what_is_written_is_read(setup: bytes, ballots: list[bytes], parts: list[bytes], time: int) -> None:
    """Reading looks at the chain, not into the data."""
    steps: list[tuple[EventType, Sequence[bytes]]] = [
        ("Setup", [setup, b"", b"[]", setup_data(setup, b"", b"[]")]),
        *(("Ballot", [ballot]) for ballot in ballots),
        ("EndBallots", []),
        ("EncryptedTally", [setup, b"{}"]),
        *(("PartialDecryption", [part, b"{}"]) for part in parts),
        ("Result", [b""]),
    ]
    entries = list(read(io.BytesIO(written(steps, time))))
    assert [(entry.event.type, list(entry.data)) for entry in entries] == [(k, list(d)) for k, d in steps]
    assert [entry.event.height for entry in entries] == list(range(len(steps)))
    assert [entry.event.parent for entry in entries[1:]] == [entry.hash for entry in entries[:-1]]


def test_the_simulators_archive_is_the_one_that_append_writes(select: Simulator) -> None:
    """The adversary has its own writer, which may break the chain; unbroken it is the same."""
    head, parts = Head(), [start(TIMESTAMP)]
    for entry in read(io.BytesIO(select.archive())):
        part, head = append(head, TIMESTAMP, entry.event.type, entry.data)
        parts.append(part)
    assert b"".join(parts) == select.archive()
    assert head == Head(sha256_hex(events_of(select.steps())[-1]), len(select.steps()))


def test_a_setup_names_its_three_documents_by_their_hashes() -> None:
    names = {name: sha256_hex(name.encode()) for name in ("election", "trustees", "credentials")}
    assert json.loads(setup_data(b"election", b"trustees", b"credentials")) == names


def test_it_is_a_tar_that_other_programs_open(select: Simulator) -> None:
    with tarfile.open(fileobj=io.BytesIO(select.archive())) as tar:
        members = tar.getmembers()
        assert members[0].name == "BELENIOS"
        assert {member.mtime for member in members} == {TIMESTAMP}
        file = tar.extractfile(f"{sha256_hex(select.ballots[0])}.data.json")
        assert file is not None
        assert file.read() == select.ballots[0]


def test_an_archive_in_progress_is_read_as_far_as_it_goes(select: Simulator) -> None:
    assert [entry.event.type for entry in read(io.BytesIO(select.setup_archive()))] == ["Setup"]


def test_it_is_read_one_event_at_a_time(select: Simulator) -> None:
    """So memory does not grow with the archive, and a fault is met when it is reached."""
    file = io.BytesIO(select.archive()[: -3 * BLOCK] + b"x")
    entries = read(file)
    assert next(entries).event.type == "Setup"
    assert file.tell() < len(select.archive()) // 2
    with pytest.raises(BadArchive):
        list(entries)


@pytest.mark.parametrize(
    "timestamp", [b'"-1"', b'" 1"', b'"01"', b'"1e9"', b'"x"', b'""', b"1", b'"9999999999999"']
)
def test_a_first_record_with_another_time_is_refused(timestamp: bytes) -> None:
    body = b'{"version":1,"timestamp":' + timestamp + b"}"
    with pytest.raises(BadArchive):
        list(read(io.BytesIO(archive.record("BELENIOS", body, 1))))


def test_a_record_larger_than_any_is_refused_before_it_is_read(select: Simulator) -> None:
    raw = bytearray(select.archive())
    raw[2 * BLOCK + 124 : 2 * BLOCK + 135] = b"%011o" % (archive.RECORD_LIMIT + 1)
    file = io.BytesIO(bytes(raw))
    with pytest.raises(BadArchive):
        list(read(file))
    assert file.tell() == 3 * BLOCK


def test_more_data_than_any_event_has_is_refused_before_the_event() -> None:
    """Or a file of data without events would be held in memory until its end."""
    datum = archive.record(f"{sha256_hex(b'{}')}.data.json", b"{}", TIMESTAMP)
    file = io.BytesIO(start(TIMESTAMP) + datum * 9)
    with pytest.raises(BadChain):
        list(read(file))
    assert file.tell() == 2 * BLOCK + 5 * len(datum)


@pytest.mark.parametrize("length", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK - 1])
def test_half_a_first_record_is_refused(select: Simulator, length: int) -> None:
    with pytest.raises(BadArchive):
        list(read(io.BytesIO(select.archive()[:length])))


def test_the_errors_tell_file_chain_and_writing_apart(select: Simulator) -> None:
    sound = select.archive()
    event = events_of(select.steps())[1]
    spaced = event.replace(b",", b", ")
    for raw, error in (
        (sound[:-1], BadArchive),
        (sound[: 2 * BLOCK] + sound[sound.index(event) - BLOCK :], BadChain),
        (start(1) + archive.record(f"{sha256_hex(spaced)}.event.json", spaced, 1), Malformed),
    ):
        with pytest.raises((BadArchive, Malformed)) as caught:
            list(read(io.BytesIO(raw)))
        assert caught.type is error
