"""The scrutineers' keys: Single (all needed) and Pedersen (k of n), made and checked (NOTES §6)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from functools import reduce
from typing import NamedTuple

import msgspec

from ballots.encoding import decode, encode
from ballots.errors import BadTrustee, BallotError
from ballots.group import (
    IDENTITY,
    ORDER,
    Point,
    Random,
    base_power,
    point_from_hex,
    point_hex,
    power,
    product,
)
from ballots.proofs import Proof, knows, prove_knowledge


class PublicKey(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A trustee's key and the proof that its secret is known; `signature` only within Pedersen."""

    pok: Proof
    public_key: str
    signature: Proof | msgspec.UnsetType = msgspec.UNSET
    name: str | msgspec.UnsetType = msgspec.UNSET


class SignedMessage(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    message: str
    signature: Proof


class Threshold(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The public part of a Pedersen key ceremony."""

    threshold: int
    certs: tuple[SignedMessage, ...]
    coefexps: tuple[SignedMessage, ...]
    signatures: tuple[Proof, ...]
    verification_keys: tuple[PublicKey, ...]


class Context(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    group: str
    size: int
    threshold: int
    index: int


class Certificate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    context: Context
    verification: str
    encryption: str


class Coefficients(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    coefexps: tuple[str, ...]


class CertificateSet(msgspec.Struct, frozen=True, kw_only=True):
    certs: tuple[SignedMessage, ...]
    coefexps: tuple[str, ...]


class Group(NamedTuple):
    """Owners that decrypt together: any `needed` of those in `keys`; `joint` enters the election's key.

    `signers` are the keys with which they signed in a ceremony; a Single owner has made none.
    """

    needed: int
    keys: dict[int, Point]
    joint: Point
    signers: dict[int, Point]


class Trustees(NamedTuple):
    groups: tuple[Group, ...]

    @property
    def keys(self) -> dict[int, Point]:
        """Every owner's key; owners are numbered from 1 over the flattened list."""
        return {owner: key for group in self.groups for owner, key in group.keys.items()}

    @property
    def signers(self) -> dict[int, Point]:
        """The keys with which owners signed in a ceremony."""
        return {owner: key for group in self.groups for owner, key in group.signers.items()}

    @property
    def joint(self) -> Point:
        return reduce(product, (group.joint for group in self.groups))


def secret_from_seed(seed: str) -> int:
    """The decryption secret behind a backup code of 22 Base58 characters (NOTES §6, \"sk|\")."""
    return int.from_bytes(hashlib.sha256(f"sk|{seed}".encode()).digest(), "big") % ORDER


def make_public_key(secret: int, random: Random) -> bytes:
    """The public part of a Single trustee, with its proof of knowledge."""
    public = point_hex(base_power(secret))
    proof = prove_knowledge(f"pok|Ed25519|{public}|", secret, random)
    return encode(PublicKey(pok=proof, public_key=public))


def check_public_key(raw: bytes) -> PublicKey:
    """A Single trustee's key whose proof holds. Raises BadTrustee."""
    try:
        key = decode(raw, PublicKey, "public_key")
        _check_knowledge(key)
    except BadTrustee:
        raise
    except BallotError as error:
        raise BadTrustee(error.detail) from None
    return key


def trustees_document(keys: Iterable[bytes]) -> bytes:
    """The archive's `trustees` for Single keys, in owner order."""
    return encode([("Single", decode(raw, PublicKey, "public_key")) for raw in keys])


def check_trustees(raw: bytes) -> Trustees:
    """Every key of the document with all its proofs and signatures. Raises BadTrustee."""
    items = decode(raw, tuple[tuple[str, msgspec.Raw], ...], "trustees")
    groups: list[Group] = []
    first = 1
    try:
        for kind, value in items:
            group = _check_group(kind, bytes(value), first)
            first += len(group.keys)
            groups.append(group)
    except BadTrustee:
        raise
    except BallotError as error:
        raise BadTrustee(error.detail) from None
    if not groups:
        raise BadTrustee("没有监票人")
    # A key copied together with its proof: one person would open in the name of two. Within a ceremony the
    # shares follow from the polynomials; those of a threshold of one are all the same.
    keys = [key for group in groups for key in set(group.keys.values())]
    if len(set(keys)) != len(keys):
        raise BadTrustee("两位监票人的钥匙相同")
    return Trustees(tuple(groups))


def joint_key(raw: bytes) -> Point:
    """The key under which ballots are sealed. Raises BadTrustee."""
    return check_trustees(raw).joint


def _check_group(kind: str, raw: bytes, first: int) -> Group:
    if kind == "Single":
        key = point_from_hex(check_public_key(raw).public_key)
        return Group(1, {first: key}, key, {})
    if kind == "Pedersen":
        return _check_threshold(decode(raw, Threshold, "Pedersen"), first)
    raise BadTrustee(kind[:80])


def _check_knowledge(key: PublicKey) -> Point:
    point = point_from_hex(key.public_key)
    if not knows(f"pok|Ed25519|{key.public_key}|", point, key.pok):
        raise BadTrustee("pok")
    return point


def _check_threshold(ceremony: Threshold, first: int) -> Group:
    """The four numbered checks of NOTES §6."""
    size = len(ceremony.certs)
    lengths = {size, len(ceremony.coefexps), len(ceremony.signatures), len(ceremony.verification_keys)}
    if len(lengths) != 1 or not 1 <= ceremony.threshold <= size:
        raise BadTrustee("threshold")
    signers = [
        check_certificate(
            cert, Context(group="Ed25519", size=size, threshold=ceremony.threshold, index=index)
        )
        for index, cert in enumerate(ceremony.certs, 1)
    ]
    coefficients = [
        check_coefficients(message, signer, ceremony.threshold)
        for message, signer in zip(ceremony.coefexps, signers, strict=True)
    ]
    _check_agreement(ceremony, signers)
    keys = {
        first + index - 1: _check_verification_key(key, signer, coefficients, index)
        for index, (key, signer) in enumerate(zip(ceremony.verification_keys, signers, strict=True), 1)
    }
    joint = reduce(product, (row[0] for row in coefficients))
    return Group(ceremony.threshold, keys, joint, dict(enumerate(signers, first)))


def check_certificate(message: SignedMessage, expected: Context) -> Point:
    """(1) A certificate for exactly this ceremony and place, signed by the key it names."""
    certificate = decode(message.message.encode(), Certificate, "cert")
    if certificate.context != expected:
        raise BadTrustee("cert context")
    signer = point_from_hex(certificate.verification)
    point_from_hex(certificate.encryption)
    _check_message(message, signer)
    return signer


def check_coefficients(message: SignedMessage, signer: Point, threshold: int) -> list[Point]:
    """(2) As many committed coefficients as the threshold, signed."""
    _check_message(message, signer)
    elements = decode(message.message.encode(), Coefficients, "coefexps").coefexps
    if len(elements) != threshold:
        raise BadTrustee("coefexps")
    return [point_from_hex(element) for element in elements]


def _check_agreement(ceremony: Threshold, signers: Sequence[Point]) -> None:
    """(3) Everybody signed everybody's certificates together with the own coefficients."""
    for signer, message, signature in zip(signers, ceremony.coefexps, ceremony.signatures, strict=True):
        own = decode(message.message.encode(), Coefficients, "coefexps").coefexps
        text = encode(CertificateSet(certs=ceremony.certs, coefexps=own)).decode()
        check_signature(f"certs_sig|{text}", signer, signature)


def _check_verification_key(
    key: PublicKey, signer: Point, coefficients: Sequence[Sequence[Point]], index: int
) -> Point:
    """(4) Owner `index` holds the sum of everybody's polynomial there, and signed for it."""
    point = _check_knowledge(key)
    expected = reduce(product, (evaluate(row, index) for row in coefficients))
    if point != expected or key.signature is msgspec.UNSET:
        raise BadTrustee("verification_key")
    check_signature(key.public_key, signer, key.signature)
    return point


def evaluate(coefficients: Sequence[Point], at: int) -> Point:
    """Π A_e^(at^e)."""
    value = IDENTITY
    for exponent, element in enumerate(coefficients):
        value = product(value, power(element, at**exponent))
    return value


def _check_message(message: SignedMessage, signer: Point) -> None:
    check_signature(message.message, signer, message.signature)


def check_signature(text: str, signer: Point, signature: Proof) -> None:
    """`sigmsg` of NOTES §6."""
    if not knows(f"sigmsg|{text}|", signer, signature):
        raise BadTrustee("signature")
