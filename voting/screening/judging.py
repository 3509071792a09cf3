"""预审: 采用, 修改 or 退回, with a reason, once for each version."""

from __future__ import annotations

from datetime import datetime

from voting.actors import Actor
from voting.duties import demand
from voting.screening.drafts import (
    VERDICT_NAMES,
    AlreadyJudged,
    Draft,
    StaleVersion,
    Verdict,
    after,
    reason_of,
)
from voting.screening.telling import tell_office
from voting.store import Store


def judge(
    store: Store, actor: Actor, draft_id: str, version: int, verdict: Verdict, reason: str, now: datetime
) -> Draft:
    """Of two who judge the same version at once the first counts; the second is told so.

    Raises ReasonMissing, TextError, AlreadyJudged, StaleVersion, DraftStep, NotFound, Forbidden.
    """
    demand(actor, "judge")
    words = reason_of(reason, "预审理由")
    with store.write() as tx:
        draft = tx.drafts.lock(actor, draft_id)
        if draft.version != version:
            raise StaleVersion
        judged = tx.drafts.versions(draft)[-1]
        if (judged.verdict, judged.reason, judged.judged_by) == (verdict, words, actor.name):
            return draft
        if judged.verdict is not None:
            raise AlreadyJudged(
                f"这一版已由{judged.judged_by}预审：{VERDICT_NAMES[judged.verdict]}。请刷新页面查看。"
            )
        state = after(draft.state, verdict)
        tx.drafts.judge(judged, verdict=verdict, reason=words, judged_by=actor.name, judged_at=now)
        fields = {"state": state, "reason": words}
        tx.audit.add(
            actor,
            "judge",
            now,
            "draft",
            draft.id,
            before={"state": draft.state},
            after={**fields, "version": version},
        )
        tell_office(tx, actor, draft, f"预审{VERDICT_NAMES[verdict]}", f"judge-{version}", now)
        return tx.drafts.change(draft, **fields)
