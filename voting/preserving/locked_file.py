"""A file that only the holder of a key can read, and in which nothing can be changed unnoticed.

    PIAOJUE-BACKUP-1\\n   the key of this file, sealed to the public key (crypto_box_seal), 80 bytes
    24 bytes             header of crypto_secretstream_xchacha20poly1305
    chunks               each 4 bytes of length (big-endian) and an encrypted part; the last is marked so

Whoever makes it needs the public key alone, so that the server that backs up cannot read what it has backed
up. The cryptography is libsodium's.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from nacl.bindings import (
    crypto_secretstream_xchacha20poly1305_init_pull,
    crypto_secretstream_xchacha20poly1305_init_push,
    crypto_secretstream_xchacha20poly1305_keygen,
    crypto_secretstream_xchacha20poly1305_pull,
    crypto_secretstream_xchacha20poly1305_push,
    crypto_secretstream_xchacha20poly1305_state,
)
from nacl.bindings import crypto_secretstream_xchacha20poly1305_TAG_FINAL as FINAL
from nacl.bindings import crypto_secretstream_xchacha20poly1305_TAG_MESSAGE as MESSAGE
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from voting.errors import VotingError

MAGIC: Final = b"PIAOJUE-BACKUP-1\n"
PIECE: Final = 1024 * 1024
_SEALED, _HEADER = 80, 24
_LENGTH: Final = struct.Struct(">I")


class BackupDamaged(VotingError):
    """Cut off, changed, or no backup at all."""

    sentence = "这不是完整的备份文件：被截断、改动过，或者是别的文件。没有恢复任何内容。请换另一份备份。"


class WrongBackupKey(VotingError):
    """A backup made for another key."""

    sentence = "这把备份私钥打不开这份备份。请用与备份公钥成对的私钥文件。"


class BadBackupKey(VotingError):
    """What is given as a key is none."""

    sentence = "备份密钥写法不对：应是64位十六进制数。请用 piaojue backup-key 生成的密钥。"


def new_key() -> tuple[str, str]:
    """(private, public), 64 hex digits each."""
    key = PrivateKey.generate()
    return bytes(key).hex(), bytes(key.public_key).hex()


def public_key(text: str) -> PublicKey:
    """Raises BadBackupKey."""
    return PublicKey(_bytes(text))


def private_key(text: str) -> PrivateKey:
    """Raises BadBackupKey."""
    return PrivateKey(_bytes(text))


def lock(pieces: Iterator[bytes], target: BinaryIO, to: PublicKey) -> bytes:
    """Write the whole file; the key of this very file, so that it can be read once more at once."""
    key = crypto_secretstream_xchacha20poly1305_keygen()
    state = crypto_secretstream_xchacha20poly1305_state()
    target.write(MAGIC + SealedBox(to).encrypt(key))
    target.write(crypto_secretstream_xchacha20poly1305_init_push(state, key))
    for piece in pieces:
        _write(target, crypto_secretstream_xchacha20poly1305_push(state, piece, None, MESSAGE))
    _write(target, crypto_secretstream_xchacha20poly1305_push(state, b"", None, FINAL))
    return key


def file_key(source: BinaryIO, own: PrivateKey) -> bytes:
    """The key of a file whose beginning is read. Raises BackupDamaged, WrongBackupKey."""
    sealed = _sealed(source)
    try:
        return SealedBox(own).decrypt(sealed)
    except CryptoError:
        raise WrongBackupKey from None


def unlock(source: BinaryIO, key: bytes) -> Iterator[bytes]:
    """The pieces, from behind the sealed key to the end, which must be the end. Raises BackupDamaged."""
    state = crypto_secretstream_xchacha20poly1305_state()
    try:
        crypto_secretstream_xchacha20poly1305_init_pull(state, _exactly(source, _HEADER), key)
        tag = MESSAGE
        while tag != FINAL:
            (length,) = _LENGTH.unpack(_exactly(source, _LENGTH.size))
            piece, tag = crypto_secretstream_xchacha20poly1305_pull(state, _exactly(source, length), None)
            yield piece
    except CryptoError:
        raise BackupDamaged from None
    if source.read(1):
        raise BackupDamaged


def skip_key(source: BinaryIO) -> None:
    """Past the sealed key. Raises BackupDamaged."""
    _sealed(source)


def pieces_of(file: Path) -> Iterator[bytes]:
    """A file a megabyte at a time."""
    with file.open("rb") as opened:
        while piece := opened.read(PIECE):
            yield piece


def _sealed(source: BinaryIO) -> bytes:
    if _exactly(source, len(MAGIC)) != MAGIC:
        raise BackupDamaged
    return _exactly(source, _SEALED)


def _write(target: BinaryIO, chunk: bytes) -> None:
    target.write(_LENGTH.pack(len(chunk)) + chunk)


def _exactly(source: BinaryIO, length: int) -> bytes:
    """A length that somebody has changed must not cost more memory than a piece."""
    if length > 2 * PIECE:
        raise BackupDamaged
    found = source.read(length)
    if len(found) != length:
        raise BackupDamaged
    return found


def _bytes(text: str) -> bytes:
    try:
        found = bytes.fromhex(text.strip())
    except ValueError:
        raise BadBackupKey from None
    if len(found) != PrivateKey.SIZE:
        raise BadBackupKey
    return found
