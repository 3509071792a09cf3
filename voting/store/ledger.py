"""台账: lists of any length by key, never by offset; counts on the index alone; names; views; figures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace
from sqlalchemy import ColumnElement, Connection, Select, Table, and_, exists, func, or_, select, tuple_

from voting.actors import Actor
from voting.days import CHINA
from voting.duties import may
from voting.handling.clocks import Clocks
from voting.handling.facts import ACTIVE, Grade
from voting.ledger import Day, Filters, Line, Names, Place
from voting.similar import years_raised
from voting.store.figures import Figures
from voting.store.paging import as_listed, in_order, page_of
from voting.store.settings import Settings
from voting.store.suggestions import visible_suggestions
from voting.store.tables import people
from voting.store.tables.collecting import category, station, suggestion, village
from voting.store.tables.handling import confirmation, handling
from voting.store.tables.ledger import counted, kin, total, word
from voting.store.views import Views
from voting.store.words import Words
from voting.suggestions import Suggestion

_S: Final = suggestion.c
_KEY: Final = (_S.year, _S.number)
_OWN: Final = ("main", "units", "grade", "raised")
_PLAIN: Final = tuple(name for name in Line.__struct_fields__ if name not in _OWN)
_LINE: Final = select(*(_S[name] for name in _PLAIN))
_main: Final = suggestion.alias("main")  # making a second name for 36 columns costs more than asking
_other: Final = suggestion.alias("other")
_WHOLE: Final = select(
    *(_S[name] for name in _PLAIN),
    _main.c.year.label("main_year"),
    _main.c.number.label("main_number"),
    counted.c.unit.label("lead"),
    counted.c.grade,
).select_from(
    suggestion.outerjoin(
        counted, and_(counted.c.congress == _S.congress, counted.c.suggestion == _S.id)
    ).outerjoin(_main, and_(_main.c.congress == _S.congress, _main.c.id == _S.merged_into))
)


def _seen(name: str) -> ColumnElement[Any]:
    """A column to judge rows by, and not to look them up by: lists are read off `ix_suggestion_ledger`, in
    their order, without touching rows. A database that knows nothing yet of its contents would choose the
    index of this one column, look up half the table, and sort it (measured: ten times slower)."""
    return func.coalesce(_S[name], _S[name])


_MERGED: Final = _seen("merged_into").is_not(None)


def _among(congress: str, ids: Iterable[str], column: ColumnElement[Any]) -> ColumnElement[bool]:
    """The rows of these suggestions."""
    return and_(column.table.c.congress == congress, column.in_(list(ids)))


class Hits(Struct, frozen=True):
    """A filter made ready: what a suggestion must fulfil. `costly` if finding them costs more than reading
    all that were found, so that it is not done twice, for the number and for the page."""

    actor: Actor
    which: tuple[ColumnElement[bool], ...]
    costly: bool
    places: Select[tuple[int, int]] | None = None
    """(year, number) of them by the index of words alone, when nothing but words was asked for."""


class Ledger:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._words = Words(connection)
        self.figures = Figures(connection)
        self.views = Views(connection)

    def hits(self, actor: Actor, filters: Filters, day: Day) -> Hits:
        """The filter made ready; words are looked up once for counting and listing."""
        meant = () if filters.label else self._words.meant(actor.congress, filters.text)
        which = (visible_suggestions(actor), *self._plain(filters), *self._special(actor, filters, day))
        within = filters.year
        worded = tuple(tuple_(*_KEY).in_(_places(actor.congress, [words], within)) for words in meant)
        return Hits(
            actor,
            (*which, *worded),
            costly=bool(filters.text or filters.unit or filters.yearly == "yes"),
            places=_places(actor.congress, meant) if meant and _only_words(actor, filters) else None,
        )

    def find(
        self,
        hits: Hits,
        filters: Filters,
        most: int,
        after: Place | None = None,
        before: Place | None = None,
    ) -> tuple[int, tuple[str, ...]]:
        """How many there are, and the `ids` of one page."""
        if hits.places is not None:
            return self._find_words(hits.actor, hits.places, filters, most, after, before)
        if not hits.costly:
            all_of = may(hits.actor, "read_suggestions") and _only_year(filters)
            number = self._received(hits.actor, filters.year) if all_of else self.count(hits)
            return number, self.ids(hits, filters, most, after, before)
        query = select(_S.id, *_KEY, _S.due).where(*hits.which)
        by_due = filters.order == "due"
        rows = [
            ((row.due, row.year, row.number) if by_due else (row.year, row.number), row.id)
            for row in self._connection.execute(query)
        ]
        rows.sort(reverse=filters.order == "newest")
        return len(rows), page_of(rows, filters, most, after, before)

    def count(self, hits: Hits) -> int:
        """How many there are."""
        query = select(func.count()).select_from(suggestion).where(*hits.which)
        return int(self._connection.execute(query).scalar_one())

    def _received(self, actor: Actor, year: int | None) -> int:
        """How many there are at all, by what is kept for the figures: each has one source."""
        which = [total.c.congress == actor.congress, total.c.grouped == "source"]
        if year is not None:
            which.append(total.c.year == year)
        query = select(func.coalesce(func.sum(total.c.received), 0)).where(*which)
        return int(self._connection.execute(query).scalar_one())

    def _find_words(
        self,
        actor: Actor,
        places: Select[tuple[int, int]],
        filters: Filters,
        most: int,
        after: Place | None,
        before: Place | None,
    ) -> tuple[int, tuple[str, ...]]:
        found = places.subquery()
        number = self._connection.execute(select(func.count()).select_from(found)).scalar_one()
        start, backwards = (after, False) if before is None else (before, True)
        key = (found.c.year, found.c.number)
        page = in_order(select(*key).limit(most), key, filters.order, start, backwards=backwards).subquery()
        query = select(_S.id).join(page, and_(_S.year == page.c.year, _S.number == page.c.number))
        query = in_order(query.where(visible_suggestions(actor)), _KEY, filters.order)
        return number, tuple(row.id for row in self._connection.execute(query))

    def ids(
        self,
        hits: Hits,
        filters: Filters,
        most: int,
        after: Place | None = None,
        before: Place | None = None,
    ) -> tuple[str, ...]:
        """The ids of one page in the filter's order, from after the last place of the page before it, or up
        to the first place of the page that follows it."""
        query = select(_S.id).where(*hits.which).limit(most)
        start, backwards = (after, False) if before is None else (before, True)
        rows = self._connection.execute(as_listed(query, filters, start, backwards=backwards)).all()
        return tuple(row.id for row in (reversed(rows) if backwards else rows))

    def lines(self, actor: Actor, ids: Sequence[str]) -> tuple[Line, ...]:
        """Whole lines, in the order of the ids."""
        if not ids:
            return ()
        rows = self._connection.execute(_LINE.where(visible_suggestions(actor), _S.id.in_(ids))).mappings()
        found = {row["id"]: Line(**row) for row in rows}
        units, grades = self._units(actor.congress, ids), self._grades(actor.congress, ids)
        merged = [line.merged_into for line in found.values() if line.merged_into]
        mains = self._labels(actor.congress, merged)
        raised = self.raised(actor, list(found.values()))
        return tuple(
            replace(
                found[one],
                main=mains.get(found[one].merged_into or "", ""),
                units=tuple(units.get(one, ())),
                grade=grades.get(one),
                raised=raised.get(one, ()),
            )
            for one in ids
            if one in found
        )

    def stretch(
        self, hits: Hits, filters: Filters, most: int, after: Place | None = None
    ) -> tuple[Line, ...]:
        """Whole lines as `ids` and `lines` find them, in one statement, for reading all of them: without the
        years of 年年提, and of the units the lead alone."""
        query = as_listed(_WHOLE.where(*hits.which).limit(most), filters, after)
        return tuple(
            Line(
                **dict(zip(_PLAIN, row, strict=False)),
                main=f"{row.main_year}-{row.main_number:05d}" if row.main_year else "",
                units=(row.lead,) if row.lead else (),
                grade=row.grade or None,
            )
            for row in self._connection.execute(query)
        )

    def by_number(self, actor: Actor, year: int, number: int) -> Suggestion | None:
        """The one with this number."""
        query = select(*(_S[name] for name in Suggestion.__struct_fields__)).where(
            visible_suggestions(actor), _S.year == year, _S.number == number
        )
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else Suggestion(**row)

    def raised(self, actor: Actor, lines: Sequence[Line]) -> dict[str, tuple[int, ...]]:
        """年年提: of these, those raised in other years too and never solved, with the years.

        The same is what is very much alike, or what a person merged.
        """
        congress, ids = actor.congress, [line.id for line in lines]
        if not ids:
            return {}
        query = (
            select(kin.c.suggestion, _other.c.year)
            .join(_other, and_(_other.c.congress == kin.c.congress, _other.c.id == kin.c.other))
            .where(_among(congress, ids, kin.c.suggestion), ~_solved(kin.c.suggestion), ~_solved(kin.c.other))
        )
        years: dict[str, list[int]] = {}
        for one, year in self._connection.execute(query):
            years.setdefault(one, []).append(year)
        return {line.id: years_raised(line.year, years.get(line.id, ())) for line in lines}

    def _units(self, congress: str, ids: Sequence[str]) -> dict[str, list[str]]:
        """The lead unit first."""
        query = (
            select(handling.c.suggestion, handling.c.unit)
            .where(_among(congress, ids, handling.c.suggestion), handling.c.state.in_(ACTIVE))
            .order_by(handling.c.part.desc(), handling.c.handed_at, handling.c.id)
        )
        units: dict[str, list[str]] = {}
        for one, unit in self._connection.execute(query):
            units.setdefault(one, []).append(unit)
        return units

    def _grades(self, congress: str, ids: Sequence[str]) -> dict[str, Grade]:
        """The last word of each proposer."""
        query = (
            select(confirmation.c.suggestion, confirmation.c.grade)
            .where(_among(congress, ids, confirmation.c.suggestion))
            .order_by(confirmation.c.round)
        )
        return {row.suggestion: row.grade for row in self._connection.execute(query)}

    def _labels(self, congress: str, ids: Sequence[str]) -> dict[str, str]:
        if not ids:
            return {}
        query = select(_S.id, *_KEY).where(_among(congress, ids, _S.id))
        return {row.id: f"{row.year}-{row.number:05d}" for row in self._connection.execute(query)}

    def yellow(self, actor: Actor) -> int:
        """So many days before a term ends, its light turns yellow."""
        return Settings(self._connection).get(actor.congress, Clocks).yellow

    def names(self, actor: Actor) -> Names:
        """What the ids of this congress's lines are called."""
        return Names(
            categories=self._named(actor, category),
            villages=self._named(actor, village),
            towns={
                row.id: row.town
                for row in self._connection.execute(
                    select(village.c.id, village.c.town).where(village.c.congress == actor.congress)
                )
            },
            stations=self._named(actor, station),
            deputies=self._named(actor, people.deputy),
            units=self._named(actor, people.unit),
        )

    def _named(self, actor: Actor, table: Table) -> dict[str, str]:
        query = select(table.c.id, table.c.name).where(table.c.congress == actor.congress)
        return {row.id: row.name for row in self._connection.execute(query)}

    def _plain(self, filters: Filters) -> list[ColumnElement[bool]]:
        names = ("kind", "source", "state", "route", "category", "village", "station")
        wanted = {name: value for name in names if (value := getattr(filters, name)) is not None}
        which: list[ColumnElement[bool]] = [_seen(name) == value for name, value in wanted.items()]
        if filters.year is not None:
            which.append(_S.year == filters.year)
        if filters.merged:
            which.append(_MERGED if filters.merged == "yes" else ~_MERGED)
        if filters.photos:
            which.append(_S.photos > 0 if filters.photos == "yes" else _S.photos == 0)
        if filters.since:
            which.append(_seen("received_at") >= _midnight(filters.since))
        if filters.until:
            which.append(_seen("received_at") < _midnight(filters.until + timedelta(days=1)))
        if filters.order == "due":
            which.append(_S.due.is_not(None))
        return which

    def _special(self, actor: Actor, filters: Filters, day: Day) -> list[ColumnElement[bool]]:
        which = _light(filters, day)
        if filters.label:
            which += [_S.year == filters.label[0], _S.number == filters.label[1]]
        if filters.town is not None:
            of_town = select(village.c.id).where(
                village.c.congress == actor.congress, village.c.town == filters.town
            )
            which.append(_S.village.in_(of_town))
        if filters.unit is not None:
            which.append(_S.id.in_(_of_unit(actor.congress, filters.unit)))
        if filters.yearly is not None:
            raised = _S.id.in_(_yearly(actor.congress))
            which.append(raised if filters.yearly == "yes" else ~raised)
        return which


