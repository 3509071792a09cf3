"""Signature files that the program `minisign` checks, made with the installation's key. Pure.

    untrusted comment: <whatever>
    base64("ED" ‖ key id ‖ Ed25519(BLAKE2b-512(file)))
    trusted comment: <when, which file>
    base64(Ed25519(the signature above ‖ the trusted comment))

Ed25519 by the key whose public half stands in `minisign.pub`; the format is jedisct1's, the hashed variant,
which every version since 0.6 reads.

The same key signs `piaojue-round|…` and `piaojue-receipt|…` (`ballots.record`); no signature made for one can
pass for another. What is signed here is either exactly 64 bytes long, while those messages are longer (a
receipt has 103 bytes, a round's JSON thousands), or begins with a signature that this key made: 64 bytes that
nobody can choose so that they begin with the 14 letters of such a message, or that an outsider could find
among such messages.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from datetime import datetime
from typing import Final

from voting.errors import TextError
from voting.signing import Signer

KEY_ALGORITHM: Final = b"Ed"
HASHED: Final = b"ED"
_KEY_ID_BYTES: Final = 8
_MOST_COMMENT: Final = 1000
"""minisign reads 8,192 bytes of a trusted comment."""


def key_id(public_key: bytes) -> bytes:
    """8 bytes by which signatures name their key: the same for the same key, on every server."""
    return hashlib.blake2b(public_key, digest_size=_KEY_ID_BYTES, person=b"piaojue-minisign").digest()


def printed_id(public_key: bytes) -> str:
    """As minisign shows it, e.g. BF52B6AA88F028DC."""
    return f"{int.from_bytes(key_id(public_key), 'little'):016X}"


def public_key_file(public_hex: str) -> bytes:
    """`minisign.pub` of a public key of 64 hex digits."""
    key = bytes.fromhex(public_hex)
    line = b64encode(KEY_ALGORITHM + key_id(key) + key).decode()
    return f"untrusted comment: minisign public key {printed_id(key)}\n{line}\n".encode()


def public_key_line(public_hex: str) -> str:
    """The 56 characters that `minisign -P` takes."""
    return public_key_file(public_hex).decode().splitlines()[1]


def signature_file(signer: Signer, body: bytes, comment: str) -> bytes:
    """`FILE.minisig` for the bytes of a file. Raises TextError: a comment of more than one line."""
    if not comment.isprintable() or len(comment) > _MOST_COMMENT:
        raise TextError("签名说明只能是一行可显示的文字。请修改文件名。")
    signature = bytes.fromhex(signer.sign(hashlib.blake2b(body).digest()))
    whole = bytes.fromhex(signer.sign(signature + comment.encode()))
    first = b64encode(HASHED + key_id(bytes.fromhex(signer.public_hex)) + signature).decode()
    lines = (
        "untrusted comment: piaojue, check with minisign.pub of the same site",
        first,
        f"trusted comment: {comment}",
        b64encode(whole).decode(),
    )
    return "".join(f"{line}\n" for line in lines).encode()


def comment_of(name: str, at: datetime, about: str = "") -> str:
    """What the signature vouches for besides the bytes: when it was published, under which name, and of what.

    Fields apart by spaces, because a tab is no printable character here.
    """
    said = f"timestamp:{int(at.timestamp())} file:{name} hashed"
    return f"{said} {about}" if about else said
