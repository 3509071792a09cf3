"""For public pages alone: how long a congress's log is, photos and papers by their address."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, func, select

from voting.actors import PUBLIC, NotFound
from voting.delivering.projects import Paper
from voting.store.projects import visible_projects
from voting.store.tables import congress
from voting.store.tables.delivering import paper, picture, project
from voting.store.tables.people import audit
from voting.store.visible import is_id

_PAPER: Final = [paper.c[name] for name in Paper.__struct_fields__]
_CHAINED: Final = (
    select(func.coalesce(func.max(audit.c.place), 0))
    .where(audit.c.congress == congress.c.id)
    .scalar_subquery()
)
_UNCHAINED: Final = (
    select(func.count())
    .select_from(audit)
    .where(audit.c.congress == congress.c.id, audit.c.place.is_(None))
    .scalar_subquery()
)
# Made once: this statement runs before every public page.
_CHANGES: Final = select(congress.c.id, (_CHAINED + _UNCHAINED).label("changes")).where(
    congress.c.id.in_(bindparam("asked", expanding=True))
)


class PublicProjects:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def changes(self, congresses: Collection[str]) -> dict[str, int]:
        """How many changes the log of each congress holds; who is unknown is left out.

        Every change writes its row of the log in its own transaction, and rows are never taken out: the
        number is another one as soon as anything has changed, for whichever process looks, and chaining does
        not alter it. One statement, so that chained and unchained are counted at the same moment.
        """
        rows = self._connection.execute(_CHANGES, {"asked": [one for one in congresses if is_id(one)]})
        return {row.id: row.changes for row in rows}

    def shows_photo(self, congress_id: str, photo_id: str) -> bool:
        """Whether everybody may see it, without fetching it."""
        return self._file(congress_id, picture, photo_id, [picture.c.id]) is not None

    def photo(self, congress_id: str, photo_id: str, *, small: bool) -> bytes:
        """The JPEG. Raises NotFound."""
        body = picture.c.small if small else picture.c.body
        row = self._file(congress_id, picture, photo_id, [body.label("jpeg")])
        if row is None:
            raise NotFound
        return bytes(row["jpeg"])

    def paper(self, congress_id: str, paper_id: str) -> tuple[Paper, bytes]:
        """Raises NotFound."""
        row = self._file(congress_id, paper, paper_id, [*_PAPER, paper.c.body])
        if row is None:
            raise NotFound
        return Paper(**{name: row[name] for name in Paper.__struct_fields__}), bytes(row["body"])

    def _file(
        self, congress_id: str, table: Table, file_id: str, wanted: Sequence[ColumnElement[Any]]
    ) -> dict[str, Any] | None:
        if not (is_id(congress_id) and is_id(file_id)):
            return None
        joined = table.join(
            project, and_(project.c.congress == table.c.congress, project.c.id == table.c.project)
        )
        query = select(*wanted).select_from(joined).where(table.c.congress == congress_id)
        row = (
            self._connection.execute(
                query.where(table.c.id == file_id, table.c.public.is_(True), visible_projects(PUBLIC))
            )
            .mappings()
            .first()
        )
        return None if row is None else dict(row)
