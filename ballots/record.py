"""`round.json`: what the archive does not say about a round, signed by the installation.

    {"round": {…}, "signature": "<128 hex>"}

The signature is Ed25519 over `piaojue-round|` and the exact bytes of the value of "round"; its key stands in
the election's description, so φ binds it. Receipts are signed by the same key (`receipt_message`), reports by
each scrutineer's own, which the scrutineer's key in the archive has endorsed (`endorsement_text`).
"""

from __future__ import annotations

import re

import msgspec
from nacl.bindings import crypto_sign_open
from nacl.exceptions import BadSignatureError

from ballots.encoding import decode, encode, sha256_hex
from ballots.errors import BadSignature, Malformed
from ballots.proofs import Proof

VERSION = 3
OLDEST = 2
"""Of what is still read: its report names neither the scrutineers nor who is chosen."""
_KEY = re.compile("[0-9a-f]{64}")
_SIGNATURE = re.compile("[0-9a-f]{128}")


class Figures(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """应到、实到、发出、收回、无效: cards and paper together; an electronic ballot cannot be invalid."""

    all_deputies: int
    present: int
    issued: int
    returned: int
    invalid: int


class Signatory(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A scrutineer, and the signature over a text by a key that is not the protocol's.

    `endorsement` is by the key with which the scrutineer signed in the making of the common key. Without
    such a key in the archive there may be none.
    """

    number: int
    name: str
    signing_key: str
    signature: str
    endorsement: Proof | None = None


class PaperRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What came on paper: `rows` as the archive's result has them, `text` as the scrutineers signed it."""

    issued: int
    returned: int
    invalid: int
    rows: tuple[tuple[int, ...], ...]
    text: str
    scrutineers: tuple[Signatory, ...]


class RoundRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`rules` and `outcome` are kept as written: their meaning is `voting`'s, their bytes are hashed here.

    `result` repeats the archive's counts; `report` is the text (`ballots.report`) that `scrutineers` signed,
    which names them all: `all_scrutineers`, by number, since version 3. `reserve_cards` were sealed with the
    scrutineers at opening; those in `activated_cards` were given out later and could vote.
    """

    version: int
    congress: str
    session: str
    title: str
    uuid: str
    fingerprint: str
    rules: msgspec.Raw
    figures: Figures
    dead_cards: tuple[str, ...]
    reserve_cards: tuple[str, ...]
    activated_cards: tuple[str, ...]
    paper: PaperRecord | None
    result: tuple[tuple[int, ...], ...]
    outcome: msgspec.Raw
    report: str
    scrutineers: tuple[Signatory, ...]
    all_scrutineers: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET
    closing_head: str
    archive_head: str


class SignedRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    round: msgspec.Raw
    signature: str


def read_record(raw: bytes) -> tuple[RoundRecord, SignedRecord]:
    """The record and its envelope; no signature is checked yet. Raises Malformed."""
    envelope = decode(raw, SignedRecord, "round.json")
    record = decode(bytes(envelope.round), RoundRecord, "round.json")
    named = record.all_scrutineers is not msgspec.UNSET
    if not OLDEST <= record.version <= VERSION or named != (record.version > OLDEST):
        raise Malformed("version")
    for part in (record.rules, record.outcome):
        decode(bytes(part), dict[str, object], "round.json")
    return record, envelope


def record_message(body: bytes) -> bytes:
    """What the installation signs for `round.json`; `body` is the encoded RoundRecord."""
    return b"piaojue-round|" + body


def endorsement_text(signing_key: str) -> str:
    """What a scrutineer's protocol key signs (`sigmsg` of NOTES §6) for the key under the reports."""
    return f"piaojue-report-key|{signing_key}"


def paper_code(issued: int, returned: int, invalid: int, rows: tuple[tuple[int, ...], ...]) -> str:
    """核对码, the last line of a `PaperRecord.text`: the signature is over these figures and no others."""
    return sha256_hex(encode((issued, returned, invalid, rows)))


def receipt_message(fingerprint: str, tracker: str) -> bytes:
    """What the installation signs for a receipt."""
    return f"piaojue-receipt|{fingerprint}|{tracker}".encode()


def check_signature(key: str, message: bytes, signature: str) -> None:
    """Ed25519; key and signature are lower-case hex of exactly 32 and 64 bytes. Raises BadSignature.

    PyNaCl looks at neither length: a longer "signature" would let its rest count as the message's beginning.
    """
    if not _KEY.fullmatch(key) or not _SIGNATURE.fullmatch(signature):
        raise BadSignature("Ed25519")
    try:
        crypto_sign_open(bytes.fromhex(signature) + message, bytes.fromhex(key))
    except BadSignatureError:
        raise BadSignature("Ed25519") from None
