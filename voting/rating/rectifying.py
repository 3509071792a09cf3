"""整改: ordered after a bad score, planned and reported by the unit, accepted or returned, closed (销号)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from uuid import uuid4

from msgspec import Struct
from msgspec.structs import replace

from voting.actors import Actor, NotFound, system
from voting.days import today
from voting.duties import demand
from voting.grading import Grading
from voting.handling.clocks import Calendar, Span, last_day
from voting.rating import proofs
from voting.rating.overviews import ratings_of, retests_of
from voting.rating.proofs import Proof
from voting.rating.rated import Rated, bound
from voting.rating.rectifications import (
    STEP_NAMES,
    UNIT_STEPS,
    Rectification,
    RectificationStep,
    StepKind,
    after,
    check_day,
    demand_closable,
    is_bad,
)
from voting.rating.refusals import RatingError, RatingStep
from voting.rating.scores import has_result
from voting.rating.settings import MOST_MONTHS
from voting.rounds import Round
from voting.screening.drafts import reason_of
from voting.store import Store, Transaction
from voting.store.visible import is_id
from voting.text import clean_line


class Entry(Struct, frozen=True, kw_only=True):
    """A step as it is entered. `id` comes with the form: sent twice, it is one step. Of what the unit hands
    in, the day is that of handing in; `who` accepted or approved it."""

    id: str
    kind: StepKind
    text: str
    day: date | None = None
    who: str = ""
    proof: Proof | None = None


def order(
    store: Store, actor: Actor, round_id: str, number: int, months: int, demands: str, now: datetime
) -> Rectification:
    """责成整改 after a bad score; ordered again, it is the matter that is there.

    Raises RatingStep, RatingError, ReasonMissing, TextError, NotFound, Forbidden.
    """
    demand(actor, "order_rectification")
    said = reason_of(demands, "整改要求")
    check_months(months)
    with store.write() as tx:
        of = tx.rounds.lock(actor, round_id)
        made = tx.rectifications.of_score(actor.congress, of.id, number)
        if made is not None:
            return made
        row, level = _bad_score(tx, of, number)
        new = Rectification(
            id=uuid4().hex,
            congress=actor.congress,
            project=row.project or "",
            part=row.part,
            title=row.title,
            unit=row.unit or "",
            round=of.id,
            number=number,
            level=level,
            state="ordered",
            months=months,
            ordered_on=today(now),
            due=term(tx, actor.congress, today(now), months),
            demands=said,
            by=actor.name,
            at=now,
        )
        tx.rectifications.add(new)
        told = {"title": new.title, "level": level, "due": new.due.isoformat(), "text": said}
        tx.audit.add(actor, "order_rectification", now, "rectification", new.id, after=told)
        tell_unit(tx, new, "rectify_ordered", f"责成整改：{new.title}", now)
        return new


def hand_in(store: Store, actor: Actor, matter_id: str, entry: Entry, now: datetime) -> RectificationStep:
    """The unit's plan, a report, or that it is done.

    Raises RatingStep, ReasonMissing, TextError, PaperError, NotFound, Forbidden.
    """
    demand(actor, "rectify")
    if entry.kind not in UNIT_STEPS:
        raise RatingStep
    text = reason_of(entry.text, STEP_NAMES[entry.kind])
    return _step(store, actor, matter_id, replace(entry, text=text, day=today(now), who=""), now)


def judge(store: Store, actor: Actor, matter_id: str, entry: Entry, now: datetime) -> RectificationStep:
    """验收通过, returned with what is still missing, or 销号 with its proof: then what the public saw goes.

    Raises RatingStep, RatingError, ReasonMissing, TextError, PaperError, NotFound, Forbidden.
    """
    demand(actor, "order_rectification")
    if entry.kind not in _JUDGED:
        raise RatingStep
    who, text = _JUDGED[entry.kind]
    cleaned = replace(entry, who=clean_line(entry.who, who), text=reason_of(entry.text, text))
    if entry.kind == "close" and entry.proof is None:
        raise RatingError("没有上传销号的证明材料。请上传批准销号的文件（PDF 或者 .docx）。")
    return _step(store, actor, matter_id, cleaned, now)


_JUDGED: Final[dict[StepKind, tuple[str, str]]] = {
    "accept": ("验收人", "验收意见"),
    "return": ("验收人", "退回理由"),
    "close": ("批准人", "销号意见"),
}


def check_months(months: int) -> None:
    """Raises RatingError."""
    if not 1 <= months <= MOST_MONTHS:
        raise RatingError(f"整改期限应是1至{MOST_MONTHS}个月。请修改。")


def term(tx: Transaction, congress: str, start: date, months: int) -> date:
    """The last day of a term over the office's calendar."""
    return last_day(Calendar.of(tx.handlings.workdays(congress)), start, Span(months, "months"))


