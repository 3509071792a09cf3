"""What waits in supervision, and which group watches what: for the offices, and for the groups' deputies."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeVar

from msgspec import Struct

from voting.actors import Actor
from voting.days import today
from voting.delivering.projects import Project
from voting.duties import demand, may
from voting.store import Store, Transaction
from voting.supervising.changes import ProjectChange
from voting.supervising.groups import Group
from voting.supervising.orders import Order
from voting.supervising.overviews import GroupShown, show_groups

Of = TypeVar("Of", Order, ProjectChange)


class Watching(Struct, frozen=True, kw_only=True):
    """A group and its projects, newest year first."""

    shown: GroupShown
    projects: tuple[Project, ...]


class Desk(Struct, frozen=True, kw_only=True):
    """`unwatched` are projects being delivered that no group watches; the rest waits for somebody."""

    day: date
    groups: tuple[Watching, ...]
    unwatched: tuple[Project, ...] = ()
    waiting: tuple[tuple[Order, Project], ...] = ()
    to_judge: tuple[tuple[Order, Project], ...] = ()
    asked: tuple[tuple[ProjectChange, Project], ...] = ()
    untold: tuple[tuple[ProjectChange, Project], ...] = ()

    @property
    def late(self) -> tuple[tuple[Order, Project], ...]:
        """Orders whose answer is overdue."""
        return tuple((order, of) for order, of in self.waiting if order.is_late(self.day))

    @property
    def in_time(self) -> tuple[tuple[Order, Project], ...]:
        """Orders that a unit still has time to answer, the nearest last day first."""
        return tuple((order, of) for order, of in self.waiting if not order.is_late(self.day))


def desk(store: Store, actor: Actor, now: datetime) -> Desk:
    """A deputy's own groups; everything for the others. Raises Forbidden."""
    demand(actor, "read_projects")
    with store.read() as tx:
        projects = _projects(tx, actor)
        own = tx.groups.of_deputy(actor) if actor.role == "deputy" else tx.groups.listing(actor)
        groups = _watching(tx, actor, list(own), projects)
        if not may(actor, "read_suggestions"):
            return Desk(day=today(now), groups=groups)
        here = actor.congress
        watched = {one.id for group in groups for one in group.projects}
        return Desk(
            day=today(now),
            groups=groups,
            unwatched=tuple(one for one in projects.values() if one.running and one.id not in watched),
            waiting=_with_project(tx.orders.waiting(here), projects),
            to_judge=_with_project(tx.orders.to_judge(here), projects),
            asked=_with_project(tx.project_changes.asked(here), projects),
            untold=_with_project(tx.project_changes.untold(here), projects),
        )


def _projects(tx: Transaction, actor: Actor) -> dict[str, Project]:
    """All of the congress, newest year first."""
    years = tx.projects.years(actor, actor.congress)
    return {one.id: one for year in years for one in tx.projects.of_year(actor, actor.congress, year)}


def _watching(
    tx: Transaction, actor: Actor, groups: list[Group], projects: dict[str, Project]
) -> tuple[Watching, ...]:
    linked = tx.groups.projects(groups)
    return tuple(
        Watching(
            shown=shown,
            projects=tuple(one for one in projects.values() if one.id in linked[shown.group.id]),
        )
        for shown in show_groups(tx, actor, groups)
    )


def _with_project(found: Iterable[Of], projects: dict[str, Project]) -> tuple[tuple[Of, Project], ...]:
    return tuple((one, projects[one.project]) for one in found if one.project in projects)