def _only_words(actor: Actor, filters: Filters) -> bool:
    """Whether the index of words alone can answer: nothing else is asked for, and all may be seen."""
    plain = Filters(text=filters.text, order=filters.order)
    return filters == plain and filters.order != "due" and may(actor, "read_suggestions")


def _only_year(filters: Filters) -> bool:
    return filters == Filters(year=filters.year, order=filters.order) and filters.order != "due"


def _places(
    congress: str, meant: Sequence[Sequence[str]], year: int | None = None
) -> Select[tuple[int, int]]:
    """(year, number) of what has, of each of these groups, one word; a year is part of the index."""
    first, *others = meant
    query = select(word.c.year, word.c.number).where(word.c.congress == congress, word.c.word.in_(first))
    if year is not None:
        query = query.where(word.c.year == year)
    for words in others:
        query = query.where(tuple_(word.c.year, word.c.number).in_(_places(congress, [words], year)))
    return query if len(first) == 1 else query.distinct()


def _midnight(day: Any) -> datetime:
    return datetime.combine(day, time(), CHINA)


def _light(filters: Filters, day: Day) -> list[ColumnElement[bool]]:
    """A merged one follows its main one and has no light of its own."""
    if filters.light is None:
        return []
    if filters.light == "none":
        return [or_(_seen("due").is_(None), _MERGED)]
    due, soon = _seen("due"), day.today + timedelta(days=day.yellow)
    stretch = {"red": due < day.today, "yellow": and_(due >= day.today, due <= soon), "green": due > soon}
    return [stretch[filters.light], ~_MERGED]


def _of_unit(congress: str, unit: str) -> Select[tuple[str]]:
    return select(handling.c.suggestion).where(
        handling.c.congress == congress, handling.c.unit == unit, handling.c.state.in_(ACTIVE)
    )


def _yearly(congress: str) -> Select[tuple[str]]:
    return select(kin.c.suggestion).where(
        kin.c.congress == congress, ~_solved(kin.c.suggestion), ~_solved(kin.c.other)
    )


def _solved(one: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a unit answered it with result A, and the office passed that on."""
    return exists().where(
        handling.c.congress == one.table.c.congress,
        handling.c.suggestion == one,
        handling.c.result == "A",
        handling.c.released_at.is_not(None),
    )