def tell_unit(tx: Transaction, matter: Rectification, kind: str, words: str, now: datetime) -> None:
    """A notice for the responsible unit, once for each kind and last day."""
    tx.notices.add(
        matter.congress,
        kind=kind,
        text=words[:120],
        path=f"/rectifications/{matter.id}",
        about=matter.id,
        due=matter.due,
        at=now,
        unit=matter.unit,
    )


def _bad_score(tx: Transaction, of: Round, number: int) -> tuple[Rated, str]:
    """Raises RatingStep, RatingError, NotFound."""
    if not isinstance(of.rules, Grading) or not has_result(of):
        raise RatingStep("测评结果还没有宣布，不能责成整改。请在宣布结果之后办理。")
    row = bound(of, tx.rated.of_round(of)).get(number)
    if row is None or row.project is None:
        raise NotFound
    ratings = ratings_of(tx, of)
    level = next((one.level for one in ratings.grades if one.number == number), "") if ratings else ""
    if not is_bad(of.rules, level):
        raise RatingError(f"“{row.title}”的等次是{level or '未定等次'}，不需要责成整改。")
    if row.unit is None:
        raise RatingError(f"“{row.title}”还没有责任单位，不能责成整改。请先由政府办确定责任单位。")
    if row.rectification is not None:
        raise RatingStep(f"“{row.title}”是再测评，原来的整改还没有销号。请在原来的整改中继续督办。")
    return row, level


def _step(store: Store, actor: Actor, matter_id: str, entry: Entry, now: datetime) -> RectificationStep:
    entry = replace(entry, proof=proofs.checked(entry.proof))
    if not is_id(entry.id):
        raise RatingStep("页面已经过期。请重新打开这件整改再填写。")
    with store.write() as tx:
        matter = tx.rectifications.lock(actor, matter_id)
        steps = tx.rectifications.steps([matter])
        made = next((one for one in steps if one.id == entry.id), None)
        if made is not None:
            return made
        changes = _changes(tx, matter, steps, entry.kind, now)
        check_day(entry.day or today(now), today(now), matter.ordered_on, "日期")
        return _keep(tx, actor, tx.rectifications.change(matter, **changes), len(steps) + 1, entry, now)


def _changes(
    tx: Transaction,
    matter: Rectification,
    steps: Sequence[RectificationStep],
    kind: StepKind,
    now: datetime,
) -> dict[str, object]:
    if kind != "close":
        return {"state": after(matter, kind)}
    retest = retests_of(tx, system(matter.congress), [matter]).get(matter.id)
    demand_closable(matter, steps, tx.rectifications.rungs([matter]), retest)
    return {"state": "closed", "closed_at": now}


def _keep(
    tx: Transaction, actor: Actor, matter: Rectification, turn: int, entry: Entry, now: datetime
) -> RectificationStep:
    new = RectificationStep(
        id=entry.id,
        congress=matter.congress,
        rectification=matter.id,
        turn=turn,
        kind=entry.kind,
        day=entry.day or today(now),
        who=entry.who,
        text=entry.text,
        by=actor.name,
        at=now,
    )
    tx.rectifications.add_step(new)
    document = proofs.keep(tx, actor, matter.project, new.id, entry.proof, now)
    told = {"text": new.text, "day": new.day.isoformat(), "document": document, "state": matter.state}
    tx.audit.add(actor, f"rectification_{new.kind}", now, "rectification", matter.id, after=told)
    _tell(tx, matter, new, now)
    return new


def _tell(tx: Transaction, matter: Rectification, new: RectificationStep, now: datetime) -> None:
    """The other side finds a notice."""
    words = f"{STEP_NAMES[new.kind]}：{matter.title}"[:120]
    tx.notices.add(
        matter.congress,
        kind=f"rectification_{new.kind}",
        text=words,
        path=f"/rectifications/{matter.id}",
        about=new.id,
        due=None,
        at=now,
        unit=matter.unit if new.who else None,
        role=None if new.who else "staff",
    )
