"""A deck comes in, rounds take their cards from it, and after the session its serials are forgotten.

A deck is made once, for all rounds of a plenary and some to spare: whoever scanned a card for the first round
has it ready for those that are open together and for the 再次票决. Which card a serial is, and which cards of
two rounds are the same one, stands in `tx.decks` alone.

Who locks what: the deck before a round that is sealed or open, also to open it. One that is not sealed may be
locked before its deck, because whoever holds the deck waits for no such round.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Final, NamedTuple
from uuid import uuid4

from ballots.credentials import generate_uuid
from ballots.election import encode_credentials
from ballots.group import Random
from voting.actors import Actor, require, system
from voting.cards import MOST_ROUNDS, CardsError, DeckFile, read_deck_file
from voting.cycle import State
from voting.handing_out.facts import GONE, IN_RESERVE, CardPlace, DeckCard, Declared, LoadedDeck
from voting.handing_out.refusals import DeckInUse, DeckUsedUp, NoDeck, SerialTaken, StillVoting
from voting.rounds import Round
from voting.sealing import AlreadySealed, CardsInUse
from voting.store import Store, Transaction

FREE: Final[frozenset[State]] = frozenset({"drafted", "adopted"})
"""Until a round is sealed its cards may be taken back."""


class CardList(NamedTuple):
    """Credentials for one round: of the cards handed out, and of those in reserve."""

    out: tuple[str, ...]
    reserve: tuple[str, ...]

    @property
    def everything(self) -> tuple[str, ...]:
        """As the record lists them, by value."""
        return tuple(sorted(self.out + self.reserve))


def fresh_uuids(random: Random, number: int) -> list[str]:
    """For cards that are about to be made: so many planned and spare rounds, 1..50. Raises CardsError."""
    if not 1 <= number <= MOST_ROUNDS:
        raise CardsError(f"一批投票卡可以准备1至{MOST_ROUNDS}轮，不能是{number}轮。")
    return [generate_uuid(random) for _ in range(number)]


def next_number(tx: Transaction, actor: Actor, session_id: str) -> int:
    """The number of the first card of a further deck: after every serial that the session has."""
    return max((int(one.last[:-1]) for one in tx.decks.of_session(actor, session_id)), default=0) + 1


def newest(tx: Transaction, actor: Actor, session_id: str) -> LoadedDeck | None:
    """From which the session's rounds take their cards; None before there is one, and once it is erased."""
    kept = [one for one in tx.decks.of_session(actor, session_id) if one.erased_at is None]
    return kept[-1] if kept else None


def rounds_of(tx: Transaction, deck: LoadedDeck) -> tuple[Round, ...]:
    """Those that took their cards from the deck, whoever asks."""
    everywhere = system(deck.congress)
    return tuple(one for one in tx.rounds.of_session(everywhere, deck.session) if one.deck == deck.id)


def free_uuids(tx: Transaction, deck: LoadedDeck) -> tuple[str, ...]:
    """Rounds for which the cards are good and that nobody has held yet."""
    everywhere = system(deck.congress)
    return tuple(one for one in deck.uuids if tx.rounds.holding(everywhere, one) is None)


def declared(tx: Transaction, of: Round) -> Declared:
    """What `round.json` and the papers say of the round's cards; the round was fetched with authority."""
    return tx.cards.declared(of)


def load_deck(store: Store, actor: Actor, session_id: str, raw: bytes, now: datetime) -> LoadedDeck:
    """Take `deck.json`; every card counts as handed out until it is counted back or put in reserve.

    The same file once more changes nothing. Raises CardsError, SerialTaken, CardsInUse, NotFound, Forbidden.
    """
    require(actor, "staff")
    file = read_deck_file(raw)
    digest = hashlib.sha256(raw).hexdigest()
    with store.write() as tx:
        session = tx.sessions.lock(actor, session_id)
        if file.session != session.code:
            raise CardsError("这是另一次会议的投票卡，卡上的网址不是本次会议的。请核对文件，或者重新制卡。")
        before = tx.decks.of_session(actor, session_id)
        for one in before:
            if one.digest == digest:
                return one
        _refuse_repeated(tx, actor, file, before)
        new = LoadedDeck(
            id=uuid4().hex,
            congress=actor.congress,
            session=session_id,
            digest=digest,
            uuids=file.uuids,
            number=len(file.cards),
            first=file.cards[0][0],
            last=file.cards[-1][0],
            loaded_at=now,
            loaded_by=actor.name,
        )
        everything = (DeckCard(serial=serial, place="out", credentials=c) for serial, c in file.cards)
        tx.decks.add(new, everything)
        tx.audit.add(actor, "load_deck", now, "deck", new.id, after={"number": new.number})
        return new


def withdraw_deck(store: Store, actor: Actor, deck_id: str, now: datetime) -> None:
    """The deck goes as if it had never come, because the cards were spoilt in printing.

    New ones with the same serials may follow. Rounds that are not sealed give its cards back.

    Raises DeckInUse, NotFound, Forbidden.
    """
    require(actor, "staff")
    with store.write() as tx:
        deck = tx.decks.get(actor, deck_id)
        for one in sorted(rounds_of(tx, deck), key=lambda one: one.id):
            taken = tx.rounds.lock(actor, one.id)
            if taken.state not in FREE:
                raise DeckInUse
            without_cards(tx, taken)
            tx.steps.add(actor, taken, "unload_cards", now)
        tx.decks.lock(actor, deck_id)
        if rounds_of(tx, deck):  # a round took its cards before we had the lock
            raise DeckInUse
        tx.decks.drop(deck)
        tx.audit.add(actor, "withdraw_deck", now, "deck", deck.id, before={"number": deck.number})
    store.sweep()


