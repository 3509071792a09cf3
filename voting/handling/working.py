"""承办: what a unit does with its part — 三定, return, extension, 三访 and 面商, the answer."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from voting.actors import Actor
from voting.days import today
from voting.duties import demand
from voting.handling.clocks import Calendar, Clocks, last_day, latest_extension
from voting.handling.deciding import back_to_office
from voting.handling.desk import (
    change_part,
    give_answer,
    name,
    note,
    own_part,
    rules,
    set_due,
    whole_file,
    words,
)
from voting.handling.facts import CONTACT_NAMES, Contact, ContactKind, Handling, Result
from voting.handling.following import in_force, missing_before_answer, needs_three_fixed
from voting.handling.refusals import HandlingError, HandlingInput, StillMissing, TooLateToReturn
from voting.store import Store, Transaction
from voting.suggestions import Suggestion
from voting.text import clean_prose


def accept(
    store: Store, actor: Actor, handling_id: str, officer: str, plan: str, promised: date, now: datetime
) -> Handling:
    """签收 with 三定: who, how, until when; also to change them while the work goes on.

    Raises TextError, HandlingInput, HandlingError, NotFound, Forbidden.
    """
    demand(actor, "handle")
    fixed = {"officer": name(officer, "经办人员"), "plan": words(plan, "办理方案"), "promised": promised}
    with store.write() as tx:
        item, part = own_part(tx, actor, handling_id)
        if part.state not in {"handed", "accepted"}:
            raise HandlingError("这件不在待签收或者办理中，不能再定经办人、方案和时限。")
        if all(getattr(part, field) == value for field, value in fixed.items()):
            return part
        if not today(now) <= promised <= part.answer_by:
            raise HandlingInput(
                f"办理时限应在今天至 {_day(part.answer_by)} 之间。请改写，确需更长的请申请延期。"
            )
        accepted_at = part.accepted_at or now
        after = change_part(
            tx, actor, part, "accept", now, state="accepted", accepted_at=accepted_at, **fixed
        )
        what = "签收，完成三定" if part.accepted_at is None else "修改三定"
        text = f"经办人员：{after.officer}；办理时限：{_day(promised)}；办理方案：{after.plan}"
        note(tx, actor, item, what, text, now, unit=part.unit)
        set_due(tx, item)
        return after


def give_back(store: Store, actor: Actor, handling_id: str, reason: str, now: datetime) -> Handling:
    """退回 ("not mine"), in its term and with reasons; after a lead unit's the office decides anew.

    Raises TextError, HandlingInput, TooLateToReturn, HandlingError, NotFound, Forbidden.
    """
    demand(actor, "handle")
    why = words(reason, "退回的理由")
    with store.write() as tx:
        item, part = own_part(tx, actor, handling_id)
        if part.state == "returned" and part.return_reason == why:
            return part
        if part.state != "handed":
            raise HandlingError("已经签收、答复或者收回的，不能再退回。确有困难的，请与交办的办公室联系。")
        if part.return_by is not None and today(now) > part.return_by:
            raise TooLateToReturn(
                f"退回的期限是 {_day(part.return_by)}，已经过了，按规定由本单位办理。"
                "确有困难的，请与交办的办公室联系。"
            )
        after = change_part(
            tx, actor, part, "return", now, state="returned", returned_at=now, return_reason=why
        )
        note(tx, actor, item, "退回", why, now, unit=part.unit)
        _leave(tx, actor, item, after, now)
        return after


def ask_extension(
    store: Store, actor: Actor, handling_id: str, until: date, reason: str, now: datetime
) -> Handling:
    """申请延期, before the last day is over and not beyond the clock of the hard ones.

    Raises TextError, HandlingInput, HandlingError, NotFound, Forbidden.
    """
    demand(actor, "handle")
    why = words(reason, "延期的理由")
    with store.write() as tx:
        item, part = own_part(tx, actor, handling_id)
        if part.extension == "asked" and (part.wanted_until, part.wanted_reason) == (until, why):
            return part
        _refuse_extension(part, until, now, rules(tx, item.congress))
        after = change_part(
            tx,
            actor,
            part,
            "ask_extension",
            now,
            extension="asked",
            wanted_until=until,
            wanted_reason=why,
            extension_reply="",
        )
        note(tx, actor, item, "申请延期", f"延至 {_day(until)}。{why}", now, unit=part.unit)
        set_due(tx, item)
        return after


def record_contact(  # noqa: PLR0913 - one argument for each fact of a visit
    store: Store,
    actor: Actor,
    handling_id: str,
    kind: ContactKind,
    day: date,
    now: datetime,
    *,
    with_whom: str,
    text: str,
) -> Contact:
    """三访 or 面商, dated. The same entered twice is one.

    Raises TextError, HandlingInput, HandlingError, NotFound, Forbidden.
    """
    demand(actor, "handle")
    whom, said = name(with_whom, "与谁联系"), clean_prose(text, "联系情况")
    with store.write() as tx:
        item, part = own_part(tx, actor, handling_id)
        for known in tx.handlings.contacts([part]):
            if (known.kind, known.day, known.with_whom, known.note) == (kind, day, whom, said):
                return known
        _refuse_contact(item, part, kind, day, now)
        new = Contact(
            id=uuid4().hex,
            congress=part.congress,
            handling=part.id,
            kind=kind,
            day=day,
            with_whom=whom,
            note=said,
            entered_by=actor.name,
            entered_at=now,
        )
        tx.handlings.add_contact(new)
        tx.audit.add(actor, "contact", now, "contact", new.id, after={"kind": kind, "day": day})
        note(tx, actor, item, CONTACT_NAMES[kind], f"{_day(day)}。{said}", now, unit=part.unit)
        set_due(tx, item)
        return new


def answer(
    store: Store, actor: Actor, handling_id: str, text: str, result: Result, now: datetime
) -> Handling:
    """答复 (an assisting unit: its opinion to the lead unit). Can be changed until the office has checked it.

    Raises TextError, HandlingInput, StillMissing, HandlingError, NotFound, Forbidden.
    """
    demand(actor, "handle")
    said = words(text, "答复内容")
    with store.write() as tx:
        item, part = own_part(tx, actor, handling_id)
        if part.state in {"submitted", "released"} and (part.answer, part.result) == (said, result):
            return part
        clocks, _ = rules(tx, item.congress)
        _refuse_answer(item, part, tx.handlings.contacts([part]), clocks)
        if part.part == "assist":
            return _opinion(tx, actor, item, part, said, result, now)
        facts = {"answer": said, "result": result, "answered_at": now}
        if not clocks.office_checks:
            after = change_part(tx, actor, part, "answer", now, state="released", released_at=now, **facts)
            note(tx, actor, item, "答复", said, now)
            give_answer(tx, actor, item, said, now)
            return after
        after = change_part(tx, actor, part, "answer", now, state="submitted", **facts)
        note(tx, actor, item, "提交答复，等待审核", said, now, unit=part.unit)
        set_due(tx, item)
        return after


def _leave(tx: Transaction, actor: Actor, item: Suggestion, part: Handling, now: datetime) -> None:
    """After a return: the lead unit's ends the whole decision, an assisting unit's only its own part."""
    if part.part == "assist":
        set_due(tx, item)
        return
    for other in in_force(whole_file(tx, item).handlings):
        change_part(tx, actor, other, "end", now, state="ended")
    back_to_office(tx, actor, item, "returned", now)


def _opinion(
    tx: Transaction, actor: Actor, item: Suggestion, part: Handling, said: str, result: Result, now: datetime
) -> Handling:
    after = change_part(
        tx,
        actor,
        part,
        "opinion",
        now,
        state="released",
        answer=said,
        result=result,
        answered_at=now,
        released_at=now,
    )
    note(tx, actor, item, "协办意见", said, now, unit=part.unit)
    set_due(tx, item)
    return after


def _refuse_extension(part: Handling, until: date, now: datetime, by: tuple[Clocks, Calendar]) -> None:
    clocks, calendar = by
    if part.state not in {"handed", "accepted"}:
        raise HandlingError("这件不在办理中，不需要延期。")
    if today(now) > part.answer_by:
        raise HandlingError(f"答复期限 {_day(part.answer_by)} 已过，不能再申请延期。请尽快答复。")
    last = latest_extension(clocks, calendar, today(part.handed_at))
    if part.again:
        last = max(last, last_day(calendar, part.answer_by, clocks.again or clocks.answer))
    if not part.answer_by < until <= last:
        raise HandlingInput(
            f"延期应晚于现在的期限 {_day(part.answer_by)}，最迟到 {_day(last)}"
            f"（{clocks.hard_answer.words}）。请改写。"
        )


def _refuse_contact(item: Suggestion, part: Handling, kind: ContactKind, day: date, now: datetime) -> None:
    if part.state in {"returned", "ended"} or item.state == "closed":
        raise HandlingError("这件已经退回、收回或者办结，不再登记联系情况。")
    if part.state == "handed" and needs_three_fixed(item.kind):
        raise HandlingError("请先签收，再登记与提出人的联系。")
    if not today(part.handed_at) <= day <= today(now):
        raise HandlingInput(f"联系日期应在交办的 {_day(today(part.handed_at))} 至今天之间。请核对。")
    if kind == "after" and part.answered_at is None:
        raise HandlingInput("办后回访在答复以后进行。现在请选办前拜访、办中走访或者面商。")


def _refuse_answer(item: Suggestion, part: Handling, contacts: tuple[Contact, ...], clocks: Clocks) -> None:
    if part.state not in {"handed", "accepted", "submitted"}:
        raise HandlingError("这件已经答复、退回或者收回，不能再改答复。")
    missing = missing_before_answer(item.kind, part, contacts, clocks)
    if missing:
        raise StillMissing(f"还不能答复：{'；'.join(missing)}。请先补上。")


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
