"""The ladder of a matter: 通报, 限期重办, 约见, 专题询问, recorded with who decided it and its document."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from msgspec import Struct

from voting.actors import Actor
from voting.days import today
from voting.duties import demand
from voting.rating import proofs
from voting.rating.ladder import REDO, SUMMONS, Rung, Talk, last_day_taken, left_out
from voting.rating.proofs import Proof
from voting.rating.rectifications import Rectification, check_day, demand_open
from voting.rating.rectifying import check_months, tell_unit, term
from voting.rating.refusals import RatingError, RatingStep
from voting.screening.drafts import reason_of
from voting.store import Store, Transaction
from voting.store.visible import is_id
from voting.text import clean_line, clean_prose


class Climb(Struct, frozen=True, kw_only=True):
    """One step as it is entered. `skipped`: why those below were left out. `months`: of 限期重办. `talk`: of
    约见, which has one.
    """

    place: int
    day: date
    body: str
    text: str
    skipped: str = ""
    months: int = 1
    talk: Talk | None = None


def climb(
    store: Store,
    actor: Actor,
    matter_id: str,
    rung_id: str,
    wanted: Climb,
    proof: Proof | None,
    now: datetime,
) -> Rung:
    """`rung_id` comes with the form: sent twice, it is one step. 限期重办 begins a new term.

    Raises RatingStep, RatingError, ReasonMissing, TextError, PaperError, NotFound, Forbidden.
    """
    demand(actor, "order_rectification")
    body, text = clean_line(wanted.body, "决定机关"), reason_of(wanted.text, "内容")
    skipped, paper = clean_prose(wanted.skipped, "不采用的理由"), proofs.checked(proof)
    if not is_id(rung_id):
        raise RatingStep("页面已经过期。请重新打开这件整改再填写。")
    with store.write() as tx:
        matter = tx.rectifications.lock(actor, matter_id)
        rungs = tx.rectifications.rungs([matter])
        made = next((one for one in rungs if one.id == rung_id), None)
        if made is not None:
            return made
        demand_open(matter)
        between = left_out(rungs, wanted.place, skipped)
        check_day(wanted.day, today(now), last_day_taken(rungs) or matter.ordered_on, "日期")
        talk = check_talk(wanted.talk) if wanted.place == SUMMONS else None
        due = _new_term(tx, matter, wanted)
        new = Rung(
            id=rung_id,
            congress=matter.congress,
            rectification=matter.id,
            place=wanted.place,
            taken=True,
            day=wanted.day,
            body=body,
            text=text,
            due=due,
            talk=talk,
            by=actor.name,
            at=now,
        )
        passed_over = [_left_out(matter, place, skipped, actor, now) for place in between]
        tx.rectifications.add_rungs([*passed_over, new])
        proofs.keep(tx, actor, matter.project, new.id, paper, now)
        _record(tx, actor, matter, new, skipped if between else "", now)
        return new


def check_talk(said: Talk | None) -> Talk:
    """The record of a 约见 as it may be kept. Raises TextError, ReasonMissing, RatingError."""
    if said is None:
        raise RatingError("约见要有记录：约见了谁、谁约见的、在哪里、谈了什么。请填写后再登记。")
    return Talk(
        summoned=clean_line(said.summoned, "被约见人"),
        hosts=clean_line(said.hosts, "约见人"),
        place=clean_line(said.place, "约见地点"),
        said=reason_of(said.said, "约见内容"),
        promised=clean_prose(said.promised, "当场作出的承诺"),
    )


def _new_term(tx: Transaction, matter: Rectification, wanted: Climb) -> date | None:
    if wanted.place != REDO:
        return None
    check_months(wanted.months)
    due = term(tx, matter.congress, wanted.day, wanted.months)
    state = "ordered" if matter.state == "ordered" else "working"
    tx.rectifications.change(matter, due=due, months=wanted.months, state=state)
    return due


def _left_out(matter: Rectification, place: int, reason: str, actor: Actor, now: datetime) -> Rung:
    return Rung(
        id=uuid4().hex,
        congress=matter.congress,
        rectification=matter.id,
        place=place,
        taken=False,
        reason=reason,
        by=actor.name,
        at=now,
    )


def _record(
    tx: Transaction,
    actor: Actor,
    matter: Rectification,
    new: Rung,
    skipped: str,
    now: datetime,
) -> None:
    told: dict[str, object] = {
        "name": new.name,
        "day": None if new.day is None else new.day.isoformat(),
        "text": new.text,
        **({"reason": skipped} if skipped else {}),
        **({"due": new.due.isoformat()} if new.due else {}),
        **({"summoned": new.talk.summoned, "note": new.talk.said} if new.talk else {}),
    }
    tx.audit.add(actor, "climb", now, "rectification", matter.id, after=told)
    tell_unit(tx, matter, f"climb_{new.place}", f"{new.name}：{matter.title}", now)
