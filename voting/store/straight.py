"""Statements that go straight to the driver: those that every ballot costs.

SQLAlchemy writes each of them once for every kind of database. Letting it also execute them costs a ballot
more CPU than the database itself does, because its code is long and every proof check drives it out of the
processor's caches.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import Any, Final, NamedTuple, cast

from sqlalchemy import ClauseElement, Connection, Dialect
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.sql.compiler import SQLCompiler

_BEGIN: Final = {"sqlite": "BEGIN IMMEDIATE", "postgresql": "BEGIN"}


class Conflict(Exception):
    """A row that may stand only once stands there already; nothing was written."""


class _Written(NamedTuple):
    """A statement in a driver's words; `order` is that of its parameters, None when they are named."""

    text: str
    constants: Mapping[str, Any]
    order: tuple[str, ...] | None

    def parameters(self, values: Mapping[str, Any]) -> Any:
        named = {**self.constants, **values}
        return named if self.order is None else [named[name] for name in self.order]


class Straight:
    """One statement for the driver. Its columns must be of types that the driver itself reads and writes."""

    def __init__(self, statement: ClauseElement) -> None:
        self._statement = statement
        self._written: dict[str, _Written] = {}

    def run(self, connection: Connection, values: Mapping[str, Any]) -> DBAPICursor:
        """The driver's cursor, to be read to its end. Raises Conflict, or what the driver raises."""
        dialect, written = connection.dialect, self._in_words_of(connection.dialect)
        try:
            cursor = connection.connection.cursor()
            cursor.execute(written.text, written.parameters(values))
        except dialect.loaded_dbapi.IntegrityError:
            raise Conflict from None
        except BaseException:
            _forsake(connection)
            raise
        return cursor

    def run_together(self, connection: Connection, several: Sequence[Mapping[str, Any]]) -> int:
        """Once for each of these values, in a transaction that is committed when this returns; the number of
        rows written. Raises Conflict, and then nothing was written, or what the driver raises."""
        dialect, written = connection.dialect, self._in_words_of(connection.dialect)
        parameters = [written.parameters(values) for values in several]
        try:
            # Closed also when it fails: an error keeps what its frames hold, and on SQLite a cursor keeps the
            # transaction and its lock.
            with closing(connection.connection.cursor()) as cursor:
                cursor.execute(_BEGIN[dialect.name])
                try:
                    cursor.executemany(written.text, parameters)
                except dialect.loaded_dbapi.IntegrityError:
                    cursor.execute("ROLLBACK")
                    raise Conflict from None
                rows: int = cursor.rowcount
                self._commit(cursor)
        except Conflict:
            raise
        except BaseException:
            _forsake(connection)
            raise
        return rows

    def _commit(self, cursor: DBAPICursor) -> None:
        cursor.execute("COMMIT")

    def _in_words_of(self, dialect: Dialect) -> _Written:
        return self._written.get(dialect.name) or self._write(dialect)

    def _write(self, dialect: Dialect) -> _Written:
        compiled = cast("SQLCompiler", self._statement.compile(dialect=dialect))
        order = None if compiled.positiontup is None else tuple(compiled.positiontup)
        written = self._written[dialect.name] = _Written(str(compiled), compiled.params, order)
        return written


def _forsake(connection: Connection) -> None:
    """After a failure nobody knows what a connection is good for, nor those beside it: the database may have
    been started anew. The next statement gets a new one."""
    connection.invalidate()
    connection.engine.dispose()
