"""What all tables share: names of constraints, moments in UTC, ids.

Every table carries `congress` and every foreign key includes it, so that an existing distributed PostgreSQL
can spread the data by congress; ids are random. The few tables of the installation itself (bodies, accounts)
are small and stand whole on every node. On SQLite every table is `WITHOUT ROWID`: rows are kept in key order,
and no hidden number records the order of insertion.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Column, DateTime, ForeignKeyConstraint, MetaData, String, TypeDecorator
from sqlalchemy.engine import Dialect

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A UTC instant; SQLite has no time zones, so it keeps the naive UTC value."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


ID = String(32)
"""uuid4 as hex."""
HASH = String(64)
"""SHA-256, or a point or key, as hex."""


def own_id() -> tuple[Column[str], Column[str]]:
    """The key of most tables: the congress and a random id within it."""
    return Column("congress", ID, primary_key=True), Column("id", ID, primary_key=True)


def refers(column: str, table: str, to: str = "id") -> ForeignKeyConstraint:
    """A reference that stays within the congress."""
    return ForeignKeyConstraint(["congress", column], [f"{table}.congress", f"{table}.{to}"])
