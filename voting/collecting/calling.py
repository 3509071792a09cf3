"""征集公告: drafted, looked at, published; from then on only its last day may still be moved."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from msgspec import Struct

from voting.actors import Actor
from voting.collecting.window import Call
from voting.days import today
from voting.duties import demand
from voting.errors import VotingError
from voting.store import Store, Transaction
from voting.text import clean_line, clean_prose


class CallError(VotingError):
    """A call that contradicts itself or the calendar."""

    sentence = "征集公告还不能这样发布。请核对标题、正文和起止日期。"


class CallPublished(VotingError):
    """What everybody has read is not rewritten."""

    sentence = "征集公告已经发布，标题、正文和开始日期不能再改。只能改截止日期。"


class CallText(Struct, frozen=True, kw_only=True):
    """What the office writes."""

    year: int
    title: str
    text: str
    issuers: str
    opens: date
    closes: date


def draft_call(store: Store, actor: Actor, text: CallText, now: datetime) -> Call:
    """A draft that only the offices see. Raises CallError, TextError, Forbidden."""
    demand(actor, "publish_call")
    with store.write() as tx:
        return add_call(tx, actor, text, now)


def add_call(tx: Transaction, actor: Actor, text: CallText, now: datetime) -> Call:
    """As `draft_call`, within a transaction of the caller, who has asked whether the actor may."""
    fields = _cleaned(text)
    tx.inbox.lock_numbers(actor.congress)
    same = _titled(tx, actor, text.year, str(fields["title"]))
    if same is not None:
        if all(getattr(same, name) == value for name, value in fields.items()):
            return same
        raise CallError("同一年度已经有同名的征集公告。请换一个标题，或者修改原来的那一份。")
    new = Call(id=uuid4().hex, congress=actor.congress, **fields)
    tx.calls.add(new)
    tx.audit.add(actor, "draft_call", now, "call", new.id, after={"title": new.title, "year": new.year})
    return new


def change_call(store: Store, actor: Actor, call_id: str, text: CallText, now: datetime) -> Call:
    """Rewrite a draft, or move the last day of a published one.

    Raises CallError, CallPublished, TextError, NotFound, Forbidden.
    """
    demand(actor, "publish_call")
    fields = _cleaned(text)
    with store.write() as tx:
        tx.inbox.lock_numbers(actor.congress)
        found = tx.calls.lock(actor, call_id)
        changes = {name: value for name, value in fields.items() if getattr(found, name) != value}
        if not changes:
            return found
        if found.published_at is not None and set(changes) != {"closes"}:
            raise CallPublished
        same = _titled(tx, actor, text.year, str(fields["title"]))
        if same is not None and same.id != found.id:
            raise CallError("同一年度已经有同名的征集公告。请换一个标题。")
        before = {name: str(getattr(found, name)) for name in changes}
        after = {name: str(value) for name, value in changes.items()}
        tx.audit.add(actor, "change_call", now, "call", found.id, before=before, after=after)
        return tx.calls.change(found, **changes)


def publish_call(store: Store, actor: Actor, call_id: str, now: datetime) -> Call:
    """From its first day on, what citizens propose belongs to it. Raises CallError, NotFound, Forbidden."""
    demand(actor, "publish_call")
    with store.write() as tx:
        tx.inbox.lock_numbers(actor.congress)
        found = tx.calls.lock(actor, call_id)
        if found.published_at is not None:
            return found
        if found.closes < today(now):
            raise CallError("截止日期已经过了，不能发布。请先修改日期。")
        if any(_overlap(found, one) for one in tx.calls.listing(actor) if one.published_at is not None):
            raise CallError("与另一份已发布的征集公告日期重叠。请调整起止日期，避免分不清意见属于哪一份。")
        tx.audit.add(actor, "publish_call", now, "call", found.id, after={"title": found.title})
        return tx.calls.change(found, published_at=now)


def _overlap(one: Call, other: Call) -> bool:
    return one.opens <= other.closes and other.opens <= one.closes


def _titled(tx: Transaction, actor: Actor, year: int, title: str) -> Call | None:
    return next((one for one in tx.calls.listing(actor) if (one.year, one.title) == (year, title)), None)


def _cleaned(text: CallText) -> dict[str, Any]:
    if text.closes < text.opens:
        raise CallError("截止日期早于开始日期。请核对。")
    if not text.opens.year <= text.year <= text.opens.year + 2:
        raise CallError("项目实施年度应是征集当年到后两年之间。请核对。")
    prose = clean_prose(text.text, "正文")
    if not prose:
        raise CallError("没有填写“正文”。请写明征集范围和办法。")
    return {
        "year": text.year,
        "title": clean_line(text.title, "标题"),
        "text": prose,
        "issuers": clean_line(text.issuers, "发布单位"),
        "opens": text.opens,
        "closes": text.closes,
    }
