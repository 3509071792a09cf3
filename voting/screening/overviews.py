"""What the pages of 从线索到候选项目 show, read in one go; nothing here changes anything."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from msgspec import Struct

from voting.actors import Actor
from voting.days import today
from voting.duties import DUTIES, Action, demand, may
from voting.people import Unit
from voting.photos import Photo
from voting.rounds import Round, Session
from voting.screening.commenting import delegations
from voting.screening.drafts import STATE_NAMES, Assessment, Draft, Feasibility, Version, is_late
from voting.screening.plans import Plan, total_cost
from voting.screening.slates import (
    Comment,
    Entry,
    Passage,
    Slate,
    Stage,
    may_change,
    next_place,
    stage,
)
from voting.store import Store, Transaction
from voting.suggestions import SOURCE_NAMES, Suggestion

WAITING_PAGE = 50


class Step(Struct, frozen=True, kw_only=True):
    """What comes next, who has to do it (empty: nobody), and whether that is the reader."""

    words: str
    who: str = ""
    mine: bool = False


class Row(Struct, frozen=True, kw_only=True):
    """One draft in the list of the year."""

    draft: Draft
    plan: Plan
    sources: int
    missing_opinions: int
    slate: Slate | None
    standing: str
    step: Step


class Year(Struct, frozen=True, kw_only=True):
    """今年的候选项目."""

    year: int
    years: tuple[int, ...]
    rows: tuple[Row, ...]
    reserve: tuple[Draft, ...]
    slates: tuple[Slate, ...]
    cost: Decimal


class Source(Struct, frozen=True, kw_only=True):
    """A suggestion behind a draft, as deputies may read it: no name, no telephone number."""

    id: str
    label: str
    whence: str
    day: date
    village: str
    title: str
    text: str
    photos: tuple[Photo, ...]


class Asked(Struct, frozen=True, kw_only=True):
    """An opinion that was asked for."""

    feasibility: Feasibility
    unit: str
    late: bool


class Whole(Struct, frozen=True, kw_only=True):
    """Everything about one draft."""

    draft: Draft
    plan: Plan
    versions: tuple[Version, ...]
    assessments: tuple[Assessment, ...]
    sources: tuple[Source, ...]
    opinions: tuple[Asked, ...]
    slates: tuple[Slate, ...]
    step: Step
    units: tuple[Unit, ...]


class Listed(Struct, frozen=True, kw_only=True):
    """One candidate of a list, for reading."""

    entry: Entry
    plan: Plan
    sources: tuple[Source, ...]
    comments: tuple[Comment, ...]


class Reading(Struct, frozen=True, kw_only=True):
    """A list with all its facts. `delegations`: for which the reader may comment."""

    slate: Slate
    stage: Stage
    candidates: tuple[Listed, ...]
    general: tuple[Comment, ...]
    passages: tuple[Passage, ...]
    cost: Decimal
    delegations: tuple[str, ...]


class Desk(Struct, frozen=True, kw_only=True):
    """A list as the offices work on it. `place`: which body comes next. `round`: only for staff."""

    slate: Slate
    stage: Stage
    entries: tuple[Entry, ...]
    plans: dict[str, Plan]
    passages: tuple[Passage, ...]
    place: int | None
    changeable: bool
    cost: Decimal
    sessions: tuple[Session, ...]
    round: Round | None


def of_year(store: Store, actor: Actor, year: int) -> Year:
    """Raises Forbidden."""
    demand(actor, "read_suggestions")
    with store.read() as tx:
        drafts = tx.drafts.of_year(actor, year)
        plans = tx.drafts.plans(actor.congress, [(one.id, one.version) for one in drafts])
        counts = tx.drafts.source_counts(actor.congress, [one.id for one in drafts])
        missing = tx.feasibilities.open_counts(actor.congress)
        slates = tuple(one for one in tx.slates.listing(actor) if one.year == year)
        standing = {one.id: _steps_of(tx, actor, one) for one in slates}
        holding = {entry.draft: one for one in slates for entry in tx.slates.entries(one)}
        rows = [
            _row(one, plans[one.id], counts, missing, holding.get(one.id), standing, actor) for one in drafts
        ]
        return Year(
            year=year,
            years=tx.drafts.years(actor),
            rows=_in_hand(rows),
            reserve=tx.drafts.in_reserve(actor),
            slates=slates,
            cost=total_cost(tuple(row.plan for row in rows if row.slate is not None)),
        )


def decided_against(store: Store, actor: Actor, year: int) -> tuple[Draft, ...]:
    """不列入 of the year. Raises Forbidden."""
    demand(actor, "read_suggestions")
    with store.read() as tx:
        return tx.drafts.of_year(actor, year, "dropped")


def whole(store: Store, actor: Actor, draft_id: str, now: datetime) -> Whole:
    """Raises NotFound, Forbidden."""
    demand(actor, "read_suggestions")
    with store.read() as tx:
        draft = tx.drafts.get(actor, draft_id)
        versions = tx.drafts.versions(draft)
        slates = tx.slates.holding(actor, draft.id)
        units = {one.id: one for one in tx.units.all(actor.congress)}
        asked = tx.feasibilities.of_draft(actor, draft)
        step = _steps_of(tx, actor, slates[0]) if slates else None
        return Whole(
            draft=draft,
            plan=versions[-1].plan,
            versions=versions,
            assessments=tx.drafts.assessments(draft),
            sources=_sources(tx, actor, draft),
            opinions=tuple(
                Asked(feasibility=one, unit=units[one.unit].name, late=is_late(one, now)) for one in asked
            ),
            slates=slates,
            step=next_step(actor, draft, sum(one.given_at is None for one in asked), step),
            units=tuple(one for one in units.values() if one.ended_at is None),
        )


def asked_of_unit(store: Store, actor: Actor, now: datetime) -> tuple[tuple[Asked, Draft], ...]:
    """What the actor's unit was asked, open ones first. Raises Forbidden."""
    demand(actor, "give_opinion")
    with store.read() as tx:
        return tuple(
            (Asked(feasibility=one, unit="", late=is_late(one, now)), tx.drafts.get(actor, one.draft))
            for one in tx.feasibilities.of_unit(actor)
        )


