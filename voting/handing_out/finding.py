"""Cards as they are named at the desk: a serial typed from a stub, a range of them, or what a camera read."""

from __future__ import annotations

import re
from typing import Final

from voting.cards import MOST_CARDS, CardsError, read_serial
from voting.handing_out.facts import DeckCard, LoadedDeck
from voting.handing_out.refusals import NoSuchCard, SerialsErased
from voting.store import Transaction

_SCANNED: Final = re.compile(r"[0-9a-f]{64}")
_RANGE: Final = re.compile(r"(?P<first>[0-9０-９\s]+?)\s*(?:[-–—~～]|至|到)\s*(?P<last>[0-9０-９\s]+)")
_BETWEEN: Final = re.compile(r"[\n,，、;；]+")
_MOST_LINES: Final = 20


def find_card(tx: Transaction, deck: LoadedDeck, named: str) -> DeckCard:
    """By its serial, or by its public half in any round of the deck, 64 hex digits.

    Raises CardsError, NoSuchCard, SerialsErased.
    """
    if deck.erased_at is not None:
        raise SerialsErased
    known_as = named.strip()
    if not _SCANNED.fullmatch(known_as):
        known_as = read_serial(known_as)
    found = tx.decks.card(deck, known_as) or _by_other_round(tx, deck, known_as)
    if found is None:
        raise NoSuchCard(_stranger(deck, known_as))
    return found


def find_cards(tx: Transaction, deck: LoadedDeck, typed: str) -> tuple[DeckCard, ...]:
    """One or more in a line or between commas, `0000018` or `0000018-0000109`, each card once, by serial.

    Every line that is wrong is named at once. Raises CardsError, NoSuchCard, SerialsErased.
    """
    found: dict[str, DeckCard] = {}
    wrong: list[str] = []
    for part in filter(str.strip, _BETWEEN.split(typed)):
        try:
            found |= {one.serial: one for one in _named(tx, deck, part.strip())}
        except (CardsError, NoSuchCard) as error:
            wrong.append(error.sentence)
    if wrong:
        more = f"另有{len(wrong) - _MOST_LINES}处有误。" if len(wrong) > _MOST_LINES else ""
        raise CardsError("".join(wrong[:_MOST_LINES]) + more)
    if not found:
        raise CardsError("请扫描或者输入投票卡的编号，一行一个。")
    return tuple(found[serial] for serial in sorted(found))


def _named(tx: Transaction, deck: LoadedDeck, part: str) -> tuple[DeckCard, ...]:
    ends = _RANGE.fullmatch(part)
    if ends is None:
        return (find_card(tx, deck, part),)
    first, last = (find_card(tx, deck, ends[name]).serial for name in ("first", "last"))
    if first > last:
        raise CardsError(f"“{part[:40]}”前后颠倒了。请把小的编号写在前面。")
    within = [one for one in tx.decks.cards(deck) if first <= one.serial <= last]
    return tuple(within[:MOST_CARDS])


def _by_other_round(tx: Transaction, deck: LoadedDeck, known_as: str) -> DeckCard | None:
    if not _SCANNED.fullmatch(known_as):
        return None
    return next((one for one in tx.decks.cards(deck) if known_as in one.credentials), None)


def _stranger(deck: LoadedDeck, known_as: str) -> str:
    if _SCANNED.fullmatch(known_as):
        return "扫到的不是这批投票卡。请核对是不是本次会议的卡。"
    return f"这批投票卡（{deck.first}至{deck.last}）里没有编号{known_as}。请核对编号。"
