"""Invitations, known by the hash of their token."""

from __future__ import annotations

from msgspec.structs import asdict, replace
from sqlalchemy import Connection, insert, select, update

from voting.accounts.facts import Invitation
from voting.actors import Actor, NotFound
from voting.store.tables.people import invitation
from voting.store.visible import is_id

_FACTS = select(*(invitation.c[name] for name in Invitation.__struct_fields__))


class Invitations:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Invitation, token_hash: str) -> None:
        self._connection.execute(insert(invitation).values(token_hash=token_hash, **asdict(new)))

    def by_token(self, token_hash: str) -> Invitation | None:
        """Also expired, used and revoked ones."""
        query = _FACTS.where(invitation.c.token_hash == token_hash)
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else Invitation(**row)

    def lock(self, token_hash: str) -> Invitation | None:
        """The same, which nobody else uses until this transaction ends."""
        query = _FACTS.where(invitation.c.token_hash == token_hash).with_for_update()
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else Invitation(**row)

    def get(self, actor: Actor, invitation_id: str) -> Invitation:
        """One of the actor's congress. Raises NotFound."""
        if not is_id(invitation_id):
            raise NotFound
        query = _FACTS.where(invitation.c.congress == actor.congress, invitation.c.id == invitation_id)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotFound
        return Invitation(**row)

    def listing(self, actor: Actor) -> tuple[Invitation, ...]:
        """Those of the actor's congress, the newest first."""
        query = _FACTS.where(invitation.c.congress == actor.congress)
        ordered = query.order_by(invitation.c.issued_at.desc(), invitation.c.id)
        return tuple(Invitation(**row) for row in self._connection.execute(ordered).mappings())

    def change(self, before: Invitation, **changes: object) -> Invitation:
        """Write the named fields; the invitation as it is afterwards."""
        self._connection.execute(
            update(invitation)
            .where(invitation.c.congress == before.congress, invitation.c.id == before.id)
            .values(changes)
        )
        return replace(before, **changes)
