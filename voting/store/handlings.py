"""Who handles a suggestion: a unit gets its own part and nobody else's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final, TypeVar

from msgspec import Struct
from msgspec.structs import asdict, replace
from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    Select,
    Table,
    and_,
    delete,
    exists,
    false,
    func,
    insert,
    or_,
    select,
    update,
)

from voting.actors import Actor, NotFound
from voting.duties import may
from voting.handling.facts import (
    ACTIVE,
    AT_WORK,
    Confirmation,
    Contact,
    Handling,
    HandlingState,
    Happening,
    Urging,
    Workday,
)
from voting.store.suggestions import visible_suggestions
from voting.store.tables.collecting import suggestion
from voting.store.tables.handling import confirmation, contact, handling, happening, urging, workday
from voting.store.totals import Totals
from voting.store.visible import is_id
from voting.suggestions import Standing, Suggestion

Entry = TypeVar("Entry", bound=Struct)
Mine = tuple[tuple[Handling, Suggestion], ...]
Visited = tuple[Contact, Handling, Suggestion]

_AT_ONCE: Final = 500
"""Ids in one statement."""
_FACTS = select(*(handling.c[name] for name in Handling.__struct_fields__))
_OF = and_(suggestion.c.congress == handling.c.congress, suggestion.c.id == handling.c.suggestion)


def visible_handlings(actor: Actor) -> ColumnElement[bool]:
    """Which parts exist for this actor: the offices' congress, the unit's own, those of the deputy's own."""
    own = handling.c.congress == actor.congress
    if may(actor, "read_suggestions") or actor.role == "system":
        return own
    if actor.role == "unit" and actor.unit:
        return and_(own, handling.c.unit == actor.unit)
    if actor.role == "deputy" and actor.deputy:
        return and_(own, exists().where(_OF, suggestion.c.deputy == actor.deputy))
    return false()


def _standing(actor: Actor, states: Sequence[Standing], due_by: date | None) -> ColumnElement[bool]:
    own = and_(visible_suggestions(actor), suggestion.c.merged_into.is_(None), suggestion.c.state.in_(states))
    return own if due_by is None else and_(own, suggestion.c.due <= due_by)


