"""The readers of `ballots`."""

from __future__ import annotations

import io
from functools import cache
from typing import Final

from ballots import archive, ballot, ceremony, companion, election, encoding, group, record, tally, trustees
from ballots.checks import Refused
from ballots.credentials import base58, public_credential, secret_scalar
from ballots.encoding import encode
from ballots.errors import (
    BadArchive,
    BadCredentials,
    BadDecryption,
    BadElection,
    BadPoint,
    BadProof,
    BadScalar,
    BadSignature,
    BadTally,
    BadTrustee,
    Malformed,
    TooLarge,
    WrongElection,
)
from ballots.verify import verify
from tests.fuzzing.targets import election as box
from tests.fuzzing.targets import facts
from tests.parsers.registry import Reader
from tests.simulator import Simulator, events_of, seeded

UNREAD: Final = (TooLarge, Malformed, WrongElection)


def _chained(raw: bytes) -> list[archive.Entry]:
    return list(archive.read(io.BytesIO(raw)))


@cache
def _messages() -> tuple[list[str], list[bytes], list[bytes], list[bytes]]:
    """(seeds, certificates, deals, shares) of two who make a key that both must open."""
    random = seeded("messages")
    seeds = [base58(22, random) for _ in range(2)]
    certificates = [ceremony.certificate(seed, index, 2, 2, random) for index, seed in enumerate(seeds, 1)]
    deals = [ceremony.deal(seed, certificates, 2, random) for seed in seeds]
    shares = [ceremony.receive(seed, certificates, 2, deals, random) for seed in seeds]
    return seeds, certificates, deals, shares


def _check_text(raw: bytes) -> object:
    return ceremony.check_text(
        "本人在场", group.base_power(trustees.secret_from_seed(_messages()[0][0])), raw
    )


def _signed_text() -> bytes:
    return ceremony.sign_text(_messages()[0][0], "本人在场", seeded("text"))


@cache
def _shared() -> bytes:
    return Simulator(deputies=0, scrutineers=2, threshold=2).trustees


