"""专题询问 (domain: 盘龙): prepared, held, its answers rated there, measures, a second look; then public."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from msgspec import Struct

from voting.actors import Actor, NotFound
from voting.days import today
from voting.duties import demand, may
from voting.rating.inquiries import (
    MOST_QUESTIONS,
    Answering,
    Inquiry,
    Question,
    Recheck,
    candidates,
    demand_prepared,
)
from voting.rating.overviews import printed_questions
from voting.rating.rated import Rated
from voting.rating.rectifications import check_day, demand_open
from voting.rating.rectifying import check_months, term
from voting.rating.refusals import RatingError, RatingStep
from voting.rating.rounds_over_projects import Wanted, keep_round
from voting.rounds import Round
from voting.screening.drafts import reason_of
from voting.store import Store, Transaction
from voting.store.visible import is_id
from voting.text import clean_line


class Plan(Struct, frozen=True, kw_only=True):
    """An inquiry as it is entered; `matters` are the 整改 it takes up."""

    title: str
    day: date
    meeting: str
    months: int
    projects: tuple[str, ...]
    units: tuple[str, ...]
    matters: tuple[str, ...] = ()


class Asked(Struct, frozen=True, kw_only=True):
    """A question as it is entered; `follows` is the id of the one it follows up, or empty."""

    unit: str
    asked_by: str
    text: str
    on_spot: bool = False
    follows: str = ""


class Looked(Struct, frozen=True, kw_only=True):
    """What was found when somebody looked again."""

    unit: str
    day: date
    who: str
    passed: bool
    text: str


def prepare(store: Store, actor: Actor, inquiry_id: str, plan: Plan, now: datetime) -> Inquiry:
    """`inquiry_id` comes with the form: sent twice, it is one inquiry.

    Raises RatingError, RatingStep, TextError, NotFound, Forbidden.
    """
    demand(actor, "inquire")
    title, meeting = clean_line(plan.title, "询问题目"), clean_line(plan.meeting, "会议")
    check_months(plan.months)
    _demand_form(inquiry_id)
    with store.write() as tx:
        made = next(
            (one for one in tx.inquiries.listing(actor, actor.congress) if one.id == inquiry_id), None
        )
        if made is not None:
            return made
        _check_plan(tx, actor, plan)
        taken_up = [tx.rectifications.lock(actor, one) for one in sorted(set(plan.matters))]
        for one in taken_up:
            demand_open(one)
        new = Inquiry(
            id=inquiry_id,
            congress=actor.congress,
            title=title,
            day=plan.day,
            meeting=meeting,
            state="prepared",
            months=plan.months,
            by=actor.name,
            at=now,
        )
        tx.inquiries.add(new)
        tx.inquiries.set_projects(new, sorted({*plan.projects, *(one.project for one in taken_up)}))
        tx.inquiries.add_matters(new, [one.id for one in taken_up])
        for unit in dict.fromkeys(plan.units):
            tx.inquiries.add_unit(new, unit)
            _tell(tx, new, "inquiry", f"专题询问：{title}", unit, now)
        told = {"title": title, "day": plan.day.isoformat(), "note": meeting}
        told |= {"rectifications": "、".join(one.title for one in taken_up)} if taken_up else {}
        tx.audit.add(actor, "make_inquiry", now, "inquiry", new.id, after=told)
        return new


def ask(
    store: Store, actor: Actor, inquiry_id: str, question_id: str, asked: Asked, now: datetime
) -> Question:
    """A question, set beforehand, asked on the spot or following up another; sent twice, it is one.

    Raises RatingError, RatingStep, ReasonMissing, TextError, NotFound, Forbidden.
    """
    demand(actor, "inquire")
    text, asked_by = reason_of(asked.text, "问题"), clean_line(asked.asked_by, "提问人")
    _demand_form(question_id)
    with store.write() as tx:
        of = tx.inquiries.lock(actor, inquiry_id)
        questions = tx.inquiries.questions(of)
        made = next((one for one in questions if one.id == question_id), None)
        if made is not None:
            return made
        demand_prepared(of)
        if len(questions) >= MOST_QUESTIONS:
            raise RatingError(f"一次专题询问最多{MOST_QUESTIONS}个问题。")
        followed = _followed(questions, asked.follows)
        new = Question(
            id=question_id,
            congress=of.congress,
            inquiry=of.id,
            place=len(questions) + 1,
            on_spot=asked.on_spot or followed is not None,
            unit=_asked_unit(tx, of, followed.unit if followed else asked.unit),
            asked_by=asked_by,
            text=text,
            by=actor.name,
            at=now,
            follows=followed.id if followed else None,
        )
        tx.inquiries.add_question(new)
        told = {"text": text, "name": asked_by, "kind": new.kind}
        tx.audit.add(actor, "ask_question", now, "inquiry", of.id, after=told)
        return new


def answer(
    store: Store, actor: Actor, inquiry_id: str, question_id: str, answered_by: str, text: str, now: datetime
) -> Question:
    """What was answered, taken down by the office; until the answers are rated it may be corrected.

    Raises RatingStep, ReasonMissing, TextError, NotFound, Forbidden.
    """
    demand(actor, "inquire")
    said, who = reason_of(text, "答复"), clean_line(answered_by, "答复人")
    with store.write() as tx:
        of = tx.inquiries.lock(actor, inquiry_id)
        before = _question(tx, of, question_id)
        if (before.answer, before.answered_by) == (said, who):
            return before
        if before.id in printed_questions(tx, of, tx.inquiries.questions(of)):
            raise RatingStep("答复已经列入测评，不能再修改。需要补充的，请作为追问登记。")
        after = {"answer": said, "name": who}
        told = {"answer": before.answer, "name": before.answered_by}
        tx.audit.add(actor, "answer_question", now, "inquiry", of.id, before=told, after=after)
        return tx.inquiries.change_question(before, answer=said, answered_by=who, answered_at=now)


def make_round(store: Store, actor: Actor, inquiry_id: str, wanted: Wanted, now: datetime) -> Round:
    """当场测评: one row of the ballot for each answer, with its follow-ups.

    Raises RatingStep, RatingError, RulesError, TextError, DraftError, NotFound, Forbidden.
    """
    demand(actor, "rate")
    with store.write() as tx:
        of = tx.inquiries.lock(actor, inquiry_id)
        questions = tx.inquiries.questions(of)
        asked = [one for one in questions if one.follows is None]
        if not asked:
            raise RatingError("还没有问题，不能测评答复。请先登记问题和答复。")
        missing = next((one for one in questions if not one.answer), None)
        if missing is not None:
            raise RatingStep(f"第{missing.place}问还没有登记答复，不能测评。请先登记答复。")
        named = {one.id: one.name for one in tx.units.all(of.congress)}
        printed = candidates(questions, named)
        rows = [
            Rated(
                congress=of.congress,
                round="",
                number=row.number,
                title=row.title,
                unit=one.unit,
                question=one.id,
            )
            for row, one in zip(printed, asked, strict=True)
        ]
        return keep_round(tx, actor, wanted, printed, rows, now)


def hold(store: Store, actor: Actor, inquiry_id: str, now: datetime) -> Inquiry:
    """It took place: the term for the units' measures begins on its day.

    Raises RatingStep, RatingError, NotFound, Forbidden.
    """
    demand(actor, "inquire")
    with store.write() as tx:
        of = tx.inquiries.lock(actor, inquiry_id)
        if of.state == "held":
            return of
        check_day(of.day, today(now), date.min, "询问日期")
        if not any(one.answer for one in tx.inquiries.questions(of)):
            raise RatingStep("还没有登记答复。请先登记问题和答复，再登记为已进行。")
        due = term(tx, of.congress, of.day, of.months)
        for one in tx.inquiries.units([of]):
            _tell(tx, of, "inquiry_measures", f"提交整改措施：{of.title}", one.unit, now, due)
        told = {"due": due.isoformat()}
        tx.audit.add(actor, "hold_inquiry", now, "inquiry", of.id, after=told)
        return tx.inquiries.change(of, state="held", due=due)


def give_measures(
    store: Store, actor: Actor, inquiry_id: str, unit: str, text: str, now: datetime
) -> Answering:
    """What a unit will do. The office may write for it (a town's clerk, a county's 政府办).

    Raises RatingStep, ReasonMissing, TextError, NotFound, Forbidden.
    """
    demand(actor, "rectify")
    said = reason_of(text, "整改措施")
    with store.write() as tx:
        of = tx.inquiries.lock(actor, inquiry_id)
        own = _answering(tx, of, unit)
        if actor.role == "unit" and actor.unit != unit:
            raise NotFound
        if of.state != "held":
            raise RatingStep("专题询问还没有进行，不用提交整改措施。")
        if own.measures == said:
            return own
        told = {"unit": unit, "text": own.measures}
        tx.audit.add(actor, "give_measures", now, "inquiry", of.id, before=told, after={"text": said})
        tx.inquiries.keep_measures(own, said, actor.name, now)
        return _answering(tx, of, unit)


def recheck(
    store: Store, actor: Actor, inquiry_id: str, recheck_id: str, looked: Looked, now: datetime
) -> Recheck:
    """跟踪检查 after the measures; sent twice, it is one.

    Raises RatingStep, RatingError, ReasonMissing, TextError, NotFound, Forbidden.
    """
    demand(actor, "inquire")
    text, who = reason_of(looked.text, "检查情况"), clean_line(looked.who, "检查人")
    _demand_form(recheck_id)
    with store.write() as tx:
        of = tx.inquiries.lock(actor, inquiry_id)
        made = next((one for one in tx.inquiries.rechecks(of) if one.id == recheck_id), None)
        if made is not None:
            return made
        if not _answering(tx, of, looked.unit).measures:
            raise RatingStep("该单位还没有提交整改措施，不能登记跟踪检查。")
        check_day(looked.day, today(now), of.day, "检查日期")
        new = Recheck(
            id=recheck_id,
            congress=of.congress,
            inquiry=of.id,
            unit=looked.unit,
            day=looked.day,
            who=who,
            passed=looked.passed,
            text=text,
            by=actor.name,
            at=now,
        )
        tx.inquiries.add_recheck(new)
        told = {"day": looked.day.isoformat(), "name": who, "text": text}
        tx.audit.add(actor, "recheck", now, "inquiry", of.id, after=told)
        return new


def release(store: Store, actor: Actor, inquiry_id: str, now: datetime) -> Inquiry:
    """Questions and answers stand in public from now on. Raises RatingStep, NotFound, Forbidden."""
    demand(actor, "inquire")
    with store.write() as tx:
        of = tx.inquiries.lock(actor, inquiry_id)
        if of.released_at is not None:
            return of
        if of.state != "held":
            raise RatingStep("专题询问还没有进行，不能公开。请在进行之后公开问答。")
        tx.audit.add(actor, "release_inquiry", now, "inquiry", of.id, after={"title": of.title})
        return tx.inquiries.change(of, released_at=now)


def may_write_measures(actor: Actor, unit: str) -> bool:
    """A unit for itself; the offices for any."""
    return may(actor, "rectify") and (actor.role != "unit" or actor.unit == unit)


def _demand_form(form_id: str) -> None:
    if not is_id(form_id):
        raise RatingStep("页面已经过期。请重新打开后再填写。")


def _check_plan(tx: Transaction, actor: Actor, plan: Plan) -> None:
    """Raises RatingError, NotFound."""
    if not plan.units:
        raise RatingError("没有选择应询单位。请至少选择一个。")
    current = {one.id for one in tx.units.current(actor.congress)}
    if not current.issuperset(plan.units):
        raise NotFound
    for one in plan.projects:
        tx.projects.get(actor, one)


def _followed(questions: Sequence[Question], follows: str) -> Question | None:
    """A follow-up to a follow-up belongs to the same first question. Raises NotFound."""
    if not follows:
        return None
    found = next((one for one in questions if one.id == follows), None)
    if found is None:
        raise NotFound
    return found if found.follows is None else _followed(questions, found.follows)


def _asked_unit(tx: Transaction, of: Inquiry, unit: str) -> str:
    """Raises RatingError."""
    if unit not in {one.unit for one in tx.inquiries.units([of])}:
        raise RatingError("没有选择答复单位，或者它不在应询单位之中。请从应询单位中选择。")
    return unit


def _question(tx: Transaction, of: Inquiry, question_id: str) -> Question:
    found = next((one for one in tx.inquiries.questions(of) if one.id == question_id), None)
    if found is None:
        raise NotFound
    return found


def _answering(tx: Transaction, of: Inquiry, unit: str) -> Answering:
    found = next((one for one in tx.inquiries.units([of]) if one.unit == unit), None)
    if found is None:
        raise NotFound
    return found


def _tell(
    tx: Transaction,
    of: Inquiry,
    kind: str,
    words: str,
    unit: str,
    now: datetime,
    due: date | None = None,
) -> None:
    tx.notices.add(
        of.congress,
        kind=kind,
        text=words[:120],
        path=f"/inquiries/{of.id}",
        about=of.id,
        due=due,
        at=now,
        unit=unit,
    )
