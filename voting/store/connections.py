"""How a process stands with its database: for whoever watches it."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from sqlalchemy import Engine, ExceptionContext, QueuePool, event, text
from sqlalchemy.exc import IntegrityError

from voting.store.engine import MOST


class Connections(Struct, frozen=True, kw_only=True):
    """`used` of at most `most` at this moment; `errors` are statements that failed since the start, for
    whatever reason but a rule of the tables."""

    used: int
    most: int
    errors: int


class Watch:
    """Counts over some engines."""

    def __init__(self, *engines: Engine) -> None:
        self._engines, self._errors = engines, 0
        for engine in engines:
            event.listen(engine, "handle_error", self._count)

    def look(self) -> Connections:
        pools = [one.pool for one in self._engines if isinstance(one.pool, QueuePool)]
        return Connections(
            used=sum(pool.checkedout() for pool in pools),
            most=sum(MOST for _ in pools),
            errors=self._errors,
        )

    def _count(self, context: ExceptionContext) -> None:
        if not isinstance(context.sqlalchemy_exception, IntegrityError):
            self._errors += 1


def clock(engine: Engine) -> datetime | None:
    """What time it is for the database's server; None for SQLite, which has no clock of its own."""
    if engine.dialect.name == "sqlite":
        return None
    with engine.connect() as connection:
        found: datetime = connection.execute(text("SELECT clock_timestamp()")).scalar_one()
    return found
