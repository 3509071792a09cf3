"""Supervision, changes and completion as pages and other rooms read them; nothing here changes anything.

Every function takes the actor, and a project that this actor was given. The public gets what staff released,
changes that were approved, and every 办结 and 验收.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from msgspec import Struct

from voting.actors import Actor, NotFound, system
from voting.congress_settings import PublicSettings
from voting.delivering.projects import Paper, Picture, Project, TakenDown
from voting.reporting.overviews import open_warnings
from voting.rounds import Congress, Level
from voting.store import Transaction
from voting.supervising.changes import KIND_NAMES, ProjectChange, lines
from voting.supervising.completions import ProjectCompletion
from voting.supervising.conferences import Commitment, Conference
from voting.supervising.corrections import Correction
from voting.supervising.groups import Group, Supervisor
from voting.supervising.orders import STATE_NAMES, Answer, Order, body_name
from voting.supervising.visits import Reply, Visit

PutRight = Mapping[str, tuple[Correction, ...]]
_OFFICES: Final[dict[Level, str]] = {"county": "政府办", "town": "党政办"}


class GroupShown(Struct, frozen=True, kw_only=True):
    """A group with its people by name; the public gets the leader, and the members where the congress shows
    its deputies.
    """

    group: Group
    leader: str
    members: tuple[str, ...]


class ReplyShown(Struct, frozen=True, kw_only=True):
    """`whose` is the unit's name, or 政府办 (in a town 党政办)."""

    reply: Reply
    whose: str


class VisitShown(Struct, frozen=True, kw_only=True):
    visit: Visit
    group: str
    pictures: tuple[Picture, ...]
    replies: tuple[ReplyShown, ...]
    corrections: tuple[Correction, ...] = ()
    taken_down: tuple[TakenDown, ...] = ()

    @property
    def to_release(self) -> bool:
        """Whether something of it is not yet in public."""
        return self.visit.released_at is None or any(one.reply.released_at is None for one in self.replies)


class OrderShown(Struct, frozen=True, kw_only=True):
    """`body` in words: 示例县人民代表大会常务委员会."""

    order: Order
    body: str
    unit: str
    answers: tuple[Answer, ...]
    corrections: tuple[Correction, ...] = ()


class ConferenceShown(Struct, frozen=True, kw_only=True):
    conference: Conference
    commitments: tuple[Commitment, ...]
    corrections: tuple[Correction, ...] = ()


class Withdrawn(Struct, frozen=True, kw_only=True):
    """What nobody but the offices, units and deputies of the congress can still read."""

    visits: tuple[VisitShown, ...] = ()
    orders: tuple[OrderShown, ...] = ()
    conferences: tuple[ConferenceShown, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.visits or self.orders or self.conferences)


class Supervision(Struct, frozen=True, kw_only=True):
    """What was withdrawn stands apart, and counts nowhere."""

    groups: tuple[GroupShown, ...]
    supervisors: tuple[Supervisor, ...]
    visits: tuple[VisitShown, ...]
    orders: tuple[OrderShown, ...]
    conferences: tuple[ConferenceShown, ...]
    withdrawn: Withdrawn = Withdrawn()

    def late(self, day: date) -> tuple[OrderShown, ...]:
        """Orders whose answer is overdue."""
        return tuple(one for one in self.orders if one.order.is_late(day))


class ChangeShown(Struct, frozen=True, kw_only=True):
    """`lines` are (what, old words, new words)."""

    change: ProjectChange
    lines: tuple[tuple[str, str, str], ...]
    papers: tuple[Paper, ...]


class CompletionShown(Struct, frozen=True, kw_only=True):
    """One report of 办结 with its proof, and the proof of its 验收."""

    completion: ProjectCompletion
    pictures: tuple[Picture, ...]
    papers: tuple[Paper, ...]
    acceptance_papers: tuple[Paper, ...]


