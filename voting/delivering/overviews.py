"""What the pages show of a project's promise and plan, read in one go; nothing here changes anything.

Until 实施方案 is published the public reads the promise, from then on the plan: what 政府办 has typed before
is nobody else's.
"""

from __future__ import annotations

from msgspec import Struct

from voting.actors import Actor, NotFound, system
from voting.congress_settings import PublicSettings
from voting.days import today
from voting.delivering.projects import (
    Handover,
    Milestone,
    Part,
    Project,
    as_known,
    reads_plan,
    stage_words,
    wan,
)
from voting.documents.typesetting import chinese_date
from voting.rounds import Candidate
from voting.screening.drafts import Draft
from voting.screening.overviews import Source
from voting.screening.plans import target_words, written
from voting.store import Transaction
from voting.suggestions import SOURCE_NAMES, Suggestion


class Units(Struct, frozen=True, kw_only=True):
    """Names; `lead` is empty until a unit is assigned."""

    lead: str = ""
    assisting: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    """Of the parts, in their order."""


class Sheet(Struct, frozen=True, kw_only=True):
    """A project as the reader may know it. `promise` is what the deputies voted on."""

    project: Project
    promise: Candidate
    milestones: tuple[Milestone, ...]
    units: Units
    parts: tuple[Part, ...]
    handover: Handover | None
    sources: tuple[Source, ...]


def sheet(tx: Transaction, actor: Actor, project: Project) -> Sheet:
    """Of a project that the caller was given."""
    shows_plan = reads_plan(actor, project)
    known = as_known(actor, project)
    parts = tx.projects.parts([project]).get(project.id, ()) if shows_plan else ()
    assisting = tx.projects.assisting([project]).get(project.id, ()) if shows_plan else ()
    return Sheet(
        project=known,
        promise=promise_of(tx, project),
        milestones=tx.projects.milestones([project]).get(project.id, ()) if shows_plan else (),
        units=_units(tx, known, assisting, parts),
        parts=parts,
        handover=_handover(tx, actor, project),
        sources=_sources(tx, actor, project),
    )


def promise_of(tx: Transaction, project: Project) -> Candidate:
    """As it stood on the ballot; of a project without a round, what was entered."""
    if project.round is not None and project.candidate is not None:
        return tx.rounds.get(system(project.congress), project.round).candidates[project.candidate - 1]
    return Candidate(
        number=project.number,
        title=project.title,
        content=project.content,
        place=project.place,
    )


def _units(tx: Transaction, project: Project, assisting: tuple[str, ...], parts: tuple[Part, ...]) -> Units:
    names = {one.id: one.name for one in tx.units.all(project.congress)}
    return Units(
        lead=names.get(project.lead_unit or "", ""),
        assisting=tuple(names[one] for one in assisting),
        parts=tuple(names[one.unit] for one in parts),
    )


def _handover(tx: Transaction, actor: Actor, project: Project) -> Handover | None:
    found = tx.projects.handovers(actor, project.congress, project.year)
    return next((one for one in found if one.id == project.handover), None)


def _sources(tx: Transaction, actor: Actor, project: Project) -> tuple[Source, ...]:
    """The suggestions it came from that a person has released, without names; to the public only where the
    congress shows single suggestions."""
    if project.draft is None:
        return ()
    if actor.role == "public" and not tx.settings.get(project.congress, PublicSettings).show_suggestions:
        return ()
    villages = {one.id: one.name for one in tx.villages.all(project.congress)}
    return tuple(_source(one, villages) for one in suggestions_behind(tx, project) if is_open(one))


def suggestions_behind(tx: Transaction, project: Project) -> tuple[Suggestion, ...]:
    """All of them, also those not released: for telling their proposers, not for showing."""
    if project.draft is None:
        return ()
    house = system(project.congress)
    try:
        draft: Draft = tx.drafts.get(house, project.draft)
    except NotFound:
        return ()
    return tx.drafts.sources(house, draft)


def is_open(one: Suggestion) -> bool:
    """Whether others than its proposer and the offices may read it."""
    return one.released_at is not None and one.kind != "complaint" and not one.confidential


def _source(one: Suggestion, villages: dict[str, str]) -> Source:
    return Source(
        id=one.id,
        label=one.label,
        whence=SOURCE_NAMES[one.source],
        day=today(one.received_at),
        village=villages.get(one.village or "", ""),
        title=one.title,
        text=one.text,
        photos=(),
    )


def facts(shown: Sheet) -> list[tuple[str, str]]:
    """(name, words) of what a plan says; empty words: not said."""
    project = shown.project
    return [
        ("牵头单位", shown.units.lead),
        ("配合单位", "、".join(shown.units.assisting)),
        ("领办领导", project.chief),
        ("督办领导", project.watcher),
        ("计划投资", f"{written(wan(project.planned))}万元" if project.planned else ""),
        ("资金来源", project.funds),
        ("完成时限", chinese_date(project.deadline) if project.deadline else ""),
        ("年度安排", stage_words(project) if project.deadline else ""),
        ("年度目标", target_words(project.targets)),
        ("办理标准", project.standard),
    ]
