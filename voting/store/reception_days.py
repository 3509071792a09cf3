"""接待日: which stations took part on which day, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
)

from voting.days import CHINA
from voting.receptions import DayFigures
from voting.store.tables.attending import reception_day
from voting.store.tables.collecting import duty, reception, suggestion
from voting.store.tables.handling import handling


class ReceptionDays:
    """That a day was held, and its figures, are public."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, congress: str, day: date, stations: Iterable[str]) -> None:
        """These stations and no others take part on the day."""
        which = (reception_day.c.congress == congress, reception_day.c.day == day)
        self._connection.execute(delete(reception_day).where(*which))
        rows = [{"congress": congress, "day": day, "station": one} for one in sorted(set(stations))]
        if rows:
            self._connection.execute(insert(reception_day), rows)

    def points(self, congress: str, day: date) -> frozenset[str]:
        """The stations that take part on a day."""
        query = select(reception_day.c.station).where(
            reception_day.c.congress == congress, reception_day.c.day == day
        )
        return frozenset(self._connection.execute(query).scalars())

    def before(self, congress: str, day: date) -> date | None:
        """The reception day that came before."""
        query = select(func.max(reception_day.c.day)).where(
            reception_day.c.congress == congress, reception_day.c.day < day
        )
        found: date | None = self._connection.execute(query).scalar()
        return found

    def figures(self, congress: str, until: date) -> tuple[tuple[date, DayFigures], ...]:
        """Of every day that was held up to this one, newest first."""
        points = self._by_day(congress, func.count(), None)
        deputies = self._by_day(congress, func.count(), duty)
        receptions = self._by_day(congress, func.count(), reception)
        people = self._by_day(congress, func.sum(reception.c.people), reception)
        return tuple(
            (
                day,
                DayFigures(
                    points=points[day],
                    deputies=deputies.get(day, 0),
                    receptions=receptions.get(day, 0),
                    people=people.get(day, 0),
                    **self._suggestions(congress, day),
                ),
            )
            for day in sorted(points, reverse=True)
            if day <= until
        )

    def _by_day(self, congress: str, what: ColumnElement[int], of: object) -> dict[date, int]:
        """A count of each day's rows at the stations that took part; of those themselves, without a table."""
        query = select(reception_day.c.day, what).where(reception_day.c.congress == congress)
        for table in (duty, reception):
            if of is table:
                query = query.join(table, _at_the_points(table.c.congress, table.c.station, table.c.day))
        rows = self._connection.execute(query.group_by(reception_day.c.day))
        return {day: int(number) for day, number in rows}

    def _suggestions(self, congress: str, day: date) -> dict[str, int]:
        """Received at the points on this day in China; one index range for each day."""
        since = datetime.combine(day, time.min, CHINA)
        said = {"here": congress, "held": day, "since": since, "until": since + timedelta(days=1)}
        suggestions, resolved = self._connection.execute(_OF_A_DAY, said).one()
        return {"suggestions": int(suggestions), "resolved": int(resolved or 0)}


def _at_the_points(
    congress: ColumnElement[str], station: ColumnElement[str], day: ColumnElement[date]
) -> ColumnElement[bool]:
    return and_(
        congress == reception_day.c.congress,
        station == reception_day.c.station,
        day == reception_day.c.day,
    )


def _resolved() -> ColumnElement[bool]:
    """Answered, either on the spot or with the result "solved"; a merged one as the one that it follows."""
    main = suggestion.alias("main")
    which = func.coalesce(suggestion.c.merged_into, suggestion.c.id)
    solved = exists().where(
        handling.c.congress == suggestion.c.congress,
        handling.c.suggestion == which,
        handling.c.result == "A",
        handling.c.released_at.is_not(None),
        handling.c.state != "ended",
    )
    on_the_spot = exists().where(
        main.c.congress == suggestion.c.congress, main.c.id == which, main.c.route == "answered_now"
    )
    return and_(suggestion.c.state.in_(("answered", "closed")), or_(on_the_spot, solved))


_OF_A_DAY = (
    select(func.count(), func.sum(case((_resolved(), 1), else_=0)))
    .select_from(suggestion)
    .join(
        reception_day,
        and_(
            reception_day.c.congress == suggestion.c.congress,
            reception_day.c.station == suggestion.c.station,
            reception_day.c.day == bindparam("held"),
        ),
    )
    .where(
        suggestion.c.congress == bindparam("here"),
        suggestion.c.received_at >= bindparam("since"),
        suggestion.c.received_at < bindparam("until"),
    )
)
"""Made once: putting it together costs more than asking it."""
