"""监督小组 of deputies, which projects each watches, and who supervises a project in which role."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import asdict, replace
from sqlalchemy import ColumnElement, Connection, Table, and_, delete, false, insert, or_, select, update

from voting.actors import Actor, NotFound
from voting.delivering.projects import Project
from voting.duties import may
from voting.store.tables.supervising import group_member, group_project, supervision_group, supervisor
from voting.store.visible import is_id
from voting.supervising.groups import Group, Supervisor

_FACTS = [supervision_group.c[name] for name in Group.__struct_fields__]
_SUPERVISOR = [supervisor.c[name] for name in Supervisor.__struct_fields__]


def visible_groups(actor: Actor) -> ColumnElement[bool]:
    """Whoever may read the projects of a congress may know who watches them."""
    if actor.role == "public" or not (may(actor, "read_projects") or actor.role == "system"):
        return false()
    return supervision_group.c.congress == actor.congress


class Groups:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Group) -> None:
        self._connection.execute(insert(supervision_group).values(asdict(new)))

    def get(self, actor: Actor, group_id: str) -> Group:
        """Also one that has ended. Raises NotFound."""
        return self._one(actor, group_id)

    def lock(self, actor: Actor, group_id: str) -> Group:
        """As `get`; until the transaction ends nobody else changes it."""
        return self._one(actor, group_id, alone=True)

    def listing(self, actor: Actor) -> tuple[Group, ...]:
        """Those that have not ended, by name."""
        return self._many(visible_groups(actor), supervision_group.c.ended_at.is_(None))

    def of_deputy(self, actor: Actor) -> tuple[Group, ...]:
        """Those that the acting deputy leads or belongs to, by name."""
        member = select(group_member.c.group).where(
            group_member.c.congress == actor.congress, group_member.c.deputy == actor.deputy
        )
        mine = or_(supervision_group.c.leader == actor.deputy, supervision_group.c.id.in_(member))
        return self._many(visible_groups(actor), supervision_group.c.ended_at.is_(None), mine)

    def of_project(self, of: Project) -> tuple[Group, ...]:
        """Those that watch a project that the caller was given, by name; also groups that have ended."""
        watching = select(group_project.c.group).where(
            group_project.c.congress == of.congress, group_project.c.project == of.id
        )
        return self._many(supervision_group.c.congress == of.congress, supervision_group.c.id.in_(watching))

    def change(self, before: Group, **changes: object) -> Group:
        """Write the named fields; the group as it is afterwards."""
        which = (supervision_group.c.congress == before.congress, supervision_group.c.id == before.id)
        self._connection.execute(update(supervision_group).where(*which).values(changes))
        return replace(before, **changes)

    def members(self, of: Sequence[Group]) -> dict[str, tuple[str, ...]]:
        """Ids of deputies by group, of groups of one congress that the caller was given."""
        return self._linked(group_member, "deputy", of)

    def projects(self, of: Sequence[Group]) -> dict[str, tuple[str, ...]]:
        """Ids of projects by group, of groups of one congress that the caller was given."""
        return self._linked(group_project, "project", of)

    def set_members(self, of: Group, deputies: Sequence[str]) -> None:
        """Replace them."""
        self._replace(group_member, "deputy", of, deputies)

    def set_projects(self, of: Group, projects: Sequence[str]) -> None:
        """Replace them."""
        self._replace(group_project, "project", of, projects)

    def supervisors(self, of: Project) -> tuple[Supervisor, ...]:
        """Of a project that the caller was given, in the order of the office."""
        which = (supervisor.c.congress == of.congress, supervisor.c.project == of.id)
        query = select(*_SUPERVISOR).where(*which).order_by(supervisor.c.place)
        return tuple(Supervisor(**row) for row in self._connection.execute(query).mappings())

    def set_supervisors(self, of: Project, new: Sequence[Supervisor]) -> None:
        """Replace them."""
        which = (supervisor.c.congress == of.congress, supervisor.c.project == of.id)
        self._connection.execute(delete(supervisor).where(*which))
        if new:
            self._connection.execute(insert(supervisor), [asdict(one) for one in new])

    def _linked(self, table: Table, column: str, of: Sequence[Group]) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {one.id: [] for one in of}
        congress = of[0].congress if of else ""
        which = and_(table.c.congress == congress, table.c.group.in_(list(found)))
        query = select(table.c.group, table.c[column]).where(which).order_by(table.c[column])
        for group, linked in self._connection.execute(query):
            found[group].append(linked)
        return {group: tuple(linked) for group, linked in found.items()}

    def _replace(self, table: Table, column: str, of: Group, linked: Sequence[str]) -> None:
        which = (table.c.congress == of.congress, table.c.group == of.id)
        self._connection.execute(delete(table).where(*which))
        rows = [{"congress": of.congress, "group": of.id, column: one} for one in linked]
        if rows:
            self._connection.execute(insert(table), rows)

    def _one(self, actor: Actor, group_id: str, *, alone: bool = False) -> Group:
        if not is_id(group_id):
            raise NotFound
        query = select(*_FACTS).where(visible_groups(actor), supervision_group.c.id == group_id)
        row = self._connection.execute(query.with_for_update() if alone else query).mappings().first()
        if row is None:
            raise NotFound
        return Group(**row)

    def _many(self, *which: ColumnElement[bool]) -> tuple[Group, ...]:
        query = select(*_FACTS).where(*which).order_by(supervision_group.c.name, supervision_group.c.id)
        return tuple(Group(**row) for row in self._connection.execute(query).mappings())
