"""计票人: two of them write down what they have counted, each without seeing the other's figures.

When both have written the same, the count stands: 收回 is known, and where there is nothing but paper the
round is counted as soon as the chair has declared it valid.
"""

from __future__ import annotations

from datetime import datetime

import msgspec

from ballots.tally import Result
from voting.actors import Actor, require
from voting.cycle import advance
from voting.paper_ballots.agreeing import agreement, dealt_with, empty_rows
from voting.paper_ballots.sheets import (
    Dealt,
    Entry,
    PaperStep,
    Sheet,
    Stage,
    check_entry,
    handed_out,
    newest,
    stage,
)
from voting.rounds import Round
from voting.store import Store, Transaction


def enter_counts(
    store: Store, actor: Actor, round_id: str, entry: Entry, now: datetime, *, sure: bool = False
) -> Sheet:
    """A teller's figures; the same once more change nothing, others are a correction.

    `sure`: more papers came back than were handed out, and the teller has counted them again. Raises
    PaperError, MorePaper, PaperStep, NotFound, Forbidden.
    """
    require(actor, "teller")
    with store.write() as tx:
        of = tx.rounds.lock(actor, round_id)
        dealt = dealt_with(tx, actor, of)
        asked = _asked(tx, actor, of, dealt)
        entry = _as_far_as_asked(of, dealt, asked, entry)
        sheets = tx.paper.sheets(actor, round_id)
        own = newest(sheets).get(_number(actor))
        if own is not None and own.entry == entry:
            return own
        check_entry(of, dealt, asked, entry, sure=sure)
        sheet = Sheet(
            congress=of.congress,
            round=of.id,
            teller=_number(actor),
            version=own.version + 1 if own else 1,
            entry=entry,
            name=actor.name,
            at=now,
        )
        tx.paper.add_sheet(sheet)
        _note(tx, actor, sheet, now)
        _hold_together(tx, actor, of, now)
        return sheet


def _number(actor: Actor) -> int:
    return actor.scrutineer or 1


def _asked(tx: Transaction, actor: Actor, of: Round, dealt: Dealt) -> Stage:
    """Raises PaperStep."""
    asked = stage(of, dealt)
    if asked is None:
        raise PaperStep(_why_not(of))
    if tx.paper.signatures(actor, of.id):
        raise PaperStep("监票人已经在纸质票的计票记录上签字，票数不能再改。")
    return asked


def _why_not(of: Round) -> str:
    if of.state in {"drafted", "adopted", "sealed", "open"}:
        return "投票还没有截止，不能录入票数。请等工作人员截止投票。"
    if of.state == "closed":
        return "这一轮没有要录入的纸质票。"
    return "这一轮的票数已经定下来，不能再录入。"


def _as_far_as_asked(of: Round, dealt: Dealt, asked: Stage, entry: Entry) -> Entry:
    """Where more came back than were handed out, the papers are not counted; nor before 收回 is declared."""
    too_many = of.method != "hands" and entry.returned > handed_out(of, dealt)
    return Entry(returned=entry.returned) if asked == "returned" or too_many else entry


def _note(tx: Transaction, actor: Actor, sheet: Sheet, now: datetime) -> None:
    """That there are new figures, and which version; not the figures, which nobody may see yet."""
    before = {"version": sheet.version - 1} if sheet.version > 1 else {}
    tx.audit.add(
        actor, "enter_paper", now, "paper_sheet", sheet.round, before=before, after={"version": sheet.version}
    )


def _hold_together(tx: Transaction, actor: Actor, of: Round, now: datetime) -> None:
    """Whether both have the same now, and what follows."""
    known = agreement(tx, actor, of)
    agreed = known.agreed
    if known.asked == "all" and of.method == "paper":
        if agreed is not None:
            tx.steps.add(actor, of, "agree_paper", now)
            count_on_paper(tx, actor, of, now)
        return
    if agreed is None:
        tx.rounds.change(of, returned=None)
        return
    returned = (of.boxed or 0) + agreed.returned
    tx.steps.add(actor, of, "agree_paper", now, note=f"收回{returned}张" if of.method != "hands" else "")
    tx.rounds.change(of, returned=returned)


def count_on_paper(tx: Transaction, actor: Actor, of: Round, now: datetime) -> Round:
    """A round without a box is counted when the tellers agree and the chair has declared it valid."""
    empty = Result(result=empty_rows(of))
    tx.rounds.keep_result(of, msgspec.json.encode(empty))
    tx.steps.add(actor, of, "count", now)
    return tx.rounds.change(of, state=advance(of.state, "count", of.kind, of.method))
