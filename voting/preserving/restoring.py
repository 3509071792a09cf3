"""恢复: into an empty installation, from a whole file; what was in it is examined as a stranger would."""

from __future__ import annotations

import hashlib
import io
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct
from sqlalchemy.exc import DBAPIError

from ballots.checks import Refused
from ballots.verify import verify
from voting import audit, publishing
from voting.actors import system
from voting.cycle import already
from voting.errors import VotingError
from voting.preserving.backing_up import Manifest, first_line, read_manifest
from voting.preserving.locked_file import BackupDamaged, file_key, private_key, unlock
from voting.rounds import Round
from voting.signing import Signer
from voting.store import Store
from voting.store.copying import copy, is_there, is_whole, rows
from voting.store.engine import parse_url, sqlite_file
from voting.store.migrations import REVISIONS


class Occupied(VotingError):
    """There is an installation already."""

    sentence = "这里已经有数据库或者签名密钥，没有恢复，什么都没有改动。请在设置里写一个新的位置，再恢复。"


class MadeByNewer(VotingError):
    """A backup of a later program."""

    sentence = "这份备份是由更新版本的程序做的，现在这个版本读不了。请安装新版本的程序后再恢复。"


class RestoreFailed(VotingError):
    """The database took no more."""

    def __init__(self, cause: str = "") -> None:
        super().__init__(
            f"没有恢复完（{cause}）。请检查磁盘空间和数据库，换一个空的数据库再恢复一次；备份文件没有变动。"
        )


class CheckedRound(Struct, frozen=True, kw_only=True):
    """What was found of a round: `fault` is empty where everything holds."""

    title: str
    ballots: int
    fault: str


class Restored(Struct, frozen=True, kw_only=True):
    """What a backup holds and what its checks came to; `faults` are sentences."""

    manifest: Manifest
    rounds: tuple[CheckedRound, ...]
    faults: tuple[str, ...]


def restore(file: Path, key: str, database: str, signing_key: Path) -> Restored:
    """Put the backup into a database without a table and a key file that is not there, and examine it.

    Raises Occupied, BackupDamaged, WrongBackupKey, BadBackupKey, MadeByNewer, StoreError, OSError. A backup
    that is whole but whose contents contradict themselves is restored all the same, and says so.
    """
    refuse_occupied(database, signing_key)
    with tempfile.TemporaryDirectory(prefix=".piaojue-", dir=signing_key.resolve().parent) as folder:
        snapshot = Path(folder) / "snapshot.db"
        url = f"sqlite:///{snapshot}"
        manifest = _unpack(file, key, snapshot)
        if manifest.revision not in REVISIONS:
            raise MadeByNewer
        Store.migrate(url)
        with _nothing_half(database):
            Store.migrate(database)
            if copy(url, database) != rows(url):
                raise BackupDamaged
            _put_key(signing_key, manifest.signing_key)
        return _examine(url, manifest)


@contextmanager
def _nothing_half(database: str) -> Iterator[None]:
    """A file that could not be filled does not stay: it would be taken for an installation."""
    try:
        yield
    except BaseException as error:
        file = sqlite_file(parse_url(database))
        if file is not None:
            for one in (file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))):
                one.unlink(missing_ok=True)
        if isinstance(error, DBAPIError):
            raise RestoreFailed(first_line(error)) from None
        raise


def refuse_occupied(database: str, signing_key: Path) -> None:
    """Raises Occupied unless neither is there."""
    if signing_key.exists():
        raise Occupied
    if is_there(database):
        raise Occupied


def _unpack(file: Path, key: str, snapshot: Path) -> Manifest:
    own = private_key(key)
    with file.open("rb") as source, _private(snapshot) as target:
        pieces = unlock(source, file_key(source, own))
        manifest = read_manifest(next(pieces))
        digest = _written(pieces, target)
    if digest != manifest.database:
        raise BackupDamaged
    return manifest


def _written(pieces: Iterator[bytes], target: io.BufferedWriter) -> str:
    digest = hashlib.sha256()
    for piece in pieces:
        target.write(piece)
        digest.update(piece)
    return digest.hexdigest()


def _private(file: Path) -> io.BufferedWriter:
    return os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _examine(url: str, manifest: Manifest) -> Restored:
    """Pages and references, the logs, and every round; of the copy only the logs are chained further."""
    faults = [] if is_whole(url) else ["数据库文件内部有错误。"]
    counted = rows(url)
    faults += [
        f"表 {name} 应有{number}行，实有{counted.get(name)}行。"
        for name, number in manifest.rows.items()
        if counted.get(name) != number
    ]
    with Store.open(url) as store:
        with store.read() as tx:
            congresses = tx.sessions.congresses()
        checked: list[CheckedRound] = []
        for congress in congresses:
            log = audit.check(store, system(congress.id))
            if not log.whole:
                faults.append(f"{congress.name}的操作日志不完整。")
            with store.read() as tx:
                held = tx.rounds.listing(system(congress.id))
            checked += [_examine_round(store, congress.id, one) for one in held if already(one.state, "open")]
    return Restored(manifest=manifest, rounds=tuple(checked), faults=tuple(faults))


def _examine_round(store: Store, congress: str, one: Round) -> CheckedRound:
    """The links of the chain; from 宣布 on everything that a stranger checks. Of a box that was erased on its
    day there is nothing to check any more."""
    with store.read() as tx:
        if tx.keeping.record_of(congress, "archives", one.id) is not None:
            return CheckedRound(title=one.title, ballots=0, fault="")
        ballots = tx.box.count(system(congress), one.id)
        fault = "" if tx.record.holds(one) else "事件没有首尾相接。"
    if not fault and one.state in {"announced", "published"} and one.method == "electronic":
        fault = _refusal(publishing.archive(store, system(congress), one.id))
    return CheckedRound(title=one.title, ballots=ballots, fault=fault)


def _refusal(archive: bytes) -> str:
    try:
        verify(io.BytesIO(archive))
    except Refused as refused:
        return str(refused)
    return ""


def _put_key(file: Path, text: str) -> None:
    with _private(file) as target:
        target.write(text.encode("ascii"))
        target.flush()
        os.fsync(target.fileno())
    Signer.load(file)
