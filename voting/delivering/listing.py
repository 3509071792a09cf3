"""The projects of a year in one table, for everybody who may read them; nothing here changes anything."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from msgspec import Struct

from voting.actors import Actor
from voting.delivering.handing import unfilled_rounds, waiting_rounds
from voting.delivering.overviews import Sheet, sheet
from voting.delivering.projects import STATE_NAMES, Handover, Project
from voting.duties import demand
from voting.reporting.lights import Light
from voting.reporting.overviews import lights_of
from voting.rounds import Round
from voting.store import Store


class Wanted(Struct, frozen=True, kw_only=True):
    """What a list is narrowed to; empty: everything."""

    unit: str = ""
    state: str = ""


class Row(Struct, frozen=True, kw_only=True):
    """One project; `unit` is empty until one is assigned, `light` None until it is being delivered."""

    project: Project
    unit: str
    light: Light | None


class Year(Struct, frozen=True, kw_only=True):
    """`units` and `states` are those that occur, (value, words); `whole` counts before narrowing.
    `cancelled` of the rows are in no sum."""

    year: int
    years: tuple[int, ...]
    rows: tuple[Row, ...]
    whole: int
    planned: int
    cancelled: int
    units: tuple[tuple[str, str], ...]
    states: tuple[tuple[str, str], ...]
    letters: tuple[Handover, ...]


class Waiting(Struct, frozen=True, kw_only=True):
    """The desk of 交办: rounds without projects, by year the projects without a letter, and the letters.

    `unfilled`: rounds of the newest year whose last places the 主席团 may still fill.
    """

    rounds: tuple[Round, ...]
    unfilled: tuple[Round, ...]
    chosen: tuple[tuple[int, tuple[Project, ...]], ...]
    letters: tuple[Handover, ...]


def newest_year(store: Store, actor: Actor, today: date) -> int:
    """The newest year with projects, or this one."""
    with store.read() as tx:
        years = tx.projects.years(actor, actor.congress)
    return years[0] if years else today.year


def of_year(store: Store, actor: Actor, year: int, wanted: Wanted, today: date) -> Year:
    """Raises Forbidden."""
    demand(actor, "read_projects")
    with store.read() as tx:
        found = tx.projects.of_year(actor, actor.congress, year)
        names = {one.id: one.name for one in tx.units.all(actor.congress)}
        lights = lights_of(tx, actor, found, today)
        years = tx.projects.years(actor, actor.congress)
        letters = tx.projects.handovers(actor, actor.congress, year)
        helped = tx.projects.assisting(found)
        shared = tx.projects.parts(found)
    kept = [
        one
        for one in found
        if (not wanted.state or one.state == wanted.state)
        and (
            not wanted.unit
            or wanted.unit == one.lead_unit
            or wanted.unit in helped.get(one.id, ())
            or any(part.unit == wanted.unit for part in shared.get(one.id, ()))
        )
    ]
    leads = {one.lead_unit for one in found if one.lead_unit}
    states = {one.state for one in found}
    return Year(
        year=year,
        years=tuple(sorted({*years, year}, reverse=True)),
        rows=tuple(_row(one, names, lights) for one in kept),
        whole=len(found),
        planned=sum(one.planned for one in kept if one.state != "cancelled"),
        cancelled=sum(one.state == "cancelled" for one in kept),
        units=tuple(sorted(((one, names[one]) for one in leads), key=lambda pair: pair[1])),
        states=tuple((state, words) for state, words in STATE_NAMES.items() if state in states),
        letters=letters,
    )


def sheets_of_year(store: Store, actor: Actor, year: int) -> tuple[Sheet, ...]:
    """Every project of the year with its plan, as far as the actor may read it. Raises Forbidden."""
    demand(actor, "read_projects")
    with store.read() as tx:
        return tuple(sheet(tx, actor, one) for one in tx.projects.of_year(actor, actor.congress, year))


def waiting(store: Store, actor: Actor) -> Waiting:
    """Raises Forbidden."""
    demand(actor, "hand_over")
    with store.read() as tx:
        chosen = tx.projects.in_state(actor, "chosen")
        years = tx.projects.years(actor, actor.congress)
        return Waiting(
            rounds=waiting_rounds(tx, actor),
            unfilled=unfilled_rounds(tx, actor, years[0]) if years else (),
            chosen=tuple((year, tuple(of)) for year, of in groupby(chosen, key=lambda one: one.year)),
            letters=tuple(
                letter for year in years for letter in tx.projects.handovers(actor, actor.congress, year)
            ),
        )


def _row(one: Project, names: dict[str, str], lights: dict[str, Light]) -> Row:
    light = lights.get(one.id)
    shown = light if light is not None and light.color != "none" else None
    return Row(project=one, unit=names.get(one.lead_unit or "", ""), light=shown)
