"""The installation's Ed25519 key: it signs receipts and `round.json`.

The key is a file of its own, mode 600, shared by all servers of the installation and part of the backup. It
holds the 32-byte seed of RFC 8032 as 64 hex digits. Its public half stands in every election's description.
"""

from __future__ import annotations

import hmac
import os
import stat
from pathlib import Path
from typing import Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ballots.election import Election, read_description
from ballots.group import Random
from ballots.record import receipt_message
from voting.errors import VotingError
from voting.rounds import Receipt

_SEED = 32


class SigningKeyError(VotingError):
    """The key file cannot be used; shown to whoever starts the service."""

    sentence = "签名密钥文件不能使用。请检查设置 signing_key。"


class Signer:
    """One key in memory; signing is safe from any thread."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._key = key
        self.public_hex = key.public_key().public_bytes_raw().hex()

    @classmethod
    def load(cls, path: Path) -> Self:
        """Raises SigningKeyError: not there, readable by others, or not a key."""
        try:
            mode = path.stat().st_mode
            seed = bytes.fromhex(path.read_text(encoding="ascii"))
            key = Ed25519PrivateKey.from_private_bytes(seed)
        except FileNotFoundError:
            raise _refusal(path, "不存在。请从备份恢复，或检查设置 signing_key。") from None
        except OSError as error:
            raise _refusal(path, f"读不了（{error.strerror}）。请检查权限。") from None
        except ValueError:
            raise _refusal(path, "的内容不是签名密钥。请从备份恢复。") from None
        if stat.S_IMODE(mode) & 0o077:
            raise _refusal(path, f"可以被其他用户读取。请运行 chmod 600 {path} 后再启动。")
        return cls(key)

    @classmethod
    def create(cls, path: Path, random: Random) -> Self:
        """A new key in a new file, on disk. Raises SigningKeyError rather than overwrite anything."""
        seed = random(_SEED)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write(seed.hex() + "\n")
                file.flush()
                os.fsync(file.fileno())
        except FileExistsError:
            raise _refusal(path, "已经存在，没有改动。要换密钥，请先把旧文件移到别处。") from None
        except OSError as error:
            raise _refusal(path, f"不能写入（{error.strerror}）。请检查所在的文件夹。") from None
        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    def refuse_foreign(self, election: Election) -> None:
        """Raises SigningKeyError unless this is the key that the election's description names."""
        if read_description(election.document.description)[1] != self.public_hex:
            raise SigningKeyError("本机的签名密钥与本轮封存时的不同，不能使用。请从备份恢复原来的密钥文件。")

    def derived(self, purpose: str) -> bytes:
        """32 secret bytes for one other purpose; they say nothing about the key."""
        return hmac.digest(self._key.private_bytes_raw(), f"piaojue-derived|{purpose}".encode(), "sha256")

    def sign(self, message: bytes) -> str:
        """128 lower-case hex digits."""
        return self._key.sign(message).hex()

    def receipt(self, fingerprint: str, tracker: str) -> Receipt:
        """The promise that a ballot is on disk: a signature over `piaojue-receipt|φ|tracker`."""
        signature = self.sign(receipt_message(fingerprint, tracker))
        return Receipt(fingerprint=fingerprint, tracker=tracker, signature=signature)


def _refusal(path: Path, what: str) -> SigningKeyError:
    return SigningKeyError(f"签名密钥文件 {path} {what}")
