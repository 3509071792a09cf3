"""What SQLite is told about the size of the large tables, once, when they are made.

PostgreSQL counts by itself. SQLite counts only when asked, and until then takes `congress = ?` for nearly
unique: it reads all of a congress where an index names the row (measured at 100,000 suggestions: 30 ms for
each such statement, instead of 0.4). Counting would have to be repeated as a database grows; what is written
here makes it choose the same way from the first row on.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import Connection, text

_ROWS: Final = {
    "suggestion": 100_000,
    "photo": 60_000,
    "cosign": 50_000,
    "handling": 100_000,
    "contact": 100_000,
    "confirmation": 100_000,
    "urging": 50_000,
    "happening": 400_000,
    "kin": 50_000,
    "word": 4_000_000,
    "word_count": 30_000,
    "wording": 100_000,
    "counted": 100_000,
    "total": 2_000,
}
_DIFFERENT: Final = {
    "congress": 1,
    "year": 5,
    "state": 5,
    "kind": 4,
    "unit": 40,
    "due": 400,
    "word": 10_000,
    "grouped": 4,
    "result": 5,
}
"""How many different values a column has; every other one nearly as many as there are rows."""


def tell(connection: Connection) -> None:
    """Write the expectations into SQLite's own table of statistics, in place of earlier ones."""
    connection.execute(text("ANALYZE sqlite_master"))  # makes the table
    for table, rows in _ROWS.items():
        connection.execute(text("DELETE FROM sqlite_stat1 WHERE tbl = :table"), {"table": table})
        indexes = connection.execute(
            text("SELECT name, origin FROM pragma_index_list(:table)"), {"table": table}
        )
        for index, origin in indexes.all():
            # The key of a table WITHOUT ROWID is the table.
            name = table if origin == "pk" else index
            stat = _expectation(connection, index, rows)
            values = {"table": table, "name": name, "stat": stat}
            connection.execute(text("INSERT INTO sqlite_stat1 VALUES (:table, :name, :stat)"), values)


def _expectation(connection: Connection, index: str, rows: int) -> str:
    """The number of rows, then how many rows share the first column, the first two, and so on."""
    columns = connection.execute(
        text("SELECT name FROM pragma_index_info(:index) ORDER BY seqno"), {"index": index}
    )
    numbers, left = [rows], rows
    for (column,) in columns.all():
        left = max(1, left // _DIFFERENT.get(column, rows))
        numbers.append(left)
    return " ".join(map(str, numbers))
