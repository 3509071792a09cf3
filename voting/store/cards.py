"""The public halves of a round's cards."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, and_, delete, func, insert, select, update

from voting.actors import Actor
from voting.handing_out.facts import Declared
from voting.rounds import Round
from voting.store.tables import card, round_
from voting.store.visible import is_hash, visible_rounds

_ROUND = and_(round_.c.congress == card.c.congress, round_.c.id == card.c.round)
_SEALED = and_(card.c.reserve.is_(True), card.c.activated.is_(False))
"""A reserve card in its envelope: it cannot vote, but it is not lost."""


class Cards:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def load(self, into: Round, credentials: Iterable[str], reserve: Iterable[str] = ()) -> None:
        """These cards and no others, with those in reserve; nobody must have voted."""
        here = and_(card.c.congress == into.congress, card.c.round == into.id)
        self._connection.execute(delete(card).where(here))
        rows = [_row(into, one, kept_back=False) for one in credentials]
        rows += [_row(into, one, kept_back=True) for one in reserve]
        if rows:
            self._connection.execute(insert(card), rows)

    def count(self, actor: Actor, round_id: str) -> int:
        """Cards that can vote: the loaded ones without the dead and those in reserve."""
        query = (
            select(func.count())
            .select_from(card.join(round_, _ROUND))
            .where(visible_rounds(actor), round_.c.id == round_id, card.c.dead.is_(False))
        )
        return self._connection.execute(query).scalar_one()

    def able(self, of: Round) -> tuple[str, ...]:
        """Credentials of the cards that can vote, by value."""
        return self._listed(of, card.c.dead.is_(False))

    def kill(self, of: Round, credential: str) -> bool:
        """The card can vote no more; False unless it could have voted until now."""
        return self._change(of, credential, card.c.dead.is_(False), dead=True)

    def activate(self, of: Round, credential: str) -> bool:
        """The reserve card can vote from now on; False unless it lay in reserve."""
        return self._change(of, credential, _SEALED, dead=False, activated=True)

    def dead(self, actor: Actor, round_id: str) -> tuple[str, ...]:
        """Credentials of cards that were handed out and can vote no more, by value."""
        query = (
            select(card.c.credential)
            .select_from(card.join(round_, _ROUND))
            .where(visible_rounds(actor), round_.c.id == round_id, card.c.dead.is_(True), ~_SEALED)
            .order_by(card.c.credential)
        )
        return tuple(self._connection.execute(query).scalars())

    def declared(self, of: Round) -> Declared:
        """What the record says of the round's cards."""
        reserve = card.c.reserve.is_(True)
        return Declared(
            reserve=self._listed(of, reserve),
            activated=self._listed(of, reserve, card.c.activated.is_(True)),
            dead=self._listed(of, card.c.dead.is_(True), ~_SEALED),
        )

    def _change(self, of: Round, credential: str, which: ColumnElement[bool], **values: bool) -> bool:
        if not is_hash(credential):
            return False
        one = and_(card.c.congress == of.congress, card.c.round == of.id, card.c.credential == credential)
        return self._connection.execute(update(card).where(one, which).values(values)).rowcount == 1

    def _listed(self, of: Round, *which: ColumnElement[bool]) -> tuple[str, ...]:
        query = (
            select(card.c.credential)
            .where(card.c.congress == of.congress, card.c.round == of.id, *which)
            .order_by(card.c.credential)
        )
        return tuple(self._connection.execute(query).scalars())


def _row(into: Round, credential: str, *, kept_back: bool) -> dict[str, object]:
    return {
        "congress": into.congress,
        "round": into.id,
        "credential": credential,
        "dead": kept_back,
        "reserve": kept_back,
    }
