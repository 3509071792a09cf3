"""答复反馈: the proposer's word on the answer, 重新办理 after 不满意, and 办结."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from msgspec.structs import replace

from voting.actors import PUBLIC, Actor, Forbidden, system
from voting.days import today
from voting.duties import demand
from voting.handling.clocks import again_by
from voting.handling.deciding import back_to_office
from voting.handling.desk import (
    File,
    change_item,
    change_part,
    lock_main,
    name,
    note,
    set_due,
    whole_file,
    words,
)
from voting.handling.facts import GRADE_NAMES, Confirmation, Grade
from voting.handling.following import confirmed, lead_of, missing_before_closing, needs_three_fixed
from voting.handling.refusals import AlreadyConfirmed, HandlingError, StillMissing
from voting.store import Store, Transaction
from voting.suggestions import Suggestion
from voting.text import clean_prose


def confirm(
    store: Store,
    actor: Actor,
    suggestion_id: str,
    grade: Grade,
    text: str,
    now: datetime,
    *,
    heard_from: str = "",
) -> Confirmation:
    """答复确认 by the deputy who filed it, or taken down by the office: then `heard_from` says from whom.

    Raises TextError, HandlingInput, AlreadyConfirmed, HandlingError, NotFound, Forbidden.
    """
    demand(actor, "confirm")
    by = actor.name if actor.role == "deputy" else f"{name(heard_from, '谁的意见')}（{actor.name}代为记录）"
    with store.write() as tx:
        found = tx.suggestions.get(actor, suggestion_id)
        if actor.role == "deputy" and found.deputy != actor.deputy:
            raise Forbidden("只有提出人可以评价答复。")
        return _confirm(tx, actor, found, grade, text, by, now)


def confirm_by_code(store: Store, query_hash: str, grade: Grade, text: str, now: datetime) -> Confirmation:
    """As `confirm`, by the holder of the query code.

    Raises TextError, HandlingInput, AlreadyConfirmed, HandlingError, NotFound.
    """
    with store.write() as tx:
        found = tx.suggestions.by_query_hash(query_hash)
        actor = replace(PUBLIC, congress=found.congress, name="提出人")
        return _confirm(tx, actor, found, grade, text, "提出人（凭查询码）", now)


def close(store: Store, actor: Actor, suggestion_id: str, now: datetime) -> Suggestion:
    """办结. A deputy who has said nothing when the term is over is left out of the figures.

    Raises StillMissing, HandlingError, NotFound, Forbidden.
    """
    demand(actor, "route")
    with store.write() as tx:
        item = lock_main(tx, actor, suggestion_id)
        if item.state == "closed":
            return item
        if item.state != "answered":
            raise HandlingError("还没有答复提出人，不能办结。")
        missing = _missing(tx, item, now)
        if missing:
            raise StillMissing(f"还不能办结：{'；'.join(missing)}。")
        note(tx, actor, item, "办结", "", now)
        return set_due(tx, change_item(tx, actor, item, "close", now, state="closed", closed_at=now))


def _missing(tx: Transaction, main: Suggestion, now: datetime) -> tuple[str, ...]:
    """Of the main suggestion and of every source; each deputy has a word of the own."""
    sources = tx.suggestions.merged_into(system(main.congress), main.id)
    file = whole_file(tx, main)
    found: list[str] = []
    for item in (main, *sources):
        said = tx.handlings.confirmations(item)
        by = (file.clocks, file.calendar, today(now))
        missing = missing_before_closing(item, file.handlings, file.contacts, said, by)
        found.extend(one if item is main else f"{item.label}：{one}" for one in missing)
    return tuple(found)


def _confirm(
    tx: Transaction, actor: Actor, found: Suggestion, grade: Grade, text: str, by: str, now: datetime
) -> Confirmation:
    said = words(text, "不满意的原因") if grade == "unsatisfied" else clean_prose(text, "评价意见")
    house = system(found.congress)
    main = tx.suggestions.lock(house, found.merged_into or found.id)
    item = main if found.id == main.id else tx.suggestions.lock(house, found.id)
    earlier = tx.handlings.confirmations(item)
    if earlier and (earlier[-1].grade, earlier[-1].text, earlier[-1].by) == (grade, said, by):
        return earlier[-1]
    if confirmed(item, earlier) is not None:
        raise AlreadyConfirmed
    if item.state != "answered" or not needs_three_fixed(item.kind):
        raise HandlingError("这件现在不需要评价：还没有答复，或者已经办结。")
    new = Confirmation(
        id=uuid4().hex,
        congress=item.congress,
        suggestion=item.id,
        round=len(earlier) + 1,
        grade=grade,
        text=said,
        by=by,
        at=max(now, item.answered_at or now),  # two machines' clocks may differ a little
    )
    tx.handlings.add_confirmation(new)
    tx.audit.add(
        actor, "confirm", now, "confirmation", new.id, congress=item.congress, after={"grade": grade}
    )
    # What was said stays with the confirmation: the proposers of other sources read this line too.
    note(tx, actor, main, f"评价答复：{GRADE_NAMES[grade]}", "", now, by="提出人")
    if grade == "unsatisfied":
        _again(tx, actor, whole_file(tx, main), now)
    else:
        set_due(tx, main)
    return new


def _again(tx: Transaction, actor: Actor, file: File, now: datetime) -> None:
    """不满意: the lead unit does it again by its own clock; what no unit had, the office decides anew."""
    lead = lead_of(file.handlings)
    if lead is None:
        note(tx, actor, file.item, "重新办理", "提出人对答复不满意，由办公室重新决定怎样办理。", now)
        back_to_office(tx, actor, file.item, "again", now)
        return
    until = again_by(file.clocks, file.calendar, today(now))
    change_part(
        tx,
        actor,
        lead,
        "again",
        now,
        state="accepted",
        again=lead.again + 1,
        answer_by=until,
        released_at=None,
        extension="none",
    )
    note(tx, actor, file.item, "重新办理", f"第{lead.again + 1}次重新办理，期限 {until.isoformat()}", now)
    tx.notices.add(
        file.item.congress,
        kind="again",
        text=f"提出人不满意，请重新办理：{file.item.title[:70]}",
        path=f"/items/{lead.id}",
        about=lead.id,
        due=until,
        at=now,
        unit=lead.unit,
    )
    after = change_item(
        tx, actor, file.item, "again", now, state="assigned", answer="", answered_at=None, closed_at=None
    )
    set_due(tx, after)
