"""Accounts and their passkeys: of the installation, not of a congress."""

from __future__ import annotations

from msgspec.structs import asdict, replace
from sqlalchemy import Connection, delete, insert, select, update

from voting.accounts.facts import Account, Passkey
from voting.actors import NotFound
from voting.store.tables.people import account, passkey

_FACTS = select(*(account.c[name] for name in Account.__struct_fields__))
_KEYS = select(*(passkey.c[name] for name in Passkey.__struct_fields__))


class Accounts:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Account) -> None:
        self._connection.execute(insert(account).values(asdict(new)))

    def by_login(self, login: str) -> Account | None:
        """Also a disabled one. `login` is as it was stored: see `voting.accounts.passwords.clean_login`."""
        row = self._connection.execute(_FACTS.where(account.c.login == login)).mappings().one_or_none()
        return None if row is None else Account(**row)

    def get(self, account_id: str) -> Account:
        """Raises NotFound."""
        row = self._connection.execute(_FACTS.where(account.c.id == account_id)).mappings().one_or_none()
        if row is None:
            raise NotFound
        return Account(**row)

    def lock(self, account_id: str) -> Account:
        """The account, which nobody else changes until this transaction ends. Raises NotFound."""
        query = _FACTS.where(account.c.id == account_id).with_for_update()
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotFound
        return Account(**row)

    def lock_anybody(self) -> Account | None:
        """Whichever account is the first, likewise; None where there is none."""
        row = self._connection.execute(_FACTS.order_by(account.c.id).limit(1).with_for_update()).mappings()
        found = row.one_or_none()
        return None if found is None else Account(**found)

    def change(self, before: Account, **changes: object) -> Account:
        """Write the named fields; the account as it is afterwards."""
        self._connection.execute(update(account).where(account.c.id == before.id).values(changes))
        return replace(before, **changes)

    def add_passkey(self, new: Passkey) -> None:
        self._connection.execute(insert(passkey).values(asdict(new)))

    def passkeys(self, account_id: str) -> tuple[Passkey, ...]:
        """Those of an account, the oldest first."""
        query = _KEYS.where(passkey.c.account == account_id)
        rows = self._connection.execute(query.order_by(passkey.c.created_at, passkey.c.credential)).mappings()
        return tuple(Passkey(**row) for row in rows)

    def count_use(self, key: Passkey, sign_count: int) -> None:
        """Keep the authenticator's own counter, by which a copy of it would be noticed."""
        self._connection.execute(
            update(passkey)
            .where(passkey.c.account == key.account, passkey.c.credential == key.credential)
            .values(sign_count=sign_count)
        )

    def remove_passkey(self, key: Passkey) -> None:
        self._connection.execute(
            delete(passkey).where(passkey.c.account == key.account, passkey.c.credential == key.credential)
        )
