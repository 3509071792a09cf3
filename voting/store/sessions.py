"""Congresses and their sessions."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import asdict
from sqlalchemy import ColumnElement, Connection, insert, select

from voting.actors import Actor, NotFound
from voting.rounds import Congress, Session
from voting.store.tables import congress, session
from voting.store.visible import is_code, is_id, visible_sessions


class Sessions:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_congress(self, new: Congress) -> None:
        self._connection.execute(insert(congress).values(asdict(new)))

    def congresses(self) -> tuple[Congress, ...]:
        """Every body of the installation, by name; that they exist is public."""
        rows = self._connection.execute(select(congress).order_by(congress.c.name, congress.c.id))
        return tuple(Congress(**row) for row in rows.mappings())

    def congress(self, congress_id: str) -> Congress:
        """Raises NotFound."""
        if not is_id(congress_id):
            raise NotFound
        query = select(congress).where(congress.c.id == congress_id)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotFound
        return Congress(**row)

    def add(self, new: Session) -> None:
        self._connection.execute(insert(session).values(asdict(new)))

    def get(self, actor: Actor, session_id: str) -> Session:
        """Raises NotFound."""
        return self._one(actor, session.c.id == session_id, known=is_id(session_id))

    def some(self, actor: Actor, session_ids: Collection[str]) -> dict[str, Session]:
        """Those of them that the actor can get, by id."""
        query = select(session).where(visible_sessions(actor), session.c.id.in_(session_ids))
        rows = self._connection.execute(query).mappings().all() if session_ids else ()
        return {row["id"]: Session(**row) for row in rows}

    def lock(self, actor: Actor, session_id: str) -> Session:
        """As `get`; until the transaction ends nobody else adds a round. Raises NotFound."""
        return self._one(actor, session.c.id == session_id, known=is_id(session_id), alone=True)

    def by_code(self, actor: Actor, code: str) -> Session:
        """The session whose code stands on the cards. Raises NotFound."""
        return self._one(actor, session.c.code == code, known=is_code(code))

    def is_taken(self, code: str) -> bool:
        """Whether a session of any congress has this code."""
        query = select(session.c.id).where(session.c.code == code).limit(1)
        return self._connection.execute(query).first() is not None

    def listing(self, actor: Actor) -> tuple[Session, ...]:
        """What the actor works on, by title; the public gets no list."""
        if actor.role == "public":
            return ()
        query = select(session).where(visible_sessions(actor)).order_by(session.c.title, session.c.id)
        return tuple(Session(**row) for row in self._connection.execute(query).mappings())

    def _one(self, actor: Actor, which: ColumnElement[bool], *, known: bool, alone: bool = False) -> Session:
        if not known:
            raise NotFound
        query = select(session).where(visible_sessions(actor), which)
        if alone:
            query = query.with_for_update()
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotFound
        return Session(**row)