class Completed(Struct, frozen=True, kw_only=True):
    """`reports` from the first; `chain` the same project's stages of all years, oldest first, at least the
    one asked for.
    """

    reports: tuple[CompletionShown, ...]
    chain: tuple[Project, ...]

    @property
    def last(self) -> ProjectCompletion | None:
        """The report that counts: None, if nothing is finished, or work is being done again."""
        found = self.reports[-1].completion if self.reports else None
        return None if found is None or found.result == "needs_work" else found

    @property
    def on_time(self) -> bool | None:
        """None until finished, or where no deadline was in force."""
        return None if self.last is None or self.last.deadline is None else self.last.days_late == 0


class _Names(Struct, frozen=True, kw_only=True):
    """What things of one congress are called; `units` by id."""

    congress: Congress
    units: dict[str, str]

    def whose(self, unit: str | None) -> str:
        """The unit, or the government office."""
        return _OFFICES[self.congress.level] if unit is None else self.units[unit]


def supervision_of(tx: Transaction, actor: Actor, project: Project) -> Supervision:
    """Who watches a project, what they saw and said, what was demanded, what was agreed."""
    groups, names = tx.groups.of_project(project), _names(tx, project.congress)
    put_right = _corrections(tx, actor, project)
    visits = _visits(tx, actor, project, names, put_right, {one.id: one.name for one in groups})
    orders = _orders(tx, tx.orders.of(actor, project), names, put_right)
    conferences = _conferences(tx, actor, project, put_right)
    return Supervision(
        groups=show_groups(tx, actor, [one for one in groups if one.ended_at is None]),
        supervisors=tx.groups.supervisors(project),
        visits=tuple(one for one in visits if one.visit.withdrawn_at is None),
        orders=tuple(one for one in orders if one.order.state != "withdrawn"),
        conferences=tuple(one for one in conferences if one.conference.withdrawn_at is None),
        withdrawn=Withdrawn(
            visits=tuple(one for one in visits if one.visit.withdrawn_at is not None),
            orders=tuple(one for one in orders if one.order.state == "withdrawn"),
            conferences=tuple(one for one in conferences if one.conference.withdrawn_at is not None),
        ),
    )


def changes_of(tx: Transaction, actor: Actor, project: Project) -> tuple[ChangeShown, ...]:
    """Oldest first, each with old and new words and the decision."""
    papers = tx.project_files.papers(actor, project)
    return tuple(
        ChangeShown(
            change=one,
            lines=lines(one.before, one.after),
            papers=tuple(paper for paper in papers if paper.of == one.id),
        )
        for one in tx.project_changes.of(actor, project)
    )


def completion_of(tx: Transaction, actor: Actor, project: Project) -> Completed:
    """办结 and 验收, and how the project goes on from year to year."""
    papers, pictures = tx.project_files.papers(actor, project), tx.project_files.pictures(actor, project)
    reports = tuple(
        CompletionShown(
            completion=one,
            pictures=tuple(picture for picture in pictures if picture.of == one.id),
            papers=tuple(paper for paper in papers if paper.of == one.id),
            acceptance_papers=tuple(paper for paper in papers if paper.of == one.acceptance),
        )
        for one in tx.completions.of([project])
    )
    return Completed(reports=reports, chain=chain_of(tx, actor, project))


def chain_of(tx: Transaction, actor: Actor, project: Project) -> tuple[Project, ...]:
    """跨年、跨届: the stages of earlier and later years that the actor may see, oldest first."""
    earlier: list[Project] = []
    one = project
    while one.previous is not None:
        try:
            one = tx.projects.get(actor, one.previous)
        except NotFound:
            break
        earlier.insert(0, one)
    later: list[Project] = []
    following = tx.projects.following(project)
    while following is not None and _sees(tx, actor, following):
        later.append(following)
        following = tx.projects.following(following)
    return (*earlier, project, *later)


