"""Whether a database fits the program, and making it fit."""

from __future__ import annotations

import os
from pathlib import Path

from sqlalchemy import URL, Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from voting.store import expectations, lineage
from voting.store.engine import StoreError, sqlite_file, statements, transactions, unreachable
from voting.store.migrations import HEAD, REVISIONS

_LOCK = 0x7069616F6A7565  # "piaojue": two machines that migrate one PostgreSQL take turns


class NotMigrated(StoreError):
    """There is no database yet, or one of an earlier program."""

    sentence = "数据库还没有建立或者需要升级。请先运行 piaojue migrate，再启动服务。"


class NewerDatabase(StoreError):
    """A later program has changed it: this one would not understand what it reads."""

    sentence = "数据库是由更新版本的程序建立的，现在这个版本不能使用。请安装新版本的程序后再启动。"


def check(url: URL) -> None:
    """Raises StoreError unless the database can be read and written by exactly this program."""
    file = sqlite_file(url)
    if file is not None and not file.exists():
        raise NotMigrated
    engine = transactions(url)
    try:
        with engine.begin() as connection:
            _check_revision(_revision(connection))
            if file is None and connection.execute(text("SHOW transaction_read_only")).scalar() == "on":
                raise StoreError("数据库是只读的，不能使用。请检查设置 database 是否指向了备用服务器。")
    except DBAPIError as error:
        raise _refusal(file, error) from None
    finally:
        engine.dispose()


def migrate(url: URL) -> None:
    """Raises StoreError. Either all steps are done afterwards or none, also when it is killed."""
    file = sqlite_file(url)
    if file is not None:
        _create(file)
    engine = transactions(url)
    try:
        with engine.begin() as connection:
            if file is None:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
            found = _revision(connection)
            if found not in {None, *REVISIONS}:
                raise NewerDatabase
            lineage.straighten(connection, found)
            _upgrade(connection)
            lineage.refuse_torn(connection)
            if file is not None:
                expectations.tell(connection)
    except DBAPIError as error:
        raise _refusal(file, error) from None
    finally:
        engine.dispose()


def examine(url: URL) -> None:
    """Raises StoreError unless every table and column of this program is there. It waits for nobody."""
    file = sqlite_file(url)
    if file is not None and not file.exists():
        raise NotMigrated
    engine = statements(url)
    try:
        with engine.connect() as connection:
            _check_revision(_revision(connection))
            lineage.refuse_torn(connection)
    except DBAPIError as error:
        raise _refusal(file, error) from None
    finally:
        engine.dispose()


def revision_of(url: URL) -> str | None:
    """The revision that a database says it has; None if none lies there. Raises StoreError."""
    file = sqlite_file(url)
    if file is not None and not file.exists():
        return None
    engine = transactions(url)
    try:
        with engine.connect() as connection:
            return _revision(connection)
    except DBAPIError as error:
        raise _refusal(file, error) from None
    finally:
        engine.dispose()


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def _check_revision(revision: str | None) -> None:
    if revision is not None and revision not in REVISIONS:
        raise NewerDatabase
    if revision != HEAD:
        raise NotMigrated


def _upgrade(connection: Connection) -> None:
    # Alembic costs 0.3 s to import: only who migrates pays for it.
    from alembic import command
    from alembic.config import Config

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", "voting.store:migrations")
    config.set_main_option("path_separator", "os")
    command.upgrade(config, "head")


def _create(file: Path) -> None:
    """An empty file that only its owner can read: it will hold ballots and hashes of links."""
    try:
        os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreError(
            f"不能建立数据库文件 {file}（{error.strerror}）。请检查文件夹是否存在、能否写入。"
        ) from None


def _refusal(file: Path | None, error: DBAPIError) -> StoreError:
    if file is None:
        return unreachable(error)
    return StoreError(
        f"数据库文件 {file} 不能读写（{error.orig}）。"
        "请检查文件和所在文件夹的权限，以及它是不是本程序的数据库。"
    )
