"""征集公告: who may see a draft of one, and which are open."""

from __future__ import annotations

from datetime import date

from msgspec.structs import asdict, replace
from sqlalchemy import ColumnElement, Connection, and_, insert, select, update

from voting.actors import Actor, NotFound
from voting.collecting.window import Call
from voting.duties import may
from voting.store.tables.collecting import call
from voting.store.visible import is_id


def _visible(actor: Actor) -> ColumnElement[bool]:
    """The offices see their drafts; everybody else of the congress what was published."""
    own = call.c.congress == actor.congress
    return own if may(actor, "publish_call") else and_(own, call.c.published_at.is_not(None))


class Calls:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Call) -> None:
        self._connection.execute(insert(call).values(asdict(new)))

    def get(self, actor: Actor, call_id: str) -> Call:
        """Raises NotFound."""
        return self._one(_visible(actor), call_id)

    def lock(self, actor: Actor, call_id: str) -> Call:
        """As `get`; until the transaction ends nobody else changes it."""
        return self._one(_visible(actor), call_id, alone=True)

    def listing(self, actor: Actor) -> tuple[Call, ...]:
        """Newest window first."""
        return self._many(_visible(actor))

    def open_on(self, congress: str, day: date) -> tuple[Call, ...]:
        """The published ones whose window holds the day, the newest window first."""
        return self._many(
            call.c.congress == congress,
            call.c.published_at.is_not(None),
            call.c.opens <= day,
            call.c.closes >= day,
        )

    def change(self, before: Call, **changes: object) -> Call:
        """Write the named fields; the call as it is afterwards."""
        self._connection.execute(
            update(call).where(call.c.congress == before.congress, call.c.id == before.id).values(changes)
        )
        return replace(before, **changes)

    def _many(self, *which: ColumnElement[bool]) -> tuple[Call, ...]:
        columns = [call.c[name] for name in Call.__struct_fields__]
        query = select(*columns).where(*which).order_by(call.c.opens.desc(), call.c.id)
        return tuple(Call(**row) for row in self._connection.execute(query).mappings())

    def _one(self, allowed: ColumnElement[bool], call_id: str, *, alone: bool = False) -> Call:
        if not is_id(call_id):
            raise NotFound
        query = select(*(call.c[name] for name in Call.__struct_fields__)).where(
            allowed, call.c.id == call_id
        )
        row = self._connection.execute(query.with_for_update() if alone else query).mappings().one_or_none()
        if row is None:
            raise NotFound
        return Call(**row)
