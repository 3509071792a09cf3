"""The readers of backups."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from functools import cache
from typing import Final

import msgspec
from nacl.public import PrivateKey

from tests.parsers.registry import Reader
from voting.preserving import backing_up, locked_file

NOW: Final = datetime(2026, 1, 25, 8, 0, tzinfo=UTC)
KEY: Final = PrivateKey(b"k" * 32)


@cache
def _backup() -> bytes:
    target = io.BytesIO()
    locked_file.lock(iter([b"first", b"second" * 100]), target, KEY.public_key)
    return target.getvalue()


def _opened(raw: bytes) -> list[bytes]:
    source = io.BytesIO(raw)
    return list(locked_file.unlock(source, locked_file.file_key(source, KEY)))


READERS: Final = [
    Reader(
        "voting.preserving.backing_up.read_manifest",
        backing_up.read_manifest,
        (locked_file.BackupDamaged,),
        lambda: [
            msgspec.json.encode(
                backing_up.Manifest(
                    made_at=NOW,
                    revision="0021",
                    congresses=("县",),
                    rows={"round": 1},
                    database="0",
                    signing_key="",
                )
            )
        ],
        msgspec.json.encode,
    ),
    Reader(
        "voting.preserving.locked_file.unlock",
        _opened,
        (locked_file.BackupDamaged, locked_file.WrongBackupKey),
        lambda: [_backup()],
    ),
    Reader(
        "voting.preserving.locked_file.public_key",
        locked_file.public_key,
        (locked_file.BadBackupKey,),
        lambda: [bytes(KEY.public_key).hex()],
        lambda key: bytes(key).hex(),
    ),
]
