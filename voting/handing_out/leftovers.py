"""Counting cards: leftovers come back before opening, the reserve goes into its envelope, and whoever leaves
gives the card back.

Where each card is decides what a round's list is when it opens: those handed out, and the declared reserve.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from msgspec import Struct

from voting.actors import Actor, require, system
from voting.handing_out.decks import refuse_while_open, rounds_of
from voting.handing_out.facts import CardPlace, DeckCard, LoadedDeck
from voting.handing_out.finding import find_card, find_cards
from voting.handing_out.refusals import CardMisplaced
from voting.store import Store, Transaction


class Count(Struct, frozen=True, kw_only=True):
    """How many cards are where; `out` is what a round that opens now would hand out, 发出 without paper."""

    number: int
    out: int
    leftover: int
    reserve: int
    dead: int


class Moved(Struct, frozen=True, kw_only=True):
    """What a moment at the desk did: cards that moved, cards that were there before, and the count now."""

    moved: tuple[DeckCard, ...]
    before: tuple[DeckCard, ...]
    count: Count


def count_of(tx: Transaction, deck: LoadedDeck) -> Count:
    """Where the cards of a deck are."""
    places: Mapping[CardPlace, int] = tx.decks.places(deck)
    return Count(
        number=deck.number,
        out=places.get("out", 0),
        leftover=places.get("leftover", 0),
        reserve=places.get("reserve", 0) + places.get("teller", 0),
        dead=places.get("dead", 0) + places.get("replaced", 0),
    )


def put_back(store: Store, actor: Actor, deck_id: str, typed: str, now: datetime) -> Moved:
    """Leftovers, opened and scanned or typed in, are on the list of no round that opens later.

    `typed` is a serial, a range, a scanned public half, or several of them. Counting a card twice changes
    nothing. Raises CardsError, NoSuchCard, CardMisplaced, StillVoting, SerialsErased, NotFound, Forbidden.
    """
    return _move(store, actor, deck_id, typed, now, "put_back", ("out",), "leftover")


def take_out(store: Store, actor: Actor, deck_id: str, typed: str, now: datetime) -> Moved:
    """Undo: these cards are handed out after all. Raises as `put_back`."""
    return _move(store, actor, deck_id, typed, now, "hand_out_again", ("leftover", "reserve"), "out")


def declare_reserve(store: Store, actor: Actor, deck_id: str, typed: str, now: datetime) -> Moved:
    """These cards are sealed with the scrutineers: on the list of every round that opens, but locked until
    one is activated. Raises as `put_back`."""
    return _move(store, actor, deck_id, typed, now, "declare_reserve", ("out", "leftover"), "reserve")


def _move(  # noqa: PLR0913, PLR0917 - one moment in three directions
    store: Store,
    actor: Actor,
    deck_id: str,
    typed: str,
    now: datetime,
    what: str,
    start: Sequence[CardPlace],
    goal: CardPlace,
) -> Moved:
    require(actor, "staff")
    with store.write() as tx:
        deck = tx.decks.lock(actor, deck_id)
        refuse_while_open(tx, deck)
        cards = find_cards(tx, deck, typed)
        wrong = [one for one in cards if one.place not in {*start, goal}]
        if wrong:
            raise CardMisplaced("".join(f"编号{one.serial}{_elsewhere(one.place)}" for one in wrong[:20]))
        moving = tuple(one for one in cards if one.place != goal)
        if moving:
            tx.decks.move(deck, moving, goal)
            tx.audit.add(actor, what, now, "deck", deck.id, after={"number": len(moving)})
        there = tuple(one for one in cards if one.place == goal)
        return Moved(moved=moving, before=there, count=count_of(tx, deck))


def _elsewhere(place: CardPlace) -> str:
    return {
        "out": "登记为已经发出。",
        "leftover": "已经收回。",
        "reserve": "是封存的备用卡；要作剩余卡收回的，请先改回“发出”。",
        "teller": "是计票人用过的备用卡，不能再作他用。",
        "dead": "已经作废，不用再登记。",
        "replaced": "已经作废，不用再登记。",
    }[place]


def give_back(store: Store, actor: Actor, deck_id: str, named: str, now: datetime) -> DeckCard:
    """A deputy who leaves gives the card back, also while rounds are open: where it has not voted it can vote
    no more, where it has its ballot counts; rounds that open later leave it out.

    Raises CardsError, NoSuchCard, CardMisplaced, SerialsErased, NotFound, Forbidden.
    """
    require(actor, "staff")
    with store.write() as tx:
        deck = tx.decks.lock(actor, deck_id)
        card = find_card(tx, deck, named)
        if card.place == "leftover":
            return card
        if card.place != "out":
            raise CardMisplaced(f"编号{card.serial}{_elsewhere(card.place)}")
        kill_in_open(tx, actor, deck, card, "give_back", now)
        tx.decks.move(deck, [card], "leftover")
        tx.audit.add(actor, "give_back", now, "deck", deck.id, after={"number": 1})
        return tx.decks.card(deck, card.key) or card


def kill_in_open(
    tx: Transaction, actor: Actor, deck: LoadedDeck, card: DeckCard, step: str, now: datetime
) -> int:
    """In every open round of the locked deck where it has not voted, under the lock that casting takes: in
    how many. What the round was not told of (a card counted back before it opened) is left alone."""
    killed = 0
    everywhere = system(deck.congress)
    for one in rounds_of(tx, deck):
        if one.state != "open" or one.trial:
            continue
        locked = tx.rounds.lock(everywhere, one.id)
        credential = card.credentials[deck.uuids.index(locked.uuid or "")]
        if locked.state != "open" or tx.box.has_voted(locked, credential):
            continue
        if tx.cards.kill(locked, credential):
            tx.steps.add(actor, locked, step, now)
            killed += 1
    return killed
