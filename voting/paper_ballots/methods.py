"""A round wholly on paper, or by show of hands: opened without cards and keys, signed with the pen."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from voting.actors import Actor, NotYet, require
from voting.checking_in.plenaries import plenary_of_opening
from voting.counts import check_attendance
from voting.cycle import Method, advance, already
from voting.rounds import Round
from voting.store import Store, Transaction

METHOD_NAMES: Final[dict[Method, str]] = {
    "electronic": "投票卡",
    "paper": "纸质票",
    "hands": "举手表决",
}


def opened_on_paper(
    tx: Transaction, actor: Actor, adopted: Round, present: int, issued: int, now: datetime
) -> Round:
    """The vote begins. `issued` are the papers handed out; whoever is present may raise a hand.

    For `opening.open_round`. Raises CountsError, WrongStep.
    """
    out = present if adopted.method == "hands" else issued
    if already(adopted.state, "open") and (adopted.present, adopted.issued) == (present, out):
        return adopted
    state = advance(adopted.state, "open", adopted.kind, adopted.method)
    session = tx.sessions.get(actor, adopted.session)
    check_attendance(session.all_deputies, present, out, session.body)
    note = f"实到{present}人" if adopted.method == "hands" else f"实到{present}人，发出纸质票{out}张"
    tx.steps.add(actor, adopted, "open", now, note=note)
    papers = 0 if adopted.method == "hands" else out
    plenary = plenary_of_opening(tx, actor, adopted.session, present)
    return tx.rounds.change(
        adopted,
        state=state,
        present=present,
        issued=out,
        paper=papers,
        boxed=0,
        opened_at=now,
        plenary=plenary.id if plenary else None,
    )


PEN: Final = "pen"
"""In place of a signature: the scrutineer has signed the paper, which is the official copy."""


def signed_with_pen(
    store: Store, actor: Actor, round_id: str, numbers: Collection[int], now: datetime
) -> Round:
    """These scrutineers have signed the printed report of a round that no device of theirs has a part in.

    Raises NotYet, NotFound, Forbidden.
    """
    require(actor, "teller", "staff")
    with store.write() as tx:
        counted = tx.rounds.lock(actor, round_id)
        if counted.method == "electronic":
            raise NotYet("这一轮由监票人在自己的页面上签字。")
        signing = [
            one
            for one in tx.scrutineers.of(actor, round_id)
            if one.number in numbers and one.signature is None
        ]
        if not signing:
            return counted
        if counted.state != "counted":
            raise NotYet("还没有计票结果，不能签字。请等两名计票人录入一致。")
        for one in signing:
            tx.scrutineers.keep_signature(one, PEN)
        names = "、".join(one.name for one in signing)
        tx.steps.add(actor, counted, "sign_with_pen", now, note=names)
        return counted
