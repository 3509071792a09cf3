"""督办单 and the units' answers. A unit sees its own; the public what staff released."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import asdict, replace
from sqlalchemy import ColumnElement, Connection, insert, select, true, update

from voting.actors import Actor, NotFound
from voting.delivering.projects import Project
from voting.store.tables.supervising import order_answer, supervision_order
from voting.store.visible import is_id
from voting.supervising.orders import Answer, Order

_FACTS = [supervision_order.c[name] for name in Order.__struct_fields__]
_ANSWER = [order_answer.c[name] for name in Answer.__struct_fields__]


class Orders:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Order) -> None:
        self._connection.execute(insert(supervision_order).values(asdict(new)))

    def get(self, actor: Actor, of: Project, order_id: str) -> Order:
        """Of a project that the caller was given. Raises NotFound."""
        found = self._many(actor, of, supervision_order.c.id == order_id) if is_id(order_id) else ()
        if not found:
            raise NotFound
        return found[0]

    def of(self, actor: Actor, of: Project) -> tuple[Order, ...]:
        """Of a project that the caller was given, newest first."""
        return self._many(actor, of)

    def is_numbered(self, congress: str, number: str) -> bool:
        """Whether this 编号 is taken."""
        which = (supervision_order.c.congress == congress, supervision_order.c.number == number)
        return self._connection.execute(select(supervision_order.c.id).where(*which)).first() is not None

    def waiting(self, congress: str) -> tuple[Order, ...]:
        """Those that a unit has to answer, the nearest last day first; for the offices."""
        which = (
            supervision_order.c.congress == congress,
            supervision_order.c.state.in_(("issued", "returned")),
        )
        query = select(*_FACTS).where(*which).order_by(supervision_order.c.due, supervision_order.c.id)
        return tuple(Order(**row) for row in self._connection.execute(query).mappings())

    def to_judge(self, congress: str) -> tuple[Order, ...]:
        """Those whose answer waits for the staff, oldest first."""
        which = (supervision_order.c.congress == congress, supervision_order.c.state == "answered")
        query = select(*_FACTS).where(*which).order_by(supervision_order.c.at, supervision_order.c.id)
        return tuple(Order(**row) for row in self._connection.execute(query).mappings())

    def change(self, before: Order, **changes: object) -> Order:
        """Write the named fields; the order as it is afterwards."""
        which = (supervision_order.c.congress == before.congress, supervision_order.c.id == before.id)
        self._connection.execute(update(supervision_order).where(*which).values(changes))
        return replace(before, **changes)

    def add_answer(self, new: Answer) -> None:
        self._connection.execute(insert(order_answer).values(asdict(new)))

    def change_answer(self, before: Answer, **changes: object) -> Answer:
        """Write the named fields; the answer as it is afterwards."""
        which = (
            order_answer.c.congress == before.congress,
            order_answer.c.order == before.order,
            order_answer.c.turn == before.turn,
        )
        self._connection.execute(update(order_answer).where(*which).values(changes))
        return replace(before, **changes)

    def answers(self, of: Sequence[Order]) -> tuple[Answer, ...]:
        """Of orders of one congress that the caller was given, order by order, from the first."""
        congress = of[0].congress if of else ""
        which = (order_answer.c.congress == congress, order_answer.c.order.in_([one.id for one in of]))
        query = select(*_ANSWER).where(*which).order_by(order_answer.c.order, order_answer.c.turn)
        return tuple(Answer(**row) for row in self._connection.execute(query).mappings())

    def _many(self, actor: Actor, of: Project, *more: ColumnElement[bool]) -> tuple[Order, ...]:
        which = (supervision_order.c.congress == of.congress, supervision_order.c.project == of.id)
        query = select(*_FACTS).where(*which, _shown(actor), *more)
        newest = (supervision_order.c.day.desc(), supervision_order.c.at.desc(), supervision_order.c.id)
        return tuple(Order(**row) for row in self._connection.execute(query.order_by(*newest)).mappings())


def _shown(actor: Actor) -> ColumnElement[bool]:
    if actor.role == "public":
        return supervision_order.c.released_at.is_not(None)
    return supervision_order.c.unit == (actor.unit or "") if actor.role == "unit" else true()
