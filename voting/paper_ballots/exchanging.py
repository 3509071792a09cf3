"""One deputy, one channel: a paper ballot is given only against a card that has not voted.

While few deputies use paper, a figure of theirs would tell who chose what. So two tellers cast each of their
papers with a card from the reserve, before a scrutineer and before 截止; only one that marks too many cannot
be cast and is noted as invalid.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from msgspec.structs import replace

from ballots.errors import UnknownCredential
from voting.actors import Actor, require, system
from voting.casting import CardAlreadyVoted
from voting.cycle import already
from voting.handing_out.facts import DeckCard, LoadedDeck
from voting.handing_out.finding import find_card
from voting.handing_out.refusals import ReserveRefused, WitnessMissing
from voting.paper_ballots.agreeing import dealt_with
from voting.paper_ballots.sheets import Dealt, PaperStep, counted_apart, remaining
from voting.rounds import Round
from voting.store import Store, Transaction

_CREDENTIAL: Final = re.compile(r"[0-9a-f]{64}")


class PapersUnaccounted(PaperStep):
    """Few papers, of which some have neither been cast nor been said not to have come back."""

    sentence = "还有纸质票没有代投。请先由计票人逐张代投，再截止投票。"


class ReserveShort(PaperStep):
    """Fewer reserve cards than papers that would have to be cast with them."""

    sentence = "备用卡不够代投这些纸质票。请改用投票卡，或者请工作人员准备备用卡。"


def exchange_for_paper(store: Store, actor: Actor, round_id: str, card: str, now: datetime) -> Round:
    """A deputy gives up a card in this round, by its serial or as scanned, for a paper ballot.

    发出 stays as it is, and the card is as good as before in other rounds. Once more, it changes nothing.
    Raises CardAlreadyVoted, PaperStep, ReserveShort, UnknownCredential, CardsError, NoSuchCard, NotFound,
    Forbidden.
    """
    require(actor, "staff")
    with store.write() as tx:
        of = _open(tx, actor, round_id)
        credential = _credential(tx, actor, of, card)
        if credential in exchanged(tx, actor, of):
            return of
        if tx.box.has_voted(of, credential):
            raise CardAlreadyVoted("这张投票卡已经投过票，不能再换纸质票。")
        if credential in tx.cards.dead(actor, of.id):
            raise PaperStep("这张投票卡已经作废，不能换纸质票。请核对编号。")
        check_reserve(tx, actor, of, of.paper + 1)
        if not tx.cards.kill(of, credential):
            raise UnknownCredential(credential)
        tx.steps.add(actor, of, "exchange_paper", now, note=credential)
        return tx.rounds.change(of, paper=of.paper + 1)


def check_reserve(tx: Transaction, actor: Actor, of: Round, paper: int) -> None:
    """Whether each of so many papers could be cast, where they are too few to be counted apart.

    Raises ReserveShort.
    """
    handed = replace(of, paper=paper)
    dealt = dealt_with(tx, actor, of)
    declared = tx.cards.declared(of)
    short = remaining(handed, dealt) - (len(declared.reserve) - len(declared.activated))
    if short > 0 and not counted_apart(handed, dealt):
        raise ReserveShort(
            f"用纸质票的不足{dealt.fewest}人，票数不能单独统计，须用备用卡逐张代投，现在还缺备用卡{short}张。"
            "请改用投票卡，或者在开始投票前多备几张备用卡。"
        )


def cast_paper(
    store: Store, actor: Actor, round_id: str, card: str, witness: int | None, now: datetime
) -> Dealt:
    """A card from the reserve is opened before a scrutineer, with which two tellers cast one paper.

    The same card once more changes nothing. Raises PaperStep, WitnessMissing, ReserveRefused, CardsError,
    NoSuchCard, SerialsErased, NotFound, Forbidden.
    """
    require(actor, "teller", "staff")
    with store.write() as tx:
        of, seen_by = _dealing(tx, actor, round_id, witness)
        deck = _deck(tx, actor, of)
        opened = find_card(tx, deck, card)
        dealt = dealt_with(tx, actor, of)
        credential = _in_round(of, deck, opened)
        if opened.place == "teller" and credential in tx.cards.declared(of).activated:
            return dealt
        _demand_few(of, dealt)
        if opened.place not in {"reserve", "teller"} or not tx.cards.activate(of, credential):
            raise ReserveRefused
        tx.decks.move(deck, [opened], "teller")
        tx.steps.add(actor, of, "cast_paper", now, note=f"监票人{seen_by}在场")
        return _keep(tx, of, replace(dealt, cast=dealt.cast + 1))


def spoil_paper(store: Store, actor: Actor, round_id: str, witness: int | None, now: datetime) -> Dealt:
    """A paper that marks too many, or cannot be read at all, is invalid and is not cast.

    Raises PaperStep, WitnessMissing, NotFound, Forbidden.
    """
    require(actor, "teller", "staff")
    with store.write() as tx:
        of, seen_by = _dealing(tx, actor, round_id, witness)
        dealt = dealt_with(tx, actor, of)
        _demand_few(of, dealt)
        tx.steps.add(actor, of, "spoil_paper", now, note=f"监票人{seen_by}在场")
        return _keep(tx, of, replace(dealt, spoilt=dealt.spoilt + 1))


def unspoil_paper(store: Store, actor: Actor, round_id: str, now: datetime) -> Dealt:
    """Undo the last `spoil_paper`. Raises PaperStep, NotFound, Forbidden."""
    require(actor, "teller", "staff")
    with store.write() as tx:
        of = _open(tx, actor, round_id)
        dealt = dealt_with(tx, actor, of)
        if dealt.spoilt == 0:
            return dealt
        tx.steps.add(actor, of, "unspoil_paper", now)
        return _keep(tx, of, replace(dealt, spoilt=dealt.spoilt - 1))


def settle_papers(tx: Transaction, actor: Actor, opened: Round, missing: int) -> int | None:
    """At 截止: how many papers came back beside the box, or None where the tellers have to count them.

    Raises PapersUnaccounted.
    """
    if opened.paper == 0:
        return 0
    dealt = dealt_with(tx, actor, opened)
    idle, left = idle_cards(tx, opened), outstanding(tx, actor, opened)
    if left != missing:
        begun = f"其中{idle}张备用卡已经打开、还没有投。" if idle else ""
        raise PapersUnaccounted(
            f"还有{left}张纸质票既没有代投，也没有登记为无效。{begun}请先由计票人逐张代投；"
            f"确实没有交回、不能代投的，请写明{left}张，再截止投票。"
        )
    return None if counted_apart(opened, dealt) else dealt.spoilt


def outstanding(tx: Transaction, actor: Actor, opened: Round) -> int:
    """Papers of which no ballot will be made if the voting ends now, where each is to be cast."""
    dealt = dealt_with(tx, actor, opened)
    uncast = 0 if counted_apart(opened, dealt) else remaining(opened, dealt)
    return uncast + idle_cards(tx, opened)


def idle_cards(tx: Transaction, opened: Round) -> int:
    """Reserve cards that were opened for a paper in this round and have not voted."""
    if opened.deck is None:
        return 0
    deck = tx.decks.get(system(opened.congress), opened.deck)
    activated = set(tx.cards.declared(opened).activated)
    begun = [_in_round(opened, deck, one) for one in tx.decks.cards(deck) if one.place == "teller"]
    return sum(one in activated and not tx.box.has_voted(opened, one) for one in begun)


def _open(tx: Transaction, actor: Actor, round_id: str) -> Round:
    """The round, locked against casting, while it is being voted in by card. Raises PaperStep, NotFound."""
    of = tx.rounds.lock(actor, round_id)
    if of.method != "electronic":
        raise PaperStep("这一轮不用投票卡。纸质票在开始投票时一并发出。")
    if of.state != "open":
        when = "已经截止" if already(of.state, "close") else "还没有开始"
        raise PaperStep(f"投票{when}，不能办理纸质票。")
    return of


def _dealing(tx: Transaction, actor: Actor, round_id: str, witness: int | None) -> tuple[Round, str]:
    """The open round, its deck locked before it as everywhere, and the scrutineer who watches.

    Raises PaperStep, WitnessMissing, NotFound.
    """
    deck = tx.rounds.get(actor, round_id).deck
    if deck is not None:
        tx.decks.lock(system(actor.congress), deck)
    of = _open(tx, actor, round_id)
    names = {one.number: one.name for one in tx.scrutineers.of(actor, round_id)}
    if witness not in names:
        raise WitnessMissing
    return of, names[witness]


def _demand_few(of: Round, dealt: Dealt) -> None:
    """Raises PaperStep."""
    left = remaining(of, dealt)
    if left == 0:
        raise PaperStep("发出的纸质票都已经办完，没有要代投的。")
    if counted_apart(of, dealt):
        raise PaperStep(f"还有{left}张纸质票，达到{dealt.fewest}张，截止以后由计票人录入，不用逐张代投。")


def _keep(tx: Transaction, of: Round, dealt: Dealt) -> Dealt:
    tx.paper.keep_dealt(of, dealt)
    return dealt


def exchanged(tx: Transaction, actor: Actor, of: Round) -> frozenset[str]:
    """Credentials of the cards for which paper was given."""
    taken = tx.steps.of(actor, of.id)
    return frozenset(one.note for one in taken if one.step == "exchange_paper")


def _credential(tx: Transaction, actor: Actor, of: Round, card: str) -> str:
    """The card's public half in this round. Raises CardsError, NoSuchCard, SerialsErased, PaperStep."""
    if of.deck is not None:
        deck = _deck(tx, actor, of)
        return _in_round(of, deck, find_card(tx, deck, card))
    credential = card.strip()
    if not _CREDENTIAL.fullmatch(credential):
        raise PaperStep("这一轮的投票卡没有编号，请扫描投票卡。")
    return credential


def _deck(tx: Transaction, actor: Actor, of: Round) -> LoadedDeck:
    if of.deck is None:
        raise ReserveRefused("这一轮的投票卡没有备用卡。请用导入的整批投票卡。")
    return tx.decks.get(system(actor.congress), of.deck)


def _in_round(of: Round, deck: LoadedDeck, card: DeckCard) -> str:
    return card.credentials[deck.uuids.index(of.uuid or "")]
