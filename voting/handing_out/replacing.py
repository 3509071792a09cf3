"""A lost or spoilt card dies, and one from the reserve takes its place.

Killing and casting take the same lock, the round's: either the ballot is in the box, and the card can neither
be killed nor replaced nor exchanged, or the card is dead before any ballot of it is looked at.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from ballots.errors import UnknownCredential
from voting.actors import Actor, require, system
from voting.casting import CardAlreadyVoted
from voting.cycle import already
from voting.handing_out.decks import rounds_of
from voting.handing_out.facts import GONE, REASON_NAMES, DeckCard, LoadedDeck, Reason
from voting.handing_out.finding import find_card
from voting.handing_out.leftovers import kill_in_open
from voting.handing_out.refusals import CardMisplaced, CardsFixed, ReserveRefused, WitnessMissing
from voting.paper_ballots.exchanging import ReserveShort, check_reserve, exchanged
from voting.rounds import Round
from voting.store import Store, Transaction

_HAS_VOTED: Final = (
    "这张投票卡已经投过票，不能换，也不能作废。代表说不是自己投的，请登记会场情况，由执行主席决定。"
)


def lock_with_deck(tx: Transaction, actor: Actor, round_id: str) -> tuple[Round, LoadedDeck | None]:
    """The round's deck and then the round, in the order of `decks`. Raises NotFound, CardMisplaced."""
    known = tx.rounds.get(actor, round_id)
    deck = tx.decks.lock(actor, known.deck) if known.deck else None
    locked = tx.rounds.lock(actor, round_id)
    if locked.deck != known.deck:  # it took other cards in between
        raise CardMisplaced("本轮刚才换用了另一批投票卡，没有改动。请刷新页面再办。")
    return locked, deck


def replace_card(  # noqa: PLR0913 - who gives which card for which, why, and before whom
    store: Store,
    actor: Actor,
    round_id: str,
    serial: str,
    reserve: str,
    reason: Reason,
    now: datetime,
    *,
    witness: str = "",
) -> Round:
    """Against the stub with `serial` a deputy gets the card `reserve` out of the envelope, before a
    scrutineer.

    The old card dies in every round of the deck that is open, where it has not voted, and in all that open
    later; the new one can vote exactly where the old one died, now or when it was declared dead. A card that
    was opened for a teller and cannot be used is replaced likewise, for the same paper. A scrutineer
    witnesses the own act; anybody else names one.

    Raises CardAlreadyVoted, CardMisplaced, ReserveRefused, ReserveShort, WitnessMissing, CardsFixed,
    CardsError, NoSuchCard, SerialsErased, NotFound, Forbidden.
    """
    require(actor, "staff", "scrutineer")
    with store.write() as tx:
        of, deck = lock_with_deck(tx, actor, round_id)
        if already(of.state, "close"):
            raise CardsFixed
        seen_by = _witness(tx, actor, of, witness)
        if deck is None:
            raise ReserveRefused("本轮的投票卡是单独装入的，没有备用卡可换。请改用纸质票，或者作废后不补。")
        old, new = _to_replace(tx, deck, serial), _in_reserve(tx, deck, reserve)
        note = f"{REASON_NAMES[reason]}，监票人{seen_by}在场"
        changed = _replace_in_open(tx, actor, of, deck, old, new, note, now)
        if not changed:
            tx.steps.add(actor, of, "replace_card", now, note=note)
        tx.decks.move(deck, [old], "replaced")
        tx.decks.move(deck, [new], "teller" if old.place == "teller" else "out")
        return of


def _replace_in_open(  # noqa: PLR0913, PLR0917 - what is exchanged, for whom, and what is written down
    tx: Transaction,
    actor: Actor,
    of: Round,
    deck: LoadedDeck,
    old: DeckCard,
    new: DeckCard,
    note: str,
    now: datetime,
) -> int:
    changed = 0
    everywhere = system(deck.congress)
    for one in rounds_of(tx, deck):
        if one.state != "open" or one.trial:
            continue
        locked = tx.rounds.lock(everywhere, one.id)
        place = deck.uuids.index(locked.uuid or "")
        if locked.state != "open":
            continue
        if tx.box.has_voted(locked, old.credentials[place]):
            if locked.id == of.id:
                raise CardAlreadyVoted(_HAS_VOTED)
            continue
        if not _makes_room(tx, locked, old, old.credentials[place]):
            if locked.id == of.id:
                raise CardMisplaced(
                    f"编号{old.serial}的卡在本轮已经换成纸质票，或者开始投票以前就已作废，本轮不能再换新卡。"
                )
            continue
        if not tx.cards.activate(locked, new.credentials[place]):
            raise ReserveRefused(f"编号{new.serial}的卡不在“{locked.title}”封存的备用卡里。请换一张备用卡。")
        _leave_enough(tx, locked)
        tx.steps.add(actor, locked, "replace_card", now, note=note)
        changed += 1
    return changed


