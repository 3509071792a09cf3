"""改用纸质票: a round by card that cannot go on ends unread, and is held again on paper by the same rules."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from voting.actors import Actor, require
from voting.closing import closed
from voting.cycle import advance
from voting.drafting import follow
from voting.errors import VotingError
from voting.handing_out.decks import without_cards
from voting.paper_ballots.exchanging import outstanding
from voting.rounds import Round
from voting.store import Store, Transaction

SWITCHED: Final = "改用纸质票"


class NoSwitch(VotingError):
    """A round that is not held by card, or that nobody may break off any more."""

    sentence = "这一轮现在不能改用纸质票。已经计票的，结果不能作废。"


def switch_to_paper(store: Store, actor: Actor, round_id: str, now: datetime) -> Round:
    """The round that is now held on paper: the same one, from 办法已通过 on, if it was not yet opened.

    Once opened it ends unread and is void for this reason, and what comes back is the draft of its
    repetition. Once more, it changes nothing. Raises NoSwitch, NotFound, Forbidden.
    """
    require(actor, "chair", "staff")
    with store.write() as tx:
        of = tx.rounds.lock(actor, round_id)
        if of.state == "void" and of.void_reason == SWITCHED:
            return follow(tx, actor, of, "repeat", now, "paper")
        if of.trial or of.state in {"drafted", "counted", "announced", "published", "void"}:
            raise NoSwitch
        if of.method != "electronic":
            if of.method == "paper" and of.state == "adopted":
                return of
            raise NoSwitch("这一轮本来就不用投票卡。")
        if of.state in {"adopted", "sealed"}:
            return _without_cards(tx, actor, of, now)
        repetition = _broken_off(tx, actor, of, now)
    store.sweep()
    return repetition


def _without_cards(tx: Transaction, actor: Actor, of: Round, now: datetime) -> Round:
    """Nobody has voted: what was prepared for the box is put away, and its uuid is never used again."""
    tx.steps.add(actor, of, "switch_to_paper", now)
    return tx.rounds.change(
        without_cards(tx, of), method="paper", state="adopted", election=None, trustees=None, fingerprint=None
    )


def _broken_off(tx: Transaction, actor: Actor, of: Round, now: datetime) -> Round:
    """Closed first, so that its record is complete; nobody opens the box."""
    if of.state == "open":
        of = closed(tx, actor, of, now, missing=outstanding(tx, actor, of))
    state = advance(of.state, "declare_void", of.kind, of.method)
    tx.steps.add(actor, of, "declare_void", now, note=SWITCHED)
    void = tx.rounds.change(of, state=state, void_reason=SWITCHED)
    return follow(tx, actor, void, "repeat", now, "paper")
