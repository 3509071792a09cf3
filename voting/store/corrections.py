"""更正 and 撤回 of visits, 督办单 and 会商, old words beside the new: none is ever removed."""

from __future__ import annotations

import msgspec
from msgspec.structs import asdict
from sqlalchemy import Connection, insert, select, true, update

from voting.actors import Actor
from voting.delivering.projects import Project
from voting.store.tables.supervising import supervision_correction
from voting.supervising.corrections import Correction, Lines

_FACTS = [supervision_correction.c[name] for name in Correction.__struct_fields__]


class Corrections:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Correction) -> None:
        columns = asdict(new) | {"lines": msgspec.json.encode(new.lines)}
        self._connection.execute(insert(supervision_correction).values(columns))

    def of(self, actor: Actor, of: Project) -> tuple[Correction, ...]:
        """Of a project that the caller was given, oldest first; the public gets what it had been shown."""
        table = supervision_correction
        shown = table.c.public if actor.role == "public" else true()
        query = select(*_FACTS).where(table.c.congress == of.congress, table.c.project == of.id, shown)
        rows = self._connection.execute(query.order_by(table.c.at, table.c.id)).mappings()
        return tuple(
            Correction(**{**row, "lines": msgspec.json.decode(row["lines"], type=Lines)}) for row in rows
        )

    def hide(self, of: Project, record: str) -> None:
        """The corrections of this record are not public any more."""
        table = supervision_correction
        which = (table.c.congress == of.congress, table.c.project == of.id, table.c.of == record)
        self._connection.execute(update(table).where(*which).values(public=False))
