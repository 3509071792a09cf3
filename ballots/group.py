"""The group Ed25519 of NOTES §2: scalars and points, all arithmetic libsodium's.

A `Point` is libsodium's 32 little-endian bytes; Belenios writes the same bytes reversed, as lower-case hex.
libsodium's scalar multiplication refuses encodings that are not canonical, small-order points and points
outside the prime-order subgroup, so whatever has been multiplied has been checked and is not checked twice.
It also refuses zero scalars and, as a result, the identity: `power` and `product` serve sums and
decryptions, where the identity is legal; ballots use the strict functions.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from nacl.bindings import (
    crypto_core_ed25519_add,
    crypto_core_ed25519_is_valid_point,
    crypto_core_ed25519_sub,
    crypto_scalarmult_ed25519_base_noclamp,
    crypto_scalarmult_ed25519_noclamp,
)
from nacl.exceptions import RuntimeError as SodiumRefusal

from ballots.errors import BadPoint, BadScalar

Point = bytes
Random = Callable[[int], bytes]

ORDER = 2**252 + 27742317777372353535851937790883648493
IDENTITY: Point = (1).to_bytes(32, "little")
# A point of order 2q on the curve: PyNaCl before 1.6.2 multiplied it without a word.
ORDER_2Q: Point = bytes.fromhex("9599999999999999999999999999999999999999999999999999999999999999")


def point_hex(point: Point) -> str:
    """64 lower-case hex digits, most significant byte first."""
    return point[::-1].hex()


def point_bytes(text: str) -> Point:
    """The bytes of 64 lower-case hex digits; whether they are a point shows when they are multiplied.

    Raises BadPoint.
    """
    try:
        point = bytes.fromhex(text)[::-1]
    except ValueError:
        raise BadPoint(text[:80]) from None
    if len(point) != 32 or point_hex(point) != text:
        raise BadPoint(text[:80])
    return point


def point_from_hex(text: str) -> Point:
    """A point of the prime-order subgroup, not the identity. Raises BadPoint."""
    point = point_bytes(text)
    if not crypto_core_ed25519_is_valid_point(point):
        raise BadPoint(text)
    return point


def element_from_hex(text: str) -> Point:
    """Like `point_from_hex`, and the identity passes: sums of no ballots are the identity."""
    return IDENTITY if text == point_hex(IDENTITY) else point_from_hex(text)


def scalar_from_text(text: str) -> int:
    """1 ≤ n < ORDER from canonical base 10. Raises BadScalar."""
    try:
        number = int(text) if len(text) <= 77 else 0
    except ValueError:
        raise BadScalar(text[:80]) from None
    if not 0 < number < ORDER or str(number) != text:
        raise BadScalar(text[:80])
    return number


def scalar_bytes(number: int) -> bytes:
    return (number % ORDER).to_bytes(32, "little")


def multiply(point: Point, scalar: bytes) -> Point:
    """point^scalar, strict: BadPoint for anything outside the subgroup, the identity, or a zero scalar."""
    try:
        return crypto_scalarmult_ed25519_noclamp(scalar, point)
    except SodiumRefusal:
        raise BadPoint(point_hex(point)) from None


def multiply_base(scalar: bytes) -> Point:
    """g^scalar for a scalar in 1..ORDER-1."""
    return crypto_scalarmult_ed25519_base_noclamp(scalar)


def product(a: Point, b: Point) -> Point:
    """a·b for points on the curve. Raises BadPoint."""
    try:
        return crypto_core_ed25519_add(a, b)
    except SodiumRefusal:
        raise BadPoint(point_hex(a)) from None


def quotient(a: Point, b: Point) -> Point:
    """a/b for points on the curve. Raises BadPoint."""
    try:
        return crypto_core_ed25519_sub(a, b)
    except SodiumRefusal:
        raise BadPoint(point_hex(a)) from None


def power(point: Point, exponent: int) -> Point:
    """point^exponent where the identity and zero are legal."""
    exponent %= ORDER
    if exponent == 0 or point == IDENTITY:
        return IDENTITY
    return multiply(point, scalar_bytes(exponent))


def base_power(exponent: int) -> Point:
    """g^exponent; zero gives the identity."""
    exponent %= ORDER
    return multiply_base(scalar_bytes(exponent)) if exponent else IDENTITY


def hash_to_scalar(prefix: str, *points: Point) -> int:
    """H(prefix, P1, …) of NOTES §2: SHA-256 over the text, reduced."""
    text = prefix + ",".join(map(point_hex, points))
    return int.from_bytes(hashlib.sha256(text.encode()).digest(), "big") % ORDER


def random_scalar(random: Random) -> int:
    """1 ≤ n < ORDER; 512 random bits leave a bias of 2^-259."""
    return int.from_bytes(random(64), "big") % (ORDER - 1) + 1


GENERATOR: Point = base_power(1)
"""g, the base point of RFC 8032."""


def refuse_weak_library() -> None:
    """Refuse to run on a libsodium that takes points of order 2q: they would make proofs say nothing."""
    try:
        crypto_scalarmult_ed25519_noclamp(scalar_bytes(3), ORDER_2Q)
    except SodiumRefusal:
        return
    raise ImportError("PyNaCl is too old: it accepts points outside the group. Install pynacl >= 1.6.2.")


refuse_weak_library()
