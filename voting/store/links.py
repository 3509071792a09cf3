"""Personal links, known by the hash of their token."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import asdict, replace
from sqlalchemy import Connection, insert, select, update

from voting.actors import Actor, NotFound
from voting.rounds import Link
from voting.store.tables import link
from voting.store.visible import is_id

_FACTS = select(*(column for column in link.c if column.name != "token_hash"))


class Links:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Link, token_hash: str) -> None:
        self._connection.execute(insert(link).values(token_hash=token_hash, **asdict(new)))

    def by_token(self, token_hash: str) -> Link | None:
        """Also expired and revoked ones."""
        row = self._connection.execute(_FACTS.where(link.c.token_hash == token_hash)).mappings().one_or_none()
        return None if row is None else Link(**row)

    def get(self, actor: Actor, link_id: str) -> Link:
        """A link of the actor's congress. Raises NotFound."""
        if not is_id(link_id):
            raise NotFound
        query = _FACTS.where(link.c.congress == actor.congress, link.c.id == link_id)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotFound
        return Link(**row)

    def listing(self, actor: Actor) -> tuple[Link, ...]:
        """Those of the actor's congress, by role and name; a live one before those it ended."""
        query = _FACTS.where(link.c.congress == actor.congress)
        live_first = (link.c.revoked_at.is_not(None), link.c.revoked_at)
        ordered = query.order_by(link.c.role, link.c.name, *live_first, link.c.id)
        rows = self._connection.execute(ordered).mappings()
        return tuple(Link(**row) for row in rows)

    def revoke(self, one: Link, at: datetime) -> Link:
        self._connection.execute(
            update(link).where(link.c.congress == one.congress, link.c.id == one.id).values(revoked_at=at)
        )
        return replace(one, revoked_at=at)
