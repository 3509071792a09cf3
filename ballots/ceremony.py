"""Making a key of which any k of n scrutineers open the box (Pedersen, NOTES §6), one message at a time.

    certificate   everybody: the own signing key and receiving key, signed, for exactly this ceremony
    deal          everybody: commitments to an own polynomial, a share of it for each owner, all of it signed
    receive       everybody: the shares add up to the own secret; its public half, proved and signed
    assemble      anybody: the public part, as the archive holds it
    code          everybody: twenty characters of it, compared aloud, so that nobody was shown another key

Whoever carries the messages reads no share: each is encrypted to its receiver's key and signed by its sender.
Everything else is checked by whoever takes it, and again by each scrutineer. An owner keeps nothing but the
seed (22 Base58 characters) and gets the own messages back from the carrier.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import reduce
from typing import NamedTuple, TypeVar

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

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
    quotient,
    random_scalar,
    scalar_from_text,
)
from ballots.proofs import Proof, prove_knowledge
from ballots.trustees import (
    Certificate,
    CertificateSet,
    Coefficients,
    Context,
    PublicKey,
    SignedMessage,
    Threshold,
    check_certificate,
    check_coefficients,
    check_public_key,
    check_signature,
    check_trustees,
    evaluate,
    secret_from_seed,
)

_ROUNDS = 1 << 14
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's Base32: no two of them look or sound alike, and there is no case."""


