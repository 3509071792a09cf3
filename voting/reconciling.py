"""清点: 收回 is held against 发出, and the chair declares the vote valid, or 票决无效 (选举法 §44).

Fewer came back than were given out: valid. More: void, whatever anybody wishes.
"""

from __future__ import annotations

from datetime import datetime

from voting.actors import Actor, require
from voting.cycle import advance, already
from voting.errors import VotingError
from voting.paper_ballots.agreeing import check_ready
from voting.paper_ballots.tellers import count_on_paper
from voting.rounds import Round
from voting.store import Store
from voting.text import clean_prose


class TooManyReturned(VotingError):
    """More ballots than cards were handed out."""

    sentence = "收回的票多于发出的票，不能宣布有效。请宣布无效并重新投票。"


class ReasonMissing(VotingError):
    """A round declared void without a reason."""

    sentence = "宣布无效必须写明理由。请填写理由。"


def declare_valid(store: Store, actor: Actor, round_id: str, now: datetime) -> Round:
    """The scrutineers may decrypt from now on; raised hands are counted by then.

    Raises TooManyReturned, PaperPending, WrongStep, NotFound, Forbidden.
    """
    require(actor, "chair")
    with store.write() as tx:
        closed = tx.rounds.lock(actor, round_id)
        if closed.state != "void" and already(closed.state, "declare_valid"):
            return closed
        state = advance(closed.state, "declare_valid", closed.kind, closed.method)
        if too_many(closed):
            raise TooManyReturned(_too_many_words(closed))
        check_ready(tx, actor, closed)
        tx.steps.add(actor, closed, "declare_valid", now)
        valid = tx.rounds.change(closed, state=state)
        return count_on_paper(tx, actor, valid, now) if closed.method == "hands" else valid


def declare_void(store: Store, actor: Actor, round_id: str, reason: str, now: datetime) -> Round:
    """The ballots stay sealed for ever. Raises ReasonMissing, TextError, WrongStep, NotFound, Forbidden."""
    require(actor, "chair")
    why = clean_prose(reason, "无效的理由")
    if not why:
        raise ReasonMissing
    with store.write() as tx:
        closed = tx.rounds.lock(actor, round_id)
        if closed.state == "void" and closed.void_reason == why:
            return closed
        state = advance(closed.state, "declare_void", closed.kind, closed.method)
        tx.steps.add(actor, closed, "declare_void", now, note=why)
        return tx.rounds.change(closed, state=state, void_reason=why)


def too_many(closed: Round) -> bool:
    """收回 > 发出; in a round by card with paper beside it, also of the papers alone."""
    returned = closed.returned or 0
    return returned > (closed.issued or 0) or _papers_returned(closed) > closed.paper


def _papers_returned(closed: Round) -> int:
    """Beside the box; of a round without one, nothing is beside anything."""
    if closed.method != "electronic" or closed.returned is None or closed.boxed is None:
        return 0
    return closed.returned - closed.boxed


def _too_many_words(closed: Round) -> str:
    figures = f"发出{closed.issued}张，收回{closed.returned}张"
    if (closed.returned or 0) <= (closed.issued or 0):
        figures = f"发出纸质票{closed.paper}张，收回纸质票{_papers_returned(closed)}张"
    return f"{figures}。{TooManyReturned.sentence}"
