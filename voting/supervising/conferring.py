"""会商: recorded by the staff or the government office, ticked off, released."""

from __future__ import annotations

from datetime import datetime

from voting.actors import Actor, NotFound
from voting.days import today
from voting.delivering.projects import demand_state
from voting.duties import demand
from voting.store import Store
from voting.store.visible import is_id
from voting.supervising.conferences import Agreed, Commitment, Conference, check_conference
from voting.supervising.corrections import demand_standing
from voting.supervising.refusals import FormExpired


def record(
    store: Store, actor: Actor, project_id: str, conference_id: str, entered: Agreed, now: datetime
) -> Conference:
    """`conference_id` comes with the form: the same form sent twice is one record.

    Raises SupervisionInput, FormExpired, TextError, ProjectStep, NotFound, Forbidden.
    """
    demand(actor, "confer")
    said = check_conference(entered, today(now))
    if not is_id(conference_id):
        raise FormExpired
    with store.write() as tx:
        project = tx.projects.lock(actor, project_id)
        demand_state(project, "handed", "planned", "finished", "accepted")
        made = next((one for one in tx.conferences.of(actor, project) if one.id == conference_id), None)
        if made is not None:
            return made
        new = Conference(
            id=conference_id,
            congress=project.congress,
            project=project.id,
            day=said.day,
            subject=said.subject,
            participants=said.participants,
            agreed=said.agreed,
            by=actor.name,
            at=now,
        )
        tx.conferences.add(new, _commitments(new, said))
        after = {"day": new.day.isoformat(), "title": new.subject, "times": len(said.commitments)}
        tx.audit.add(actor, "record_conference", now, "conference", new.id, after=after)
        return new


def tick_off(
    store: Store, actor: Actor, project_id: str, conference_id: str, place: int, now: datetime
) -> Commitment:
    """What was agreed is done. Raises SupervisionStep, NotFound, Forbidden."""
    demand(actor, "confer")
    with store.write() as tx:
        project = tx.projects.lock(actor, project_id)
        conference = tx.conferences.get(project, conference_id)
        demand_standing(conference.withdrawn_at)
        found = [one for one in tx.conferences.commitments([conference]) if one.place == place]
        if not found:
            raise NotFound
        if found[0].done_on is not None:
            return found[0]
        tx.audit.add(actor, "do_commitment", now, "conference", conference.id, after={"title": found[0].what})
        return tx.conferences.change_commitment(found[0], done_on=today(now), done_by=actor.name)


def release(store: Store, actor: Actor, project_id: str, conference_id: str, now: datetime) -> Conference:
    """公开. Raises SupervisionStep, NotFound, Forbidden."""
    demand(actor, "release_supervision")
    with store.write() as tx:
        project = tx.projects.lock(actor, project_id)
        conference = tx.conferences.get(project, conference_id)
        demand_standing(conference.withdrawn_at)
        if conference.released_at is not None:
            return conference
        after = {"title": conference.subject}
        tx.audit.add(actor, "release_conference", now, "conference", conference.id, after=after)
        return tx.conferences.change(conference, released_at=now)


def _commitments(of: Conference, said: Agreed) -> list[Commitment]:
    return [
        Commitment(congress=of.congress, conference=of.id, place=place, who=who, what=what, due=due)
        for place, (who, what, due) in enumerate(said.commitments, start=1)
    ]
