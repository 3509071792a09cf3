"""审议意见: what delegations say about the candidates, and what the government replies."""

from __future__ import annotations

from datetime import datetime

from voting.actors import Actor, Forbidden, NotFound
from voting.duties import demand
from voting.screening.drafts import reason_of
from voting.screening.slates import Comment, SlateError, SlateStep
from voting.screening.telling import tell_of_comment
from voting.store import Store, Transaction
from voting.store.visible import is_id


def delegations(tx: Transaction, actor: Actor) -> tuple[str, ...]:
    """For which delegations the actor may enter comments: a deputy for the own, staff for all."""
    if actor.role == "deputy":
        deputy = tx.deputies.get(actor, actor.deputy or "")
        if deputy.ended_on is not None:
            raise Forbidden("您的代表资格已经终止，不能提出审议意见。")
        return (deputy.delegation,)
    return tuple(dict.fromkeys(one.delegation for one in tx.deputies.current(actor.congress)))


def comment(  # noqa: PLR0913 - one argument for each fact of a comment
    store: Store,
    actor: Actor,
    slate_id: str,
    *,
    comment_id: str,
    draft_id: str | None,
    delegation: str,
    text: str,
    now: datetime,
) -> Comment:
    """On one candidate, or (None) on the whole list. `comment_id` comes with the form.

    Raises SlateError, SlateStep, ReasonMissing, TextError, NotFound, Forbidden.
    """
    demand(actor, "comment")
    words = reason_of(text, "审议意见")
    if not is_id(comment_id):
        raise SlateStep("页面已经过期。请重新打开候选项目再填写。")
    with store.write() as tx:
        slate = tx.slates.lock(actor, slate_id)
        made = next((one for one in tx.slates.comments(slate) if one.id == comment_id), None)
        if made is not None:
            return made
        if slate.opened_at is None:
            raise SlateStep("名单还没有开放查阅，不能登记审议意见。请先开放查阅。")
        if delegation not in delegations(tx, actor):
            raise SlateError("请选择代表团：代表只能为自己所在的代表团提出。")
        if draft_id is not None and draft_id not in {one.draft for one in tx.slates.entries(slate)}:
            raise NotFound
        new = Comment(
            id=comment_id,
            congress=slate.congress,
            slate=slate.id,
            draft=draft_id,
            delegation=delegation,
            text=words,
            by=actor.name,
            at=now,
        )
        tx.slates.add_comment(new)
        after = {"delegation": delegation, "text": words}
        tx.audit.add(actor, "comment", now, "comment", new.id, after=after)
        tell_of_comment(tx, slate, new.id, delegation, now)
        return new


def reply(store: Store, actor: Actor, slate_id: str, comment_id: str, text: str, now: datetime) -> Comment:
    """The answer, given once. Raises SlateStep, ReasonMissing, TextError, NotFound, Forbidden."""
    demand(actor, "reply")
    words = reason_of(text, "答复")
    with store.write() as tx:
        slate = tx.slates.lock(actor, slate_id)
        asked = tx.slates.comment(slate, comment_id)
        if asked.reply == words:
            return asked
        if asked.replied_at is not None:
            raise SlateStep(f"{asked.replied_by}已经答复过这条审议意见，您的答复没有保存。请刷新页面查看。")
        fields = {"reply": words, "replied_by": actor.name, "replied_at": now}
        tx.audit.add(actor, "reply", now, "comment", asked.id, after={"reply": words})
        return tx.slates.change_comment(asked, **fields)
