"""A released database as it would lie on PostgreSQL: the same revision's tables, the same rows."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Final

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, MetaData, Table, create_engine, insert, select, text

from voting.store.engine import parse_url
from voting.store.tables import metadata

MADE_BY: Final = {"0005-unused": "0001", "0021-without-tables": "0015"}
"""How far the steps of today lead to the tables of those whose number says more."""


def move(file: Path, name: str, url: str) -> None:
    """Into an empty database of PostgreSQL."""
    number, source, target = name[:4], create_engine(f"sqlite:///{file}"), create_engine(parse_url(url))
    with source.connect() as reader, target.begin() as writer:
        _make(writer, MADE_BY.get(name, number))
        there = MetaData()
        there.reflect(reader)
        if name == "0005-unused":
            _make_unused(there, writer)
        writer.execute(text("SET LOCAL session_replication_role = replica"))  # in whatever order
        for table in metadata.sorted_tables:
            if table.name in there.tables:
                _copy(reader, writer, table, there.tables[table.name])
        writer.execute(text("UPDATE alembic_version SET version_num = :number"), {"number": number})
    _end(source, target)


def _make(writer: Connection, revision: str) -> None:
    config = Config(attributes={"connection": writer})
    config.set_main_option("script_location", "voting.store:migrations")
    config.set_main_option("path_separator", "os")
    command.upgrade(config, revision)


def _make_unused(there: MetaData, writer: Connection) -> None:
    """As SQLite has them: nothing was ever written into them."""
    for table in there.tables.values():
        for column in table.columns:
            with suppress(NotImplementedError):
                column.type = column.type.as_generic()
            column.server_default = None
    there.create_all(writer, checkfirst=True)


def _copy(reader: Connection, writer: Connection, table: Table, there: Table) -> None:
    columns = [column for column in table.columns if column.name in there.columns]
    found = [dict(row) for row in reader.execute(select(*columns)).mappings()]
    if found:
        writer.execute(insert(table), found)


def _end(*engines: Engine) -> None:
    for engine in engines:
        engine.dispose()