class Handlings:
    def __init__(self, connection: Connection, totals: Totals) -> None:
        self._connection = connection
        self._totals = totals

    def add(self, new: Handling) -> None:
        self._connection.execute(insert(handling).values(asdict(new)))
        self._totals.touch(new.congress, new.suggestion)

    def get(self, actor: Actor, handling_id: str) -> Handling:
        """Raises NotFound."""
        if not is_id(handling_id):
            raise NotFound
        found = self._many(visible_handlings(actor), handling.c.id == handling_id)
        if not found:
            raise NotFound
        return found[0]

    def of_suggestion(self, actor: Actor, suggestion_id: str) -> tuple[Handling, ...]:
        """As far as the actor sees them; the newest decision first, in it the lead unit first."""
        return self._many(visible_handlings(actor), handling.c.suggestion == suggestion_id)

    def beside(self, mine: Handling) -> tuple[Handling, ...]:
        """The other units' parts of the same decision, for whoever has fetched one of them; while it is in
        force, also of those that were asked later."""
        together = handling.c.handed_at == mine.handed_at
        return self._many(
            handling.c.congress == mine.congress,
            handling.c.suggestion == mine.suggestion,
            or_(together, handling.c.state.in_(ACTIVE)) if mine.state in ACTIVE else together,
            handling.c.id != mine.id,
        )

    def of_unit(
        self, actor: Actor, states: Sequence[HandlingState] = AT_WORK, limit: int | None = None
    ) -> Mine:
        """A unit's parts in these states with their suggestions, the next last day first."""
        which = and_(handling.c.unit == actor.unit, handling.c.state.in_(states))
        return self._first(and_(visible_handlings(actor), which), limit)

    def at_work(self, congress: str) -> Mine:
        """Every unit's parts that are not yet answered, for the reminders."""
        which = and_(handling.c.congress == congress, handling.c.state.in_(AT_WORK))
        return self._pairs(self._with_suggestion(which).order_by(handling.c.unit, handling.c.answer_by))

    def waiting(self, actor: Actor, what: str, limit: int) -> Mine:
        """What waits for the office: an answer to `check`, an `extension` to decide. Oldest first."""
        which = {
            "check": handling.c.state == "submitted",
            "extension": and_(handling.c.extension == "asked", handling.c.state.in_(AT_WORK)),
        }[what]
        return self._first(and_(visible_handlings(actor), which), limit)

    def leads(self, actor: Actor, suggestions: Sequence[str]) -> dict[str, str]:
        """The lead unit of each suggestion whose decision holds, for a list of them."""
        query = select(handling.c.suggestion, handling.c.unit).where(
            visible_handlings(actor),
            handling.c.suggestion.in_(suggestions),
            handling.c.part == "lead",
            handling.c.state.in_(ACTIVE),
        )
        return {row.suggestion: row.unit for row in self._connection.execute(query)}

    def change(self, before: Handling, **changes: object) -> Handling:
        """Write the named fields; the lock of the suggestion is held."""
        self._connection.execute(
            update(handling)
            .where(handling.c.congress == before.congress, handling.c.id == before.id)
            .values(changes)
        )
        self._totals.touch(before.congress, before.suggestion)
        return replace(before, **changes)

    def add_contact(self, new: Contact) -> None:
        self._connection.execute(insert(contact).values(asdict(new)))

    def contacts(self, of: Iterable[Handling]) -> tuple[Contact, ...]:
        """Of the parts that the actor has fetched, by day."""
        parts = {one.id: one.congress for one in of}
        if not parts:
            return ()
        which = and_(contact.c.congress.in_(set(parts.values())), contact.c.handling.in_(parts))
        return self._rows(contact, Contact, which, contact.c.day, contact.c.entered_at)

    def contact_log(self, actor: Actor, first: date, last: date) -> tuple[Visited, ...]:
        """Every 走访 and 面商 from the first to the last day that the actor sees, by day."""
        entry = and_(contact.c.congress == handling.c.congress, contact.c.handling == handling.c.id)
        columns = [contact.c[name].label(f"c_{name}") for name in Contact.__struct_fields__]
        query = (
            self._with_suggestion(visible_handlings(actor), contact.c.day.between(first, last))
            .add_columns(*columns)
            .join(contact, entry)
            .order_by(contact.c.day, contact.c.entered_at, contact.c.id)
        )
        rows = self._connection.execute(query).mappings().all()
        said = [Contact(**{name: row[f"c_{name}"] for name in Contact.__struct_fields__}) for row in rows]
        pairs = _pairs(rows)
        return tuple((one, part, item) for one, (part, item) in zip(said, pairs, strict=True))

    def add_confirmation(self, new: Confirmation) -> None:
        self._connection.execute(insert(confirmation).values(asdict(new)))
        self._totals.touch(new.congress, new.suggestion)

    def confirmations(self, of: Suggestion) -> tuple[Confirmation, ...]:
        """Of a suggestion that the actor has fetched, oldest first."""
        which = self._about(confirmation, of)
        return self._rows(confirmation, Confirmation, which, confirmation.c.round)

    def add_urging(self, new: Urging) -> None:
        self._connection.execute(insert(urging).values(asdict(new)))

    def urgings(self, of: Suggestion) -> tuple[Urging, ...]:
        """Of a suggestion that the actor has fetched, oldest first."""
        return self._rows(urging, Urging, self._about(urging, of), urging.c.at)

    def add_happening(self, new: Happening) -> None:
        self._connection.execute(insert(happening).values(asdict(new)))

    def happenings(self, actor: Actor, of: Suggestion) -> tuple[Happening, ...]:
        """办理经过 of a suggestion that the actor has fetched, newest first.

        A unit reads what concerns all and itself, a proposer what concerns all.
        """
        which = self._about(happening, of)
        if not (may(actor, "read_suggestions") or actor.role == "system"):
            which = and_(which, or_(happening.c.unit.is_(None), happening.c.unit == (actor.unit or "")))
        return self._rows(happening, Happening, which, happening.c.at.desc())

    def inbox(
        self, actor: Actor, states: Sequence[Standing], limit: int, *, due_by: date | None = None
    ) -> tuple[Suggestion, ...]:
        """Suggestions that stand for themselves in these states, the next day that counts first."""
        order = (suggestion.c.due.is_(None), suggestion.c.due, suggestion.c.id)
        chosen = select(suggestion.c.id).where(_standing(actor, states, due_by)).order_by(*order)
        ids = self._connection.execute(chosen.limit(limit)).scalars().all()
        columns = [suggestion.c[name] for name in Suggestion.__struct_fields__]
        found: list[Suggestion] = []
        for start in range(0, len(ids), _AT_ONCE):
            wanted = suggestion.c.id.in_(ids[start : start + _AT_ONCE])
            rows = self._connection.execute(select(*columns).where(visible_suggestions(actor), wanted))
            found += [Suggestion(**row) for row in rows.mappings()]
        return tuple(sorted(found, key=lambda one: (one.due or date.max, one.received_at, one.id)))

    def inbox_size(self, actor: Actor, states: Sequence[Standing], *, due_by: date | None = None) -> int:
        """How many `inbox` would give without its limit."""
        query = select(func.count()).select_from(suggestion).where(_standing(actor, states, due_by))
        return int(self._connection.execute(query).scalar_one())

    def workdays(self, congress: str) -> tuple[Workday, ...]:
        """Where the calendar differs from Monday to Friday, by day."""
        return self._rows(workday, Workday, workday.c.congress == congress, workday.c.day)

    def set_workday(self, new: Workday) -> None:
        """One entry a day; the newer one holds."""
        self.drop_workday(new.congress, new.day)
        self._connection.execute(insert(workday).values(asdict(new)))

    def drop_workday(self, congress: str, day: date) -> None:
        """The day is again what Monday to Friday makes of it."""
        here = and_(workday.c.congress == congress, workday.c.day == day)
        self._connection.execute(delete(workday).where(here))

    def _first(self, which: ColumnElement[bool], limit: int | None) -> Mine:
        """The ids come from an index alone; only the rows that are wanted are read whole."""
        order = (handling.c.answer_by, handling.c.id)
        chosen = select(handling.c.id).where(which).order_by(*order).limit(limit)
        ids = self._connection.execute(chosen).scalars().all()
        found: list[tuple[Handling, Suggestion]] = []
        for start in range(0, len(ids), _AT_ONCE):
            wanted = handling.c.id.in_(ids[start : start + _AT_ONCE])
            found += self._pairs(self._with_suggestion(which, wanted).order_by(*order))
        return tuple(found)

    def _many(self, *which: ColumnElement[bool]) -> tuple[Handling, ...]:
        query = _FACTS.where(*which)
        query = query.order_by(handling.c.handed_at.desc(), handling.c.part.desc(), handling.c.id)
        return tuple(Handling(**row) for row in self._connection.execute(query).mappings())

    def _with_suggestion(self, *which: ColumnElement[bool]) -> Select[Any]:
        columns = [handling.c[name].label(f"h_{name}") for name in Handling.__struct_fields__]
        columns += [suggestion.c[name].label(f"s_{name}") for name in Suggestion.__struct_fields__]
        return select(*columns).select_from(handling.join(suggestion, _OF)).where(*which)

    def _pairs(self, query: Select[Any]) -> Mine:
        return _pairs(self._connection.execute(query).mappings())

    def _rows(
        self, table: Table, kind: type[Entry], which: ColumnElement[bool], *order: ColumnElement[object]
    ) -> tuple[Entry, ...]:
        columns = [table.c[name] for name in kind.__struct_fields__]
        ordered = select(*columns).where(which).order_by(*order)
        return tuple(kind(**row) for row in self._connection.execute(ordered).mappings())

    def _about(self, table: Table, of: Suggestion) -> ColumnElement[bool]:
        return and_(table.c.congress == of.congress, table.c.suggestion == of.id)


def _pairs(rows: Iterable[RowMapping]) -> Mine:
    return tuple(
        (
            Handling(**{name: row[f"h_{name}"] for name in Handling.__struct_fields__}),
            Suggestion(**{name: row[f"s_{name}"] for name in Suggestion.__struct_fields__}),
        )
        for row in rows
    )