def asked(store: Store, actor: Actor, asked_id: str, now: datetime) -> tuple[Asked, Draft, Plan]:
    """One of them, with the newest plan. Raises NotFound, Forbidden."""
    demand(actor, "give_opinion")
    with store.read() as tx:
        one = tx.feasibilities.get(actor, asked_id)
        draft = tx.drafts.get(actor, one.draft)
        plan = tx.drafts.plans(actor.congress, [(draft.id, draft.version)])[draft.id]
        return Asked(feasibility=one, unit="", late=is_late(one, now)), draft, plan


def desk(store: Store, actor: Actor, slate_id: str) -> Desk:
    """Raises NotFound, Forbidden."""
    demand(actor, "read_suggestions")
    with store.read() as tx:
        slate = tx.slates.get(actor, slate_id)
        entries, passages = tx.slates.entries(slate), tx.slates.passages(slate)
        plans = tx.drafts.plans(slate.congress, [(one.draft, one.version) for one in entries])
        staff = actor.role == "staff"
        return Desk(
            slate=slate,
            stage=stage(slate, passages),
            entries=entries,
            plans=plans,
            passages=passages,
            place=next_place(slate, passages),
            changeable=may_change(slate, passages),
            cost=total_cost(tuple(plans.values())),
            sessions=tx.sessions.listing(actor) if staff else (),
            round=tx.rounds.get(actor, slate.round) if staff and slate.round else None,
        )