READERS: Final = [
    Reader(
        "ballots.archive.read",
        _chained,
        (BadArchive, Malformed),
        lambda: [box().archive(), box().setup_archive()],
    ),
    Reader(
        "ballots.ballot.read",
        lambda raw: ballot.read(box().election, raw),
        UNREAD,
        lambda: box().ballots,
        encode,
        canonical=True,
    ),
    Reader(
        "ballots.ballot.check",
        lambda raw: ballot.check(box().election, raw),
        (*UNREAD, BadSignature, BadPoint, BadScalar, BadProof),
        lambda: box().ballots,
        encode,
        canonical=True,
    ),
    Reader(
        "ballots.ceremony.check_own_certificate",
        lambda raw: ceremony.check_own_certificate(raw, 1, 2, 2),
        (BadTrustee,),
        lambda: _messages()[1][:1],
    ),
    Reader(
        "ballots.ceremony.check_certificates",
        lambda raw: ceremony.check_certificates([raw, _messages()[1][1]], 2),
        (BadTrustee,),
        lambda: _messages()[1][:1],
    ),
    Reader(
        "ballots.ceremony.check_deal",
        lambda raw: ceremony.check_deal(_messages()[1], 2, 1, raw),
        (BadTrustee,),
        lambda: _messages()[2][:1],
        encode,
        canonical=True,
    ),
    Reader(
        "ballots.ceremony.receive",
        lambda raw: ceremony.receive(
            _messages()[0][0], _messages()[1], 2, [_messages()[2][0], raw], seeded("x")
        ),
        (BadTrustee,),
        lambda: _messages()[2][1:],
        dear=True,
    ),
    Reader(
        "ballots.ceremony.check_share",
        lambda raw: ceremony.check_share(_messages()[1], 2, _messages()[2], 1, raw),
        (BadTrustee,),
        lambda: _messages()[3][:1],
        encode,
        canonical=True,
    ),
    Reader(
        "ballots.ceremony.decryption_secret",
        lambda raw: ceremony.decryption_secret(_messages()[0][0], _messages()[1], 2, raw),
        (BadTrustee,),
        lambda: _messages()[3][:1],
    ),
    Reader(
        "ballots.ceremony.read_share", ceremony.read_share, (Malformed,), lambda: _messages()[3], encode, True
    ),
    Reader("ballots.ceremony.check_text", _check_text, (BadTrustee,), lambda: [_signed_text()], encode, True),
    Reader(
        "ballots.companion.check_companion",
        lambda raw: companion.check_companion(raw, facts()),
        (Refused,),
        lambda: [box().record()],
    ),
    Reader(
        "ballots.election.Election.parse",
        election.Election.parse,
        (Malformed, BadElection, BadPoint),
        lambda: [box().election.raw],
        lambda found: encode(found.document),
        canonical=True,
    ),
    Reader(
        "ballots.election.check_credentials",
        election.check_credentials,
        (Malformed, BadCredentials),
        lambda: [box().credentials],
        election.encode_credentials,
        canonical=True,
    ),
    Reader(
        "ballots.election.read_description",
        election.read_description,
        (BadElection,),
        lambda: [box().document.description],
        lambda found: election.description(*found),
        canonical=True,
    ),
    Reader(
        "ballots.encoding.decode",
        lambda raw: encoding.decode(raw, dict[str, object], "anything"),
        (Malformed,),
        lambda: [box().sized, box().result, *events_of(box().steps())[:2]],
        encode,
        canonical=True,
    ),
    Reader(
        "ballots.group.point_from_hex",
        group.point_from_hex,
        (BadPoint,),
        lambda: [box().card(0)],
        group.point_hex,
        canonical=True,
    ),
    Reader(
        "ballots.group.element_from_hex",
        group.element_from_hex,
        (BadPoint,),
        lambda: [box().card(0), group.point_hex(group.IDENTITY)],
        group.point_hex,
        canonical=True,
    ),
    Reader(
        "ballots.group.point_bytes",
        group.point_bytes,
        (BadPoint,),
        lambda: [box().card(0)],
        group.point_hex,
        True,
    ),
    Reader(
        "ballots.group.scalar_from_text",
        group.scalar_from_text,
        (BadScalar,),
        lambda: ["1", str(group.ORDER - 1)],
        str,
        canonical=True,
    ),
    Reader(
        "ballots.credentials.secret_scalar",
        lambda text: secret_scalar(box().uuid, text),
        (Malformed,),
        lambda: box().cards,
    ),
    Reader(
        "ballots.credentials.public_credential",
        lambda text: public_credential(box().uuid, text),
        (Malformed,),
        lambda: box().cards,
    ),
    Reader(
        "ballots.record.read_record",
        record.read_record,
        (Malformed,),
        lambda: [box().record()],
        lambda found: encode(found[1]),
        canonical=True,
    ),
    Reader(
        "ballots.record.check_signature",
        lambda text: record.check_signature(text[:64], b"x", text[64:]),
        (BadSignature,),
        lambda: [
            box().installation.verify_key.encode().hex() + box().installation.sign(b"x").signature.hex()
        ],
    ),
    Reader(
        "ballots.tally.read_tally",
        lambda raw: tally.read_tally(box().election, raw),
        (Malformed, BadPoint, BadTally),
        lambda: [box().tally],
        tally.encode_sums,
        canonical=True,
    ),
    Reader(
        "ballots.tally.check_partial_decryption",
        lambda raw: tally.check_partial_decryption(box().election, box().tally, box().keys.keys[1], raw),
        (BadDecryption,),
        lambda: [box().parts[0][1]],
    ),
    Reader(
        "ballots.trustees.check_public_key",
        trustees.check_public_key,
        (BadTrustee,),
        lambda: [trustees.make_public_key(7, seeded("key"))],
        encode,
        canonical=True,
    ),
    Reader(
        "ballots.trustees.check_trustees",
        trustees.check_trustees,
        (Malformed, BadTrustee),
        lambda: [box().trustees, _shared()],
    ),
    Reader(
        "ballots.trustees.joint_key", trustees.joint_key, (Malformed, BadTrustee), lambda: [box().trustees]
    ),
    Reader(
        "ballots.verify.verify",
        lambda raw: verify(io.BytesIO(raw), workers=1),
        (Refused,),
        lambda: [box().archive()],
        dear=True,
    ),
]


NOT_READERS: Final = {
    "ballots.ballot.check_signature": "is given the bytes that `read` has read",
    "ballots.ballot.digest_of": "hashes whatever it is given",
    "ballots.ballot.tracker_of": "hashes whatever it is given",
    "ballots.encoding.sha256_base64": "hashes whatever it is given",
    "ballots.encoding.sha256_hex": "hashes whatever it is given",
    "ballots.tally.owned_decryption": "hashes whatever it is given",
}
