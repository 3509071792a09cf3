"""可行性意见: asked of units with a last day, given once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from uuid import uuid4

from voting.actors import Actor
from voting.days import today
from voting.duties import demand
from voting.screening.drafts import (
    Draft,
    DraftState,
    DraftStep,
    Feasibility,
    Opinion,
    OpinionGiven,
    reason_of,
)
from voting.screening.telling import tell_unit
from voting.store import Store

OPEN: Final[tuple[DraftState, ...]] = ("submitted", "amend", "returned", "taken", "shortlisted")
"""While opinions are asked and can still matter."""


def ask(
    store: Store, actor: Actor, draft_id: str, unit_ids: Sequence[str], due: date, now: datetime
) -> tuple[Feasibility, ...]:
    """Everybody who has been asked so far; a unit is asked once. Raises DraftStep, NotFound, Forbidden."""
    demand(actor, "draft")
    if not unit_ids:
        raise DraftStep("没有选择单位。请至少选择一个单位。")
    if due < today(now):
        raise DraftStep("答复期限不能早于今天。请修改日期。")
    with store.write() as tx:
        draft = tx.drafts.lock(actor, draft_id)
        if draft.state not in OPEN:
            raise DraftStep("这件候选项目已经有了决定，不再征求可行性意见。")
        asked = {one.unit for one in tx.feasibilities.of_draft(actor, draft)}
        for unit_id in dict.fromkeys(unit_ids):
            unit = tx.units.get(actor, unit_id)
            if unit.ended_at is not None:
                raise DraftStep(f"“{unit.name}”已经停用。请改选现有的单位。")
            if unit.id in asked:
                continue
            new = _asked(draft, unit.id, actor, due, now)
            tx.feasibilities.add(new)
            tx.audit.add(
                actor,
                "ask_opinion",
                now,
                "feasibility",
                new.id,
                after={"unit": unit.name, "draft": draft.title, "due": due.isoformat()},
            )
            tell_unit(tx, draft, new.id, unit.id, due, now)
        return tx.feasibilities.of_draft(actor, draft)


def give(
    store: Store, actor: Actor, asked_id: str, opinion: Opinion, text: str, now: datetime
) -> Feasibility:
    """A unit's own opinion, also when it is late. Another unit's is not found.

    Raises ReasonMissing, TextError, OpinionGiven, NotFound, Forbidden.
    """
    demand(actor, "give_opinion")
    words = reason_of(text, "可行性意见")
    with store.write() as tx:
        asked = tx.feasibilities.lock(actor, asked_id)
        if (asked.opinion, asked.text) == (opinion, words):
            return asked
        if asked.given_at is not None:
            raise OpinionGiven
        fields = {"opinion": opinion, "text": words, "given_by": actor.name, "given_at": now}
        tx.audit.add(
            actor, "give_opinion", now, "feasibility", asked.id, after={"opinion": opinion, "text": words}
        )
        return tx.feasibilities.change(asked, **fields)


def _asked(draft: Draft, unit: str, actor: Actor, due: date, now: datetime) -> Feasibility:
    return Feasibility(
        id=uuid4().hex,
        congress=draft.congress,
        draft=draft.id,
        unit=unit,
        asked_by=actor.name,
        asked_at=now,
        due=due,
    )
