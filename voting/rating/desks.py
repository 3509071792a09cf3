"""What waits in 人大评: rounds of a year, scores that something must follow, matters and their lights."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from voting.actors import Actor
from voting.delivering.projects import Project
from voting.duties import demand
from voting.handling.lights import Light, light
from voting.rating.completion_report import punctuality
from voting.rating.inquiries import Inquiry
from voting.rating.overviews import completions_of, scores_of_projects
from voting.rating.rated import unbound
from voting.rating.rectifications import Rectification
from voting.rating.scores import Score
from voting.rating.settings import RatingSettings
from voting.rounds import Round
from voting.store import Store, Transaction


class ProjectRow(Struct, frozen=True, kw_only=True):
    """A project of the year with what it was rated; `done`: in time or not."""

    project: Project
    unit: str
    done: str
    scores: tuple[Score, ...]


class MatterRow(Struct, frozen=True, kw_only=True):
    """整改 with its light; a closed one has none."""

    matter: Rectification
    unit: str
    light: Light | None


class RoundRow(Struct, frozen=True, kw_only=True):
    """A round, with the titles on its ballot that belong to no project any more."""

    round: Round
    unbound: tuple[str, ...]


class Desk(Struct, frozen=True, kw_only=True):
    """`to_order`: bad scores that nothing followed yet."""

    year: int
    years: tuple[int, ...]
    projects: tuple[ProjectRow, ...]
    rounds: tuple[RoundRow, ...]
    to_order: tuple[Score, ...]
    matters: tuple[MatterRow, ...]
    inquiries: tuple[Inquiry, ...]


def desk(store: Store, actor: Actor, year: int | None, today: date) -> Desk:
    """Of a year, by default the newest with projects. Raises Forbidden."""
    demand(actor, "rate")
    with store.read() as tx:
        years = tx.projects.years(actor, actor.congress)
        shown = year or (years[0] if years else today.year)
        projects = tx.projects.of_year(actor, actor.congress, shown)
        scores = scores_of_projects(tx, actor, projects)
        listed = [one for one in _matters(tx, actor, today) if one.matter.open]
        return Desk(
            year=shown,
            years=years,
            projects=_rows(tx, projects, scores),
            rounds=_rounds(tx, actor, projects),
            to_order=_to_order(tx, actor, projects, scores),
            matters=tuple(listed),
            inquiries=tx.inquiries.listing(actor, actor.congress),
        )


def matter_rows(store: Store, actor: Actor, today: date) -> tuple[MatterRow, ...]:
    """All matters that the actor may see, open ones first. Raises Forbidden."""
    demand(actor, "read_projects")
    with store.read() as tx:
        return _matters(tx, actor, today)


def light_of(tx: Transaction, matter: Rectification, today: date) -> Light | None:
    """None for a closed matter: its term is over."""
    if not matter.open:
        return None
    return light(matter.due, today, tx.settings.get(matter.congress, RatingSettings).yellow)


def _matters(tx: Transaction, actor: Actor, today: date) -> tuple[MatterRow, ...]:
    named = {one.id: one.name for one in tx.units.all(actor.congress)}
    return tuple(
        MatterRow(matter=one, unit=named.get(one.unit, ""), light=light_of(tx, one, today))
        for one in tx.rectifications.listing(actor)
    )


def _rows(
    tx: Transaction, projects: Sequence[Project], scores: dict[str, tuple[Score, ...]]
) -> tuple[ProjectRow, ...]:
    named = {one.id: one.name for one in tx.units.all(projects[0].congress)} if projects else {}
    completions = completions_of(tx, projects)
    return tuple(
        ProjectRow(
            project=one,
            unit=named.get(one.lead_unit or "", ""),
            done=punctuality(one, completions.get(one.id, ())),
            scores=scores.get(one.id, ()),
        )
        for one in projects
    )


def _rounds(tx: Transaction, actor: Actor, projects: Sequence[Project]) -> tuple[RoundRow, ...]:
    """Newest first."""
    ids = dict.fromkeys(one.round for one in tx.rated.of_projects(projects))
    found = [tx.rounds.get(actor, one) for one in ids]
    found.sort(key=lambda one: (one.drafted_at, one.id), reverse=True)
    return tuple(RoundRow(round=one, unbound=unbound(one, tx.rated.of_round(one))) for one in found)


def _to_order(
    tx: Transaction, actor: Actor, projects: Sequence[Project], scores: dict[str, tuple[Score, ...]]
) -> tuple[Score, ...]:
    made = {(one.round, one.number) for one in tx.rectifications.of_projects(actor, projects)}
    return tuple(
        one
        for some in scores.values()
        for one in some
        if one.bad and not one.retest and (one.round, one.number) not in made
    )
