"""Halls that were brought to a state once in this process, and are copied wherever a test begins with it.

Each was brought there by the steps themselves; what a copy saves is only to take them again.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final, NamedTuple

from tests.people import Hall
from voting.cycle import State
from voting.rules import RoundRules
from voting.store import Store
from voting.wording import Body


class Wanted(NamedTuple):
    """What a hall is made from."""

    rules: RoundRules
    state: State
    body: Body
    scrutineers: int
    threshold: int | None

    def lay_out(self, file: Path) -> None:
        """Put the database of such a hall into the file, if there was one already; nobody has it open."""
        if self in _made:
            file.write_bytes(_made[self].database)

    def hall(self, store: Store, file: Path, folder: Path) -> Hall:
        """The hall, over the store of this file."""
        if self in _made:
            return _made[self].again(store, folder)
        rules, state, body, scrutineers, threshold = self
        hall = Hall(store, folder, rules=rules, body=body, scrutineers=scrutineers, threshold=threshold)
        hall.reach(state)
        with closing(sqlite3.connect(file)) as connection:
            content = connection.serialize()
        _made[self] = _Made(content, hall.key_file.read_bytes(), hall.copied(store, hall.key_file))
        return hall


class _Made(NamedTuple):
    database: bytes
    key: bytes
    hall: Hall

    def again(self, store: Store, folder: Path) -> Hall:
        key_file = folder / self.hall.key_file.name
        key_file.touch(0o600)
        key_file.write_bytes(self.key)
        return self.hall.copied(store, key_file)


_made: Final[dict[Wanted, _Made]] = {}
