"""What is refused changes nothing: the whole database is compared before and after."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pytest
from sqlalchemy import select, text

from voting.store import Store
from voting.store.tables import metadata

Dump = dict[str, list[tuple[Any, ...]]]

# As text, for a test may look at all of it several times.
_EVERY_ROW: Final = {
    table.name: str(select(text("*")).select_from(table).order_by(*table.primary_key.columns))
    for table in metadata.sorted_tables
}


def dump(store: Store) -> Dump:
    """Every row of every table, in the order of its primary key, as the driver gives it."""
    found: Dump = {}
    with store._statements.connect() as connection:
        cursor = connection.connection.cursor()  # SQLAlchemy's results cost more than the rows
        for name, statement in _EVERY_ROW.items():
            cursor.execute(statement)
            found[name] = list(cursor.fetchall())
    return found


@contextmanager
def refused(store: Store, error: type[Exception], match: str | None = None) -> Iterator[None]:
    """The block raises exactly this class of error, with `match` in its sentence, and changes nothing."""
    before = dump(store)
    with pytest.raises(error, match=match) as caught:
        yield
    assert caught.type is error
    assert dump(store) == before


@contextmanager
def unchanged(store: Store) -> Iterator[None]:
    """The block succeeds and changes nothing."""
    before = dump(store)
    yield
    assert dump(store) == before
