"""Signature files as minisign wants them: checked by its own program, and by another implementation here."""

from __future__ import annotations

import hashlib
import subprocess
from base64 import b64decode
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ballots.record import receipt_message, record_message
from tests import parts
from voting import minisign
from voting.errors import TextError
from voting.signing import Signer

BODY: Final = "公告（第5号）\n".encode() * 1000
AT: Final = datetime(2027, 1, 25, 8, 0, tzinfo=UTC)


@pytest.fixture
def signer() -> Signer:
    return Signer(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))


def checked(public: bytes, body: bytes, signed: bytes) -> str:
    """The trusted comment, by a reader of the format alone. Raises InvalidSignature or ValueError."""
    untrusted, first, trusted, last = signed.decode().removesuffix("\n").split("\n")
    key_line = b64decode(public.decode().splitlines()[1], validate=True)
    algorithm, key_id, key = key_line[:2], key_line[2:10], Ed25519PublicKey.from_public_bytes(key_line[10:])
    box = b64decode(first, validate=True)
    if not untrusted.startswith("untrusted comment: ") or not trusted.startswith("trusted comment: "):
        raise ValueError("comments")
    if algorithm != b"Ed" or box[:2] != b"ED" or box[2:10] != key_id or len(box) != 74:
        raise ValueError("another key or format")
    key.verify(box[10:], hashlib.blake2b(body, digest_size=64).digest())
    comment = trusted.removeprefix("trusted comment: ")
    key.verify(b64decode(last, validate=True), box[10:] + comment.encode())
    return comment


def test_a_signature_file_is_read_by_another_implementation(signer: Signer) -> None:
    comment = minisign.comment_of("round.json", AT, "round:5f0c")
    signed = minisign.signature_file(signer, BODY, comment)
    assert checked(minisign.public_key_file(signer.public_hex), BODY, signed) == comment
    assert comment == f"timestamp:{int(AT.timestamp())} file:round.json hashed round:5f0c"


def test_the_same_file_is_signed_the_same_way_on_every_server(signer: Signer) -> None:
    again = Signer(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
    comment = minisign.comment_of("a", AT)
    assert minisign.signature_file(signer, BODY, comment) == minisign.signature_file(again, BODY, comment)
    other = Signer(Ed25519PrivateKey.from_private_bytes(bytes(range(1, 33))))
    assert minisign.key_id(bytes.fromhex(signer.public_hex)) != minisign.key_id(
        bytes.fromhex(other.public_hex)
    )


@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_whatever_is_changed_is_noticed(signer: Signer, place: int) -> None:
    """The file, the signature, the comment, the comment's signature."""
    public = minisign.public_key_file(signer.public_hex)
    signed = minisign.signature_file(signer, BODY, minisign.comment_of("a", AT))
    lines = signed.decode().split("\n")
    foreign = minisign.signature_file(signer, BODY + b"x", minisign.comment_of("b", AT)).decode().split("\n")
    body = BODY + b"x" if place == 0 else BODY
    if place:
        lines[place] = foreign[place]
    with pytest.raises(InvalidSignature):
        checked(public, body, "\n".join(lines).encode())


def test_the_program_minisign_accepts_the_file_and_refuses_another(signer: Signer, tmp_path: Path) -> None:
    program = parts.need("minisign")
    file, public = tmp_path / "round.json", tmp_path / "minisign.pub"
    file.write_bytes(BODY)
    public.write_bytes(minisign.public_key_file(signer.public_hex))
    comment = minisign.comment_of(file.name, AT, "round:5f0c")
    (tmp_path / "round.json.minisig").write_bytes(minisign.signature_file(signer, BODY, comment))

    def run(*key: str) -> subprocess.CompletedProcess[str]:
        command = [str(program), "-V", *key, "-m", str(file)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    found = run("-p", str(public))
    assert found.returncode == 0
    assert comment in found.stdout
    assert run("-P", minisign.public_key_line(signer.public_hex)).returncode == 0
    file.write_bytes(BODY + b" ")
    assert run("-p", str(public)).returncode != 0


def test_no_signature_made_for_one_purpose_passes_for_another(signer: Signer) -> None:
    """The messages never have the same length or the same beginning."""
    signed = minisign.signature_file(signer, BODY, minisign.comment_of("a", AT)).decode().split("\n")
    box = b64decode(signed[1])[10:]
    receipt, record = receipt_message("f" * 43, "t" * 43), record_message(b"{}" * 40)
    assert len(receipt) > 64 < len(record)
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(signer.public_hex))
    for message in (receipt, record):
        theirs = bytes.fromhex(signer.sign(message))
        with pytest.raises(InvalidSignature):
            key.verify(theirs, hashlib.blake2b(BODY).digest())
        with pytest.raises(InvalidSignature):
            key.verify(message[:64], hashlib.blake2b(BODY).digest())
        assert not (box + b"a").startswith(message[:14])


def test_a_comment_of_two_lines_is_refused(signer: Signer) -> None:
    with pytest.raises(TextError):
        minisign.signature_file(signer, BODY, "timestamp:1\ntrusted comment: another")
