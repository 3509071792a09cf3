"""Projects, their milestones and parts, and the 交办函 they were handed over with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

import msgspec
from msgspec.structs import asdict, replace
from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    and_,
    delete,
    false,
    func,
    insert,
    or_,
    select,
    update,
)

from voting.actors import Actor, NotFound
from voting.delivering.projects import Handover, Milestone, Part, Project, ProjectState, as_known
from voting.duties import may
from voting.screening.plans import Target
from voting.store.locks import lock_congress
from voting.store.tables.base import metadata
from voting.store.tables.delivering import assisting, handover, milestone, part, project
from voting.store.visible import is_id

_PLAN = (assisting, part, milestone)
_FACTS = [project.c[name] for name in Project.__struct_fields__]
_MILESTONE = [milestone.c[name] for name in Milestone.__struct_fields__]
_PART = [part.c[name] for name in Part.__struct_fields__]
_HANDOVER = [handover.c[name] for name in Handover.__struct_fields__]


def visible_projects(actor: Actor) -> ColumnElement[bool]:
    """Offices, presidium and deputies: all of their congress. A unit: what it leads or assists, parts
    included. The public: what has been handed over, of any congress.
    """
    if actor.role == "public":
        return project.c.state != "chosen"
    own = project.c.congress == actor.congress
    if actor.role == "unit":
        return and_(own, _concerns(actor.unit or ""))
    return own if may(actor, "read_projects") or actor.role == "system" else false()


def _concerns(unit: str) -> ColumnElement[bool]:
    helped = select(assisting.c.project).where(
        assisting.c.congress == project.c.congress, assisting.c.unit == unit
    )
    shared = select(part.c.project).where(part.c.congress == project.c.congress, part.c.unit == unit)
    return or_(project.c.lead_unit == unit, project.c.id.in_(helped), project.c.id.in_(shared))


class Projects:
    """To whom the plan may not be shown yet, a project comes without it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_many(self, new: Sequence[Project]) -> None:
        if new:
            self._connection.execute(insert(project), [_columns(asdict(one)) for one in new])

    def get(self, actor: Actor, project_id: str) -> Project:
        """Raises NotFound."""
        return self._one(actor, project_id)

    def lock(self, actor: Actor, project_id: str) -> Project:
        """As `get`; until the transaction ends nobody else changes it."""
        return self._one(actor, project_id, alone=True)

    def alone(self, congress: str) -> None:
        """Until the transaction ends nobody else numbers projects of this congress. Raises NotFound."""
        lock_congress(self._connection, congress)

    def of_year(self, actor: Actor, congress: str, year: int) -> tuple[Project, ...]:
        """In the order of the announcement."""
        return self._many(actor, project.c.congress == congress, project.c.year == year)

    def of_all_years(self, actor: Actor, congress: str) -> tuple[Project, ...]:
        """The oldest year first, each in the order of its announcement."""
        return self._many(actor, project.c.congress == congress)

    def of_round(self, actor: Actor, round_id: str) -> tuple[Project, ...]:
        """Those that a round chose, in the order of the announcement."""
        return self._many(actor, project.c.round == round_id) if is_id(round_id) else ()

    def of_drafts(self, actor: Actor, congress: str, drafts: Sequence[str]) -> tuple[Project, ...]:
        """What became of candidates, each year's stage of its own."""
        return self._many(actor, project.c.congress == congress, project.c.draft.in_(drafts))

    def in_state(self, actor: Actor, state: ProjectState) -> tuple[Project, ...]:
        """Of the actor's congress, of all years."""
        return self._many(actor, project.c.congress == actor.congress, project.c.state == state)

    def rounds(self, actor: Actor) -> frozenset[str]:
        """Those of the actor's congress that have become projects."""
        query = select(project.c.round).where(
            project.c.congress == actor.congress, project.c.round.is_not(None), visible_projects(actor)
        )
        return frozenset(self._connection.execute(query.distinct()).scalars())

    def years(self, actor: Actor, congress: str) -> tuple[int, ...]:
        """Years with projects, newest first."""
        query = (
            select(project.c.year)
            .where(project.c.congress == congress, visible_projects(actor))
            .distinct()
            .order_by(project.c.year.desc())
        )
        return tuple(self._connection.execute(query).scalars())

    def following(self, of: Project) -> Project | None:
        """The next year's stage of a project that the caller was given."""
        which = (project.c.congress == of.congress, project.c.previous == of.id)
        row = self._connection.execute(select(*_FACTS).where(*which)).mappings().first()
        return None if row is None else _project(row)

    def last_number(self, congress: str, year: int) -> int:
        """0 if the year has none yet."""
        which = (project.c.congress == congress, project.c.year == year)
        found: int | None = self._connection.execute(
            select(func.max(project.c.number)).where(*which)
        ).scalar()
        return found or 0

    def change(self, before: Project, **changes: object) -> Project:
        """Write the named fields; the project as it is afterwards."""
        which = (project.c.congress == before.congress, project.c.id == before.id)
        self._connection.execute(update(project).where(*which).values(_columns(changes)))
        return replace(before, **changes)

    def drop(self, of: Project) -> None:
        """One that was entered by mistake; nothing may refer to it yet."""
        for table in _PLAN:
            which = (table.c.congress == of.congress, table.c.project == of.id)
            self._connection.execute(delete(table).where(*which))
        which = (project.c.congress == of.congress, project.c.id == of.id)
        self._connection.execute(delete(project).where(*which))

    def referring(self, of: Project) -> frozenset[str]:
        """Names of the tables that refer to a project that the caller was given, but for its own plan's."""
        found = set()
        for table in metadata.sorted_tables:
            for key in table.foreign_key_constraints:
                if key.referred_table is not project or table in _PLAN:
                    continue
                columns = {one.column.name: table.c[one.parent.name] for one in key.elements}
                which = (columns["congress"] == of.congress, columns["id"] == of.id)
                if self._connection.execute(select(columns["id"]).where(*which).limit(1)).first():
                    found.add(table.name)
        return frozenset(found)

    def assisting(self, of: Sequence[Project]) -> dict[str, tuple[str, ...]]:
        """配合单位 of projects of one congress that the caller was given: unit ids by project."""
        query = select(assisting.c.project, assisting.c.unit).where(
            assisting.c.congress == _congress(of), assisting.c.project.in_([one.id for one in of])
        )
        return _grouped(
            (row.project, row.unit) for row in self._connection.execute(query.order_by(assisting.c.unit))
        )

    def set_assisting(self, of: Project, units: Sequence[str]) -> None:
        """Replace them."""
        which = (assisting.c.congress == of.congress, assisting.c.project == of.id)
        self._connection.execute(delete(assisting).where(*which))
        rows = [{"congress": of.congress, "project": of.id, "unit": one} for one in units]
        if rows:
            self._connection.execute(insert(assisting), rows)

    def parts(self, of: Sequence[Project]) -> dict[str, tuple[Part, ...]]:
        """子项 of projects of one congress that the caller was given, in order, by project."""
        which = (part.c.congress == _congress(of), part.c.project.in_([one.id for one in of]))
        query = select(*_PART).where(*which).order_by(part.c.project, part.c.place)
        found = (Part(**row) for row in self._connection.execute(query).mappings())
        return _grouped((one.project, one) for one in found)

    def set_parts(self, of: Project, parts: Sequence[Part]) -> None:
        """Replace them."""
        which = (part.c.congress == of.congress, part.c.project == of.id)
        self._connection.execute(delete(part).where(*which))
        if parts:
            self._connection.execute(insert(part), [asdict(one) for one in parts])

    def milestones(self, of: Sequence[Project]) -> dict[str, tuple[Milestone, ...]]:
        """Those that count now, in order, by project; the projects are of one congress and the caller's."""
        joined = milestone.join(
            project,
            and_(
                project.c.congress == milestone.c.congress,
                project.c.id == milestone.c.project,
                project.c.baseline == milestone.c.baseline,
            ),
        )
        which = (milestone.c.congress == _congress(of), milestone.c.project.in_([one.id for one in of]))
        query = select(*_MILESTONE).select_from(joined).where(*which)
        rows = self._connection.execute(query.order_by(milestone.c.project, milestone.c.place)).mappings()
        return _grouped((one.project, one) for one in (Milestone(**row) for row in rows))

    def baseline(self, of: Project, number: int) -> tuple[Milestone, ...]:
        """One set of milestones, also an earlier one, of a project that the caller was given."""
        which = (milestone.c.congress == of.congress, milestone.c.project == of.id)
        query = select(*_MILESTONE).where(*which, milestone.c.baseline == number)
        return tuple(
            Milestone(**row) for row in self._connection.execute(query.order_by(milestone.c.place)).mappings()
        )

    def set_milestones(self, of: Project, baseline: int, new: Sequence[Milestone]) -> None:
        """Replace one set; `Project.baseline` is the caller's to write."""
        which = (milestone.c.congress == of.congress, milestone.c.project == of.id)
        self._connection.execute(delete(milestone).where(*which, milestone.c.baseline == baseline))
        if new:
            self._connection.execute(insert(milestone), [asdict(one) for one in new])

    def add_handover(self, new: Handover) -> None:
        self._connection.execute(insert(handover).values(asdict(new)))

    def handovers(self, actor: Actor, congress: str, year: int) -> tuple[Handover, ...]:
        """交办函 of a year, to whom its projects may be shown."""
        reads = may(actor, "read_projects") or actor.role == "system"
        if actor.role != "public" and not (reads and actor.congress == congress):
            return ()
        which = (handover.c.congress == congress, handover.c.year == year)
        rows = self._connection.execute(select(*_HANDOVER).where(*which).order_by(handover.c.at)).mappings()
        return tuple(Handover(**row) for row in rows)

    def handover(self, actor: Actor, handover_id: str) -> Handover:
        """One of the actor's own congress. Raises NotFound."""
        if not is_id(handover_id) or not (may(actor, "read_projects") or actor.role == "system"):
            raise NotFound
        which = (handover.c.congress == actor.congress, handover.c.id == handover_id)
        row = self._connection.execute(select(*_HANDOVER).where(*which)).mappings().first()
        if row is None:
            raise NotFound
        return Handover(**row)

    def change_handover(self, before: Handover, **changes: object) -> Handover:
        """Write the named fields; the letter as it is afterwards."""
        which = (handover.c.congress == before.congress, handover.c.id == before.id)
        self._connection.execute(update(handover).where(*which).values(changes))
        return replace(before, **changes)

    def drop_handover(self, of: Handover) -> None:
        """Taken back; no project may name it any more."""
        which = (handover.c.congress == of.congress, handover.c.id == of.id)
        self._connection.execute(delete(handover).where(*which))

    def _one(self, actor: Actor, project_id: str, *, alone: bool = False) -> Project:
        if not is_id(project_id):
            raise NotFound
        query = select(*_FACTS).where(project.c.id == project_id, visible_projects(actor))
        row = self._connection.execute(query.with_for_update() if alone else query).mappings().first()
        if row is None:
            raise NotFound
        return as_known(actor, _project(row))

    def _many(self, actor: Actor, *which: ColumnElement[bool]) -> tuple[Project, ...]:
        query = select(*_FACTS).where(visible_projects(actor), *which)
        rows = self._connection.execute(query.order_by(project.c.year, project.c.number)).mappings()
        return tuple(as_known(actor, _project(row)) for row in rows)


Value = TypeVar("Value")


def _congress(of: Sequence[Project]) -> str:
    return of[0].congress if of else ""


def _grouped(pairs: Iterable[tuple[str, Value]]) -> dict[str, tuple[Value, ...]]:
    found: dict[str, list[Value]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return {key: tuple(values) for key, values in found.items()}


def _columns(fields: dict[str, object]) -> dict[str, object]:
    if "targets" in fields:
        return {**fields, "targets": msgspec.json.encode(fields["targets"])}
    return fields


def _project(row: RowMapping) -> Project:
    targets = msgspec.json.decode(row["targets"], type=tuple[Target, ...])
    return Project(**{**row, "targets": targets})
