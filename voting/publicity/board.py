"""A year's projects side by side: lights with their counts, filters, who delivers, how far, how it was found.

However many projects a year has, the statements are the same few.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Final

from msgspec import Struct

from voting.actors import PUBLIC
from voting.days import today
from voting.delivering.projects import Project, as_known
from voting.people import Unit
from voting.publicity.lamps import lamps
from voting.rating.overviews import scores_of_projects
from voting.rating.scores import Score
from voting.reporting.lights import Color, Light, ReportingSettings, rule
from voting.rounds import Congress
from voting.store import Store

COLORS: Final[tuple[Color, ...]] = ("red", "orange", "yellow", "green", "blue", "none")
_USED: Final = {"three": ("red", "yellow", "green", "none"), "five": COLORS}


class Row(Struct, frozen=True, kw_only=True):
    """One project as the public knows it; `score` is the newest of the whole project, if there is one."""

    project: Project
    unit: str
    light: Light
    score: Score | None = None


class Board(Struct, frozen=True, kw_only=True):
    """`rows` are those that the filters let through, `all` those of the year. `counts` are of the year and
    the unit, without what was cancelled, by color in the order of urgency; `units` have a project this year.
    """

    congress: Congress
    day: date
    year: int | None
    years: tuple[int, ...]
    unit: str | None
    light: Color | None
    units: tuple[Unit, ...]
    counts: tuple[tuple[Color, int], ...]
    rows: tuple[Row, ...]
    all: tuple[Row, ...]
    rule: str

    @property
    def going(self) -> tuple[Row, ...]:
        """The rows without those that were cancelled."""
        return tuple(one for one in self.rows if one.project.state != "cancelled")

    @property
    def cancelled(self) -> int:
        """How many of the rows were cancelled: they stand in no sum."""
        return len(self.rows) - len(self.going)

    @property
    def planned(self) -> int:
        """元, of the rows that go on."""
        return sum(one.project.planned for one in self.going)

    @property
    def spent(self) -> int:
        """元, of the rows that go on."""
        return sum(one.project.spent for one in self.going)

    @property
    def finished(self) -> int:
        """How many of the rows are 办结, accepted or not."""
        return sum(one.project.state in {"finished", "accepted"} for one in self.rows)


class Wanted(Struct, frozen=True, kw_only=True):
    """The filters of an address; what the year does not have is no filter."""

    year: int | None = None
    unit: str = ""
    light: str = ""


def board(store: Store, congress_id: str, wanted: Wanted, now: datetime) -> Board:
    """Of the year, or of the newest that has any. Raises NotFound."""
    day = today(now)
    with store.read() as tx:
        congress = tx.sessions.congress(congress_id)
        years = tx.projects.years(PUBLIC, congress_id)
        year = wanted.year if wanted.year in years else next(iter(years), None)
        projects = tx.projects.of_year(PUBLIC, congress_id, year) if year is not None else ()
        units = {one.id: one for one in tx.units.all(congress_id)}
        settings = tx.settings.get(congress_id, ReportingSettings)
        lights = lamps(tx, projects, settings, day)
        scores = scores_of_projects(tx, PUBLIC, projects)
    rows = tuple(_row(one, units, lights, scores) for one in projects)
    led = {row.project.lead_unit for row in rows}
    unit = wanted.unit if wanted.unit in led else None
    light = next((one for one in COLORS if one == wanted.light), None)
    of_unit = [row for row in rows if unit is None or row.project.lead_unit == unit]
    return Board(
        congress=congress,
        day=day,
        year=year,
        years=years,
        unit=unit,
        light=light,
        units=tuple(one for one in units.values() if one.id in led),
        counts=_counts(of_unit, settings),
        rows=tuple(row for row in of_unit if light is None or row.light.color == light),
        all=rows,
        rule=rule(settings),
    )


def _row(
    one: Project,
    units: Mapping[str, Unit],
    lights: Mapping[str, Light],
    scores: Mapping[str, tuple[Score, ...]],
) -> Row:
    known = as_known(PUBLIC, one)
    lead = units.get(known.lead_unit or "")
    return Row(
        project=known,
        unit=lead.name if lead else "",
        light=lights[one.id],
        score=_newest(scores.get(one.id, ())),
    )


def _newest(scores: Iterable[Score]) -> Score | None:
    """Of the whole project; parts have their own on its page."""
    whole = [one for one in scores if one.part is None]
    return whole[-1] if whole else None


def _counts(rows: Iterable[Row], settings: ReportingSettings) -> tuple[tuple[Color, int], ...]:
    found = Counter(row.light.color for row in rows if row.project.state != "cancelled")
    return tuple((one, found[one]) for one in COLORS if one in _USED[settings.preset] or found[one])
