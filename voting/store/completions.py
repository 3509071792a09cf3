"""办结 and 验收 of projects. What the government reported and who accepted it is public."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import asdict, replace
from sqlalchemy import Connection, insert, select, update

from voting.delivering.projects import Project
from voting.store.tables.supervising import completion
from voting.supervising.completions import ProjectCompletion

_FACTS = [completion.c[name] for name in ProjectCompletion.__struct_fields__]


class Completions:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: ProjectCompletion) -> None:
        self._connection.execute(insert(completion).values(asdict(new)))

    def of(self, of: Sequence[Project]) -> tuple[ProjectCompletion, ...]:
        """Of projects of one congress that the caller was given, project by project, from the first turn."""
        congress = of[0].congress if of else ""
        which = (completion.c.congress == congress, completion.c.project.in_([one.id for one in of]))
        query = select(*_FACTS).where(*which).order_by(completion.c.project, completion.c.turn)
        return tuple(ProjectCompletion(**row) for row in self._connection.execute(query).mappings())

    def change(self, before: ProjectCompletion, **changes: object) -> ProjectCompletion:
        """Write the named fields; the report as it is afterwards."""
        which = (completion.c.congress == before.congress, completion.c.id == before.id)
        self._connection.execute(update(completion).where(*which).values(changes))
        return replace(before, **changes)
