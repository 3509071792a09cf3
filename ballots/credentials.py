"""The secret on a voting card, and the public key that is derived from it for each round (NOTES §3)."""

from __future__ import annotations

import hashlib

from ballots.errors import Malformed
from ballots.group import ORDER, Random, base_power, point_hex

BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
GROUPS = (5, 6, 5, 6)
"""Lengths of the four groups in which a credential or a backup code is written."""
SIZE = sum(GROUPS)


def base58(length: int, random: Random) -> str:
    """`length` unbiased Base58 characters: bytes above the last multiple of 58 are drawn again."""
    characters: list[str] = []
    while len(characters) < length:
        characters.extend(BASE58[byte % 58] for byte in random(length) if byte < 232)
    return "".join(characters[:length])


def grouped(characters: str) -> str:
    """22 characters written 5-6-5-6 with dashes."""
    parts, start = [], 0
    for size in GROUPS:
        parts.append(characters[start : start + size])
        start += size
    return "-".join(parts)


def generate(random: Random) -> str:
    """A new private credential, about 128.9 bits: `XXXXX-XXXXXX-XXXXX-XXXXXX`."""
    return grouped(base58(SIZE, random))


def generate_uuid(random: Random) -> str:
    """A new election uuid: 14 Base58 characters."""
    return base58(14, random)


def is_uuid(text: str) -> bool:
    return 14 <= len(text) <= 64 and set(text) <= set(BASE58)


def secret_scalar(uuid: str, credential: str) -> int:
    """The signing secret of a card in one round. Raises Malformed unless written 5-6-5-6."""
    characters = credential.replace("-", "")
    if len(characters) != SIZE or not set(characters) <= set(BASE58) or grouped(characters) != credential:
        raise Malformed("credential")
    halves = (f"derive_credential|{uuid}|{half}|{credential}" for half in (0, 1))
    return int("".join(hashlib.sha256(text.encode()).hexdigest() for text in halves), 16) % ORDER


def public_credential(uuid: str, credential: str) -> str:
    """What the round's list holds for this card: 64 hex digits."""
    return point_hex(base_power(secret_scalar(uuid, credential)))