def open_matters(tx: Transaction, project: Project) -> tuple[str, ...]:
    """Sentences that forbid 办结 and 验收: open warnings, 督办单, changes."""
    house = system(project.congress)
    orders = [
        f"督办单“{one.number}”{STATE_NAMES[one.state]}" for one in tx.orders.of(house, project) if one.is_open
    ]
    changes = [
        f"关于{KIND_NAMES[one.kind]}的调整还在等待决定"
        for one in tx.project_changes.of(house, project)
        if one.state == "asked"
    ]
    return (*open_warnings(tx, project), *orders, *changes)


def show_groups(tx: Transaction, actor: Actor, groups: list[Group]) -> tuple[GroupShown, ...]:
    """Groups of one congress that the caller was given."""
    if not groups:
        return ()
    congress = groups[0].congress
    named = actor.role != "public" or tx.settings.get(congress, PublicSettings).show_deputies
    deputies = {one.id: one for one in tx.deputies.all(congress)}
    members = tx.groups.members(groups)
    return tuple(
        GroupShown(
            group=one,
            leader=deputies[one.leader].name,
            members=tuple(deputies[other].name for other in members[one.id]) if named else (),
        )
        for one in groups
    )


def _names(tx: Transaction, congress: str) -> _Names:
    units = {one.id: one.name for one in tx.units.all(congress)}
    return _Names(congress=tx.sessions.congress(congress), units=units)


def _corrections(tx: Transaction, actor: Actor, project: Project) -> PutRight:
    """By the record they belong to, oldest first."""
    found: dict[str, tuple[Correction, ...]] = {}
    for one in tx.corrections.of(actor, project):
        found[one.of] = (*found.get(one.of, ()), one)
    return found


def _visits(
    tx: Transaction,
    actor: Actor,
    project: Project,
    names: _Names,
    put_right: PutRight,
    groups: dict[str, str],
) -> tuple[VisitShown, ...]:
    pictures = tx.project_files.pictures(actor, project)
    gone = tx.project_files.taken_down(project)
    replies = tx.visits.replies(actor, project)
    return tuple(
        VisitShown(
            visit=one,
            group=groups.get(one.group or "", ""),
            pictures=tuple(picture for picture in pictures if picture.of == one.id),
            replies=tuple(
                ReplyShown(reply=reply, whose=names.whose(reply.unit))
                for reply in replies
                if reply.visit == one.id
            ),
            corrections=put_right.get(one.id, ()),
            taken_down=tuple(down for down in gone if down.picture.of == one.id),
        )
        for one in tx.visits.of(actor, project)
    )


def show_order(tx: Transaction, actor: Actor, project: Project, order: Order) -> OrderShown:
    """An order that the caller was given, with its project."""
    put_right = _corrections(tx, actor, project)
    return _orders(tx, [order], _names(tx, order.congress), put_right)[0]


def _orders(
    tx: Transaction, orders: Sequence[Order], names: _Names, put_right: PutRight
) -> tuple[OrderShown, ...]:
    answers = tx.orders.answers(orders)
    return tuple(
        OrderShown(
            order=one,
            body=body_name(names.congress, one.body),
            unit=names.units[one.unit],
            answers=tuple(answer for answer in answers if answer.order == one.id),
            corrections=put_right.get(one.id, ()),
        )
        for one in orders
    )


def _conferences(
    tx: Transaction, actor: Actor, project: Project, put_right: PutRight
) -> tuple[ConferenceShown, ...]:
    found = tx.conferences.of(actor, project)
    commitments = tx.conferences.commitments(found)
    return tuple(
        ConferenceShown(
            conference=one,
            commitments=tuple(other for other in commitments if other.conference == one.id),
            corrections=put_right.get(one.id, ()),
        )
        for one in found
    )


def _sees(tx: Transaction, actor: Actor, project: Project) -> bool:
    try:
        tx.projects.get(actor, project.id)
    except NotFound:
        return False
    return True
