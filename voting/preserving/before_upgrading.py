"""Before a database is upgraded: a copy that can be gone back to, or the word that somebody has made one."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from voting.errors import VotingError
from voting.store import Store
from voting.store.engine import parse_url, sqlite_file
from voting.store.migrations import HEAD, REVISIONS


class BackUpFirst(VotingError):
    """An upgrade of a database that this program cannot copy by itself."""

    def __init__(self, revision: str = "") -> None:
        super().__init__(
            f"数据库要从版本 {revision} 升级到 {HEAD}，还没有升级。请先用升级以前的程序运行 piaojue backup，"
            "或者用 pg_dump 备份，再运行 piaojue migrate --backed-up。"
        )


def keep_copy(database: str, now: datetime, *, backed_up: bool = False) -> Path | None:
    """A whole copy of a SQLite database that is about to be upgraded, beside it, for its owner alone.

    None if there is nothing to upgrade, or somebody says that it is backed up. Raises BackUpFirst for
    PostgreSQL, StoreError, OSError (no room for it; then nothing half lies there).
    """
    before = Store.revision(database)
    if before not in REVISIONS[:-1] or backed_up:
        return None
    file = sqlite_file(parse_url(database))
    if file is None:
        raise BackUpFirst(before)
    copy = file.with_name(f"{file.name}.{before}.{now:%Y%m%d-%H%M%S}")
    _copy(file, copy)
    return copy


def _copy(file: Path, copy: Path) -> None:
    """What was committed, also when it still lies in the log beside the file."""
    os.close(os.open(copy, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)
    except sqlite3.Error as error:
        copy.unlink()
        raise OSError(None, str(error), str(copy)) from None
