"""演练: what was rehearsed, and what was measured."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Connection, and_, false, insert, select, update

from voting.actors import Actor, NotFound
from voting.exercises import Exercise, Rehearsal
from voting.store.locks import lock_congress
from voting.store.tables.rehearsing import rehearsal
from voting.store.tables.rounds import round_
from voting.store.visible import is_id

RUNNING = ("running", "stopping")


class Rehearsals:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def alone(self, congress_id: str) -> None:
        """Until the transaction ends, nobody else of this congress begins one. Raises NotFound."""
        lock_congress(self._connection, congress_id)

    def add(self, new: Rehearsal) -> None:
        self._connection.execute(insert(rehearsal).values(**_row(new)))

    def save(self, changed: Rehearsal) -> None:
        """Everything of an existing one."""
        found = and_(rehearsal.c.congress == changed.congress, rehearsal.c.id == changed.id)
        self._connection.execute(update(rehearsal).where(found).values(**_row(changed)))

    def get(self, actor: Actor, rehearsal_id: str) -> Rehearsal:
        """Raises NotFound."""
        found = self.find(actor, rehearsal_id)
        if found is None:
            raise NotFound
        return found

    def find(self, actor: Actor, rehearsal_id: str) -> Rehearsal | None:
        """None: there is none, or it is another congress's."""
        if not is_id(rehearsal_id):
            return None
        query = select(rehearsal).where(_visible(actor), rehearsal.c.id == rehearsal_id)
        row = self._connection.execute(query.with_for_update()).mappings().one_or_none()
        return None if row is None else _rehearsal(row)

    def newest(self, actor: Actor, most: int) -> tuple[Rehearsal, ...]:
        """The newest first."""
        order = (rehearsal.c.begun_at.desc(), rehearsal.c.id)
        query = select(rehearsal).where(_visible(actor)).order_by(*order).limit(most)
        return tuple(map(_rehearsal, self._connection.execute(query).mappings()))

    def beats(self) -> tuple[datetime, ...]:
        """When each rehearsal that runs in the installation was last attended to, whoever's it is."""
        query = select(rehearsal.c.beat_at).where(rehearsal.c.state.in_(RUNNING))
        return tuple(self._connection.execute(query).scalars())

    def a_vote_is_open(self) -> bool:
        """Whether anybody in the installation votes."""
        query = select(round_.c.id).where(round_.c.state == "open").limit(1)
        return self._connection.execute(query).one_or_none() is not None


def _visible(actor: Actor) -> ColumnElement[bool]:
    return rehearsal.c.congress == actor.congress if actor.role in {"staff", "system"} else false()


def _row(one: Rehearsal) -> dict[str, Any]:
    values = msgspec.structs.asdict(one)
    return {**values, "exercise": msgspec.json.encode(one.exercise)}


def _rehearsal(row: Any) -> Rehearsal:
    exercise = msgspec.json.decode(row["exercise"], type=Exercise)
    return Rehearsal(**{**row, "exercise": exercise})
