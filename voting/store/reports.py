"""Progress reports: drafts for those who write them, what was handed in for whoever sees the project."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec.structs import asdict, replace
from sqlalchemy import ColumnElement, Connection, RowMapping, and_, insert, or_, select, true, update

from voting.actors import Actor
from voting.delivering.projects import Project
from voting.duties import may
from voting.reporting.reports import Filed, Report, Revision
from voting.store.tables.reporting import report, report_revision

_FACTS = [report.c[name] for name in Report.__struct_fields__]
_FILED = [report.c[name] for name in Filed.__struct_fields__]
_REVISION = [report_revision.c[name] for name in Revision.__struct_fields__]


class Reports:
    """Who changes a report holds the lock of its project."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Report) -> None:
        self._connection.execute(insert(report).values(_columns(asdict(new))))

    def change(self, before: Report, **changes: object) -> Report:
        """Write the named fields; the report as it is afterwards."""
        which = (report.c.congress == before.congress, report.c.id == before.id)
        self._connection.execute(update(report).where(*which).values(_columns(changes)))
        return replace(before, **changes)

    def of_project(self, actor: Actor, of: Project) -> tuple[Report, ...]:
        """Of a project that the caller was given, oldest first; drafts only for those who write them."""
        which = (report.c.congress == of.congress, report.c.project == of.id, _shown(actor, of))
        query = select(*_FACTS).where(*which).order_by(report.c.ends, report.c.starts)
        return tuple(Report(**_read(row)) for row in self._connection.execute(query).mappings())

    def of_period(self, actor: Actor, of: Sequence[Project], period: str) -> dict[str, Report]:
        """As `of_project`, on one period, of projects of one congress; by project."""
        if not of:
            return {}
        shown = or_(*(and_(report.c.project == one.id, _shown(actor, one)) for one in of))
        query = select(*_FACTS).where(report.c.congress == of[0].congress, report.c.period == period, shown)
        return {row["project"]: Report(**_read(row)) for row in self._connection.execute(query).mappings()}

    def filed(self, of: Sequence[Project]) -> dict[str, tuple[Filed, ...]]:
        """Handed in, of projects of one congress that the caller was given: oldest first, by project."""
        if not of:
            return {}
        which = (report.c.congress == of[0].congress, report.c.project.in_([one.id for one in of]))
        query = select(*_FILED).where(*which, report.c.submitted_at.is_not(None))
        found: dict[str, list[Filed]] = {}
        for row in self._connection.execute(query.order_by(report.c.ends, report.c.starts)).mappings():
            found.setdefault(row["project"], []).append(Filed(**_read(row)))
        return {key: tuple(value) for key, value in found.items()}

    def add_revision(self, new: Revision) -> None:
        self._connection.execute(insert(report_revision).values(_columns(asdict(new))))

    def revisions(self, of: Sequence[Report]) -> dict[str, tuple[Revision, ...]]:
        """As handed in, then each correction, of reports of one congress that the caller was given."""
        if not of:
            return {}
        which = (
            report_revision.c.congress == of[0].congress,
            report_revision.c.report.in_([one.id for one in of]),
        )
        query = select(*_REVISION).where(*which)
        found: dict[str, list[Revision]] = {}
        ordered = query.order_by(report_revision.c.report, report_revision.c.revision)
        for row in self._connection.execute(ordered).mappings():
            found.setdefault(row["report"], []).append(Revision(**_read(row)))
        return {key: tuple(value) for key, value in found.items()}


def _shown(actor: Actor, of: Project) -> ColumnElement[bool]:
    writes = may(actor, "report") and actor.congress == of.congress
    if actor.role == "system" or (writes and actor.unit in {None, of.lead_unit}):
        return true()
    return report.c.submitted_at.is_not(None)


def _columns(fields: dict[str, object]) -> dict[str, object]:
    if "percents" in fields:
        return {**fields, "percents": msgspec.json.encode(fields["percents"], order="deterministic")}
    return fields


def _read(row: RowMapping) -> dict[str, Any]:
    return {**row, "percents": msgspec.json.decode(row["percents"], type=dict[str, int])}
