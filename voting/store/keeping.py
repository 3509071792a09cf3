"""The records of erasing and the holds of a congress."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from msgspec.structs import asdict
from sqlalchemy import Connection, insert, select, update

from voting.actors import Actor, NotFound
from voting.keeping.facts import Erasure, Hold
from voting.keeping.rules import Kind
from voting.store.locks import lock_congress
from voting.store.tables.keeping import erasure, hold

MOST_SHOWN: Final = 200


class Keeping:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock(self, congress: str) -> None:
        """Until the transaction ends nobody else erases or holds here. Raises NotFound."""
        lock_congress(self._connection, congress)

    def add(self, new: Erasure) -> None:
        self._connection.execute(insert(erasure).values(asdict(new)))

    def records(self, actor: Actor) -> tuple[Erasure, ...]:
        """The newest first, at most 200."""
        query = select(erasure).where(erasure.c.congress == actor.congress)
        newest = query.order_by(erasure.c.at.desc(), erasure.c.id).limit(MOST_SHOWN)
        return tuple(Erasure(**row) for row in self._connection.execute(newest).mappings())

    def record_of(self, congress: str, kind: Kind, subject: str) -> Erasure | None:
        """When this round's box or this deck was erased; None: it was not."""
        which = (erasure.c.congress == congress, erasure.c.kind == kind, erasure.c.subject == subject)
        row = self._connection.execute(select(erasure).where(*which).limit(1)).mappings().one_or_none()
        return None if row is None else Erasure(**row)

    def put_hold(self, new: Hold) -> None:
        self._connection.execute(insert(hold).values(asdict(new)))

    def holds(self, actor: Actor) -> tuple[Hold, ...]:
        """Also lifted ones; the newest first, at most 200."""
        query = select(hold).where(hold.c.congress == actor.congress)
        newest = query.order_by(hold.c.at.desc(), hold.c.id).limit(MOST_SHOWN)
        return tuple(Hold(**row) for row in self._connection.execute(newest).mappings())

    def lift_hold(self, actor: Actor, hold_id: str, by: str, now: datetime) -> Hold | None:
        """The hold as it was; None when it was lifted before. Raises NotFound."""
        which = (hold.c.congress == actor.congress, hold.c.id == hold_id)
        row = self._connection.execute(select(hold).where(*which)).mappings().one_or_none()
        if row is None:
            raise NotFound
        if row["lifted_at"] is not None:
            return None
        self._connection.execute(update(hold).where(*which).values(lifted_at=now, lifted_by=by))
        return Hold(**row)
