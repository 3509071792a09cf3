"""Everything there is to attack: a hall in which a vote is on, and a county at work, with all that they keep.

target = Target(database, folder, stack)
target.doors                     # who comes by which link, with which cookie
target.ids["round_id"]           # what exists, by the names that addresses give it
target.restore()                 # after an attack that got through
"""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import make_url

from tests.county import FIRST_DAY, new_id
from tests.drafts import Way
from tests.people import SELECT
from tests.refusals import dump
from tests.web.house import House, Person
from tests.web.test_access_matrix import belongings, of_the_hall
from voting.accounts import invitations
from voting.accounts.facts import ACCOUNT_ROLES
from web.access import LINK_ROLES

OPEN: Final = "open"
"""Stands for whoever comes without a link."""


class Door(Struct, frozen=True, kw_only=True):
    """One way in: below `/{role}/{link}`, with a cookie that is valid there."""

    role: str
    link: str
    token: str
    person: Person


class Target:
    """One installation, ready to be attacked; `restore` makes it what it was."""

    def __init__(self, database: str, folder: Path, stack: ExitStack) -> None:
        self.house = House(database, folder, stack, SELECT, scrutineers=3, threshold=2)
        self.house.hall.reach("open")
        self.house.hall.cast(0, 1)
        self.app = self.house.app
        found, _ = of_the_hall(self.house)
        self.house.clock = max(FIRST_DAY, self.house.hall.now())
        self.ids = {**self._names(), **found}
        self.doors = [*self._of_the_hall(), *self._of_the_county()]
        self.visitor = self.house.visitor()
        self._sqlite = make_url(database).get_backend_name() == "sqlite"
        self._copy = stack.enter_context(_kept(self.house.file)) if self._sqlite else None
        self._rows = dump(self.house.store)

    def restore(self) -> None:
        """The database as it was before the first attack."""
        for thread in threading.enumerate():
            if thread.name.startswith("workbook"):
                thread.join()  # it writes into what was begun, and that will be gone
        if self._copy is not None:
            with closing(sqlite3.connect(self.house.file)) as attacked:
                self._copy.backup(attacked)
        else:
            self._put_back()

    def _put_back(self) -> None:
        """On PostgreSQL: the tables that differ, without a look at their foreign keys."""
        now = dump(self.house.store)
        with self.house.store._transactions.begin() as connection:
            cursor = connection.connection.cursor()
            cursor.execute("SET LOCAL session_replication_role = replica")
            for name, rows in self._rows.items():
                if now[name] != rows:
                    cursor.execute(f'DELETE FROM "{name}"')  # noqa: S608 - a table of ours
                    if rows:
                        places = ", ".join(["%s"] * len(rows[0]))
                        into = f'INSERT INTO "{name}" VALUES ({places})'  # noqa: S608 - a table of ours
                        cursor.executemany(into, rows)

    def _names(self) -> dict[str, str]:
        county, hall, now = self.house.county, self.house.hall, FIRST_DAY
        draft = Way(county).shortlisted()
        slate = Way(county).slate(2, places=1)
        return {
            **belongings(self.house, county),
            "congress": county.congress.id,
            "code": hall.session.code,
            "credential": hall.cards.public[hall.uuid()][0],
            "token": invitations.invite(
                self.house.store,
                county.staff,
                "presidium",
                "李四",
                now.replace(year=2030),
                now=now,
                random=os.urandom,
            ),
            "draft_id": draft.id,
            "slate_id": slate.id,
            "name": "deputies",
        }

    def _of_the_hall(self) -> list[Door]:
        return [self._door(self.house.enter(role), role) for role in LINK_ROLES]

    def _of_the_county(self) -> list[Door]:
        county = self.house.county
        actors = (county.staff, county.government, county.unit, county.deputy, county.presidium)
        assert [one.role for one in actors] == list(ACCOUNT_ROLES)
        entered = [replace(one, link=new_id(f"attack {one.role}")) for one in actors]
        return [self._door(self.house.enter_as(one), one.role) for one in entered]

    def _door(self, person: Person, role: str) -> Door:
        (token,) = {cookie.value or "" for cookie in person.client.cookies.jar}
        return Door(role=role, link=person.base.split("/")[2], token=token, person=person)


@contextmanager
def _kept(file: Path) -> Iterator[sqlite3.Connection]:
    """A copy in memory."""
    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as copy:
        with closing(sqlite3.connect(file)) as source:
            source.backup(copy)
        yield copy