def reading(store: Store, actor: Actor, slate_id: str) -> Reading:
    """Raises NotFound, Forbidden."""
    demand(actor, "read_slate")
    with store.read() as tx:
        slate = tx.slates.get(actor, slate_id)
        entries, passages = tx.slates.entries(slate), tx.slates.passages(slate)
        plans = tx.drafts.plans(slate.congress, [(one.draft, one.version) for one in entries])
        comments = tx.slates.comments(slate)
        return Reading(
            slate=slate,
            stage=stage(slate, passages),
            candidates=tuple(
                Listed(
                    entry=one,
                    plan=plans[one.draft],
                    sources=_sources(tx, actor, tx.drafts.get(actor, one.draft)),
                    comments=tuple(said for said in comments if said.draft == one.draft),
                )
                for one in entries
            ),
            general=tuple(one for one in comments if one.draft is None),
            passages=passages,
            cost=total_cost(tuple(plans.values())),
            delegations=delegations(tx, actor) if may(actor, "comment") else (),
        )


def next_step(actor: Actor, draft: Draft, missing_opinions: int, of_slate: Step | None) -> Step:
    """In a town one clerk does it all, so `who` is always the same there."""
    if of_slate is not None:
        return of_slate
    waiting = f"（还有{missing_opinions}家单位没有提出可行性意见）" if missing_opinions else ""
    steps: dict[str, tuple[str, Action]] = {
        "submitted": ("预审", "judge"),
        "amend": ("按预审意见修改，重新提交", "draft"),
        "returned": ("已退回：重新拟订后提交", "draft"),
        "taken": ("初选" + waiting, "shortlist"),
        "shortlisted": ("列入候选项目名单", "shortlist"),
        "reserve": ("以后年度从储备库取出", "draft"),
    }
    if draft.state not in steps:
        return Step(words="已有决定，不再办理")
    return _step(actor, *steps[draft.state])


def slate_step(actor: Actor, slate: Slate, passages: Sequence[Passage]) -> Step:
    """What a list waits for."""
    place = next_place(slate, passages)
    if slate.round is not None:
        return Step(words="已提请大会票决")
    if slate.frozen_at is not None:
        return _step(actor, "建立票决", "make_round")
    if place is None:
        return _step(actor, "确定名单", "freeze")
    return _step(actor, f"等{slate.bodies[place - 1]}研究，登记研究决定", "record_passage")


def _step(actor: Actor, words: str, action: Action) -> Step:
    office = "政府办" if "government_office" in DUTIES[action] else "人大工作人员"
    return Step(words=words, who="工作人员" if actor.town else office, mine=may(actor, action))


def _steps_of(tx: Transaction, actor: Actor, slate: Slate) -> Step:
    return slate_step(actor, slate, tx.slates.passages(slate))


def _in_hand(rows: Sequence[Row]) -> tuple[Row, ...]:
    """What is neither set aside nor dropped; what waits for the reader comes first."""
    kept = [row for row in rows if row.draft.state not in {"reserve", "dropped"}]
    return tuple(sorted(kept, key=lambda row: (not row.step.mine, row.slate is not None)))


def _row(
    draft: Draft,
    plan: Plan,
    counts: dict[str, int],
    missing: dict[str, int],
    slate: Slate | None,
    standing: dict[str, Step],
    actor: Actor,
) -> Row:
    opinions = missing.get(draft.id, 0)
    return Row(
        draft=draft,
        plan=plan,
        sources=counts.get(draft.id, 0),
        missing_opinions=opinions,
        slate=slate,
        standing="已列入名单" if slate else STATE_NAMES[draft.state],
        step=next_step(actor, draft, opinions, standing[slate.id] if slate else None),
    )


def _sources(tx: Transaction, actor: Actor, draft: Draft) -> tuple[Source, ...]:
    villages = {one.id: one.name for one in tx.villages.all(draft.congress)}
    return tuple(_source(tx, one, villages) for one in tx.drafts.sources(actor, draft))


def _source(tx: Transaction, one: Suggestion, villages: dict[str, str]) -> Source:
    return Source(
        id=one.id,
        label=one.label,
        whence=SOURCE_NAMES[one.source],
        day=today(one.received_at),
        village=villages.get(one.village or "", ""),
        title=one.title,
        text=one.text,
        photos=tx.photos.of(one) if one.photos else (),
    )
