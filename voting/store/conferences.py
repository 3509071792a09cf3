"""会商 and what was agreed there. The public sees what staff released."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import asdict, replace
from sqlalchemy import ColumnElement, Connection, delete, insert, select, true, update

from voting.actors import Actor, NotFound
from voting.delivering.projects import Project
from voting.store.tables.supervising import commitment, conference
from voting.store.visible import is_id
from voting.supervising.conferences import Commitment, Conference

_FACTS = [conference.c[name] for name in Conference.__struct_fields__]
_COMMITMENT = [commitment.c[name] for name in Commitment.__struct_fields__]


class Conferences:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Conference, agreed: Sequence[Commitment]) -> None:
        self._connection.execute(insert(conference).values(asdict(new)))
        if agreed:
            self._connection.execute(insert(commitment), [asdict(one) for one in agreed])

    def get(self, of: Project, conference_id: str) -> Conference:
        """Of a project that the caller was given under its lock. Raises NotFound."""
        found = self._many(of, conference.c.id == conference_id) if is_id(conference_id) else ()
        if not found:
            raise NotFound
        return found[0]

    def of(self, actor: Actor, of: Project) -> tuple[Conference, ...]:
        """Of a project that the caller was given, newest first; the public gets what was released."""
        return self._many(of, conference.c.released_at.is_not(None) if actor.role == "public" else true())

    def change(self, before: Conference, **changes: object) -> Conference:
        """Write the named fields; the record as it is afterwards."""
        which = (conference.c.congress == before.congress, conference.c.id == before.id)
        self._connection.execute(update(conference).where(*which).values(changes))
        return replace(before, **changes)

    def commitments(self, of: Sequence[Conference]) -> tuple[Commitment, ...]:
        """Of records of one congress that the caller was given, in the order they were written down."""
        congress = of[0].congress if of else ""
        which = (commitment.c.congress == congress, commitment.c.conference.in_([one.id for one in of]))
        query = select(*_COMMITMENT).where(*which).order_by(commitment.c.conference, commitment.c.place)
        return tuple(Commitment(**row) for row in self._connection.execute(query).mappings())

    def set_commitments(self, of: Conference, agreed: Sequence[Commitment]) -> None:
        """Replace them; whoever writes holds the lock of the project."""
        which = (commitment.c.congress == of.congress, commitment.c.conference == of.id)
        self._connection.execute(delete(commitment).where(*which))
        if agreed:
            self._connection.execute(insert(commitment), [asdict(one) for one in agreed])

    def change_commitment(self, before: Commitment, **changes: object) -> Commitment:
        """Write the named fields; the commitment as it is afterwards."""
        which = (
            commitment.c.congress == before.congress,
            commitment.c.conference == before.conference,
            commitment.c.place == before.place,
        )
        self._connection.execute(update(commitment).where(*which).values(changes))
        return replace(before, **changes)

    def _many(self, of: Project, *more: ColumnElement[bool]) -> tuple[Conference, ...]:
        which = (conference.c.congress == of.congress, conference.c.project == of.id)
        query = select(*_FACTS).where(*which, *more)
        newest = (conference.c.day.desc(), conference.c.at.desc(), conference.c.id)
        return tuple(
            Conference(**row) for row in self._connection.execute(query.order_by(*newest)).mappings()
        )