def _makes_room(tx: Transaction, locked: Round, old: DeckCard, credential: str) -> bool:
    """Whether the card dies now in this round, or was declared dead there and nothing was given for it; not
    if it is not on the list, or was exchanged for paper."""
    if tx.cards.kill(locked, credential):
        return True
    everywhere = system(locked.congress)
    dead = old.place == "dead" and credential in tx.cards.dead(everywhere, locked.id)
    return dead and credential not in exchanged(tx, everywhere, locked)


def _leave_enough(tx: Transaction, locked: Round) -> None:
    """Raises ReserveShort if a paper that was handed out could then not be cast."""
    try:
        check_reserve(tx, system(locked.congress), locked, locked.paper)
    except ReserveShort:
        raise ReserveShort(
            f"“{locked.title}”剩下的备用卡要留给还没有代投的纸质票，不能再换给别人。"
            "请先代投已经交回的纸质票；备用卡仍有多的，再换卡。"
        ) from None


def declare_dead(store: Store, actor: Actor, round_id: str, named: str, now: datetime) -> Round:
    """A card that is lost or spoilt and not replaced votes no more; `named` is its serial or public half.

    One of a deck dies in every round that is open, where it has not voted, and in all that open later.
    Declaring it twice changes nothing. Raises CardAlreadyVoted, UnknownCredential, CardsFixed, CardsError,
    NoSuchCard, CardMisplaced, SerialsErased, NotFound, Forbidden.
    """
    require(actor, "staff")
    with store.write() as tx:
        of, deck = lock_with_deck(tx, actor, round_id)
        if deck is None and named in tx.cards.dead(actor, round_id):
            return of
        if already(of.state, "close"):
            raise CardsFixed
        if deck is None:
            return _loaded_by_itself_dies(tx, actor, of, named, now)
        card = find_card(tx, deck, named)
        if card.place in GONE:
            return of
        _refuse_kept_back(card)
        if of.state == "open" and tx.box.has_voted(of, card.credentials[deck.uuids.index(of.uuid or "")]):
            raise CardAlreadyVoted(_HAS_VOTED)
        if not kill_in_open(tx, actor, deck, card, "declare_dead", now):
            tx.steps.add(actor, of, "declare_dead", now)
        tx.decks.move(deck, [card], "dead")
        return of


def _loaded_by_itself_dies(tx: Transaction, actor: Actor, of: Round, credential: str, now: datetime) -> Round:
    if tx.box.has_voted(of, credential):
        raise CardAlreadyVoted(_HAS_VOTED)
    if not tx.cards.kill(of, credential):
        raise UnknownCredential(credential[:80])
    tx.steps.add(actor, of, "declare_dead", now, note=credential)
    return of


def _to_replace(tx: Transaction, deck: LoadedDeck, serial: str) -> DeckCard:
    card = find_card(tx, deck, serial)
    if card.place == "replaced":
        raise CardMisplaced(f"编号{card.serial}的卡已经作废，不能再换。刚才已经换过的，不必再换。")
    if card.place != "teller":
        _refuse_kept_back(card)
    return card


def _refuse_kept_back(card: DeckCard) -> None:
    if card.place == "leftover":
        raise CardMisplaced(f"编号{card.serial}的卡登记为已经收回，不在代表手里。请核对存根上的编号。")
    if card.place in {"reserve", "teller"}:
        raise CardMisplaced(f"编号{card.serial}的卡是备用卡，没有发给代表。请核对存根上的编号。")


def _in_reserve(tx: Transaction, deck: LoadedDeck, reserve: str) -> DeckCard:
    card = find_card(tx, deck, reserve)
    if card.place != "reserve":
        raise ReserveRefused(f"编号{card.serial}的卡不是没有用过的备用卡。请从备用卡信封里取一张，核对编号。")
    return card


def _witness(tx: Transaction, actor: Actor, of: Round, witness: str) -> str:
    if actor.role == "scrutineer":
        return actor.name
    names = {one.name for one in tx.scrutineers.of(system(of.congress), of.id)}
    if witness not in names:
        raise WitnessMissing
    return witness
