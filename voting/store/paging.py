"""The pages of the ledger: where one begins and ends, forwards and backwards, by key and never by offset."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, tuple_

from voting.ledger import Filters, Order, Place
from voting.store.tables.collecting import suggestion

_S: Final = suggestion.c
_KEY: Final = (_S.year, _S.number)


def page_of(
    rows: list[tuple[Any, str]], filters: Filters, most: int, after: Place | None, before: Place | None
) -> tuple[str, ...]:
    """One page of all that were found, in their order."""
    sign = -1 if filters.order == "newest" else 1
    if before is not None:
        earlier = [row for row in rows if _compare(row[0], before.key(filters.order)) * sign < 0]
        return tuple(one for _, one in earlier[-most:])
    if after is not None:
        rows = [row for row in rows if _compare(row[0], after.key(filters.order)) * sign > 0]
    return tuple(one for _, one in rows[:most])


def _compare(one: Any, other: Any) -> int:
    return int(one > other) - int(one < other)


def as_listed(
    query: Select[Any], filters: Filters, start: Place | None, *, backwards: bool = False
) -> Select[Any]:
    key = (_S.due, *_KEY) if filters.order == "due" else _KEY
    return in_order(query, key, filters.order, start, backwards=backwards)


def in_order(
    query: Select[Any],
    key: Sequence[ColumnElement[Any]],
    order: Order,
    start: Place | None = None,
    *,
    backwards: bool = False,
) -> Select[Any]:
    """In this order from after the start, or backwards from before it."""
    down = (order == "newest") != backwards
    if start is not None:
        at = start.key(order)
        query = query.where(tuple_(*key) < tuple_(*at) if down else tuple_(*key) > tuple_(*at))
    return query.order_by(*(column.desc() if down else column for column in key))
