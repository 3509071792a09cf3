"""Browsers that are logged in, known by the hash of their token."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import asdict, replace
from sqlalchemy import Connection, insert, select, update

from voting.accounts.facts import Login
from voting.store.tables.people import login

_FACTS = select(*(login.c[name] for name in Login.__struct_fields__))


class Logins:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Login, token_hash: str) -> None:
        self._connection.execute(insert(login).values(token_hash=token_hash, **asdict(new)))

    def by_token(self, token_hash: str) -> Login | None:
        """Also ended and expired ones."""
        row = (
            self._connection.execute(_FACTS.where(login.c.token_hash == token_hash)).mappings().one_or_none()
        )
        return None if row is None else Login(**row)

    def open_ones(self, account_id: str, now: datetime) -> tuple[Login, ...]:
        """Those of an account that have neither ended nor expired, the last seen first."""
        query = _FACTS.where(login.c.account == account_id, login.c.ended_at.is_(None), login.c.expires > now)
        ordered = query.order_by(login.c.seen_at.desc(), login.c.id)
        return tuple(Login(**row) for row in self._connection.execute(ordered).mappings())

    def recent(self, account_id: str, most: int) -> tuple[Login, ...]:
        """Those of an account, also ended ones, the last begun first."""
        ordered = _FACTS.where(login.c.account == account_id).order_by(login.c.started_at.desc(), login.c.id)
        return tuple(Login(**row) for row in self._connection.execute(ordered.limit(most)).mappings())

    def browsers(self, account_id: str) -> frozenset[str]:
        """The browsers in which somebody got all the way in, as far back as log-ins are kept."""
        query = select(login.c.browser).where(
            login.c.account == account_id, login.c.browser.is_not(None), login.c.stage != "pending"
        )
        return frozenset(self._connection.execute(query.distinct()).scalars())

    def change(self, before: Login, **changes: object) -> Login:
        """Write the named fields; the log-in as it is afterwards."""
        self._connection.execute(update(login).where(login.c.id == before.id).values(changes))
        return replace(before, **changes)

    def end_all(self, account_id: str, at: datetime, but: str | None = None) -> None:
        """Every browser of the account is out from now on, except the log-in `but`."""
        query = update(login).where(login.c.account == account_id, login.c.ended_at.is_(None))
        if but is not None:
            query = query.where(login.c.id != but)
        self._connection.execute(query.values(ended_at=at))
