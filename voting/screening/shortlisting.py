"""初选: every criterion answered, then shortlisted, put in reserve or dropped; and setting aside later."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import uuid4

from msgspec.structs import replace

from voting.actors import Actor
from voting.duties import demand
from voting.screening.criteria import Conclusion, check_answers, check_outcome
from voting.screening.drafts import (
    Assessment,
    Draft,
    DraftStep,
    StaleVersion,
    after,
    reason_of,
)
from voting.store import Store, Transaction


def assess(
    store: Store,
    actor: Actor,
    draft_id: str,
    version: int,
    conclusion: Conclusion,
    now: datetime,
) -> Draft:
    """Of two who assess at once the first counts; the very same again changes nothing.

    Raises AssessmentError, ReasonMissing, TextError, StaleVersion, DraftStep, NotFound, Forbidden.
    """
    demand(actor, "shortlist")
    words = reason_of(conclusion.reason, "初选理由")
    checked = replace(conclusion, answers=check_answers(conclusion.answers), reason=words)
    check_outcome(checked)
    with store.write() as tx:
        draft = tx.drafts.lock(actor, draft_id)
        if draft.version != version:
            raise StaleVersion
        if _is_repeated(tx, draft, checked):
            return draft
        if draft.state != "taken":
            after(draft.state, "taken")  # raises, in words: it is not 初选's turn, or no longer
            raise DraftStep("这件候选项目还没有预审采用，不能初选。请先预审。")
        return _decide(tx, actor, draft, checked, now)


def set_aside(
    store: Store,
    actor: Actor,
    draft_id: str,
    outcome: Literal["reserve", "dropped"],
    reason: str,
    now: datetime,
) -> Draft:
    """Of what passed 初选 but stands on no list, or lies in reserve. Raises as `assess`."""
    demand(actor, "shortlist")
    words = reason_of(reason)
    with store.write() as tx:
        draft = tx.drafts.lock(actor, draft_id)
        if (draft.state, draft.reason) == (outcome, words):
            return draft
        if draft.state == "taken":
            raise DraftStep("这件候选项目等待初选。请逐项回答初选标准后再作决定。")
        after(draft.state, outcome)
        held = tx.slates.holding(actor, draft_id)
        if held and draft.state == "shortlisted":
            raise DraftStep(f"这件候选项目在名单“{held[0].title}”中。请先从名单中移出；名单确定后不能移出。")
        return _decide(tx, actor, draft, Conclusion(answers=(), outcome=outcome, reason=words), now)


def _decide(tx: Transaction, actor: Actor, draft: Draft, conclusion: Conclusion, now: datetime) -> Draft:
    outcome = conclusion.outcome
    tx.drafts.add_assessment(
        Assessment(
            id=uuid4().hex,
            congress=draft.congress,
            draft=draft.id,
            version=draft.version,
            answers=conclusion.answers,
            outcome=outcome,
            reason=conclusion.reason,
            by=actor.name,
            at=now,
        )
    )
    fields = {"state": after(draft.state, outcome), "reason": conclusion.reason}
    tx.audit.add(actor, "shortlist", now, "draft", draft.id, before={"state": draft.state}, after=fields)
    return tx.drafts.change(draft, **fields)


def _is_repeated(tx: Transaction, draft: Draft, conclusion: Conclusion) -> bool:
    if draft.state != conclusion.outcome:
        return False
    last = tx.drafts.assessments(draft)[-1]
    said = Conclusion(answers=last.answers, outcome=last.outcome, reason=last.reason)
    return last.version == draft.version and said == conclusion
