"""Suggestions: fetching is authorising, and changing needs the lock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec.structs import asdict, replace
from sqlalchemy import ColumnElement, Connection, and_, exists, false, func, insert, or_, select, true, update

from voting.actors import Actor, NotFound
from voting.duties import may
from voting.store.tables.collecting import suggestion
from voting.store.tables.handling import handling
from voting.store.totals import Totals
from voting.store.visible import is_hash, is_id
from voting.suggestions import Suggestion

_AT_ONCE: Final = 500
_FACTS = select(*(suggestion.c[name] for name in Suggestion.__struct_fields__))


def visible_suggestions(actor: Actor) -> ColumnElement[bool]:
    """Which suggestions exist for this actor.

    The offices and the presidium: all of their congress. A unit: what was ever handed to it. A deputy: the
    own ones, and what an office has released. The public: nothing here; the proposer has the query code, and
    what is published comes from `released`.
    """
    own = suggestion.c.congress == actor.congress
    if may(actor, "read_suggestions") or actor.role == "system":
        return own
    if actor.role == "unit" and actor.unit:
        handed = exists().where(
            handling.c.congress == suggestion.c.congress,
            handling.c.suggestion == suggestion.c.id,
            handling.c.unit == actor.unit,
        )
        return and_(own, or_(handed, suggestion.c.unit == actor.unit))
    if actor.role == "deputy" and actor.deputy:
        released = and_(suggestion.c.released_at.is_not(None), suggestion.c.kind != "complaint")
        return and_(own, or_(suggestion.c.deputy == actor.deputy, released))
    return false()


class Suggestions:
    def __init__(self, connection: Connection, totals: Totals) -> None:
        self._connection = connection
        self._totals = totals

    def next_number(self, congress: str, year: int) -> int:
        """One more than the last of the year; whoever adds holds the lock of `congress_lock`."""
        most = select(func.max(suggestion.c.number)).where(
            suggestion.c.congress == congress, suggestion.c.year == year
        )
        return int(self._connection.execute(most).scalar() or 0) + 1

    def add(self, new: Suggestion) -> None:
        self._connection.execute(insert(suggestion).values(asdict(new)))
        self._totals.touch(new.congress, new.id)

    def get(self, actor: Actor, suggestion_id: str) -> Suggestion:
        """Raises NotFound."""
        return self._one(
            visible_suggestions(actor), suggestion.c.id == suggestion_id, known=is_id(suggestion_id)
        )

    def lock(self, actor: Actor, suggestion_id: str) -> Suggestion:
        """As `get`; until the transaction ends nobody else changes it."""
        which = suggestion.c.id == suggestion_id
        return self._one(visible_suggestions(actor), which, known=is_id(suggestion_id), alone=True)

    def by_query_hash(self, query_hash: str) -> Suggestion:
        """What the holder of the query code proposed. Raises NotFound."""
        return self._one(true(), suggestion.c.query_hash == query_hash, known=is_hash(query_hash))

    def by_form_key(self, congress: str, form_key: str) -> Suggestion | None:
        """The suggestion that this very form made before."""
        query = _FACTS.where(suggestion.c.congress == congress, suggestion.c.form_key == form_key)
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else Suggestion(**row)

    def merged_into(self, actor: Actor, suggestion_id: str) -> tuple[Suggestion, ...]:
        """Its sources, oldest first."""
        query = _FACTS.where(visible_suggestions(actor), suggestion.c.merged_into == suggestion_id)
        rows = self._connection.execute(query.order_by(suggestion.c.received_at, suggestion.c.id)).mappings()
        return tuple(Suggestion(**row) for row in rows)

    def labels(self, actor: Actor, ids: Sequence[str]) -> dict[str, str]:
        """id → number as people say it, of those that the actor may see."""
        found: dict[str, str] = {}
        for start in range(0, len(ids), _AT_ONCE):
            some = suggestion.c.id.in_(ids[start : start + _AT_ONCE])
            for row in self._connection.execute(_FACTS.where(visible_suggestions(actor), some)).mappings():
                found[row["id"]] = Suggestion(**row).label
        return found

    def change(self, before: Suggestion, **changes: object) -> Suggestion:
        """Write the named fields; the suggestion as it is afterwards."""
        self._connection.execute(
            update(suggestion)
            .where(suggestion.c.congress == before.congress, suggestion.c.id == before.id)
            .values(changes)
        )
        self._totals.touch(before.congress, before.id)
        return replace(before, **changes)

    def _one(self, *which: ColumnElement[bool], known: bool, alone: bool = False) -> Suggestion:
        if not known:
            raise NotFound
        query = _FACTS.where(*which)
        if alone:
            query = query.with_for_update()
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotFound
        return Suggestion(**row)
