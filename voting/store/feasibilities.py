"""Opinions that units are asked for on a draft."""

from __future__ import annotations

from msgspec.structs import asdict, replace
from sqlalchemy import ColumnElement, Connection, and_, false, func, insert, select, update

from voting.actors import Actor, NotFound
from voting.duties import may
from voting.screening.drafts import Draft, Feasibility
from voting.store.tables.screening import feasibility
from voting.store.visible import is_id

_FACTS = select(*(feasibility.c[name] for name in Feasibility.__struct_fields__))


def visible_feasibilities(actor: Actor) -> ColumnElement[bool]:
    """Offices and presidium: all of their congress. A unit: what it was asked itself."""
    own = feasibility.c.congress == actor.congress
    if may(actor, "read_suggestions") or actor.role == "system":
        return own
    if actor.role == "unit" and actor.unit:
        return and_(own, feasibility.c.unit == actor.unit)
    return false()


class Feasibilities:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Feasibility) -> None:
        self._connection.execute(insert(feasibility).values(asdict(new)))

    def get(self, actor: Actor, asked: str) -> Feasibility:
        """Raises NotFound."""
        return self._one(actor, asked)

    def lock(self, actor: Actor, asked: str) -> Feasibility:
        """As `get`; until the transaction ends nobody else answers it."""
        return self._one(actor, asked, alone=True)

    def of_draft(self, actor: Actor, of: Draft) -> tuple[Feasibility, ...]:
        """As they were asked."""
        return self._many(visible_feasibilities(actor), feasibility.c.draft == of.id)

    def of_unit(self, actor: Actor) -> tuple[Feasibility, ...]:
        """What the actor's unit was asked: open ones first, by their last day."""
        query = _FACTS.where(visible_feasibilities(actor)).order_by(
            feasibility.c.given_at.is_not(None), feasibility.c.due, feasibility.c.id
        )
        return tuple(Feasibility(**row) for row in self._connection.execute(query).mappings())

    def open_counts(self, congress: str) -> dict[str, int]:
        """By draft, how many opinions are still missing."""
        query = (
            select(feasibility.c.draft, func.count())
            .where(feasibility.c.congress == congress, feasibility.c.given_at.is_(None))
            .group_by(feasibility.c.draft)
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def change(self, before: Feasibility, **changes: object) -> Feasibility:
        """Write the named fields; the opinion as it is afterwards."""
        which = (feasibility.c.congress == before.congress, feasibility.c.id == before.id)
        self._connection.execute(update(feasibility).where(*which).values(changes))
        return replace(before, **changes)

    def _one(self, actor: Actor, asked: str, *, alone: bool = False) -> Feasibility:
        if not is_id(asked):
            raise NotFound
        query = _FACTS.where(visible_feasibilities(actor), feasibility.c.id == asked)
        if alone:
            query = query.with_for_update()
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotFound
        return Feasibility(**row)

    def _many(self, *which: ColumnElement[bool]) -> tuple[Feasibility, ...]:
        query = _FACTS.where(*which).order_by(feasibility.c.asked_at, feasibility.c.id)
        return tuple(Feasibility(**row) for row in self._connection.execute(query).mappings())
