"""What is refused changes nothing: the whole database is compared before and after."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import select

from voting.store import Store
from voting.store.tables import metadata

Dump = dict[str, list[tuple[Any, ...]]]


def dump(store: Store) -> Dump:
    """Every row of every table, in the order of its primary key."""
    with store._statements.connect() as connection:
        return {
            table.name: [
                tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for table in metadata.sorted_tables
        }


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
