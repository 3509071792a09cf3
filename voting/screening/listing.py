"""候选项目（草案）名单: made, changed while it may be, opened to the deputies, frozen, put to the vote."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from voting import drafting
from voting.actors import Actor
from voting.duties import demand
from voting.rounds import Round
from voting.rules import BallotForm, Extent, Rules
from voting.screening.drafts import Draft, check_year
from voting.screening.plans import to_candidate
from voting.screening.slates import (
    ScreeningSettings,
    Slate,
    SlateError,
    SlateStep,
    check_freeze,
    check_number,
    demand_change,
)
from voting.store import Store, Transaction
from voting.store.visible import is_id
from voting.text import clean_line


class Wanted(Struct, frozen=True, kw_only=True):
    """What a list is to say: `drafts` in printed order."""

    title: str
    places: int
    ballot: BallotForm
    drafts: tuple[str, ...]


def make_slate(store: Store, actor: Actor, slate_id: str, year: int, wanted: Wanted, now: datetime) -> Slate:
    """`slate_id` comes with the form: the same form sent twice makes one list.

    Raises RulesError, SlateError, SlateStep, TextError, NotFound, Forbidden.
    """
    demand(actor, "shortlist")
    check_year(year)
    title = clean_line(wanted.title, "名单名称")
    check_number(len(wanted.drafts), wanted.places, wanted.ballot)
    if not is_id(slate_id):
        raise SlateStep("页面已经过期。请重新打开“新拟名单”再填写。")
    with store.write() as tx:
        tx.drafts.alone(actor.congress)
        made = next((one for one in tx.slates.listing(actor) if one.id == slate_id), None)
        if made is not None:
            return made
        _demand_free_title(tx, actor, year, title, slate_id)
        level = tx.sessions.congress(actor.congress).level
        new = Slate(
            id=slate_id,
            congress=actor.congress,
            year=year,
            title=title,
            places=wanted.places,
            ballot=wanted.ballot,
            bodies=tx.settings.get(actor.congress, ScreeningSettings).order(level),
            made_by=actor.name,
            made_at=now,
        )
        chosen = _chosen(tx, actor, new, wanted.drafts)
        tx.slates.add(new)
        tx.slates.list_drafts(new, [(one.id, one.version) for one in chosen])
        tx.audit.add(actor, "make_slate", now, "slate", new.id, after=_said(new, chosen))
        return new


def change_slate(store: Store, actor: Actor, slate_id: str, wanted: Wanted, now: datetime) -> Slate:
    """Before the first body, after a return, or as a body has amended it.

    Raises RulesError, SlateError, SlateFrozen, SlateStep, TextError, NotFound, Forbidden.
    """
    demand(actor, "shortlist")
    title = clean_line(wanted.title, "名单名称")
    check_number(len(wanted.drafts), wanted.places, wanted.ballot)
    with store.write() as tx:
        slate = tx.slates.lock(actor, slate_id)
        before = _said(slate, [tx.drafts.get(actor, one.draft) for one in tx.slates.entries(slate)])
        fields = {"title": title, "places": wanted.places, "ballot": wanted.ballot}
        demand_change(slate, tx.slates.passages(slate))
        tx.drafts.alone(actor.congress)
        _demand_free_title(tx, actor, slate.year, title, slate.id)
        chosen = _chosen(tx, actor, slate, wanted.drafts)
        changed = tx.slates.change(slate, **fields)
        after = _said(changed, chosen)
        if after == before:
            return slate
        tx.slates.list_drafts(slate, [(one.id, one.version) for one in chosen])
        tx.audit.add(actor, "change_slate", now, "slate", slate.id, before=before, after=after)
        return changed


def open_reading(store: Store, actor: Actor, slate_id: str, now: datetime) -> Slate:
    """From now on the deputies read it. Raises NotFound, Forbidden."""
    demand(actor, "freeze")
    with store.write() as tx:
        slate = tx.slates.lock(actor, slate_id)
        if slate.opened_at is not None:
            return slate
        tx.audit.add(actor, "open_reading", now, "slate", slate.id, after={"title": slate.title})
        return tx.slates.change(slate, opened_at=now)


def freeze(store: Store, actor: Actor, slate_id: str, now: datetime) -> Slate:
    """Every body has passed it: from now on nothing on it changes.

    Raises SlateStep, RulesError, NotFound, Forbidden.
    """
    demand(actor, "freeze")
    with store.write() as tx:
        slate = tx.slates.lock(actor, slate_id)
        if slate.frozen_at is not None:
            return slate
        entries = tx.slates.entries(slate)
        check_freeze(slate, tx.slates.passages(slate), len(entries))
        listed = [f"{one.number} {one.title}" for one in entries]
        tx.audit.add(actor, "freeze", now, "slate", slate.id, after={"listed": listed})
        return tx.slates.change(slate, frozen_at=now)


def make_round(
    store: Store,
    actor: Actor,
    slate_id: str,
    session_id: str,
    title: str,
    publish: Extent,
    now: datetime,
) -> Round:
    """The frozen list as a round of a session, drafted: staff go on in the round's own pages.

    A list makes one round; pressed again, it gives that one. Raises SlateStep, RulesError, TextError,
    DraftError, TitleTaken, NotFound, Forbidden.
    """
    demand(actor, "make_round")
    with store.write() as tx:
        slate = tx.slates.lock(actor, slate_id)
        if slate.round is not None:
            return tx.rounds.get(actor, slate.round)
        if slate.frozen_at is None:
            raise SlateStep("名单还没有确定，不能建立票决。请先确定名单。")
        entries = tx.slates.entries(slate)
        plans = tx.drafts.plans(slate.congress, [(one.draft, one.version) for one in entries])
        candidates = [to_candidate(one.number, plans[one.draft]) for one in entries]
        rules = Rules(ballot=slate.ballot, candidates=len(candidates), places=slate.places, publish=publish)
        tx.sessions.get(actor, session_id)
        made = drafting.add_round(tx, actor, session_id, title, rules, candidates, now)
        tx.slates.change(slate, round=made.id)
        tx.audit.add(actor, "make_round", now, "slate", slate.id, after={"round": made.title})
        return made


def _chosen(tx: Transaction, actor: Actor, slate: Slate, ids: Sequence[str]) -> list[Draft]:
    """The drafts in this order, locked. Raises SlateError or NotFound."""
    if len(set(ids)) != len(ids):
        raise SlateError("同一件候选项目选了两次。请每件只选一次。")
    locked = {one: tx.drafts.lock(actor, one) for one in sorted(ids)}
    for one in locked.values():
        _demand_fit(tx, actor, slate, one)
    titles = {"".join(one.title.split()) for one in locked.values()}
    if len(titles) != len(locked):
        raise SlateError("名单中有两件名称相同的候选项目。请修改其中一件的名称。")
    return [locked[one] for one in ids]


def _demand_fit(tx: Transaction, actor: Actor, slate: Slate, draft: Draft) -> None:
    if draft.state != "shortlisted":
        raise SlateError(f"“{draft.title}”没有通过初选，不能列入名单。请先初选。")
    if draft.year != slate.year:
        raise SlateError(f"“{draft.title}”是{draft.year}年的，不能列入{slate.year}年的名单。")
    for other in tx.slates.holding(actor, draft.id):
        if other.id != slate.id:
            raise SlateError(f"“{draft.title}”已经在名单“{other.title}”中。一件候选项目只能列入一份名单。")


def _demand_free_title(tx: Transaction, actor: Actor, year: int, title: str, slate_id: str) -> None:
    taken = tx.slates.titled(actor, year, title)
    if taken is not None and taken.id != slate_id:
        raise SlateError(f"{year}年已经有名称相同的名单。请换一个名称。")


def _said(slate: Slate, drafts: Sequence[Draft]) -> dict[str, object]:
    return {
        "title": slate.title,
        "year": slate.year,
        "places": slate.places,
        "ballot": slate.ballot,
        "listed": [f"{number} {one.title}" for number, one in enumerate(drafts, start=1)],
    }
