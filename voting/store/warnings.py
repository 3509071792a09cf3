"""预警: the offices get all; the others, of projects that they may see, what was issued."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import asdict, replace
from sqlalchemy import ColumnElement, Connection, and_, insert, select, true, update

from voting.actors import Actor, NotFound
from voting.delivering.projects import Project
from voting.duties import may
from voting.reporting.warnings import WarningNotice
from voting.store.projects import visible_projects
from voting.store.tables.delivering import project
from voting.store.tables.reporting import warning
from voting.store.visible import is_id

_FACTS = [warning.c[name] for name in WarningNotice.__struct_fields__]
_WITH_PROJECT = warning.join(
    project, and_(project.c.congress == warning.c.congress, project.c.id == warning.c.project)
)


class Warnings:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: WarningNotice) -> None:
        self._connection.execute(insert(warning).values(asdict(new)))

    def get(self, actor: Actor, warning_id: str) -> WarningNotice:
        """Raises NotFound."""
        return self._one(actor, warning_id)

    def lock(self, actor: Actor, warning_id: str) -> WarningNotice:
        """As `get`; until the transaction ends nobody else changes it."""
        return self._one(actor, warning_id, alone=True)

    def change(self, before: WarningNotice, **changes: object) -> WarningNotice:
        """Write the named fields; the warning as it is afterwards."""
        which = (warning.c.congress == before.congress, warning.c.id == before.id)
        self._connection.execute(update(warning).where(*which).values(**changes))
        return replace(before, **changes)

    def of_projects(self, actor: Actor, of: Sequence[Project]) -> dict[str, tuple[WarningNotice, ...]]:
        """All of projects of one congress that the caller was given, oldest first, by project."""
        if not of:
            return {}
        which = (warning.c.congress == of[0].congress, warning.c.project.in_([one.id for one in of]))
        query = select(*_FACTS).where(*which, _shown(actor))
        found: dict[str, list[WarningNotice]] = {}
        for row in self._connection.execute(query.order_by(warning.c.made_at, warning.c.id)).mappings():
            found.setdefault(row["project"], []).append(WarningNotice(**row))
        return {key: tuple(value) for key, value in found.items()}

    def unended(self, actor: Actor) -> tuple[WarningNotice, ...]:
        """Proposed, or issued and not lifted, of the actor's congress; oldest first."""
        which = (warning.c.congress == actor.congress, warning.c.ended_at.is_(None))
        return self._many(actor, *which)

    def ended(self, actor: Actor, limit: int) -> tuple[WarningNotice, ...]:
        """Lifted or not issued, of the actor's congress; the last first."""
        which = (warning.c.congress == actor.congress, warning.c.ended_at.is_not(None))
        query = (
            select(*_FACTS).select_from(_WITH_PROJECT).where(*which, visible_projects(actor), _shown(actor))
        )
        newest = query.order_by(warning.c.ended_at.desc(), warning.c.id).limit(limit)
        return tuple(WarningNotice(**row) for row in self._connection.execute(newest).mappings())

    def titles(self, actor: Actor, of: Sequence[WarningNotice]) -> dict[str, str]:
        """What the projects of warnings that the caller was given are called, by project."""
        if not of:
            return {}
        which = (project.c.congress == of[0].congress, project.c.id.in_({one.project for one in of}))
        query = select(project.c.id, project.c.title).where(*which, visible_projects(actor))
        return {row.id: row.title for row in self._connection.execute(query)}

    def _one(self, actor: Actor, warning_id: str, *, alone: bool = False) -> WarningNotice:
        if not is_id(warning_id):
            raise NotFound
        query = select(*_FACTS).select_from(_WITH_PROJECT)
        query = query.where(warning.c.id == warning_id, visible_projects(actor), _shown(actor))
        query = query.with_for_update(of=warning) if alone else query
        row = self._connection.execute(query).mappings().first()
        if row is None:
            raise NotFound
        return WarningNotice(**row)

    def _many(self, actor: Actor, *which: ColumnElement[bool]) -> tuple[WarningNotice, ...]:
        query = (
            select(*_FACTS).select_from(_WITH_PROJECT).where(*which, visible_projects(actor), _shown(actor))
        )
        rows = self._connection.execute(query.order_by(warning.c.made_at, warning.c.id)).mappings()
        return tuple(WarningNotice(**row) for row in rows)


def _shown(actor: Actor) -> ColumnElement[bool]:
    """A proposal is nothing yet but to those who decide about it."""
    if actor.role == "system" or may(actor, "warn"):
        return true()
    return warning.c.issued_at.is_not(None)
