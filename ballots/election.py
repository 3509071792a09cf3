"""The election document: what is voted on, under which key, and its fingerprint φ (NOTES §4)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

import msgspec

from ballots.credentials import is_uuid
from ballots.encoding import decode, encode, sha256_base64
from ballots.errors import BadCredentials, BadElection, BallotError
from ballots.group import Point, base_power, point_from_hex

_DESCRIPTION = re.compile(r"票决办法 SHA-256 ([0-9a-f]{64})；回执验证 Ed25519 ([0-9a-f]{64})")


class Question(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Between `min` and `max` of the answers may be chosen, or, with `blank`, none by a deliberate blank."""

    answers: tuple[str, ...]
    blank: bool | msgspec.UnsetType = msgspec.UNSET
    min: int
    max: int
    question: str

    @property
    def has_blank(self) -> bool:
        return self.blank is True

    @property
    def size(self) -> int:
        """Ciphertexts in an answer: one per choice, and first the blank bit where there is one."""
        return len(self.answers) + self.has_blank


class ElectionDocument(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Field order is the protocol's: φ is over these bytes."""

    version: int
    description: str
    name: str
    group: str
    public_key: str
    questions: tuple[Question, ...]
    uuid: str
    administrator: str | msgspec.UnsetType = msgspec.UNSET
    credential_authority: str | msgspec.UnsetType = msgspec.UNSET
    language: tuple[str, str] | msgspec.UnsetType = msgspec.UNSET


class Election:
    """A parsed election; `raw` are the stored bytes, never re-serialised."""

    def __init__(self, raw: bytes, document: ElectionDocument, key: Point) -> None:
        self.raw = raw
        self.document = document
        self.key = key
        self.uuid = document.uuid
        self.questions = document.questions
        self.fingerprint = sha256_base64(raw)

    @classmethod
    def parse(cls, raw: bytes) -> Election:
        """Raises Malformed for the bytes, BadElection or BadPoint for what they say."""
        document = decode(raw, ElectionDocument, "election")
        check_document(document)
        return cls(raw, document, point_from_hex(document.public_key))

    @cached_property
    def small_powers(self) -> tuple[Point, ...]:
        """g^0, g^1, … up to the largest number of choices in any question."""
        return tuple(base_power(n) for n in range(max(question.max for question in self.questions) + 1))


def check_document(document: ElectionDocument) -> None:
    """Raises BadElection for another version or group, and for questions nobody could answer."""
    if document.version != 1 or document.group != "Ed25519":
        raise BadElection("version, group")
    if not is_uuid(document.uuid):
        raise BadElection("uuid")
    if not document.questions:
        raise BadElection("questions")
    for question in document.questions:
        check_question(question)


def check_question(question: Question) -> None:
    distinct = len(set(question.answers)) == len(question.answers)
    if not distinct or not 0 <= question.min <= question.max <= len(question.answers) or question.max == 0:
        raise BadElection(question.question)


def encode_election(document: ElectionDocument) -> bytes:
    """The bytes to freeze. Raises BadElection."""
    check_document(document)
    return encode(document)


def description(rules_hash: str, signing_key: str) -> str:
    """What `election.description` says, so that φ binds the rules and the key that signs receipts."""
    return f"票决办法 SHA-256 {rules_hash}；回执验证 Ed25519 {signing_key}"


def read_description(text: str) -> tuple[str, str]:
    """(hash of the rules, key that signs receipts and round.json), 64 hex digits each. Raises BadElection."""
    match = _DESCRIPTION.fullmatch(text)
    if match is None:
        raise BadElection("description")
    return match[1], match[2]


def check_credentials(raw: bytes) -> tuple[str, ...]:
    """The public credentials of a round: distinct points without weights, one deputy one vote.

    The order is nobody's promise. Raises Malformed or BadCredentials.
    """
    entries = decode(raw, tuple[str, ...], "public_credentials")
    if len(set(entries)) != len(entries):
        raise BadCredentials("重复")
    for entry in entries:
        try:
            point_from_hex(entry)
        except BallotError:
            raise BadCredentials(entry[:80]) from None
    return entries


def encode_credentials(entries: Sequence[str]) -> bytes:
    return encode(list(entries))
