"""The counts of the figures as they stand, kept while suggestions change, so that nobody has to count.

Each suggestion has a row in `counted` that says what it was last counted as. When a transaction that touched
it ends, it is looked at anew, and the difference goes into `total`: whatever was done to it, and however
often, the counts follow. Both are written at the very end, in the order of their keys, and nothing else is
waited for after that; so transactions wait for each other here, but never in a circle.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, Final, Literal

from msgspec import Struct
from msgspec.structs import asdict
from sqlalchemy import Connection, and_, bindparam, case, exists, func, or_, select, text, update

from voting.actors import Actor
from voting.duties import may
from voting.handling.facts import ACTIVE, Grade
from voting.ledger import Tally
from voting.store.tables.collecting import suggestion
from voting.store.tables.handling import confirmation, handling
from voting.store.tables.ledger import counted, total

_AT_ONCE: Final = 1_000
Grouping = Literal["source", "category", "village", "unit"]
_GROUPINGS: Final[tuple[Grouping, ...]] = ("source", "category", "village", "unit")
_COUNTS: Final = Tally.__struct_fields__
Cell = tuple[int, str, str]
"""Year, grouping, id of what it is grouped by; empty when nothing was given."""


class Counted(Struct, frozen=True, kw_only=True):
    """What a suggestion is counted as. `unit`: who has the lead, empty for nobody; `grade`: the last word of
    the proposer, empty for none; `marks`: 1 for the first of `Tally`'s counts, 2 for the second, 4 …"""

    suggestion: str
    year: int
    source: str
    category: str
    village: str
    unit: str
    grade: str
    marks: int

    @property
    def cells(self) -> Iterable[tuple[Cell, str]]:
        """(cell, count) for every place it counts in."""
        names = _named(self.marks)
        for grouping in _GROUPINGS:
            key = getattr(self, grouping)
            if key or grouping != "unit":
                yield from (((self.year, grouping, key), name) for name in names)


