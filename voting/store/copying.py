"""One database into another, of the same schema, whichever two they are.

What is copied was there together: on PostgreSQL one repeatable read, on SQLite one read of the write-ahead
log. Nobody who votes meanwhile waits for it.
"""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Connection,
    Engine,
    ForeignKeyConstraint,
    Table,
    and_,
    bindparam,
    create_engine,
    event,
    func,
    insert,
    inspect,
    select,
    text,
    update,
)

from voting.store.engine import StoreError, parse_url, sqlite_file, transactions
from voting.store.tables import metadata

_AT_ONCE = 200
"""Rows in memory: a photo has some 350 KB."""


class NotEmpty(StoreError):
    """Where something lies already nothing is put."""

    sentence = "目标数据库里已经有内容，没有写入。请换一个空的数据库。"


def copy(source: str, target: str) -> dict[str, int]:
    """Every row of `source` into `target`, in one transaction; rows by table.

    Both must have this program's tables; `target` must be empty. Raises NotEmpty, DBAPIError.
    """
    readers, writers = _snapshots(source), transactions(parse_url(target))
    try:
        with readers.connect() as reader, writers.begin() as writer:
            if any(_count(writer, table) for table in metadata.sorted_tables):
                raise NotEmpty
            for table in metadata.sorted_tables:
                _copy_rows(reader, writer, table)
            return {table.name: _count(writer, table) for table in metadata.sorted_tables}
    finally:
        readers.dispose()
        writers.dispose()


def is_there(url: str) -> bool:
    """Whether a database of ours, of whatever age, lies there. Raises DBAPIError when it cannot be asked."""
    file = sqlite_file(parse_url(url))
    if file is not None:
        return file.exists()
    engine = _snapshots(url)
    try:
        with engine.connect() as connection:
            return inspect(connection).has_table("alembic_version")
    finally:
        engine.dispose()


def rows(url: str) -> dict[str, int]:
    """How many rows each table has."""
    readers = _snapshots(url)
    try:
        with readers.connect() as reader:
            return {table.name: _count(reader, table) for table in metadata.sorted_tables}
    finally:
        readers.dispose()


def settle(file_url: str) -> None:
    """Everything of a SQLite database that nobody uses into its one file, without a log beside it."""
    engine = create_engine(parse_url(file_url), isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
            connection.execute(text("PRAGMA journal_mode=DELETE"))
    finally:
        engine.dispose()


def is_whole(file_url: str) -> bool:
    """Whether a SQLite database's pages and references hold."""
    engine = _snapshots(file_url)
    try:
        with engine.connect() as connection:
            sound = connection.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]
            return sound and not connection.execute(text("PRAGMA foreign_key_check")).all()
    finally:
        engine.dispose()


def _snapshots(url: str) -> Engine:
    """Connections that see one moment from their first statement to their last."""
    parsed = parse_url(url)
    if sqlite_file(parsed) is None:
        return create_engine(
            parsed, isolation_level="REPEATABLE READ", execution_options={"stream_results": True}
        )
    engine = create_engine(parsed)
    event.listen(engine, "connect", _manual)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN"))
    return engine


def _manual(connection: object, _record: object) -> None:
    connection.isolation_level = None  # type: ignore[attr-defined]  # the driver's connection, of no common type


def _copy_rows(reader: Connection, writer: Connection, table: Table) -> None:
    """References within a table are set afterwards: a row may refer to one that comes later.

    In the order of the keys: a copy says no more than its source about what was written before what.
    """
    own = _own_references(table)
    later: list[dict[str, object]] = []
    for part in reader.execute(select(table).order_by(*table.primary_key)).mappings().partitions(_AT_ONCE):
        values = [dict(row) for row in part]
        if own is not None:
            later += [_key(table, row) | {"ref": row[own.name]} for row in values if row[own.name]]
            values = [row | {own.name: None} for row in values]
        writer.execute(insert(table), values)
    if own is not None and later:
        here = and_(*(column == bindparam(f"key_{column.name}") for column in table.primary_key))
        writer.execute(update(table).where(here).values({own.name: bindparam("ref")}), later)


def _own_references(table: Table) -> Column[object] | None:
    """The column that refers to another row of the same table, if there is one."""
    for constraint in table.constraints:
        if isinstance(constraint, ForeignKeyConstraint) and constraint.referred_table is table:
            return next(column for column in constraint.columns if column.name != "congress")
    return None


def _key(table: Table, row: dict[str, object]) -> dict[str, object]:
    return {f"key_{column.name}": row[column.name] for column in table.primary_key}


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar() or 0)
