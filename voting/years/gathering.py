"""What the year before left, gathered for the page on which the next year is opened; nothing here changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from voting.actors import Actor
from voting.delivering.projects import Project
from voting.ledger import Day, Filters
from voting.people import Unit
from voting.rating.overviews import scores_of_projects
from voting.ratings import UNGRADED
from voting.screening.plans import Plan, UnitName
from voting.store import Transaction
from voting.years.leftovers import (
    Again,
    Leftover,
    Leftovers,
    candidate_history,
    draft_id,
    plan_of_candidate,
    plan_of_project,
    project_history,
    why,
)
from voting.years.votes import Voted, rounds_of, slates_of, voted_of

EARLIER_YEARS: Final = 3
"""So far back what is still open is offered."""
MOST_AGAIN: Final = 50


def left_over(tx: Transaction, actor: Actor, year: int, day: Day) -> Leftovers:
    """What `year` may take over, for whoever keeps the year; the statements do not grow with the list."""
    by_year = {
        before: tx.projects.of_year(actor, actor.congress, before)
        for before in range(year - 1, year - 1 - EARLIER_YEARS, -1)
    }
    units = {one.id: one for one in tx.units.all(actor.congress)}
    things = _projects(tx, actor, year, by_year, units)
    things += _not_chosen(tx, actor, year, by_year[year - 1], units.values())
    return Leftovers(
        year=year,
        things=_marked(tx, actor, year, things),
        again=_raised_again(tx, actor, year, day),
        reserve=len(tx.drafts.in_reserve(actor)),
    )


def _marked(tx: Transaction, actor: Actor, year: int, things: Sequence[Leftover]) -> tuple[Leftover, ...]:
    """With the drafts that were made from them already, for this year or one before it."""
    ids = {draft_id(actor.congress, year, one.key): one.key for one in things}
    taken = {ids[draft]: draft for draft in tx.opened_years.carried_to(actor, list(ids))}
    for before in {one.year for one in things}:
        for made in tx.opened_years.carried_from(actor.congress, before):
            taken.setdefault(f"{made.kind}:{made.project or made.earlier}", made.draft)
    return tuple(replace(one, taken=taken.get(one.key)) for one in things)


def _projects(
    tx: Transaction,
    actor: Actor,
    year: int,
    by_year: Mapping[int, Sequence[Project]],
    units: Mapping[str, Unit],
) -> list[Leftover]:
    """Open projects; those that were cancelled are offered once, by the year that follows."""
    found = [
        one
        for before, projects in by_year.items()
        for one in projects
        if (reason := why(one)) and (before == year - 1 or reason != "cancelled")
    ]
    plans = _drafted(tx, actor, found)
    followed = tx.opened_years.followed(actor.congress, [one.id for one in found])
    told = _told(tx, actor, found)
    return [
        _project(
            one,
            units.get(one.lead_unit or ""),
            plans.get(one.draft or ""),
            followed.get(one.id),
            told.get(one.id, ()),
        )
        for one in found
    ]


def _told(tx: Transaction, actor: Actor, projects: Sequence[Project]) -> dict[str, tuple[str, ...]]:
    """By project, who decided to cancel it, and how it was rated, as far as the rules publish that."""
    reader = replace(actor, role="government_office")
    lines: dict[str, tuple[str, ...]] = {
        one.id: tuple(
            f"{change.session}决定取消（{change.number}）。"
            for change in tx.project_changes.of(actor, one)
            if change.kind == "cancellation" and change.state == "approved"
        )
        for one in projects
        if one.state == "cancelled"
    }
    for project, scores in (scores_of_projects(tx, reader, projects) if projects else {}).items():
        said = tuple(f"{one.round_title}：{one.level or UNGRADED}。" for one in scores)
        lines[project] = (*lines.get(project, ()), *said)
    return lines


def _project(
    of: Project, unit: Unit | None, drafted: Plan | None, following: str | None, told: Sequence[str]
) -> Leftover:
    lead = UnitName(id=unit.id, name=unit.name) if unit and unit.ended_at is None else None
    plan = plan_of_project(of, drafted, lead)
    return Leftover(
        kind="project",
        id=of.id,
        year=of.year,
        title=of.title,
        why=why(of) or "unfinished",
        history=project_history(of, unit.name if unit else "", told),
        plan=plan,
        followed=following,
        obstacle="" if plan else "还没有确定责任单位，请先在项目页确定。",
    )


def _drafted(tx: Transaction, actor: Actor, projects: Sequence[Project]) -> dict[str, Plan]:
    """By draft, what the deputies had before them."""
    named = {one.draft for one in projects if one.draft}
    years = {one.year for one in projects if one.draft}
    listed = [
        (entry.draft, entry.version)
        for slate in tx.slates.listing(actor)
        if slate.year in years and slate.round
        for entry in tx.slates.entries(slate)
        if entry.draft in named
    ]
    return tx.drafts.plans(actor.congress, listed) if listed else {}


def _not_chosen(
    tx: Transaction, actor: Actor, year: int, projects: Sequence[Project], units: Iterable[Unit]
) -> list[Leftover]:
    """Candidates that the deputies had before them and did not choose, in printed order."""
    listed = {one.draft for one in projects if one.draft}
    chosen = {(one.round, one.candidate) for one in projects}
    by_name = {one.name: UnitName(id=one.id, name=one.name) for one in units if one.ended_at is None}
    rows: list[Leftover] = []
    slates = slates_of(tx, actor, year - 1)
    for voted in voted_of(tx, rounds_of(tx, actor, year - 1, slates, projects), slates):
        plans, drafts = _plans(tx, actor, voted)
        reasons = _reasons(voted)
        for one in voted.round.candidates:
            draft = drafts.get(one.number)
            if (
                one.number in voted.outcome.chosen
                or draft in listed
                or (voted.round.id, one.number) in chosen
            ):
                continue
            plan = plans.get(draft or "") or plan_of_candidate(one, by_name)
            rows.append(
                Leftover(
                    kind="candidate",
                    id=draft or f"{voted.round.id}-{one.number}",
                    year=year - 1,
                    title=one.title,
                    why="not_chosen",
                    history=candidate_history(
                        year - 1, one.number, voted.session, reasons.get(one.number, "")
                    ),
                    plan=plan,
                    obstacle="" if plan else f"名册里没有“{one.unit}”，请直接新拟候选项目。",
                )
            )
    return rows


def _plans(tx: Transaction, actor: Actor, voted: Voted) -> tuple[dict[str, Plan], dict[int, str]]:
    """By draft what was printed, and by printed number the draft."""
    if voted.slate is None:
        return {}, {}
    entries = tx.slates.entries(voted.slate)
    plans = tx.drafts.plans(actor.congress, [(one.draft, one.version) for one in entries])
    return plans, {one.number: one.draft for one in entries}


def _reasons(voted: Voted) -> dict[int, str]:
    disclosed = voted.disclosed
    return {one.number: one.reason for one in disclosed.standings} if disclosed else {}


def _raised_again(tx: Transaction, actor: Actor, year: int, day: Day) -> tuple[Again, ...]:
    """年年提, of the year before and of what has come in since, in no draft or sketch of the year."""
    found: list[Again] = []
    for asked in (year, year - 1):
        filters = Filters(year=asked, yearly="yes", merged="no")
        hits = tx.ledger.ids(tx.ledger.hits(actor, filters, day), filters, MOST_AGAIN)
        found += [
            Again(id=one.id, label=one.label, title=one.title, years=one.raised)
            for one in tx.ledger.lines(actor, hits)
            if one.raised and one.kind != "complaint"
        ]
    ids = [one.id for one in found]
    used = tx.opened_years.drafted(actor.congress, ids, year) | tx.sketches.of_suggestions(actor, ids, year)
    return tuple(one for one in found if one.id not in used)[:MOST_AGAIN]
