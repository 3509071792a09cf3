"""Documents and photos of projects: whoever may see the project may see them; the public what is public."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from msgspec.structs import asdict
from sqlalchemy import ColumnElement, Connection, Table, and_, delete, exists, insert, select, true, update

from voting.actors import Actor, NotFound
from voting.delivering.projects import Paper, Picture, Project, TakenDown
from voting.photos import Prepared
from voting.store.projects import visible_projects
from voting.store.tables.delivering import paper, picture, project, taken_down
from voting.store.visible import is_id

_PAPER = [paper.c[name] for name in Paper.__struct_fields__]
_PICTURE = [picture.c[name] for name in Picture.__struct_fields__]
_DOWN = [taken_down.c.reason, taken_down.c.by, taken_down.c.at]
_IS_DOWN = exists().where(taken_down.c.congress == picture.c.congress, taken_down.c.picture == picture.c.id)


class ProjectFiles:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_paper(self, new: Paper, body: bytes) -> None:
        self._connection.execute(insert(paper).values(**asdict(new), body=body))

    def papers(self, actor: Actor, of: Project) -> tuple[Paper, ...]:
        """Of a project that the caller was given, oldest first; the public gets what is public."""
        which = (paper.c.congress == of.congress, paper.c.project == of.id, _shown(actor, paper))
        query = select(*_PAPER).where(*which).order_by(paper.c.at, paper.c.id)
        return tuple(Paper(**row) for row in self._connection.execute(query).mappings())

    def paper(self, actor: Actor, paper_id: str) -> tuple[Paper, bytes]:
        """Raises NotFound."""
        row = self._file(actor, paper, paper_id, [*_PAPER, paper.c.body])
        return Paper(**{name: row[name] for name in Paper.__struct_fields__}), bytes(row["body"])

    def add_pictures(
        self, of: Project, to: str, prepared: Sequence[Prepared], *, public: bool, first: int = 1
    ) -> None:
        """Photos of the row `to` (a report, a visit …), in this order, from place `first`."""
        rows = [
            {
                "congress": of.congress,
                "id": uuid4().hex,
                "project": of.id,
                "of": to,
                "place": place,
                "width": one.width,
                "height": one.height,
                "public": public,
                "small": one.small,
                "body": one.body,
            }
            for place, one in enumerate(prepared, start=first)
        ]
        if rows:
            self._connection.execute(insert(picture), rows)

    def drop_pictures(self, of: Project, to: str) -> None:
        """Those of a draft that is not yet anybody's record."""
        which = (picture.c.congress == of.congress, picture.c.project == of.id, picture.c.of == to)
        self._connection.execute(delete(picture).where(*which))

    def show_pictures(self, of: Project, to: str, *, public: bool) -> None:
        """Release those of the row `to` to the public, or hold them back; what was taken down stays so."""
        which = (picture.c.congress == of.congress, picture.c.project == of.id, picture.c.of == to)
        self._connection.execute(update(picture).where(*which, ~_IS_DOWN).values(public=public))

    def take_down(self, of: Picture, *, by: str, reason: str, at: datetime) -> None:
        """It was the wrong photo."""
        which = (picture.c.congress == of.congress, picture.c.id == of.id)
        self._connection.execute(update(picture).where(*which).values(public=False))
        facts = {"congress": of.congress, "picture": of.id, "reason": reason, "by": by, "at": at}
        self._connection.execute(insert(taken_down).values(facts))

    def pictures(self, actor: Actor, of: Project) -> tuple[Picture, ...]:
        """Of a project that the caller was given, by what they belong to, without those taken down."""
        which = (picture.c.congress == of.congress, picture.c.project == of.id, _shown(actor, picture))
        query = select(*_PICTURE).where(*which, ~_IS_DOWN).order_by(picture.c.of, picture.c.place)
        return tuple(Picture(**row) for row in self._connection.execute(query).mappings())

    def taken_down(self, of: Project) -> tuple[TakenDown, ...]:
        """The others, for everybody: that there were some is no secret, what they showed is."""
        both = and_(picture.c.congress == taken_down.c.congress, picture.c.id == taken_down.c.picture)
        query = select(*_PICTURE, *_DOWN).join(taken_down, both)
        which = (picture.c.congress == of.congress, picture.c.project == of.id)
        rows = self._connection.execute(query.where(*which).order_by(picture.c.of, picture.c.place))
        return tuple(
            TakenDown(
                picture=Picture(**{name: row[name] for name in Picture.__struct_fields__}),
                **{column.name: row[column.name] for column in _DOWN},
            )
            for row in rows.mappings()
        )

    def picture(self, actor: Actor, picture_id: str, *, small: bool) -> bytes:
        """The JPEG. Raises NotFound."""
        body = picture.c.small if small else picture.c.body
        jpeg: bytes = self._file(actor, picture, picture_id, [body.label("jpeg")])["jpeg"]
        return jpeg

    def _file(
        self, actor: Actor, table: Table, file_id: str, wanted: Sequence[ColumnElement[Any]]
    ) -> dict[str, Any]:
        if not is_id(file_id):
            raise NotFound
        joined = table.join(
            project, and_(project.c.congress == table.c.congress, project.c.id == table.c.project)
        )
        query = select(*wanted).select_from(joined)
        row = (
            self._connection.execute(
                query.where(table.c.id == file_id, visible_projects(actor), _shown(actor, table))
            )
            .mappings()
            .first()
        )
        if row is None:
            raise NotFound
        return dict(row)


def _shown(actor: Actor, table: Table) -> ColumnElement[bool]:
    return table.c.public.is_(True) if actor.role == "public" else true()
