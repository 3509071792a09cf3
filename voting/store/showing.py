"""What the public may count and read: released suggestions, no complaints, nobody's name."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, FromClause, Select, func, select

from voting.store.tables.collecting import call, category, suggestion, village
from voting.suggestions import SOURCE_NAMES, Route, Source, Standing


class Count(Struct, frozen=True, kw_only=True):
    """How many suggestions bear a name."""

    name: str
    times: int


class Called(Struct, frozen=True, kw_only=True):
    """A published 征集公告; `closes` is the last day."""

    title: str
    text: str
    issuers: str
    opens: date
    closes: date
    published_at: datetime


class Totals(Struct, frozen=True, kw_only=True):
    """`released` are all; the others are some of them."""

    released: int
    answered: int
    candidates: int


class Shown(Struct, frozen=True, kw_only=True):
    """A suggestion as the public may read it; `at` is when the office released it."""

    year: int
    number: int
    title: str
    text: str
    category: str
    place: str
    source: Source
    state: Standing
    route: Route | None
    decision: str
    answer: str
    at: datetime

    def without_refusal(self) -> Shown:
        """Without the words of a refusal (不宜转交)."""
        return replace(self, decision="", answer="") if self.route == "explained" else self


_PLACE = village.c.town + village.c.name
"""With its town: a county has many a 东村."""
_RELEASED = (suggestion.c.released_at.is_not(None), suggestion.c.kind != "complaint")
_WITH_NAMES = suggestion.outerjoin(
    category, (category.c.congress == suggestion.c.congress) & (category.c.id == suggestion.c.category)
).outerjoin(village, (village.c.congress == suggestion.c.congress) & (village.c.id == suggestion.c.village))
_SHOWN = select(
    suggestion.c.year,
    suggestion.c.number,
    suggestion.c.title,
    suggestion.c.text,
    func.coalesce(category.c.name, "").label("category"),
    func.coalesce(_PLACE, "").label("place"),
    suggestion.c.source,
    suggestion.c.state,
    suggestion.c.route,
    suggestion.c.decision,
    suggestion.c.answer,
    suggestion.c.released_at.label("at"),
).select_from(_WITH_NAMES)


class Showing:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def years(self, congress: str) -> tuple[int, ...]:
        """Years for which anything was released, newest first."""
        query = select(suggestion.c.year).where(suggestion.c.congress == congress, *_RELEASED).distinct()
        return tuple(self._connection.execute(query.order_by(suggestion.c.year.desc())).scalars())

    def totals(self, congress: str, year: int | None) -> Totals:
        answered = func.count(suggestion.c.answered_at)
        candidates = func.count().filter(suggestion.c.route == "candidate")
        query = select(func.count(), answered, candidates).where(*_of(congress, year))
        row = self._connection.execute(query).one()
        return Totals(released=row[0], answered=row[1], candidates=row[2])

    def by_category(self, congress: str, year: int | None) -> tuple[Count, ...]:
        """Most first; those without a category as 其他."""
        return self._counts(congress, year, func.coalesce(category.c.name, "其他"), _WITH_NAMES)

    def by_place(self, congress: str, year: int | None) -> tuple[Count, ...]:
        """By village or community, most first; those without one as 全域."""
        return self._counts(congress, year, func.coalesce(_PLACE, "全域"), _WITH_NAMES)

    def by_source(self, congress: str, year: int | None) -> tuple[Count, ...]:
        counted = self._counts(congress, year, suggestion.c.source, suggestion)
        names: Mapping[str, str] = dict(SOURCE_NAMES.items())
        return tuple(Count(name=names[one.name], times=one.times) for one in counted)

    def listing(self, congress: str, year: int, after: int | None, most: int) -> tuple[Shown, ...]:
        """Newest number first."""
        below = [] if after is None else [suggestion.c.number < after]
        query = _SHOWN.where(*_of(congress, year), *below)
        return self._many(query.order_by(suggestion.c.number.desc()).limit(most))

    def one(self, congress: str, year: int, number: int) -> Shown | None:
        found = self._many(_SHOWN.where(*_of(congress, year), suggestion.c.number == number))
        return found[0] if found else None

    def everything(self, congress: str) -> tuple[Shown, ...]:
        """By year and number."""
        query = _SHOWN.where(suggestion.c.congress == congress, *_RELEASED)
        return self._many(query.order_by(suggestion.c.year, suggestion.c.number))

    def newest(self, congress: str, most: int) -> tuple[Shown, ...]:
        query = _SHOWN.where(suggestion.c.congress == congress, *_RELEASED)
        return self._many(query.order_by(suggestion.c.released_at.desc()).limit(most))

    def calls(self, congress: str) -> tuple[Called, ...]:
        """The published ones, newest first."""
        columns = [call.c[name] for name in Called.__struct_fields__]
        query = select(*columns).where(call.c.congress == congress, call.c.published_at.is_not(None))
        rows = self._connection.execute(query.order_by(call.c.published_at.desc())).mappings()
        return tuple(Called(**row) for row in rows)

    def _counts(
        self, congress: str, year: int | None, name: ColumnElement[str], among: FromClause
    ) -> tuple[Count, ...]:
        times = func.count()
        query = select(name, times).select_from(among).where(*_of(congress, year)).group_by(name)
        rows = self._connection.execute(query.order_by(times.desc(), name))
        return tuple(Count(name=row[0], times=row[1]) for row in rows)

    def _many(self, query: Select[tuple[object, ...]]) -> tuple[Shown, ...]:
        return tuple(Shown(**row) for row in self._connection.execute(query).mappings())


def _of(congress: str, year: int | None) -> tuple[ColumnElement[bool], ...]:
    return (suggestion.c.congress == congress, suggestion.c.year == year, *_RELEASED)