class Totals:
    """`touch` while a transaction lasts, `settle` when it ends: the store does both."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._touched: set[tuple[str, str]] = set()

    def touch(self, congress: str, suggestion_id: str) -> None:
        """What this suggestion counts as may have changed."""
        self._touched.add((congress, suggestion_id))

    def settle(self) -> None:
        """Count what was touched anew."""
        by_congress: dict[str, list[str]] = {}
        for congress, one in sorted(self._touched):
            by_congress.setdefault(congress, []).append(one)
        self._touched.clear()
        for congress, ids in by_congress.items():
            self._settle(congress, ids)

    def of_all(
        self, actor: Actor, year: int | None = None, until: datetime | None = None
    ) -> dict[Grouping, dict[str, Tally]]:
        """By grouping and id, of one year or of all, as it stands, or as it stood before `until`; for whoever
        may read everything."""
        found: dict[Grouping, dict[str, Tally]] = {grouping: {} for grouping in _GROUPINGS}
        if not may(actor, "read_suggestions"):
            return found
        numbers = self._standing(actor.congress, year)
        if until is not None:
            for (grouping, key, marks), by in self._since(actor.congress, year, until).items():
                for name in _named(marks):
                    numbers[grouping, key][name] -= by
        for (grouping, key), counts in numbers.items():
            if counts["received"]:
                found[grouping][key] = Tally(**counts)
        return found

    def _standing(self, congress: str, year: int | None) -> dict[tuple[Grouping, str], dict[str, int]]:
        sums = [func.sum(total.c[name]).label(name) for name in _COUNTS]
        query = select(total.c.grouped, total.c.item, *sums).where(total.c.congress == congress)
        if year is not None:
            query = query.where(total.c.year == year)
        rows = self._connection.execute(query.group_by(total.c.grouped, total.c.item))
        return {
            (grouped, item): dict(zip(_COUNTS, map(int, counts), strict=True))
            for grouped, item, *counts in rows
        }

    def _since(self, congress: str, year: int | None, until: datetime) -> Counter[tuple[Grouping, str, int]]:
        """How often which marks came to which place since then: only what changed is looked at."""
        said = self._said_before(congress, until)
        late_words = select(confirmation.c.suggestion).where(
            confirmation.c.congress == congress, confirmation.c.at >= until
        )
        late = [_S[name] >= until for name in _LATE]
        bits = [case((one, 1 << place), else_=0) for place, one in enumerate(late)]
        query = _NOW.add_columns(sum(bits[1:], bits[0])).where(
            _S.congress == congress, or_(*late, _S.id.in_(late_words))
        )
        if year is not None:
            query = query.where(_S.year == year)
        rows = self._connection.execute(query).all()
        changes = [
            (marks, _marks_before(marks, late_bits, said.get(one, grade)))
            for *_, one, marks, grade, late_bits in rows
        ]
        came: Counter[tuple[Grouping, str, int]] = Counter()
        for grouping, keys in zip(_GROUPINGS, zip(*(row[:4] for row in rows), strict=True), strict=False):
            for (key, (now, before)), times in Counter(zip(keys, changes, strict=True)).items():
                if key or grouping != "unit":
                    came[grouping, key, now] += times
                    came[grouping, key, before] -= times
        return came

    def _said_before(self, congress: str, until: datetime) -> dict[str, str]:
        """The last word before then of those who said something afterwards; empty for none."""
        query = (
            select(confirmation.c.suggestion, confirmation.c.grade, confirmation.c.at)
            .where(
                confirmation.c.congress == congress,
                confirmation.c.suggestion.in_(
                    select(_later.c.suggestion).where(_later.c.congress == congress, _later.c.at >= until)
                ),
            )
            .order_by(confirmation.c.round)
        )
        said: dict[str, str] = {}
        for one, grade, at in self._connection.execute(query):
            said[one] = grade if at < until else said.get(one, "")
        return said

    def _settle(self, congress: str, ids: Sequence[str]) -> None:
        change: Counter[tuple[Cell, str]] = Counter()
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            before = self._before(congress, some)
            now = [one for one in self._now(congress, some) if one != before.get(one.suggestion)]
            for one in now:
                change.update(one.cells)
                change.subtract(before[one.suggestion].cells)
            self._write(congress, now)
        self._add(congress, change)

    def _before(self, congress: str, ids: Sequence[str]) -> dict[str, Counted]:
        """Locked: whoever else touched one of them counts it afterwards, with what we did to it."""
        self._connection.execute(_FIRST, [{"congress": congress, "suggestion": one} for one in ids])
        query = (
            select(*(counted.c[name] for name in Counted.__struct_fields__))
            .where(counted.c.congress == congress, counted.c.suggestion.in_(ids))
            .order_by(counted.c.suggestion)
            .with_for_update()
        )
        rows = self._connection.execute(query).mappings()
        return {row["suggestion"]: Counted(**row) for row in rows}

    def _now(self, congress: str, ids: Sequence[str]) -> list[Counted]:
        rows = self._connection.execute(_FACTS.where(_S.congress == congress, _S.id.in_(ids))).all()
        return [_counted(row) for row in rows]

    def _write(self, congress: str, now: Sequence[Counted]) -> None:
        if now:
            rows = [{f"new_{name}": value for name, value in asdict(one).items()} for one in now]
            self._connection.execute(_CHANGE, [{**row, "own_congress": congress} for row in rows])

    def _add(self, congress: str, change: Counter[tuple[Cell, str]]) -> None:
        rows: dict[Cell, dict[str, Any]] = {}
        for (cell, name), by in sorted(change.items()):
            if by:
                rows.setdefault(cell, dict.fromkeys(_COUNTS, 0))[name] = by
        if rows:
            own = [
                {"congress": congress, "year": year, "grouped": grouping, "item": key, **numbers}
                for (year, grouping, key), numbers in rows.items()
            ]
            self._connection.execute(_MORE, own)


_S: Final = suggestion.c
_later: Final = confirmation.alias("later")
_LAST: Final = ~exists().where(
    _later.c.congress == confirmation.c.congress,
    _later.c.suggestion == confirmation.c.suggestion,
    _later.c.round > confirmation.c.round,
)
_SAID: Final = and_(confirmation.c.congress == _S.congress, confirmation.c.suggestion == _S.id, _LAST)
_LEAD: Final = and_(
    handling.c.congress == _S.congress,
    handling.c.suggestion == _S.id,
    handling.c.part == "lead",
    handling.c.state.in_(ACTIVE),
)
_NAMES: Final = ("id", "year", "source", "category", "village", "kind", "state", "route")
_MOMENTS: Final = ("decided_at", "answered_at", "closed_at")
_LATE: Final = ("received_at", *_MOMENTS)
_FACTS: Final = select(
    *(_S[name] for name in (*_NAMES, *_MOMENTS)), handling.c.unit, confirmation.c.grade
).select_from(suggestion.outerjoin(handling, _LEAD).outerjoin(confirmation, _SAID))
# An outer join, for SQLite to begin with the suggestions: each is counted.
_NOW: Final = select(
    *(counted.c[name] for name in _GROUPINGS),
    _S.id,
    counted.c.marks,
    counted.c.grade,
).select_from(
    suggestion.outerjoin(counted, and_(counted.c.congress == _S.congress, counted.c.suggestion == _S.id))
)
_CHANGE: Final = (
    update(counted)
    .where(
        counted.c.congress == bindparam("own_congress"), counted.c.suggestion == bindparam("new_suggestion")
    )
    .values({name: bindparam(f"new_{name}") for name in Counted.__struct_fields__[1:]})
)
# SQLAlchemy has these two for each kind of database apart; both understand the same words.
_FIRST: Final = text(
    "INSERT INTO counted (congress, suggestion, year, source, category, village, unit, grade, marks)"
    " VALUES (:congress, :suggestion, 0, '', '', '', '', '', 0) ON CONFLICT DO NOTHING"
)
_MORE: Final = text(
    f"INSERT INTO total (congress, year, grouped, item, {', '.join(_COUNTS)})"  # noqa: S608 - our own names
    f" VALUES (:congress, :year, :grouped, :item, {', '.join(f':{name}' for name in _COUNTS)})"
    " ON CONFLICT (congress, year, grouped, item) DO UPDATE SET "
    + ", ".join(f"{name} = total.{name} + excluded.{name}" for name in _COUNTS)
)


def _named(marks: int) -> list[str]:
    return [name for place, name in enumerate(_COUNTS) if marks >> place & 1]


def _mark(*names: str) -> int:
    return sum(1 << _COUNTS.index(name) for name in names)


_SAID_MARKS: Final = _mark("evaluated", "satisfied", "basic")
_MARKS_OF: Final = (_mark(*_COUNTS), _mark("decided_clues", "adopted"), _mark("answered"), _mark("closed"))
"""In the order of `_LATE`."""


@cache
def _marks_before(marks: int, late: int, grade: str) -> int:
    """What it would be counted as, had nothing happened since: `late`: 1 for the first of `_LATE`, 2 for the
    second, 4 …; `grade`: the last word before."""
    marks &= ~_SAID_MARKS
    if grade:
        marks |= _mark("evaluated") | (_mark(grade) if grade in {"satisfied", "basic"} else 0)
    for place, those in enumerate(_MARKS_OF):
        if late >> place & 1:
            marks &= ~those
    return marks


def _counted(row: Any) -> Counted:
    grade: Grade | None = row.grade
    taken_up = row.state not in {"received", "refused"}
    decided = row.kind == "clue" and row.route is not None and row.decided_at is not None
    counts = Tally(
        received=1,
        taken_up=taken_up,
        answered=taken_up and row.answered_at is not None,
        closed=taken_up and row.closed_at is not None,
        evaluated=grade is not None,
        satisfied=grade == "satisfied",
        basic=grade == "basic",
        decided_clues=decided,
        adopted=decided and row.route == "candidate",
    )
    return Counted(
        suggestion=row.id,
        year=row.year,
        source=row.source,
        category=row.category or "",
        village=row.village or "",
        unit=row.unit or "",
        grade=grade or "",
        marks=sum(bool(getattr(counts, name)) << place for place, name in enumerate(_COUNTS)),
    )
