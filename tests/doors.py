"""The doors of a hall: deputies on the roster, a plenary, two desks.

doors = Doors(hall)                 # six deputies are expected, nobody has come
doors.come(1, 2, 3)                 # by their printed numbers, at the first desk
doors.standing().present            # 3
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Final

from msgspec.structs import replace

from tests.county import new_id
from tests.people import Hall
from tests.refusals import unchanged
from voting.actors import Actor
from voting.audit import chain_all
from voting.checking_in import attendance, passes, plenaries
from voting.checking_in.attendance import Passed
from voting.checking_in.facts import Attendance, Pass, Plenary, Standing
from voting.people import Deputy
from voting.store import Store

ROSTER: Final = (
    ("张桂兰", "城关代表团"),
    ("单雄信", "城关代表团"),
    ("吕秀梅", "东河代表团"),
    ("阿依古丽·买买提", "东河代表团"),
    ("𬱖正", "西山代表团"),
    ("张国立", "西山代表团"),
)
"""A surname with a reading of its own, ü, a dot between names, a character beyond the basic plane."""


def deputies_of(hall: Hall, roster: Sequence[tuple[str, str]] = ROSTER, **more: Any) -> list[Deputy]:
    """As they stand on the list, numbered in order."""
    return [
        Deputy(id=new_id(name), congress=hall.congress.id, number=n, name=name, delegation=of, **more)
        for n, (name, of) in enumerate(roster, start=1)
    ]


@contextmanager
def kept(store: Store) -> Iterator[None]:
    """As `unchanged`, with the log chained before: the pages do that after any form."""
    chain_all(store)
    with unchanged(store):
        yield


class Doors:
    """Deputies of the hall's congress, and its first plenary."""

    def __init__(self, hall: Hall, roster: Sequence[tuple[str, str]] = ROSTER, *, begun: bool = True) -> None:
        self.hall, self.store = hall, hall.store
        self.deputies = deputies_of(hall, roster)
        with self.store.write() as tx:
            tx.deputies.add_many(self.deputies)
        self.first: Actor = replace(hall.usher, link=new_id("first desk"), name="东门小周")
        self.second: Actor = replace(hall.usher, link=new_id("second desk"), name="西门小吴")
        if begun:
            self.plenary = self.begin()

    def begin(self, title: str = "第一次全体会议") -> Plenary:
        return plenaries.begin_plenary(
            self.store, self.hall.staff, self.hall.session.id, title, self.hall.now()
        )

    def deputy(self, number: int) -> Deputy:
        return self.deputies[number - 1]

    def check_in(self, number: int, desk: Actor | None = None, *, late: bool = False) -> Passed:
        return attendance.check_in(
            self.store,
            desk or self.first,
            self.plenary.id,
            self.deputy(number).id,
            self.hall.now(),
            late=late,
        )

    def check_out(self, number: int, desk: Actor | None = None) -> Passed:
        return attendance.check_out(
            self.store, desk or self.first, self.plenary.id, self.deputy(number).id, self.hall.now()
        )

    def undo(self, done: Passed, desk: Actor | None = None) -> Passed:
        assert done.move is not None
        return attendance.undo(
            self.store,
            desk or self.first,
            self.plenary.id,
            done.deputy.id,
            done.move.place,
            self.hall.now(),
        )

    def come(self, *numbers: int) -> None:
        for number in numbers:
            self.check_in(number)

    def standing(self, actor: Actor | None = None) -> Standing:
        with self.store.read() as tx:
            return plenaries.standing(tx, actor or self.first, self.hall.session.id)

    def attendance(self) -> tuple[Attendance, ...]:
        with self.store.read() as tx:
            return attendance.attendance(tx, self.first, self.plenary)

    def make_passes(self) -> tuple[Pass, ...]:
        staff, session = self.hall.staff, self.hall.session.id
        passes.make_passes(self.store, staff, session, self.hall.now(), self.hall.random)
        with self.store.read() as tx:
            return passes.passes(tx, staff, session)
