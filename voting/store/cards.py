"""The public halves of a round's cards."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, and_, delete, func, insert, select, update

from voting.actors import Actor
from voting.rounds import Round
from voting.store.tables import card, round_
from voting.store.visible import is_hash, visible_rounds

_ROUND = and_(round_.c.congress == card.c.congress, round_.c.id == card.c.round)


class Cards:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def load(self, into: Round, credentials: Iterable[str]) -> None:
        """These cards and no others; the round must not have been opened."""
        here = and_(card.c.congress == into.congress, card.c.round == into.id)
        self._connection.execute(delete(card).where(here))
        rows = [
            {"congress": into.congress, "round": into.id, "credential": credential, "dead": False}
            for credential in credentials
        ]
        if rows:
            self._connection.execute(insert(card), rows)

    def count(self, actor: Actor, round_id: str) -> int:
        """Cards that can vote: the loaded ones without the dead."""
        query = (
            select(func.count())
            .select_from(card.join(round_, _ROUND))
            .where(visible_rounds(actor), round_.c.id == round_id, card.c.dead.is_(False))
        )
        return self._connection.execute(query).scalar_one()

    def kill(self, of: Round, credential: str) -> bool:
        """The card can vote no more; False when the round has no such card."""
        if not is_hash(credential):
            return False
        changed = self._connection.execute(
            update(card)
            .where(card.c.congress == of.congress, card.c.round == of.id, card.c.credential == credential)
            .values(dead=True)
        )
        return changed.rowcount == 1

    def dead(self, actor: Actor, round_id: str) -> tuple[str, ...]:
        """Credentials of dead cards, by value."""
        query = (
            select(card.c.credential)
            .select_from(card.join(round_, _ROUND))
            .where(visible_rounds(actor), round_.c.id == round_id, card.c.dead.is_(True))
            .order_by(card.c.credential)
        )
        return tuple(self._connection.execute(query).scalars())
