"""What the steps of a hall leave behind is remembered in this process: the same people who take the same step
over the same SQLite database are given what it left the first time, everything in a hall being seeded.

Where anybody did anything else meanwhile, in the database or with the hall's clock or chance, nothing fits,
and the step is taken.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Hashable
from contextlib import closing
from copy import deepcopy
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from tests.people import Hall


class _Left(NamedTuple):
    database: sqlite3.Connection
    """In memory."""
    people: dict[str, Any]


_left: Final[OrderedDict[Hashable, _Left]] = OrderedDict()
"""The one used last stands last."""
_MOST: Final = 64
"""About 1 MB each. Whatever a file of tests repeats is among these: 500 save hardly a step more."""

_OF_THIS_HALL: Final = {"store", "signer", "key_file"}
"""Belongs to one hall, however alike another is."""


def take(hall: Hall, step: str, by: Callable[[], object]) -> None:
    """Take this step, or put there what it left the last time. Raises what the step raises."""
    url = hall.store._statements.url
    if url.get_backend_name() != "sqlite":
        by()
        return
    with closing(sqlite3.connect(str(url.database))) as database:
        key = (_digest(database), _standing(hall), step)
        if key in _left:
            _left.move_to_end(key)
            _left[key].database.backup(database)
            hall.__dict__.update(deepcopy(_left[key].people))
            return
        by()
        _left[key] = _Left(_copied(database), deepcopy(_people(hall)))
        if len(_left) > _MOST:
            _left.popitem(last=False)[1].database.close()


def _people(hall: Hall) -> dict[str, Any]:
    return {name: value for name, value in hall.__dict__.items() if name not in _OF_THIS_HALL}


def _standing(hall: Hall) -> Hashable:
    """All that decides, besides the database, what a step leaves."""
    return (type(hall), *sorted((name, repr(value)) for name, value in _people(hall).items()))


def _copied(database: sqlite3.Connection) -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:")
    database.backup(copy)
    return copy


def _digest(database: sqlite3.Connection) -> bytes:
    """Of all its pages, without the three places of the first one that count changes and copies."""
    pages = database.serialize()
    contents = blake2b()
    for begin, end in ((0, 24), (28, 40), (44, 92), (100, len(pages))):
        contents.update(pages[begin:end])
    return contents.digest()