def use_deck(store: Store, actor: Actor, round_id: str, now: datetime) -> Round:
    """The round takes the cards of its session's newest deck, until it is sealed.

    Raises NoDeck, DeckUsedUp, AlreadySealed, NotFound, Forbidden.
    """
    require(actor, "staff")
    with store.write() as tx:
        return take_cards(tx, actor, tx.rounds.lock(actor, round_id), now)


def take_cards(tx: Transaction, actor: Actor, of: Round, now: datetime) -> Round:
    """As `use_deck`, for a locked round, within a transaction that does more.

    What it loads is provisional, so that no phone is turned away while it waits: opening fixes the list as
    the cards are then.
    """
    deck = newest(tx, actor, of.session)
    if deck is not None and of.deck == deck.id:
        return of
    if of.state not in FREE:
        raise AlreadySealed
    if deck is None:
        raise NoDeck
    tx.decks.lock(actor, deck.id)
    free = free_uuids(tx, deck)
    if not free:
        raise DeckUsedUp
    taken = tx.rounds.change(of, deck=deck.id, uuid=free[0])
    place = deck.uuids.index(free[0])
    cards = sorted(one.credentials[place] for one in tx.decks.cards(deck) if one.place not in GONE)
    tx.cards.load(taken, cards)
    tx.steps.add(actor, of, "use_deck", now, note=f"{len(cards)}张")
    return tx.rounds.change(taken, credentials=encode_credentials(cards))


def without_cards(tx: Transaction, of: Round) -> Round:
    """The locked round, in which nobody has voted, gives its cards back. Once it has been sealed its uuid is
    good for no other round."""
    tx.cards.load(of, ())
    return tx.rounds.change(of, deck=None, uuid=None if of.state in FREE else of.uuid, credentials=None)


def card_list(tx: Transaction, of: Round, deck: LoadedDeck) -> CardList:
    """What the round's list would be if it opened now, by value."""
    place = deck.uuids.index(of.uuid or "")
    cards = tx.decks.cards(deck)

    def where(*places: CardPlace) -> tuple[str, ...]:
        return tuple(sorted(one.credentials[place] for one in cards if one.place in places))

    return CardList(where("out"), where(*IN_RESERVE))


def refuse_while_open(tx: Transaction, deck: LoadedDeck) -> None:
    """Under the deck's lock no round of it is opened meanwhile; a 试投 does not count. Raises StillVoting."""
    for one in rounds_of(tx, deck):
        if one.state == "open" and not one.trial:
            raise StillVoting(f"“{one.title}”正在投票，卡的清点不能改动。请在截止以后再办。")


def erase_serials(store: Store, actor: Actor, session_id: str, now: datetime) -> int:
    """After the session: how many decks were forgotten. Nobody can say any more which card a serial was, nor
    which cards of two rounds are one. What the database's own files and backups hold is overwritten later.

    Rounds that are not sealed give their cards back. Raises StillVoting, NotFound, Forbidden.
    """
    require(actor, "staff")
    with store.write() as tx:
        session = tx.sessions.get(actor, session_id)
        kept = [one for one in tx.decks.of_session(actor, session.id) if one.erased_at is None]
        for known in kept:
            _give_back_unsealed(tx, actor, known, now)
            forget_deck(tx, actor, known.id, now)
    store.sweep()
    return len(kept)


def forget_deck(tx: Transaction, actor: Actor, deck_id: str, now: datetime) -> None:
    """One deck, within a transaction that does more. Raises StillVoting where a round needs it, NotFound."""
    deck = tx.decks.lock(actor, deck_id)
    _refuse_while_waiting(tx, deck)
    refuse_while_open(tx, deck)
    tx.decks.erase(deck, now)
    tx.audit.add(actor, "erase_serials", now, "deck", deck.id, before={"number": deck.number})
    if newest(tx, actor, deck.session) is None:
        tx.incidents.forget_serials(deck.congress, deck.session)


def _give_back_unsealed(tx: Transaction, actor: Actor, deck: LoadedDeck, now: datetime) -> None:
    for one in sorted(rounds_of(tx, deck), key=lambda one: one.id):
        if one.state in FREE:
            taken = tx.rounds.lock(actor, one.id)
            if taken.state in FREE and taken.deck == deck.id:
                without_cards(tx, taken)
                tx.steps.add(actor, taken, "unload_cards", now)


def _refuse_while_waiting(tx: Transaction, deck: LoadedDeck) -> None:
    """Without the serials no list can be fixed when the round opens. Raises StillVoting."""
    for one in rounds_of(tx, deck):
        if one.state in {*FREE, "sealed"}:
            raise StillVoting(
                f"“{one.title}”还没有开始投票，要用这批投票卡，编号现在不能清除。"
                "请在投票截止以后再清除；这一轮不再用投票卡的，请先改用纸质票。"
            )


def _refuse_repeated(tx: Transaction, actor: Actor, file: DeckFile, before: tuple[LoadedDeck, ...]) -> None:
    """Raises SerialTaken, CardsInUse."""
    first, last = file.cards[0][0], file.cards[-1][0]
    for one in before:
        if first <= one.last and one.first <= last:
            raise SerialTaken(
                f"这批投票卡的编号{first}至{last}，与本次会议已有的一批（{one.first}至{one.last}）重复。"
                f"请重新制卡，起始编号从{int(one.last[:-1]) + 1}开始；"
                "原来那批还没有用、要换掉的，请先撤下。"
            )
    for uuid in file.uuids:
        holder = tx.rounds.holding(actor, uuid)
        if holder is not None:
            raise CardsInUse(f"这批投票卡的一部分已经用于“{holder.title}”，不能再用。请重新制卡。")
