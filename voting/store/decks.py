"""Decks and where each of their cards is: changing needs the deck's lock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec.structs import asdict
from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    and_,
    delete,
    false,
    func,
    insert,
    select,
    update,
)

from voting.actors import Actor, NotFound
from voting.handing_out.facts import CardPlace, DeckCard, LoadedDeck
from voting.store.tables import session
from voting.store.tables.decks import deck, deck_card
from voting.store.visible import is_hash, is_id, visible_sessions

_SESSION = and_(session.c.congress == deck.c.congress, session.c.id == deck.c.session)
_CARD = (deck_card.c.serial, deck_card.c.place, deck_card.c.credentials)


def _visible(actor: Actor) -> ColumnElement[bool]:
    """Whoever works on the session; the public asks for nothing here."""
    return false() if actor.role == "public" else visible_sessions(actor)


class Decks:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: LoadedDeck, cards: Iterable[DeckCard]) -> None:
        fields = asdict(new) | {"uuids": msgspec.json.encode(new.uuids)}
        self._connection.execute(insert(deck).values(fields))
        self._connection.execute(insert(deck_card), [_card_row(new, one) for one in cards])

    def get(self, actor: Actor, deck_id: str) -> LoadedDeck:
        """Raises NotFound."""
        return self._one(actor, deck_id)

    def lock(self, actor: Actor, deck_id: str) -> LoadedDeck:
        """As `get`; until the transaction ends nobody else moves its cards or opens a round with them."""
        return self._one(actor, deck_id, alone=True)

    def of_session(self, actor: Actor, session_id: str) -> tuple[LoadedDeck, ...]:
        """In the order in which they were loaded."""
        query = (
            select(deck)
            .select_from(deck.join(session, _SESSION))
            .where(_visible(actor), deck.c.session == session_id)
            .order_by(deck.c.loaded_at, deck.c.id)
        )
        return tuple(_deck(row) for row in self._connection.execute(query).mappings())

    def cards(self, of: LoadedDeck) -> tuple[DeckCard, ...]:
        """By serial; none once they have been erased."""
        query = select(*_CARD).where(_of(of)).order_by(deck_card.c.serial)
        return tuple(_card(row) for row in self._connection.execute(query).mappings())

    def card(self, of: LoadedDeck, known_as: str) -> DeckCard | None:
        """The card with this serial or this key."""
        column = deck_card.c.key if is_hash(known_as) else deck_card.c.serial
        query = select(*_CARD).where(_of(of), column == known_as)
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else _card(row)

    def places(self, of: LoadedDeck) -> Mapping[CardPlace, int]:
        """How many cards are where; a place without cards is left out."""
        query = select(deck_card.c.place, func.count()).where(_of(of)).group_by(deck_card.c.place)
        return {row.place: row[1] for row in self._connection.execute(query)}

    def move(self, of: LoadedDeck, cards: Iterable[DeckCard], place: CardPlace) -> None:
        """All of these cards are there from now on."""
        keys = [one.key for one in cards]
        change = update(deck_card).where(_of(of), deck_card.c.key.in_(keys)).values(place=place)
        self._connection.execute(change)

    def drop(self, of: LoadedDeck) -> None:
        """The deck as if it had never been loaded; no round may name it."""
        self._connection.execute(delete(deck_card).where(_of(of)))
        self._connection.execute(delete(deck).where(deck.c.congress == of.congress, deck.c.id == of.id))

    def erase(self, of: LoadedDeck, now: datetime) -> None:
        """Forget which serial is which card, and which card of one round is which of another."""
        self._connection.execute(delete(deck_card).where(_of(of)))
        here = and_(deck.c.congress == of.congress, deck.c.id == of.id)
        self._connection.execute(update(deck).where(here).values(erased_at=now))

    def _one(self, actor: Actor, deck_id: str, *, alone: bool = False) -> LoadedDeck:
        if not is_id(deck_id):
            raise NotFound
        query = (
            select(deck)
            .select_from(deck.join(session, _SESSION))
            .where(_visible(actor), deck.c.id == deck_id)
        )
        if alone:
            query = query.with_for_update(of=deck)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotFound
        return _deck(row)


def _of(of: LoadedDeck) -> ColumnElement[bool]:
    return and_(deck_card.c.congress == of.congress, deck_card.c.deck == of.id)


def _card_row(of: LoadedDeck, one: DeckCard) -> dict[str, Any]:
    return {
        "congress": of.congress,
        "deck": of.id,
        "key": one.key,
        "serial": one.serial,
        "place": one.place,
        "credentials": msgspec.json.encode(one.credentials),
    }


def _deck(row: RowMapping) -> LoadedDeck:
    fields: dict[str, Any] = {str(name): value for name, value in row.items()}
    fields["uuids"] = msgspec.json.decode(fields["uuids"], type=tuple[str, ...])
    return LoadedDeck(**fields)


def _card(row: RowMapping) -> DeckCard:
    credentials = msgspec.json.decode(row["credentials"], type=tuple[str, ...])
    return DeckCard(serial=row["serial"], place=row["place"], credentials=credentials)
