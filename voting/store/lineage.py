"""Which revision a database really has: twice a number stood on main before all of its tables did.

For some hours 0002 to 0005 made other tables, in which no released program wrote anything; for some hours
0016 to 0021 made none. A database of those hours is taken for what its tables are, and upgraded from there.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, MetaData, func, inspect, select, text

from voting.store.engine import StoreError
from voting.store.tables import metadata

_FIRST: Final = frozenset(
    {"congress", "session", "link", "round", "card", "scrutineer", "step", "ballot", "event", "datum"}
)
"""The tables of 0001."""
_EMPTY: Final = frozenset({"0016", "0017", "0018", "0019", "0020", "0021"})
_VERSION: Final = "alembic_version"


class TornDatabase(StoreError):
    """Tables or columns are missing that its revision has: somebody else changed it."""

    def __init__(self, table: str = "") -> None:
        super().__init__(
            f"数据库的表（{table}）与它的版本号不符，什么都没有改动。它可能被手工改动过，或者只恢复了一部分。"
            "请用升级前的备份恢复；没有备份的，请保存现场，找管理员核查。"
        )


def straighten(connection: Connection, revision: str | None) -> None:
    """Give a database of those hours the number that its tables have. Raises TornDatabase."""
    there = inspect(connection)
    if revision in _EMPTY and not there.has_table("plenary"):
        _call(connection, "0015")
    elif revision == "0005" and "deputy" not in {one["name"] for one in there.get_columns("notice")}:
        _forget_unused(connection)
        _call(connection, "0001")


def refuse_torn(connection: Connection) -> None:
    """Every table and column of this program is there. Raises TornDatabase."""
    found = inspect(connection).get_multi_columns()
    there = {str(table): {one["name"] for one in columns} for (_, table), columns in found.items()}
    for table in metadata.sorted_tables:
        if not {column.name for column in table.columns} <= there.get(table.name, set()):
            raise TornDatabase(table.name)


def _call(connection: Connection, revision: str) -> None:
    connection.execute(text("UPDATE alembic_version SET version_num = :number"), {"number": revision})


def _forget_unused(connection: Connection) -> None:
    """Every table that is not of 0001; one with a row in it would be somebody's work."""
    reflected = MetaData()
    reflected.reflect(connection)
    unused = [one for one in reflected.sorted_tables if one.name not in {*_FIRST, _VERSION}]
    for table in unused:
        if connection.execute(select(func.count()).select_from(table)).scalar():
            raise TornDatabase(table.name)
    reflected.drop_all(connection, tables=unused)
