"""视察 and the answers to it. The public sees what staff released."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import asdict, replace
from sqlalchemy import Connection, insert, select, true, update

from voting.actors import Actor, NotFound
from voting.delivering.projects import Project
from voting.store.tables.supervising import visit, visit_reply
from voting.store.visible import is_id
from voting.supervising.visits import Reply, Visit

_FACTS = [visit.c[name] for name in Visit.__struct_fields__]
_REPLY = [visit_reply.c[name] for name in Reply.__struct_fields__]


class Visits:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Visit) -> None:
        self._connection.execute(insert(visit).values(asdict(new)))

    def get(self, of: Project, visit_id: str) -> Visit:
        """Of a project that the caller was given under its lock. Raises NotFound."""
        if not is_id(visit_id):
            raise NotFound
        which = (visit.c.congress == of.congress, visit.c.project == of.id, visit.c.id == visit_id)
        row = self._connection.execute(select(*_FACTS).where(*which)).mappings().first()
        if row is None:
            raise NotFound
        return Visit(**row)

    def of(self, actor: Actor, of: Project) -> tuple[Visit, ...]:
        """Of a project that the caller was given, newest first; the public gets what was released."""
        shown = visit.c.released_at.is_not(None) if actor.role == "public" else true()
        which = (visit.c.congress == of.congress, visit.c.project == of.id, shown)
        query = select(*_FACTS).where(*which).order_by(visit.c.day.desc(), visit.c.at.desc(), visit.c.id)
        return tuple(Visit(**row) for row in self._connection.execute(query).mappings())

    def change(self, before: Visit, **changes: object) -> Visit:
        """Write the named fields; the visit as it is afterwards."""
        which = (visit.c.congress == before.congress, visit.c.id == before.id)
        self._connection.execute(update(visit).where(*which).values(changes))
        return replace(before, **changes)

    def add_reply(self, new: Reply) -> None:
        self._connection.execute(insert(visit_reply).values(asdict(new)))

    def replies(self, actor: Actor, of: Project) -> tuple[Reply, ...]:
        """To all visits of a project that the caller was given, oldest first; as `of` for the public."""
        shown = visit_reply.c.released_at.is_not(None) if actor.role == "public" else true()
        visits = select(visit.c.id).where(visit.c.congress == of.congress, visit.c.project == of.id)
        which = (visit_reply.c.congress == of.congress, visit_reply.c.visit.in_(visits), shown)
        query = select(*_REPLY).where(*which).order_by(visit_reply.c.at, visit_reply.c.id)
        return tuple(Reply(**row) for row in self._connection.execute(query).mappings())

    def change_reply(self, before: Reply, **changes: object) -> Reply:
        """Write the named fields; the answer as it is afterwards."""
        which = (visit_reply.c.congress == before.congress, visit_reply.c.id == before.id)
        self._connection.execute(update(visit_reply).where(*which).values(changes))
        return replace(before, **changes)

    def release(self, of: Visit, at: datetime) -> None:
        """The visit and its answers so far, each at most once."""
        for table, column in ((visit, visit.c.id), (visit_reply, visit_reply.c.visit)):
            which = (table.c.congress == of.congress, column == of.id, table.c.released_at.is_(None))
            self._connection.execute(update(table).where(*which).values(released_at=at))

    def hold_back(self, of: Visit) -> None:
        """Neither the visit nor its answers are public any more."""
        for table, column in ((visit, visit.c.id), (visit_reply, visit_reply.c.visit)):
            which = (table.c.congress == of.congress, column == of.id)
            self._connection.execute(update(table).where(*which).values(released_at=None))
