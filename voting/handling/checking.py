"""The office's part while units work: extensions, answers passed on or sent back, 督办."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from voting.actors import Actor
from voting.duties import demand
from voting.handling.desk import (
    change_part,
    give_answer,
    lock_main,
    lock_part,
    note,
    set_due,
    whole_file,
    words,
)
from voting.handling.facts import AT_WORK, Handling, Urging
from voting.handling.following import in_force, missing_before_answer
from voting.handling.refusals import HandlingError, StillMissing
from voting.store import Store, Transaction
from voting.suggestions import Suggestion
from voting.text import clean_prose


def release(store: Store, actor: Actor, handling_id: str, now: datetime) -> Handling:
    """Pass a unit's answer on to the proposer, and to the proposer of every merged source.

    Raises HandlingError, StillMissing, NotFound, Forbidden.
    """
    demand(actor, "route")
    with store.write() as tx:
        item, part = lock_part(tx, actor, handling_id)
        if part.state == "released":
            return part
        _refuse_unchecked(part)
        file = whole_file(tx, item)
        missing = missing_before_answer(item.kind, part, file.contacts, file.clocks)
        if missing:
            raise StillMissing(f"还不能送交答复：{'；'.join(missing)}。请先由承办单位补上。")
        after = change_part(tx, actor, part, "release", now, state="released", released_at=now)
        note(tx, actor, item, "答复", part.answer, now)
        give_answer(tx, actor, item, part.answer, now)
        _tell(tx, item, part, "released", "答复已送交提出人", now)
        return after


def send_back(store: Store, actor: Actor, handling_id: str, reason: str, now: datetime) -> Handling:
    """Ask the unit for a better answer; its clock goes on.

    Raises TextError, HandlingInput, HandlingError, NotFound, Forbidden.
    """
    demand(actor, "route")
    why = words(reason, "退回修改的意见")
    with store.write() as tx:
        item, part = lock_part(tx, actor, handling_id)
        _refuse_unchecked(part)
        after = change_part(tx, actor, part, "send_back", now, state="accepted")
        note(tx, actor, item, "答复退回修改", why, now, unit=part.unit)
        _tell(tx, item, part, "sent_back", "答复需要修改", now)
        set_due(tx, item)
        return after


def decide_extension(
    store: Store, actor: Actor, handling_id: str, reply: str, now: datetime, *, granted: bool
) -> Handling:
    """同意 or 不同意延期; a refusal needs its reason.

    Raises TextError, HandlingInput, HandlingError, NotFound, Forbidden.
    """
    demand(actor, "route")
    said = clean_prose(reply, "答复意见") if granted else words(reply, "不同意延期的理由")
    with store.write() as tx:
        item, part = lock_part(tx, actor, handling_id)
        if part.extension != "asked" or part.wanted_until is None or part.state not in AT_WORK:
            raise HandlingError("这件没有等待答复的延期申请，可能已经由他人答复。")
        changes: dict[str, object] = {
            "extension": "granted" if granted else "refused",
            "extension_reply": said,
        }
        if granted:
            changes["answer_by"] = part.wanted_until
        after = change_part(tx, actor, part, "decide_extension", now, **changes)
        what = "同意延期" if granted else "不同意延期"
        note(tx, actor, item, what, said, now, unit=part.unit)
        _tell(tx, item, part, f"extension_{part.wanted_until}", what, now)
        set_due(tx, item)
        return after


def urge(store: Store, actor: Actor, suggestion_id: str, text: str, now: datetime) -> Urging:
    """督办: what the office did or asks, told to every unit that is at work.

    Raises TextError, HandlingInput, HandlingError, NotFound, Forbidden.
    """
    demand(actor, "urge")
    said = words(text, "督办意见")
    with store.write() as tx:
        item = lock_main(tx, actor, suggestion_id)
        if item.state != "assigned":
            raise HandlingError("只有已交办、还没有答复的才需要督办。")
        last = tx.handlings.urgings(item)[-1:]
        if last and last[0].text == said and last[0].by == actor.name:
            return last[0]
        new = Urging(
            id=uuid4().hex, congress=item.congress, suggestion=item.id, at=now, by=actor.name, text=said
        )
        tx.handlings.add_urging(new)
        tx.audit.add(actor, "urge", now, "urging", new.id, after={"suggestion": item.id})
        parts = in_force(whole_file(tx, item).handlings)
        note(tx, actor, item, "督办", said, now, unit=parts[0].unit if parts else None)
        for part in parts:
            if part.state in AT_WORK:
                _tell(tx, item, part, f"urged_{new.id[:8]}", "办公室督办", now)
        return new


def _refuse_unchecked(part: Handling) -> None:
    if part.state != "submitted":
        raise HandlingError("没有等待审核的答复，可能已经由他人审核，或者单位正在修改。")


def _tell(tx: Transaction, item: Suggestion, part: Handling, kind: str, what: str, now: datetime) -> None:
    tx.notices.add(
        item.congress,
        kind=kind[:32],
        text=f"{what}：{item.title[:80]}",
        path=f"/items/{part.id}",
        about=part.id,
        due=now.date() if kind in {"released", "sent_back"} else None,
        at=now,
        unit=part.unit,
    )
