"""Assigning a project and writing its 实施方案; once that is published, only a decided change counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import uuid4

from msgspec import Struct
from msgspec.structs import asdict

from voting.actors import Actor
from voting.delivering.overviews import suggestions_behind
from voting.delivering.projects import Milestone, Part, Project, ProjectError, demand_state
from voting.delivering.schemes import (
    Scheme,
    StalePlan,
    check_scheme,
    demand_complete,
    gaps,
    scheme_of,
    version_of,
)
from voting.duties import demand
from voting.people import Unit
from voting.screening.plans import target_words
from voting.store import Store, Transaction

_FIELDS = (
    "lead_unit",
    "chief",
    "watcher",
    "deadline",
    "completion",
    "stage",
    "standard",
    "targets",
    "planned",
    "funds",
)


class Desk(Struct, frozen=True, kw_only=True):
    """A plan for editing: `version` goes with the form, `missing` is what publishing still needs."""

    project: Project
    scheme: Scheme
    version: str
    missing: tuple[str, ...]
    units: tuple[Unit, ...]


def desk(store: Store, actor: Actor, project_id: str) -> Desk:
    """Raises NotFound, Forbidden."""
    demand(actor, "plan_project")
    with store.read() as tx:
        project = tx.projects.get(actor, project_id)
        scheme = kept_scheme(tx, project)
        return Desk(
            project=project,
            scheme=scheme,
            version=version_of(scheme),
            missing=gaps(scheme),
            units=tx.units.current(project.congress),
        )


def save_plan(
    store: Store, actor: Actor, project_id: str, expected: str, scheme: Scheme, now: datetime
) -> Project:
    """Keep what was typed, with gaps or without; `expected` is the version it was typed over.

    What is there already changes nothing. Raises StalePlan, ProjectError, ProjectStep, PlanError, TextError,
    NotFound, Forbidden.
    """
    demand(actor, "plan_project")
    with store.write() as tx:
        project = tx.projects.lock(actor, project_id)
        demand_state(project, "handed")
        wanted = check_scheme(scheme, project.year)
        before = kept_scheme(tx, project)
        if version_of(wanted) == version_of(before):
            return project
        if version_of(before) != expected:
            raise StalePlan
        _demand_units(tx, project, wanted)
        changed = _keep(tx, project, wanted)
        old, new = _said(tx, project, before), _said(tx, project, wanted)
        differ = [name for name in new if new[name] != old[name]]
        tx.audit.add(
            actor,
            "save_plan",
            now,
            "project",
            project.id,
            before={name: old[name] for name in differ},
            after={name: new[name] for name in differ},
        )
        return changed


def publish_plan(store: Store, actor: Actor, project_id: str, expected: str, now: datetime) -> Project:
    """公布实施方案: for everybody to read, and told to whom it came from; published twice is once.

    Raises StalePlan, PlanGaps, ProjectError, ProjectStep, NotFound, Forbidden.
    """
    demand(actor, "plan_project")
    with store.write() as tx:
        project = tx.projects.lock(actor, project_id)
        if project.planned_at is not None:
            return project
        demand_state(project, "handed")
        scheme = kept_scheme(tx, project)
        if version_of(scheme) != expected:
            raise StalePlan
        demand_complete(scheme)
        check_scheme(scheme, project.year)
        _demand_units(tx, project, scheme)
        tx.audit.add(actor, "publish_plan", now, "project", project.id, after=_said(tx, project, scheme))
        published = tx.projects.change(project, state="planned", planned_at=now)
        _tell_proposers(tx, published, now)
        _tell_units(tx, published, scheme, now)
        _tell_staff(tx, actor, published, now)
        return published


def kept_scheme(tx: Transaction, project: Project) -> Scheme:
    """Of a project that the caller was given, to whom its plan may be shown."""
    return scheme_of(
        project,
        tx.projects.milestones([project]).get(project.id, ()),
        tx.projects.assisting([project]).get(project.id, ()),
        tx.projects.parts([project]).get(project.id, ()),
    )


def milestones_of(project: Project, scheme: Scheme, baseline: int) -> tuple[Milestone, ...]:
    """The steps of a plan as a new set of milestones."""
    return tuple(
        Milestone(
            id=uuid4().hex,
            congress=project.congress,
            project=project.id,
            baseline=baseline,
            place=place,
            **asdict(one),
        )
        for place, one in enumerate(scheme.steps, start=1)
    )


def _keep(tx: Transaction, project: Project, scheme: Scheme) -> Project:
    tx.projects.set_assisting(project, scheme.assisting)
    tx.projects.set_parts(project, _parts(project, scheme))
    tx.projects.set_milestones(project, project.baseline, milestones_of(project, scheme, project.baseline))
    return tx.projects.change(project, **{name: getattr(scheme, name) for name in _FIELDS})


def _parts(project: Project, scheme: Scheme) -> Sequence[Part]:
    return [
        Part(congress=project.congress, project=project.id, place=place, title=one.title, unit=one.unit)
        for place, one in enumerate(scheme.shares, start=1)
    ]


def _demand_units(tx: Transaction, project: Project, scheme: Scheme) -> None:
    """Raises ProjectError for a unit that has ended, or is not of this congress."""
    current = {one.id for one in tx.units.current(project.congress)}
    named = {scheme.lead_unit, *scheme.assisting, *(one.unit for one in scheme.shares)} - {None}
    if not named <= current:
        raise ProjectError("选择的单位不在本级的单位名册里，或者已经停用。请重新选择单位。")


def _said(tx: Transaction, project: Project, scheme: Scheme) -> dict[str, object]:
    """For 操作日志, in words."""
    names = {one.id: one.name for one in tx.units.all(project.congress)}
    return {
        "lead_unit": names.get(scheme.lead_unit or "", ""),
        "assisting": sorted(names.get(one, "") for one in scheme.assisting),
        "parts": [f"{one.title}：{names.get(one.unit, '')}" for one in scheme.shares],
        "chief": scheme.chief,
        "watcher": scheme.watcher,
        "deadline": _day(scheme.deadline),
        "completion": scheme.completion,
        "stage": scheme.stage,
        "standard": scheme.standard,
        "targets": target_words(scheme.targets),
        "planned": scheme.planned,
        "funds": scheme.funds,
        "milestones": [
            f"{one.title} {_day(one.starts)}至{_day(one.due)} {one.weight}%" for one in scheme.steps
        ],
    }


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _tell_proposers(tx: Transaction, project: Project, now: datetime) -> None:
    """The deputies who proposed or signed what it came from (三促: 事前 they see the plan)."""
    behind = suggestions_behind(tx, project)
    proposers = {one.deputy for one in behind if one.deputy and one.source == "deputy"}
    proposers |= {signer.deputy for one in behind for signer in tx.cosigns.of(one)}
    for deputy in sorted(proposers):
        text = f"您提出的建议已列为民生实事项目，实施方案已公布：{project.title}"
        _tell(tx, project, text, now, deputy=deputy)


def _tell_units(tx: Transaction, project: Project, scheme: Scheme, now: datetime) -> None:
    lead = scheme.lead_unit
    others = {*scheme.assisting, *(one.unit for one in scheme.shares)} - {lead}
    if lead is not None:
        _tell(tx, project, f"请按实施方案办理（贵单位牵头）：{project.title}", now, unit=lead)
    for unit in sorted(others):
        _tell(tx, project, f"请按实施方案办理（贵单位参与）：{project.title}", now, unit=unit)


def _tell_staff(tx: Transaction, actor: Actor, project: Project, now: datetime) -> None:
    if not actor.town:
        _tell(tx, project, f"实施方案已公布：{project.title}", now, role="staff")


def _tell(tx: Transaction, project: Project, text: str, now: datetime, **to: str | None) -> None:
    tx.notices.add(
        project.congress,
        kind="plan_published",
        text=text if len(text) <= _MOST else text[: _MOST - 1] + "…",
        path=f"/projects/{project.id}",
        about=project.id,
        due=None,
        at=now,
        **to,  # type: ignore[arg-type]  # exactly one addressee, by its name
    )


_MOST = 120
