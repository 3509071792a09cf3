"""The whole curve, slowly, in Python's integers: what libsodium will not compute, the adversary computes.

Written from RFC 8032 §5.1 and independent of `ballots.group`, for which it is also the second opinion.
Points are affine (x, y); `multiply` knows nothing of subgroups.
"""

from __future__ import annotations

from typing import Final

FIELD: Final = 2**255 - 19
ORDER: Final = 2**252 + 27742317777372353535851937790883648493
D: Final = -121665 * pow(121666, -1, FIELD) % FIELD
ROOT: Final = pow(2, (FIELD - 1) // 4, FIELD)
"""A square root of -1."""

Affine = tuple[int, int]
Projective = tuple[int, int, int]
NEUTRAL: Final[Affine] = (0, 1)


def add(a: Affine, b: Affine) -> Affine:
    """The sum, by the formula that is complete on this curve."""
    return affine(_sum((*a, 1), (*b, 1)))


def multiply(point: Affine, number: int) -> Affine:
    """The point added to itself `number` times; `number` is not reduced: off the group that matters."""
    total, step = (0, 1, 1), (*point, 1)
    while number:
        if number & 1:
            total = _sum(total, step)
        step = _sum(step, step)
        number >>= 1
    return affine(total)


def affine(point: Projective) -> Affine:
    x, y, z = point
    inverse = pow(z, -1, FIELD)
    return x * inverse % FIELD, y * inverse % FIELD


def _sum(a: Projective, b: Projective) -> Projective:
    """The addition law over a common denominator z."""
    (x1, y1, z1), (x2, y2, z2) = a, b
    z, xx, yy = z1 * z2 % FIELD, x1 * x2 % FIELD, y1 * y2 % FIELD
    mixed = D * xx * yy % FIELD
    less, more = z * z - mixed, z * z + mixed
    cross = (x1 + y1) * (x2 + y2) - xx - yy
    return z * less * cross % FIELD, z * more * (yy + xx) % FIELD, less * more % FIELD


def root_of_x(y: int) -> int | None:
    """The even x with (x, y) on the curve, if there is one."""
    numerator, denominator = (y * y - 1) % FIELD, (D * y * y + 1) % FIELD
    square = numerator * pow(denominator, -1, FIELD) % FIELD
    x = pow(square, (FIELD + 3) // 8, FIELD)
    if x * x % FIELD != square:
        x = x * ROOT % FIELD
    if x * x % FIELD != square:
        return None
    return x if x % 2 == 0 else FIELD - x


def decode(raw: bytes) -> Affine:
    """Like a careless reader: y is reduced and "-0" passes. ValueError off the curve."""
    number = int.from_bytes(raw, "little")
    y, odd = number % 2**255 % FIELD, number >> 255
    x = root_of_x(y)
    if x is None:
        raise ValueError(raw.hex())
    return (x, y) if x % 2 == odd else (-x % FIELD, y)


def encode(point: Affine) -> bytes:
    x, y = point
    return (y | (x & 1) << 255).to_bytes(32, "little")


GENERATOR: Final = decode((4 * pow(5, -1, FIELD) % FIELD).to_bytes(32, "little"))


def _torsion() -> tuple[Affine, ...]:
    """The eight points of order 1, 2, 4 and 8: multiples of what a random point has outside the group."""
    y = 2
    while True:
        x = root_of_x(y)
        generator = multiply((x, y), ORDER) if x is not None else NEUTRAL
        if multiply(generator, 4) != NEUTRAL:
            return tuple(multiply(generator, number) for number in range(8))
        y += 1


TORSION: Final = _torsion()
HALF: Final = TORSION[4]
"""The point of order 2, (0, -1)."""


def careless_writings() -> list[bytes]:
    """Every other way of writing a point: y not below p, or a sign on x = 0; none is canonical."""
    writings = []
    for number in (*range(FIELD, 2**255), 1, FIELD - 1):
        for sign in (0, 1):
            raw = (number | sign << 255).to_bytes(32, "little")
            if root_of_x(number % FIELD) is not None and encode(decode(raw)) != raw:
                writings.append(raw)
    return writings
