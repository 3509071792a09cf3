"""JSON in and out: one writing, and everything else is malformed and nothing worse."""

from __future__ import annotations

import base64
import hashlib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ballots.encoding import decode, encode, sha256_base64, sha256_hex
from ballots.errors import Malformed


class Thing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    number: int
    more: str | msgspec.UnsetType = msgspec.UNSET


SOUND = '{"name":"票/\\"决","number":7}'.encode()


def test_the_one_writing_is_read_and_written() -> None:
    thing = decode(SOUND, Thing, "thing")
    assert thing == Thing(name='票/"决', number=7)
    assert encode(thing) == SOUND


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0",
        b"\xff\xfe",
        b"\xef\xbb\xbf" + SOUND,
        b" " + SOUND,
        SOUND + b"\n",
        SOUND + b"{}",
        SOUND.replace(b":", b": "),
        '{"number":7,"name":"票"}'.encode(),
        b'{"name":"","name":"","number":7}',
        b'{"name":"","number":7,"other":1}',
        b'{"name":"","number":7,"more":null}',
        b'{"name":""}',
        b'{"name":"\\u0041","number":7}',
        b'{"name":"\\/","number":7}',
        b'{"name":"\\ud800","number":7}',
        b'{"name":"\xff","number":7}',
        b'{"name":"\xed\xa0\x80","number":7}',
        b'{"name":"\xc0\x80","number":7}',
        b'{"name":"\0","number":7}',
        b'{"na\xffme":"","number":7}',
        b'{"name":"","number":7.0}',
        b'{"name":"","number":07}',
        b'{"name":"","number":-0}',
        b'{"name":"","number":"7"}',
        b'{"name":"","number":true}',
        b'{"name":"","number":NaN}',
        b'{"name":"","number":1e999}',
        b'{"name":"","number":' + b"9" * 5000 + b"}",
        b"[" * 100_000,
        b'{"name":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
        b'{"name":"","number":7',
        b"null",
        b"[]",
    ],
    ids=lambda raw: ascii(raw[:40]),
)
def test_any_other_writing_is_malformed(raw: bytes) -> None:
    with pytest.raises(Malformed, match="thing"):
        decode(raw, Thing, "thing")


def test_nesting_without_end_is_malformed_where_anything_may_be_nested() -> None:
    with pytest.raises(Malformed):
        decode(b'{"name":' + b"[" * 100_000 + b"]" * 100_000 + b"}", dict[str, object], "anything")


@given(st.binary(max_size=60))
def test_any_bytes_are_read_or_malformed(raw: bytes) -> None:
    try:
        value = decode(raw, dict[str, object], "anything")
    except Malformed:
        return
    assert encode(value) == raw


def test_the_hashes_are_of_the_bytes() -> None:
    digest = hashlib.sha256(SOUND).digest()
    assert sha256_hex(SOUND) == digest.hex()
    assert base64.b64decode(sha256_base64(SOUND) + "=") == digest
    assert len(sha256_base64(b"")) == 43
