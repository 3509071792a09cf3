"""开启投票: with the quorum present and the cards handed out, their list is fixed and the box opens."""

from __future__ import annotations

from datetime import datetime

from ballots.archive import setup_data
from ballots.election import encode_credentials
from voting.actors import Actor, require
from voting.checking_in.plenaries import plenary_of_opening
from voting.counts import check_attendance
from voting.cycle import advance, already
from voting.errors import CountsError
from voting.handing_out.decks import CardList, card_list
from voting.handing_out.replacing import lock_with_deck
from voting.handing_out.trials import refuse_beside_a_trial
from voting.paper_ballots.agreeing import dealt_with
from voting.paper_ballots.exchanging import check_reserve
from voting.paper_ballots.methods import opened_on_paper
from voting.recording import Chain
from voting.rounds import Round
from voting.store import Store, Transaction


def open_round(
    store: Store, actor: Actor, round_id: str, present: int, issued: int, now: datetime, paper: int = 0
) -> Round:
    """`present` is 实到, `issued` 发出: the cards handed out and the `paper` ballots together.

    Two thirds of all deputies must be present (地方组织法 §14), of a committee more than half of its members
    (§51), and nobody gets two ballots. What was handed out follows from the cards that were counted back
    and those sealed in reserve, and with the reserve it is the round's list; `issued` must say the same.

    A round on paper or by show of hands has no cards. Raises CountsError, ReserveShort, TrialRefused,
    WrongStep, NotFound, Forbidden.
    """
    require(actor, "staff")
    with store.write() as tx:
        sealed, _ = lock_with_deck(tx, actor, round_id)
        if sealed.method != "electronic":
            return opened_on_paper(tx, actor, sealed, present, issued, now)
        figures = (present, issued, paper)
        if already(sealed.state, "open") and (sealed.present, sealed.issued, sealed.paper) == figures:
            return sealed
        state = advance(sealed.state, "open", sealed.kind)
        session = tx.sessions.get(actor, sealed.session)
        _refuse_carried_off(present, issued, paper)
        check_attendance(session.all_deputies, present, issued, session.body)
        if not 0 <= paper <= issued:
            raise CountsError(f"纸质票{paper}张，应在0至发出的{issued}张之间。请核对。")
        listed = _fix_list(tx, actor, sealed, issued, paper)
        refuse_beside_a_trial(tx, actor, sealed.session)
        check_reserve(tx, actor, listed, paper)
        tx.paper.keep_dealt(listed, dealt_with(tx, actor, listed))  # what counts as few is fixed from now on
        _begin_record(tx, listed)
        note = f"实到{present}人，发出{issued}张" + (f"，其中纸质票{paper}张" if paper else "")
        tx.steps.add(actor, sealed, "open", now, note=note)
        plenary = plenary_of_opening(tx, actor, sealed.session, present)
        return tx.rounds.change(
            listed,
            state=state,
            present=present,
            issued=issued,
            paper=paper,
            opened_at=now,
            plenary=plenary.id if plenary else None,
        )


def _refuse_carried_off(present: int, issued: int, paper: int) -> None:
    """Raises CountsError, and says how the round can open all the same."""
    if present < issued and 0 <= paper <= issued:
        raise CountsError(
            f"发出{issued}张票，多于实到{present}人。没有发出去的投票卡，请先清点、收回；有代表带着投票卡离场的，"
            "请先收回那张卡，收不回的按存根上的编号作废，再开始投票。"
        )


def _fix_list(tx: Transaction, actor: Actor, sealed: Round, issued: int, paper: int) -> Round:
    """The round with the list it is opened with. Raises CountsError."""
    if sealed.deck is None:
        listed = CardList(tx.cards.able(sealed), ())
    else:
        listed = card_list(tx, sealed, tx.decks.lock(actor, sealed.deck))
    handed_out = len(listed.out)
    if issued != handed_out + paper:
        on_paper = f"，加上纸质票{paper}张是{handed_out + paper}张" if paper else ""
        raise CountsError(
            f"填写的是发出{issued}张票，名单上没有收回的投票卡是{handed_out}张{on_paper}。"
            "两个数应当相同：剩余的投票卡没有清点完的，请先清点；清点完的，请核对发出票数。"
        )
    if not listed.everything:
        raise CountsError("一张投票卡也没有发出。请核对；全部用纸质票的，请改用纸质票。")
    tx.cards.load(sealed, listed.out, listed.reserve)
    return tx.rounds.change(sealed, credentials=encode_credentials(listed.everything))


def _begin_record(tx: Transaction, sealed: Round) -> None:
    documents = (sealed.election or b"", sealed.trustees or b"", sealed.credentials or b"")
    chain = Chain(tx, sealed)
    chain.add("Setup", *documents, setup_data(*documents))
    chain.keep()
