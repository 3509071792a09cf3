"""调整 of projects: what was asked, old and new, and what was decided. The public sees what was approved."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec.structs import asdict, replace
from sqlalchemy import ColumnElement, Connection, RowMapping, insert, select, true, update

from voting.actors import Actor, NotFound
from voting.delivering.projects import Project
from voting.store.tables.supervising import project_change
from voting.store.visible import is_id
from voting.supervising.changes import ProjectChange, Terms

_FACTS = [project_change.c[name] for name in ProjectChange.__struct_fields__]


class ProjectChanges:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: ProjectChange) -> None:
        columns = asdict(new)
        for name in ("before", "after"):
            columns[name] = msgspec.json.encode(columns[name])
        self._connection.execute(insert(project_change).values(columns))

    def get(self, of: Project, change_id: str) -> ProjectChange:
        """Of a project that the caller was given under its lock. Raises NotFound."""
        which = (project_change.c.project == of.id, project_change.c.id == change_id)
        found = self._many(project_change.c.congress == of.congress, *which) if is_id(change_id) else ()
        if not found:
            raise NotFound
        return found[0]

    def of(self, actor: Actor, of: Project) -> tuple[ProjectChange, ...]:
        """Of a project that the caller was given, oldest first; the public gets what was approved."""
        shown = project_change.c.state == "approved" if actor.role == "public" else true()
        return self._many(project_change.c.congress == of.congress, project_change.c.project == of.id, shown)

    def change(self, before: ProjectChange, **changes: object) -> ProjectChange:
        """Write the named fields, of which `before` and `after` are none; the change as it is afterwards."""
        which = (project_change.c.congress == before.congress, project_change.c.id == before.id)
        self._connection.execute(update(project_change).where(*which).values(changes))
        return replace(before, **changes)

    def asked(self, congress: str) -> tuple[ProjectChange, ...]:
        """Those that wait for a decision, oldest first; for the offices."""
        return self._many(project_change.c.congress == congress, project_change.c.state == "asked")

    def untold(self, congress: str) -> tuple[ProjectChange, ...]:
        """Approved by the 常委会, and the next 大会 has not yet been told; oldest first."""
        return self._many(
            project_change.c.congress == congress,
            project_change.c.state == "approved",
            project_change.c.body == "committee",
            project_change.c.told_on.is_(None),
        )

    def _many(self, *which: ColumnElement[bool]) -> tuple[ProjectChange, ...]:
        query = select(*_FACTS).where(*which).order_by(project_change.c.asked_at, project_change.c.id)
        return tuple(_change(row) for row in self._connection.execute(query).mappings())


def _change(row: RowMapping) -> ProjectChange:
    fields: dict[str, Any] = {str(name): value for name, value in row.items()}
    for name in ("before", "after"):
        fields[name] = msgspec.json.decode(fields[name], type=Terms)
    return ProjectChange(**fields)
