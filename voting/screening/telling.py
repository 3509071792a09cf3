"""Notices about drafts and lists, to whoever has the next step."""

from __future__ import annotations

from datetime import date, datetime

from voting.actors import Actor
from voting.screening.drafts import Draft
from voting.screening.slates import Slate
from voting.store import Transaction

_SHORT = 40


def tell_judges(tx: Transaction, actor: Actor, draft: Draft, now: datetime) -> None:
    """The staff, who judge the version; in a town whoever wrote it judges it."""
    if actor.town:
        return
    tx.notices.add(
        draft.congress,
        kind=f"submitted-{draft.version}",
        text=f"请预审：{_short(draft.title)}",
        path=f"/drafts/{draft.id}",
        about=draft.id,
        due=None,
        at=now,
        role="staff",
    )


def tell_office(tx: Transaction, actor: Actor, draft: Draft, what: str, kind: str, now: datetime) -> None:
    """The government office, which goes on with the draft, of what others did.

    `kind` is short and told once about each draft.
    """
    if actor.town or actor.role == "government_office":
        return
    tx.notices.add(
        draft.congress,
        kind=kind[:32],
        text=f"{what}：{_short(draft.title)}",
        path=f"/drafts/{draft.id}",
        about=draft.id,
        due=None,
        at=now,
        role="government_office",
    )


def tell_unit(tx: Transaction, draft: Draft, asked: str, unit: str, due: date, now: datetime) -> None:
    """The unit whose opinion is asked."""
    tx.notices.add(
        draft.congress,
        kind="opinion_asked",
        text=f"请提出可行性意见：{_short(draft.title)}",
        path=f"/opinions/{asked}",
        about=asked,
        due=due,
        at=now,
        unit=unit,
    )


def tell_of_comment(tx: Transaction, slate: Slate, comment: str, delegation: str, now: datetime) -> None:
    """The government office, which replies."""
    tx.notices.add(
        slate.congress,
        kind="comment",
        text=f"{_short(delegation)}对候选项目提出了审议意见，请答复",
        path=f"/slate/{slate.id}",
        about=comment,
        due=None,
        at=now,
        role="government_office",
    )


def _short(words: str) -> str:
    return words if len(words) <= _SHORT else words[:_SHORT] + "…"
