"""One way out, one way in: compact JSON and the hashes over its exact bytes (NOTES §1)."""

from __future__ import annotations

import base64
import hashlib
from typing import TypeVar

import msgspec

from ballots.errors import Malformed

T = TypeVar("T")


def sha256_hex(raw: bytes) -> str:
    """64 lower-case hex digits."""
    return hashlib.sha256(raw).hexdigest()


def sha256_base64(raw: bytes) -> str:
    """43 characters: standard alphabet, no padding."""
    return base64.b64encode(hashlib.sha256(raw).digest()).decode().rstrip("=")


def encode(value: object) -> bytes:
    """Compact JSON, fields in declared order, absent optional fields left out."""
    return msgspec.json.encode(value)


def decode(raw: bytes, shape: type[T], what: str) -> T:
    """Decode strictly: unknown fields, other orders, spaces, escapes and repeated keys are all refused.

    Whatever does not come out again byte for byte could be read in two ways. Raises Malformed.
    """
    try:
        value = msgspec.json.decode(raw, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Malformed(what) from None
    if msgspec.json.encode(value) != raw:
        raise Malformed(f"{what}: 写法不规范")
    return value
