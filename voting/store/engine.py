"""Connections to SQLite and PostgreSQL on which "committed" means "on disk"."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from voting.errors import VotingError

SQLITE = {"sqlite", "sqlite+pysqlite"}
POSTGRESQL = {"postgresql", "postgresql+psycopg"}

_FORMS = "请写成 sqlite:///文件路径 或 postgresql://用户@主机/库名。"
_KEPT, _MORE = 4, 4
"""Connections of a process and kind: at rest, and more at most. Statements are short, so threads take turns;
eight processes stay below what PostgreSQL grants by default."""
MOST = _KEPT + _MORE
_WAIT_MS = 30_000
"""How long a writer waits for its turn on SQLite."""


class StoreError(VotingError):
    """The database cannot be used; shown to whoever starts the service."""

    sentence = "数据库不能使用。"


def parse_url(url: str) -> URL:
    """Raises StoreError for anything but a SQLite file or a PostgreSQL database."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StoreError(f"设置 database 不是数据库地址。{_FORMS}") from None
    if parsed.drivername in POSTGRESQL:
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername in SQLITE and parsed.database and parsed.database != ":memory:":
        return parsed
    raise StoreError(f"设置 database 不是可用的数据库。{_FORMS}")


def sqlite_file(url: URL) -> Path | None:
    """The file of a SQLite database; None for PostgreSQL."""
    return Path(url.database) if url.drivername in SQLITE and url.database else None


def distant_hosts(url: str) -> tuple[str, ...]:
    """The servers of a PostgreSQL database that are not this machine. Raises StoreError."""
    parsed = parse_url(url)
    if sqlite_file(parsed):
        return ()
    named = [host for one in parsed.normalized_query.get("host", ()) for host in one.split(",")]
    hosts = [host.partition(":")[0] for host in [parsed.host or "", *named]]
    return tuple(
        host for host in hosts if host and not host.startswith(("/", "127.")) and host != "localhost"
    )


def demands_certificate(url: str) -> bool:
    """Whether the address asks for encryption and for the server's certificate. Raises StoreError."""
    return parse_url(url).normalized_query.get("sslmode") == ("verify-full",)


def transactions(url: URL) -> Engine:
    """For changes of several statements: all of them or none."""
    engine = _engine(url)
    if sqlite_file(url):
        event.listen(engine, "begin", _begin_immediate)
    return engine


def statements(url: URL) -> Engine:
    """Each statement is a transaction by itself: nothing to begin, nothing to commit, one round trip."""
    return _engine(url, isolation_level="AUTOCOMMIT", pool_reset_on_return=None)


def _engine(url: URL, **options: Any) -> Engine:
    # What stands in a row stands in no message of an error, and so in no log.
    engine = create_engine(url, pool_size=_KEPT, max_overflow=_MORE, hide_parameters=True, **options)
    event.listen(engine, "connect", _durable_sqlite if sqlite_file(url) else _durable_postgresql)
    return engine


def _durable_sqlite(connection: Any, _record: object) -> None:
    """synchronous=FULL: a commit returns when the write-ahead log has reached the disk.

    secure_delete: what is deleted is overwritten with zeros, not only left out.
    """
    connection.isolation_level = None  # the module must not begin transactions of its own
    connection.execute(f"PRAGMA busy_timeout={_WAIT_MS}")
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA secure_delete=ON")
    connection.execute("PRAGMA foreign_keys=ON")


def _durable_postgresql(connection: Any, _record: object) -> None:
    """A server or role may have turned synchronous commit off; stricter settings than `on` stay.

    It may also have raised the isolation: closing waits for the last ballots, and then would not see them.
    """
    connection.execute("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL READ COMMITTED")
    connection.execute(
        "SELECT set_config('synchronous_commit', 'on', false)"
        " WHERE current_setting('synchronous_commit') IN ('off', 'local')"
    )
    connection.commit()


def _begin_immediate(connection: Any) -> None:
    """Take the write lock first: a reader that turns into a writer late could only fail."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def unreachable(error: DBAPIError) -> StoreError:
    """The sentence for a database that refuses at the first question."""
    first_line = str(error.orig).strip().splitlines()[0] if error.orig else ""
    return StoreError(f"连接不上数据库（{first_line}）。请检查设置 database，并确认数据库已经启动。")
