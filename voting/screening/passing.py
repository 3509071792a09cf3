"""研究决定: what each body decided about the list, in the order the list was given."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct

from voting.actors import Actor
from voting.days import today
from voting.duties import demand
from voting.screening.drafts import reason_of
from voting.screening.papers import check_paper
from voting.screening.slates import (
    Decision,
    Passage,
    Slate,
    SlateFrozen,
    SlateStep,
    check_day,
    check_number,
    next_place,
)
from voting.store import Store
from voting.store.visible import is_id
from voting.text import clean_prose


class Decided(Struct, frozen=True, kw_only=True):
    """As it is entered. `place`: the body that was on the screen. `document`: (name, bytes), or None."""

    place: int
    day: date
    decision: Decision
    note: str
    document: tuple[str, bytes] | None = None


def record(
    store: Store, actor: Actor, slate_id: str, passage_id: str, decided: Decided, now: datetime
) -> Passage:
    """`passage_id` comes with the form: the same form sent twice records one decision.

    Raises SlateStep, SlateFrozen, SlateError, RulesError, ReasonMissing, TextError, PaperError, NotFound,
    Forbidden.
    """
    demand(actor, "record_passage")
    note = _note(decided)
    name, body = ("", b"") if decided.document is None else decided.document
    kept_name = check_paper(name, body) if decided.document else ""
    if not is_id(passage_id):
        raise SlateStep("页面已经过期。请重新打开名单再登记。")
    with store.write() as tx:
        slate = tx.slates.lock(actor, slate_id)
        passages = tx.slates.passages(slate)
        made = next((one for one in passages if one.id == passage_id), None)
        if made is not None:
            return made
        _demand_turn(slate, passages, decided.place)
        check_day(decided.day, today(now), passages)
        listed = tx.slates.entries(slate)
        check_number(len(listed), slate.places, slate.ballot)
        new = Passage(
            id=passage_id,
            congress=slate.congress,
            slate=slate.id,
            turn=len(passages) + 1,
            place=decided.place,
            body=slate.bodies[decided.place - 1],
            day=decided.day,
            decision=decided.decision,
            note=note,
            listed=listed,
            document_name=kept_name,
            entered_by=actor.name,
            entered_at=now,
        )
        tx.slates.add_passage(new, body)
        tx.audit.add(actor, "record_passage", now, "slate", slate.id, after=_said(new))
        return new


def _note(decided: Decided) -> str:
    """What a body changed, or why it returned the list, must be said."""
    if decided.decision == "passed":
        return clean_prose(decided.note, "研究意见")
    return reason_of(decided.note, "研究意见")


def _demand_turn(slate: Slate, passages: tuple[Passage, ...], place: int) -> None:
    if slate.frozen_at is not None:
        raise SlateFrozen
    awaited = next_place(slate, passages)
    if awaited is None:
        raise SlateStep("各研究机构的决定都已登记。请确定名单。")
    if place != awaited:
        raise SlateStep(
            f"现在应当登记的是{slate.bodies[awaited - 1]}的决定，可能刚有同事登记过。请刷新页面查看。"
        )


def _said(new: Passage) -> dict[str, object]:
    return {
        "body": new.body,
        "day": new.day.isoformat(),
        "decision": new.decision,
        "note": new.note,
        "document": new.document_name,
    }
