"""Scrutineers of a round: names, keys, decryptions, signatures."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, and_, delete, insert, select, update

from voting.actors import Actor, require
from voting.rounds import Round, Scrutineer
from voting.store.tables import round_, scrutineer
from voting.store.visible import visible_rounds

_ROUND = and_(round_.c.congress == scrutineer.c.congress, round_.c.id == scrutineer.c.round)
_FACTS = select(
    *(scrutineer.c[name] for name in ("congress", "round", "number", "name", "public_key", "signing_key")),
    scrutineer.c.decryption.is_not(None).label("decrypted"),
    *(scrutineer.c[name] for name in ("signature", "endorsement", "confirmation")),
).select_from(scrutineer.join(round_, _ROUND))


class Scrutineers:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def appoint(self, adopted: Round, names: Iterable[str]) -> None:
        """Number them from 1, the chief; nobody appointed before remains."""
        self._connection.execute(
            delete(scrutineer).where(
                scrutineer.c.congress == adopted.congress, scrutineer.c.round == adopted.id
            )
        )
        rows = [
            {"congress": adopted.congress, "round": adopted.id, "number": number, "name": name}
            for number, name in enumerate(names, start=1)
        ]
        if rows:
            self._connection.execute(insert(scrutineer), rows)

    def of(self, actor: Actor, round_id: str) -> tuple[Scrutineer, ...]:
        """By number; empty before adoption, and for a round that the actor cannot see."""
        query = _FACTS.where(visible_rounds(actor), round_.c.id == round_id).order_by(scrutineer.c.number)
        rows = self._connection.execute(query).mappings()
        return tuple(Scrutineer(**row, chief=row["number"] == 1) for row in rows)

    def keep_key(
        self, one: Scrutineer, public_key: bytes, signing_key: str, endorsement: bytes | None = None
    ) -> None:
        self._change(one, public_key=public_key, signing_key=signing_key, endorsement=endorsement)

    def keep_confirmation(self, one: Scrutineer, confirmation: bytes) -> None:
        self._change(one, confirmation=confirmation)

    def keep_decryption(self, one: Scrutineer, decryption: bytes) -> None:
        self._change(one, decryption=decryption)

    def keep_signature(self, one: Scrutineer, signature: str) -> None:
        self._change(one, signature=signature)

    def decryptions(self, actor: Actor, round_id: str) -> dict[int, bytes]:
        """By number, those given so far: with the last one the counts can be computed.

        Raises Forbidden for all but scrutineers.
        """
        require(actor, "scrutineer")
        query = (
            select(scrutineer.c.number, scrutineer.c.decryption)
            .select_from(scrutineer.join(round_, _ROUND))
            .where(visible_rounds(actor), round_.c.id == round_id, scrutineer.c.decryption.is_not(None))
            .order_by(scrutineer.c.number)
        )
        return {number: raw for number, raw in self._connection.execute(query) if raw is not None}

    def _change(self, one: Scrutineer, **changes: object) -> None:
        self._connection.execute(
            update(scrutineer)
            .where(
                scrutineer.c.congress == one.congress,
                scrutineer.c.round == one.round,
                scrutineer.c.number == one.number,
            )
            .values(changes)
        )
