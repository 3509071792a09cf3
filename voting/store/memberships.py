"""Who holds which role where."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import asdict, replace
from sqlalchemy import Connection, exists, insert, or_, select, update

from voting.accounts.facts import Membership
from voting.actors import Actor, NotFound
from voting.store.tables.people import account, membership, passkey
from voting.store.visible import is_id

_FACTS = select(*(membership.c[name] for name in Membership.__struct_fields__))


class Memberships:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Membership) -> None:
        self._connection.execute(insert(membership).values(asdict(new)))

    def get(self, actor: Actor, membership_id: str) -> Membership:
        """One of the actor's congress, also an ended one. Raises NotFound."""
        if not is_id(membership_id):
            raise NotFound
        query = _FACTS.where(membership.c.congress == actor.congress, membership.c.id == membership_id)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotFound
        return Membership(**row)

    def listing(self, actor: Actor) -> tuple[Membership, ...]:
        """Those of the actor's congress, by role and name; those that hold before those that have ended."""
        query = _FACTS.where(membership.c.congress == actor.congress)
        columns = membership.c
        ordered = query.order_by(columns.role, columns.ended_at.is_not(None), columns.name, columns.id)
        return tuple(Membership(**row) for row in self._connection.execute(ordered).mappings())

    def of_account(self, account_id: str) -> tuple[Membership, ...]:
        """Those that hold, in all congresses, the oldest first."""
        query = _FACTS.where(membership.c.account == account_id, membership.c.ended_at.is_(None))
        ordered = query.order_by(membership.c.granted_at, membership.c.id)
        return tuple(Membership(**row) for row in self._connection.execute(ordered).mappings())

    def entered(self, account_id: str, membership_id: str) -> Membership | None:
        """The account's membership of this id, also an ended one; what belongs to others does not exist."""
        if not is_id(membership_id):
            return None
        query = _FACTS.where(membership.c.id == membership_id, membership.c.account == account_id)
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else Membership(**row)

    def office_logs_in(self, congress: str) -> bool:
        """Whether somebody of the staff can enter with an account and its second step."""
        keys = exists().where(passkey.c.account == account.c.id)
        query = (
            select(membership.c.id)
            .join(account, account.c.id == membership.c.account)
            .where(
                membership.c.congress == congress,
                membership.c.role == "staff",
                membership.c.ended_at.is_(None),
                account.c.disabled_at.is_(None),
                or_(account.c.totp_secret.is_not(None), keys),
            )
        )
        return self._connection.execute(query.limit(1)).one_or_none() is not None

    def end(self, one: Membership, at: datetime) -> Membership:
        """It holds no longer; what its holder did stays."""
        self._connection.execute(
            update(membership)
            .where(membership.c.congress == one.congress, membership.c.id == one.id)
            .values(ended_at=at)
        )
        return replace(one, ended_at=at)
