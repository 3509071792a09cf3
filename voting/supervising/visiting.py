"""视察: entered by a deputy of the project's own group, or by staff; answered; released to the public."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from voting.actors import Actor, Forbidden
from voting.days import today
from voting.delivering.projects import Project, demand_state
from voting.duties import demand
from voting.photos import MOST_PHOTOS, Prepared
from voting.store import Store, Transaction
from voting.store.visible import is_id
from voting.supervising.corrections import demand_standing
from voting.supervising.groups import Group
from voting.supervising.refusals import FormExpired, SupervisionInput, SupervisionStep
from voting.supervising.telling import tell_of_opinion, tell_of_reply
from voting.supervising.visits import Reply, Seen, Visit, check_visit, filled


def enter(  # noqa: PLR0913, PLR0917 - one argument for each thing that comes with the form
    store: Store,
    actor: Actor,
    project_id: str,
    visit_id: str,
    entered: Seen,
    photos: Sequence[Prepared],
    group_id: str | None,
    now: datetime,
) -> Visit:
    """`visit_id` comes with the form: the same form sent twice is one visit. `group_id` None: a deputy's own
    group, or no group's.

    Raises SupervisionInput, FormExpired, TextError, ProjectStep, NotFound, Forbidden.
    """
    demand(actor, "visit")
    said = check_visit(entered, today(now))
    if len(photos) > MOST_PHOTOS:
        raise SupervisionInput(f"最多{MOST_PHOTOS}张照片。请减少后再传。")
    if not is_id(visit_id):
        raise FormExpired
    with store.write() as tx:
        project = tx.projects.lock(actor, project_id)
        demand_state(project, "handed", "planned", "finished", "accepted")
        group = _group(tx, actor, project, group_id)
        made = next((one for one in tx.visits.of(actor, project) if one.id == visit_id), None)
        if made is not None:
            return made
        new = Visit(
            id=visit_id,
            congress=project.congress,
            project=project.id,
            day=said.day,
            who=said.who,
            seen=said.seen,
            opinion=said.opinion,
            group=None if group is None else group.id,
            deputy=actor.deputy,
            by=actor.name,
            at=now,
        )
        tx.visits.add(new)
        tx.project_files.add_pictures(project, new.id, photos, public=False)
        after = {"day": new.day.isoformat(), "who": new.who, "opinion": new.opinion, "photos": len(photos)}
        tx.audit.add(actor, "enter_visit", now, "visit", new.id, after=after)
        if new.opinion:
            tell_of_opinion(tx, project, new, now)
        return new


def reply(store: Store, actor: Actor, project_id: str, visit_id: str, text: str, now: datetime) -> Reply:
    """The answer of a unit or of the government office to an opinion; the same words twice are one answer.

    Raises SupervisionInput, SupervisionStep, TextError, NotFound, Forbidden.
    """
    demand(actor, "answer_supervision")
    words = filled(text, "答复")
    with store.write() as tx:
        project = tx.projects.lock(actor, project_id)
        visit = tx.visits.get(project, visit_id)
        demand_standing(visit.withdrawn_at)
        if not visit.opinion:
            raise SupervisionStep("这次视察没有提出意见，不需要答复。")
        made = next((one for one in tx.visits.replies(actor, project) if _is(one, visit, actor, words)), None)
        if made is not None:
            return made
        new = Reply(
            id=uuid4().hex,
            congress=visit.congress,
            visit=visit.id,
            unit=actor.unit,
            text=words,
            by=actor.name,
            at=now,
        )
        tx.visits.add_reply(new)
        tx.audit.add(actor, "reply_visit", now, "visit", visit.id, after={"reply": words})
        tell_of_reply(tx, project, visit, new.id, now)
        return new


def release(store: Store, actor: Actor, project_id: str, visit_id: str, now: datetime) -> None:
    """公开: the visit, its photos and the answers so far. Later answers wait for another release.

    Raises SupervisionStep, NotFound, Forbidden.
    """
    demand(actor, "release_supervision")
    with store.write() as tx:
        project = tx.projects.lock(actor, project_id)
        visit = tx.visits.get(project, visit_id)
        demand_standing(visit.withdrawn_at)
        waiting = [
            one
            for one in tx.visits.replies(actor, project)
            if one.visit == visit.id and one.released_at is None
        ]
        if visit.released_at is not None and not waiting:
            return
        tx.visits.release(visit, now)
        tx.project_files.show_pictures(project, visit.id, public=True)
        tx.audit.add(
            actor, "release_visit", now, "visit", visit.id, after={"answers": len(waiting), "by": actor.name}
        )


def hold_back(store: Store, actor: Actor, project_id: str, visit_id: str, now: datetime) -> None:
    """停止公开: a face or a name was overlooked. Raises NotFound, Forbidden."""
    demand(actor, "release_supervision")
    with store.write() as tx:
        project = tx.projects.lock(actor, project_id)
        visit = tx.visits.get(project, visit_id)
        if visit.released_at is None:
            return
        tx.visits.hold_back(visit)
        tx.corrections.hide(project, visit.id)
        tx.project_files.show_pictures(project, visit.id, public=False)
        before = {"released_at": visit.released_at}
        tx.audit.add(actor, "hold_back_visit", now, "visit", visit.id, before=before)


def own_groups(tx: Transaction, actor: Actor, project: Project) -> tuple[Group, ...]:
    """The groups of the acting deputy that watch a project, by name."""
    groups = tx.groups.of_deputy(actor)
    watched = tx.groups.projects(groups)
    return tuple(one for one in groups if project.id in watched[one.id])


def may_visit(tx: Transaction, actor: Actor, project: Project) -> bool:
    """Whether the form is shown: staff, and deputies for what their own group watches."""
    if actor.role == "deputy":
        return bool(own_groups(tx, actor, project))
    return actor.role == "staff"


def _group(tx: Transaction, actor: Actor, project: Project, group_id: str | None) -> Group | None:
    if actor.role != "deputy":
        return None if not group_id else _watching(tx, project, group_id)
    own = own_groups(tx, actor, project)
    if not own:
        raise Forbidden(
            f"“{project.title}”不在您所在监督小组的监督范围内，不能登记视察。"
            "需要参加的，请与人大工作人员联系。"
        )
    return next((one for one in own if one.id == group_id), own[0])


def _watching(tx: Transaction, project: Project, group_id: str) -> Group:
    found = next((one for one in tx.groups.of_project(project) if one.id == group_id), None)
    if found is None:
        raise SupervisionInput("这个监督小组不监督本项目。请重新选择。")
    return found


def _is(one: Reply, visit: Visit, actor: Actor, words: str) -> bool:
    return (one.visit, one.unit, one.text) == (visit.id, actor.unit, words)
