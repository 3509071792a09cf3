"""待补全的草稿 of the offices; one that was handed in is a draft, and no sketch any more."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import asdict
from sqlalchemy import ColumnElement, Connection, and_, delete, exists, false, insert, select

from voting.actors import Actor
from voting.duties import may
from voting.screening.sketches import Sketch
from voting.store.tables.screening import draft, sketch
from voting.store.visible import is_id

_FACTS = [sketch.c[name] for name in Sketch.__struct_fields__]


class Sketches:
    """Whoever adds or drops holds the lock of the congress (`drafts.alone`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Sketch) -> None:
        self._connection.execute(insert(sketch).values(asdict(new)))

    def find(self, actor: Actor, sketch_id: str) -> Sketch | None:
        """None: there is none, or it has become a draft."""
        found = self._many(actor, sketch.c.id == sketch_id) if is_id(sketch_id) else ()
        return found[0] if found else None

    def of_year(self, actor: Actor, year: int) -> tuple[Sketch, ...]:
        """In the order in which they were made."""
        return self._many(actor, sketch.c.year == year)

    def of_suggestions(self, actor: Actor, suggestions: Sequence[str], year: int) -> frozenset[str]:
        """Of suggestions that the caller was given, those of which the year has a sketch."""
        found = self._many(actor, sketch.c.year == year, sketch.c.suggestion.in_(suggestions))
        return frozenset(one.suggestion for one in found)

    def drop(self, of: Sketch) -> None:
        which = (sketch.c.congress == of.congress, sketch.c.id == of.id)
        self._connection.execute(delete(sketch).where(*which))

    def _many(self, actor: Actor, *which: ColumnElement[bool]) -> tuple[Sketch, ...]:
        handed_in = exists().where(and_(draft.c.congress == sketch.c.congress, draft.c.id == sketch.c.id))
        query = select(*_FACTS).where(_visible(actor), ~handed_in, *which).order_by(sketch.c.at, sketch.c.id)
        return tuple(Sketch(**row) for row in self._connection.execute(query).mappings())


def _visible(actor: Actor) -> ColumnElement[bool]:
    offices = may(actor, "draft") or may(actor, "keep_year")
    return sketch.c.congress == actor.congress if offices else false()
