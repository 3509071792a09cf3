"""备份: consistent while everybody goes on working, encrypted, and read again after it was written."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct
from sqlalchemy.exc import DBAPIError

from voting.errors import VotingError
from voting.preserving.locked_file import (
    BackupDamaged,
    lock,
    pieces_of,
    public_key,
    skip_key,
    unlock,
)
from voting.store import Store, StoreError
from voting.store.copying import copy, settle
from voting.store.migrations import HEAD


class BackupExists(VotingError):
    """A backup never takes the place of another."""

    sentence = "同名的备份文件已经存在，没有备份。请换一个文件名。"


class BackupFailed(VotingError):
    """The database could not be read, or the disk took no more."""

    def __init__(self, cause: str = "") -> None:
        super().__init__(
            f"备份没有做成（{cause}），没有留下半份文件。请检查数据库是否正常、磁盘空间够不够，再做一次。"
        )


class Manifest(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a backup holds: the first piece of the file. `database` is the SHA-256 of the rest."""

    made_at: datetime
    revision: str
    congresses: tuple[str, ...]
    rows: dict[str, int]
    database: str
    signing_key: str
    """The contents of the key's file: without it no receipt of the past could be made again."""


def back_up(database: str, signing_key: Path, file: Path, to: str, now: datetime) -> Manifest:
    """Everything of the installation into a new file that only the holder of the private key can open.

    The temporary copy lies beside the file and is readable by its owner alone. Raises BackupExists,
    BadBackupKey, BackupDamaged, BackupFailed, StoreError (of an earlier program, not reachable), OSError.
    """
    key = public_key(to)
    if file.exists():
        raise BackupExists
    Store.examine(database)
    with tempfile.TemporaryDirectory(prefix=".piaojue-", dir=file.resolve().parent) as folder:
        snapshot, written = Path(folder) / "snapshot.db", Path(folder) / "backup"
        try:
            manifest = _snapshot(database, snapshot, signing_key.read_text(encoding="ascii"), now)
        except (DBAPIError, StoreError) as error:
            raise BackupFailed(first_line(error)) from None
        with written.open("wb") as target:
            once = lock(_contents(manifest, snapshot), target, key)
            target.flush()
            os.fsync(target.fileno())
        _read_again(written, once, manifest)
        os.link(written, file)  # fails rather than overwrite what came meanwhile
    return manifest


def read_manifest(piece: bytes) -> Manifest:
    """Raises BackupDamaged."""
    try:
        return msgspec.json.decode(piece, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise BackupDamaged from None


def _snapshot(database: str, file: Path, signing_key: str, now: datetime) -> Manifest:
    url = f"sqlite:///{file}"
    Store.migrate(url)
    rows = copy(database, url)
    with Store.open(url) as store, store.read() as tx:
        names = tuple(sorted(one.name for one in tx.sessions.congresses()))
    settle(url)
    return Manifest(
        made_at=now,
        revision=HEAD,
        congresses=names,
        rows=rows,
        database=hash_of(pieces_of(file)),
        signing_key=signing_key,
    )


def _contents(manifest: Manifest, snapshot: Path) -> Iterator[bytes]:
    yield msgspec.json.encode(manifest)
    yield from pieces_of(snapshot)


def _read_again(written: Path, key: bytes, manifest: Manifest) -> None:
    """What the disk gives back is what was to be written. Raises BackupDamaged."""
    with written.open("rb") as source:
        skip_key(source)
        pieces = unlock(source, key)
        if read_manifest(next(pieces)) != manifest or hash_of(pieces) != manifest.database:
            raise BackupDamaged


def first_line(error: Exception) -> str:
    """What the database said, without the statement and its values."""
    said = str(error.orig) if isinstance(error, DBAPIError) else str(error)
    return said.strip().partition("\n")[0]


def hash_of(pieces: Iterator[bytes]) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        digest.update(piece)
    return digest.hexdigest()
