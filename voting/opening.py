"""开启投票: with the quorum present and the cards handed out, their list is fixed and the box opens."""

from __future__ import annotations

from datetime import datetime

from ballots.archive import setup_data
from ballots.errors import UnknownCredential
from voting.actors import Actor, require
from voting.casting import CardAlreadyVoted
from voting.counts import check_attendance
from voting.cycle import advance, already
from voting.errors import CountsError, VotingError
from voting.recording import Chain
from voting.rounds import Round
from voting.store import Store


class CardsFixed(VotingError):
    """A card that is given back after the voting has ended."""

    sentence = "投票已经截止，不能再作废投票卡。"


def open_round(store: Store, actor: Actor, round_id: str, present: int, issued: int, now: datetime) -> Round:
    """`present` is 实到, `issued` 发出: the cards handed out.

    Two thirds of all deputies must be present (地方组织法 §14), of a committee more than half of its members
    (§51), and nobody gets two cards. Raises CountsError, WrongStep, NotFound, Forbidden.
    """
    require(actor, "staff")
    with store.write() as tx:
        sealed = tx.rounds.lock(actor, round_id)
        if already(sealed.state, "open") and (sealed.present, sealed.issued) == (present, issued):
            return sealed
        state = advance(sealed.state, "open", sealed.kind)
        session = tx.sessions.get(actor, sealed.session)
        check_attendance(session.all_deputies, present, issued, session.body)
        cards = tx.cards.count(actor, round_id)
        if issued > cards:
            raise CountsError(f"发出{issued}张票，多于装入的{cards}张投票卡。请核对发出票数。")
        documents = (sealed.election or b"", sealed.trustees or b"", sealed.credentials or b"")
        chain = Chain(tx, sealed)
        chain.add("Setup", *documents, setup_data(*documents))
        chain.keep()
        tx.steps.add(actor, sealed, "open", now, note=f"实到{present}人，发出{issued}张")
        return tx.rounds.change(sealed, state=state, present=present, issued=issued, opened_at=now)


def declare_dead(store: Store, actor: Actor, round_id: str, credential: str, now: datetime) -> Round:
    """A card given back or spoilt votes no more; `credential` is its public half, 64 hex digits.

    Raises CardAlreadyVoted, UnknownCredential, CardsFixed, NotFound, Forbidden.
    """
    require(actor, "staff")
    with store.write() as tx:
        of = tx.rounds.lock(actor, round_id)
        if credential in tx.cards.dead(actor, round_id):
            return of
        if already(of.state, "close"):
            raise CardsFixed
        if tx.box.has_voted(of, credential):
            raise CardAlreadyVoted
        if not tx.cards.kill(of, credential):
            raise UnknownCredential(credential[:80])
        tx.steps.add(actor, of, "declare_dead", now, note=credential)
        return of
