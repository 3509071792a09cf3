"""Setting up 监督小组, and naming those who supervise a project."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from voting.actors import Actor, NotFound
from voting.delivering.projects import Project
from voting.duties import demand
from voting.store import Store, Transaction
from voting.store.visible import is_id
from voting.supervising.groups import (
    MOST_SUPERVISORS,
    Group,
    NamedSupervisor,
    Supervisor,
    check_people,
    check_supervisor,
)
from voting.supervising.refusals import FormExpired, SupervisionInput, SupervisionStep
from voting.supervising.telling import tell_member
from voting.text import clean_line


class Wanted(Struct, frozen=True, kw_only=True):
    """A group as it is entered: ids of deputies and projects."""

    name: str
    leader: str
    members: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()


def make_group(store: Store, actor: Actor, group_id: str, wanted: Wanted, now: datetime) -> Group:
    """`group_id` comes with the form: the same form sent twice makes one group.

    Raises SupervisionInput, FormExpired, TextError, Forbidden.
    """
    demand(actor, "keep_groups")
    name = clean_line(wanted.name, "小组名称")
    if not is_id(group_id):
        raise FormExpired
    with store.write() as tx:
        tx.deputies.lock(actor.congress)
        made = next((one for one in tx.groups.listing(actor) if one.id == group_id), None)
        if made is not None:
            return made
        leader, members, projects = _checked(tx, actor, wanted)
        _refuse_name(tx, actor, name, None)
        new = Group(id=group_id, congress=actor.congress, name=name, leader=leader, made_at=now)
        tx.groups.add(new)
        tx.groups.set_members(new, members)
        tx.groups.set_projects(new, [one.id for one in projects])
        after = _said(tx, new, members, projects)
        tx.audit.add(actor, "make_group", now, "supervision_group", new.id, after=after)
        _tell(tx, new, members, now)
        return new


def change_group(store: Store, actor: Actor, group_id: str, wanted: Wanted, now: datetime) -> Group:
    """Name, people and projects, all at once. Raises SupervisionInput, SupervisionStep, TextError, NotFound,
    Forbidden.
    """
    demand(actor, "keep_groups")
    name = clean_line(wanted.name, "小组名称")
    with store.write() as tx:
        tx.deputies.lock(actor.congress)
        group = _current(tx, actor, group_id)
        leader, members, projects = _checked(tx, actor, wanted)
        _refuse_name(tx, actor, name, group)
        before = _kept(tx, actor, group)
        changed = tx.groups.change(group, name=name, leader=leader)
        tx.groups.set_members(changed, members)
        tx.groups.set_projects(changed, [one.id for one in projects])
        after = _said(tx, changed, members, projects)
        if before != after:
            tx.audit.add(
                actor, "change_group", now, "supervision_group", group.id, before=before, after=after
            )
        _tell(tx, changed, members, now)
        return changed


def end_group(store: Store, actor: Actor, group_id: str, now: datetime) -> Group:
    """It watches nothing any more; what it saw and said is kept. Raises NotFound, Forbidden."""
    demand(actor, "keep_groups")
    with store.write() as tx:
        group = tx.groups.lock(actor, group_id)
        if group.ended_at is not None:
            return group
        tx.audit.add(actor, "end_group", now, "supervision_group", group.id, before={"name": group.name})
        return tx.groups.change(group, ended_at=now)


def set_supervisors(
    store: Store, actor: Actor, project_id: str, named: Sequence[NamedSupervisor], now: datetime
) -> tuple[Supervisor, ...]:
    """All of them, in the order given. Raises SupervisionInput, TextError, NotFound, Forbidden."""
    demand(actor, "keep_groups")
    if len(named) > MOST_SUPERVISORS:
        raise SupervisionInput(f"督办人最多{MOST_SUPERVISORS}位。请减少。")
    with store.write() as tx:
        project = tx.projects.lock(actor, project_id)
        new = tuple(
            check_supervisor(project.congress, project.id, place, one)
            for place, one in enumerate(named, start=1)
        )
        before = tx.groups.supervisors(project)
        if new == before:
            return new
        tx.groups.set_supervisors(project, new)
        said = ({"supervisors": _names(before)}, {"supervisors": _names(new)})
        tx.audit.add(actor, "set_supervisors", now, "project", project.id, before=said[0], after=said[1])
        return new


def _current(tx: Transaction, actor: Actor, group_id: str) -> Group:
    group = tx.groups.lock(actor, group_id)
    if group.ended_at is not None:
        raise SupervisionStep(f"监督小组“{group.name}”已经撤销，不能再修改。需要的请另建一个。")
    return group


def _checked(
    tx: Transaction, actor: Actor, wanted: Wanted
) -> tuple[str, tuple[str, ...], tuple[Project, ...]]:
    leader, members = check_people(tx.deputies.all(actor.congress), wanted.leader, wanted.members)
    return leader, members, tuple(_project(tx, actor, one) for one in dict.fromkeys(wanted.projects))


def _project(tx: Transaction, actor: Actor, project_id: str) -> Project:
    try:
        return tx.projects.get(actor, project_id)
    except NotFound:
        raise SupervisionInput("选中的项目不在本级项目中。请重新选择。") from None


def _refuse_name(tx: Transaction, actor: Actor, name: str, own: Group | None) -> None:
    taken = [one for one in tx.groups.listing(actor) if one.name == name]
    if any(own is None or one.id != own.id for one in taken):
        raise SupervisionInput(f"已经有名称为“{name}”的监督小组。请换一个名称。")


def _kept(tx: Transaction, actor: Actor, group: Group) -> dict[str, Any]:
    members = tx.groups.members([group])[group.id]
    projects = [tx.projects.get(actor, one) for one in tx.groups.projects([group])[group.id]]
    return _said(tx, group, members, projects)


def _said(
    tx: Transaction, group: Group, members: Sequence[str], projects: Sequence[Project]
) -> dict[str, Any]:
    """For 操作日志: in words."""
    names = {one.id: one.name for one in tx.deputies.all(group.congress)}
    return {
        "name": group.name,
        "leader": names[group.leader],
        "members": sorted(names[one] for one in members),
        "projects": sorted(one.title for one in projects),
    }


def _names(supervisors: Sequence[Supervisor]) -> list[str]:
    return [f"{one.body} {one.name}" for one in supervisors]


def _tell(tx: Transaction, group: Group, members: Sequence[str], now: datetime) -> None:
    for deputy in (group.leader, *members):
        tell_member(tx, group, deputy, now)