class Deal(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one owner sends: `polynomial` to the own receiving key, `secrets` one to each owner in order."""

    polynomial: str
    secrets: tuple[str, ...]
    coefexps: SignedMessage
    signature: Proof


class Share(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one owner ends with: `private_key` is for the own receiving key only."""

    private_key: str
    public_key: PublicKey


class Sealed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    algorithm: str
    alpha: str
    beta: str
    data: str


class Channel(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    recipient: str
    message: str


class Polynomial(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    polynomial: tuple[str, ...]


class Secret(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    secret: str


class DecryptionKey(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    decryption_key: str


Content = TypeVar("Content", Secret, DecryptionKey)


class Party(NamedTuple):
    """One owner as the others know it."""

    signer: Point
    receiver: Point


def receiving_secret(seed: str) -> int:
    """Opens what is sent to the owner of this seed (NOTES §6, \"dk|\")."""
    return int.from_bytes(hashlib.sha256(f"dk|{seed}".encode()).digest(), "big") % ORDER


def certificate(seed: str, index: int, threshold: int, size: int, random: Random) -> bytes:
    """The first message of owner `index` (from 1) of `size`. Raises BadTrustee if no such ceremony can be."""
    if not (1 <= threshold <= size and 1 <= index <= size):
        raise BadTrustee("threshold")
    said = Certificate(
        context=Context(group="Ed25519", size=size, threshold=threshold, index=index),
        verification=point_hex(base_power(secret_from_seed(seed))),
        encryption=point_hex(base_power(receiving_secret(seed))),
    )
    return encode(_signed(secret_from_seed(seed), encode(said).decode(), random))


def check_certificates(raws: Sequence[bytes], threshold: int) -> tuple[Party, ...]:
    """The parties of a ceremony, in order; no two share a key. Raises BadTrustee."""
    try:
        parties = tuple(
            _party(raw, Context(group="Ed25519", size=len(raws), threshold=threshold, index=index))
            for index, raw in enumerate(raws, start=1)
        )
    except BallotError as error:
        raise BadTrustee(error.detail) from None
    keys = [key for party in parties for key in party]
    if len(set(keys)) != len(keys):
        raise BadTrustee("两位监票人的钥匙相同")
    return parties


def check_own_certificate(raw: bytes, index: int, threshold: int, size: int) -> Party:
    """The certificate of owner `index` alone, while others are missing. Raises BadTrustee."""
    try:
        return _party(raw, Context(group="Ed25519", size=size, threshold=threshold, index=index))
    except BallotError as error:
        raise BadTrustee(error.detail) from None


def deal(seed: str, certificates: Sequence[bytes], threshold: int, random: Random) -> bytes:
    """The second message of an owner, once everybody's certificate is there. Raises BadTrustee."""
    parties = check_certificates(certificates, threshold)
    signer = secret_from_seed(seed)
    own = parties[_index(seed, parties) - 1]
    numbers = [random_scalar(random) for _ in range(threshold)]
    said = Coefficients(coefexps=tuple(point_hex(base_power(number)) for number in numbers))
    polynomial = Polynomial(polynomial=tuple(str(number) for number in numbers))
    return encode(
        Deal(
            polynomial=_send(signer, own.receiver, encode(polynomial), random),
            secrets=tuple(
                _send(signer, party.receiver, encode(Secret(secret=str(value_at(numbers, index)))), random)
                for index, party in enumerate(parties, start=1)
            ),
            coefexps=_signed(signer, encode(said).decode(), random),
            signature=_sign(signer, _agreement(certificates, said.coefexps), random),
        )
    )


def check_deal(certificates: Sequence[bytes], threshold: int, index: int, raw: bytes) -> Deal:
    """What of an owner's second message everybody can check: all but the shares themselves.

    Raises BadTrustee.
    """
    parties = check_certificates(certificates, threshold)
    try:
        dealt = decode(raw, Deal, "deal")
        signer = parties[index - 1].signer
        check_coefficients(dealt.coefexps, signer, threshold)
        said = decode(dealt.coefexps.message.encode(), Coefficients, "coefexps").coefexps
        check_signature(_agreement(certificates, said), signer, dealt.signature)
        if len(dealt.secrets) != len(parties):
            raise BadTrustee("secrets")
        for text in (dealt.polynomial, *dealt.secrets):
            decode(text.encode(), Sealed, "secrets")
    except BallotError as error:
        raise BadTrustee(error.detail) from None
    return dealt


def receive(
    seed: str, certificates: Sequence[bytes], threshold: int, deals: Sequence[bytes], random: Random
) -> bytes:
    """The last message of an owner, once everybody has dealt. Raises BadTrustee, naming a wrong sender."""
    parties = check_certificates(certificates, threshold)
    index, total = _index(seed, parties), 0
    for sender, raw in enumerate(deals, start=1):
        dealt = check_deal(certificates, threshold, sender, raw)
        committed = check_coefficients(dealt.coefexps, parties[sender - 1].signer, threshold)
        number = _opened(seed, parties[sender - 1].signer, dealt.secrets[index - 1], Secret, sender).secret
        try:
            share = scalar_from_text(number)
        except BallotError as error:
            raise BadTrustee(f"第{sender}位监票人给出的份额不对：{error.detail}") from None
        if base_power(share) != evaluate(committed, index):
            raise BadTrustee(f"第{sender}位监票人给出的份额不对")
        total += share
    signer, total = secret_from_seed(seed), total % ORDER
    public = point_hex(base_power(total))
    kept = encode(DecryptionKey(decryption_key=str(total)))
    return encode(
        Share(
            private_key=_send(signer, parties[index - 1].receiver, kept, random),
            public_key=PublicKey(
                pok=prove_knowledge(f"pok|Ed25519|{public}|", total, random),
                public_key=public,
                signature=_sign(signer, public, random),
            ),
        )
    )


def check_share(
    certificates: Sequence[bytes], threshold: int, deals: Sequence[bytes], index: int, raw: bytes
) -> Share:
    """What of an owner's last message everybody can check: its public half follows from what was dealt.

    Raises BadTrustee.
    """
    parties = check_certificates(certificates, threshold)
    try:
        share = decode(raw, Share, "share")
        decode(share.private_key.encode(), Sealed, "private_key")
        check_public_key(encode(share.public_key))
        key, signature = share.public_key.public_key, share.public_key.signature
        expected = IDENTITY
        for sender, dealt in enumerate(deals, start=1):
            said = check_deal(certificates, threshold, sender, dealt).coefexps
            committed = check_coefficients(said, parties[sender - 1].signer, threshold)
            expected = product(expected, evaluate(committed, index))
        if point_hex(expected) != key or signature is msgspec.UNSET:
            raise BadTrustee("verification_key")
        check_signature(key, parties[index - 1].signer, signature)
    except BallotError as error:
        raise BadTrustee(error.detail) from None
    return share


def assemble(
    certificates: Sequence[bytes], threshold: int, deals: Sequence[bytes], shares: Sequence[bytes]
) -> bytes:
    """The archive's `trustees` with this key alone, checked as the verifier does. Raises BadTrustee."""
    parties = check_certificates(certificates, threshold)
    if not len(parties) == len(deals) == len(shares):
        raise BadTrustee("threshold")
    dealt = [check_deal(certificates, threshold, index, raw) for index, raw in enumerate(deals, start=1)]
    made = Threshold(
        threshold=threshold,
        certs=tuple(decode(raw, SignedMessage, "cert") for raw in certificates),
        coefexps=tuple(one.coefexps for one in dealt),
        signatures=tuple(one.signature for one in dealt),
        verification_keys=tuple(decode(raw, Share, "share").public_key for raw in shares),
    )
    document = encode([("Pedersen", made)])
    check_trustees(document)
    return document


def decryption_secret(seed: str, certificates: Sequence[bytes], threshold: int, share: bytes) -> int:
    """What the owner decrypts with, from the own last message. Raises BadTrustee for somebody else's."""
    parties = check_certificates(certificates, threshold)
    index = _index(seed, parties)
    try:
        kept = decode(share, Share, "share")
        opened = _opened(seed, parties[index - 1].signer, kept.private_key, DecryptionKey, index)
        secret = scalar_from_text(opened.decryption_key)
    except BallotError as error:
        raise BadTrustee(error.detail) from None
    if point_hex(base_power(secret)) != kept.public_key.public_key:
        raise BadTrustee("private_key")
    return secret


def read_share(raw: bytes) -> Share:
    """A last message that was checked before. Raises Malformed."""
    return decode(raw, Share, "share")


def code(trustees: bytes) -> str:
    """核对码: twenty characters by which the owners tell each other aloud that they have one document.

    Whoever carries the messages may look for two documents with one code until somebody notices: 100 bits,
    each trial 2^14 hashes.
    """
    digest = hashlib.sha256(trustees).digest()
    for _ in range(_ROUNDS):
        digest = hashlib.sha256(digest).digest()
    number = int.from_bytes(digest, "big") >> 156
    return "".join(_LETTERS[number >> shift & 31] for shift in range(95, -1, -5))


def sign_text(seed: str, text: str, random: Random) -> bytes:
    """The signature of the owner of this seed under something that is no message of the ceremony."""
    return encode(_sign(secret_from_seed(seed), text, random))


def check_text(text: str, signer: Point, raw: bytes) -> Proof:
    """A signature as `sign_text` makes it. Raises BadTrustee."""
    try:
        signature = decode(raw, Proof, "signature")
        check_signature(text, signer, signature)
    except BallotError as error:
        raise BadTrustee(error.detail) from None
    return signature


def value_at(numbers: Sequence[int], at: int) -> int:
    """A polynomial, its coefficients from the constant up, at a point."""
    return reduce(lambda value, number: (value * at + number) % ORDER, reversed(numbers), 0)


def _party(raw: bytes, expected: Context) -> Party:
    message = decode(raw, SignedMessage, "cert")
    signer = check_certificate(message, expected)
    return Party(signer, point_from_hex(decode(message.message.encode(), Certificate, "cert").encryption))


def _index(seed: str, parties: Sequence[Party]) -> int:
    """Which of them has this seed, from 1. Raises BadTrustee."""
    own = Party(base_power(secret_from_seed(seed)), base_power(receiving_secret(seed)))
    if own not in parties:
        raise BadTrustee("这个备用码不属于这次生成的钥匙")
    return [*parties].index(own) + 1


def _agreement(certificates: Sequence[bytes], coefexps: tuple[str, ...]) -> str:
    """What everybody signs: all certificates, together with the own commitments."""
    certs = tuple(decode(raw, SignedMessage, "cert") for raw in certificates)
    return f"certs_sig|{encode(CertificateSet(certs=certs, coefexps=coefexps)).decode()}"


def _signed(signer: int, text: str, random: Random) -> SignedMessage:
    return SignedMessage(message=text, signature=_sign(signer, text, random))


def _sign(signer: int, text: str, random: Random) -> Proof:
    return prove_knowledge(f"sigmsg|{text}|", signer, random)


def _send(signer: int, receiver: Point, message: bytes, random: Random) -> str:
    """Signed with its recipient inside, so that nobody passes it on as meant for another; then encrypted."""
    channel = Channel(recipient=point_hex(receiver), message=message.decode())
    text = encode(_signed(signer, encode(channel).decode(), random))
    secret, key = random_scalar(random), base_power(random_scalar(random))
    alpha = base_power(secret)
    sealed = Sealed(
        algorithm="AES-GCM",
        alpha=point_hex(alpha),
        beta=point_hex(product(power(receiver, secret), key)),
        data=_cipher(key).encrypt(_nonce(alpha), text, None).hex(),
    )
    return encode(sealed).decode()


def _opened(seed: str, sender: Point, text: str, shape: type[Content], number: int) -> Content:
    """What `sender` sent to the owner of this seed. Raises BadTrustee, naming the sender by `number`."""
    try:
        signed = decode(_decrypted(receiving_secret(seed), text), SignedMessage, "message")
        check_signature(signed.message, sender, signed.signature)
        channel = decode(signed.message.encode(), Channel, "channel")
        if channel.recipient != point_hex(base_power(receiving_secret(seed))):
            raise BadTrustee("recipient")
        return decode(channel.message.encode(), shape, "message")
    except BallotError as error:
        raise BadTrustee(f"第{number}位监票人的消息不能读取：{error.detail}") from None


def _decrypted(secret: int, text: str) -> bytes:
    """Raises BadTrustee, BadPoint, Malformed."""
    sealed = decode(text.encode(), Sealed, "sealed")
    alpha, beta = point_from_hex(sealed.alpha), point_from_hex(sealed.beta)
    try:
        data = bytes.fromhex(sealed.data)
        return _cipher(quotient(beta, power(alpha, secret))).decrypt(_nonce(alpha), data, None)
    except (InvalidTag, ValueError):
        raise BadTrustee("AES-GCM") from None


def _cipher(key: Point) -> AESGCM:
    return AESGCM(hashlib.sha256(f"key|{point_hex(key)}".encode()).digest())


def _nonce(alpha: Point) -> bytes:
    """All 32 bytes, as the peer has it: GCM hashes what is longer than 12."""
    return hashlib.sha256(f"iv|{point_hex(alpha)}".encode()).digest()
