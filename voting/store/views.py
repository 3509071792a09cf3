"""Saved views of the ledger: a name for an address, of one membership."""

from __future__ import annotations

from uuid import uuid4

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, update

from voting.actors import Actor
from voting.store.locks import lock_congress
from voting.store.tables.ledger import saved_view
from voting.store.visible import is_id

MOST_VIEWS = 30


class View(Struct, frozen=True, kw_only=True):
    """`query` is that of the ledger's address, without the question mark."""

    id: str
    name: str
    query: str


class Views:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, actor: Actor) -> tuple[View, ...]:
        """The actor's own, by name."""
        query = select(saved_view.c.id, saved_view.c.name, saved_view.c.query).where(*_own(actor))
        return tuple(View(**row) for row in self._connection.execute(query.order_by("name")).mappings())

    def put(self, actor: Actor, name: str, query: str) -> bool:
        """A view of the same name is replaced; false when there are too many."""
        lock_congress(self._connection, actor.congress)
        which = (*_own(actor), saved_view.c.name == name)
        if self._connection.execute(update(saved_view).where(*which).values(query=query)).rowcount:
            return True
        number = select(func.count()).select_from(saved_view).where(*_own(actor))
        if self._connection.execute(number).scalar_one() >= MOST_VIEWS:
            return False
        row = {"id": uuid4().hex, "congress": actor.congress, "membership": actor.link}
        self._connection.execute(insert(saved_view).values(**row, name=name, query=query))
        return True

    def drop(self, actor: Actor, view_id: str) -> None:
        """One that is not there, or somebody else's, is left alone."""
        if is_id(view_id):
            self._connection.execute(delete(saved_view).where(*_own(actor), saved_view.c.id == view_id))


def _own(actor: Actor) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return (saved_view.c.congress == actor.congress, saved_view.c.membership == actor.link)
