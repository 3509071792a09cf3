"""Incidents of a session: whoever works on it may read them."""

from __future__ import annotations

from msgspec.structs import asdict, replace
from sqlalchemy import Connection, and_, false, insert, select, update

from voting.actors import Actor, NotFound
from voting.handing_out.facts import Incident
from voting.store.tables import session
from voting.store.tables.decks import incident
from voting.store.visible import is_id, visible_sessions

_SESSION = and_(session.c.congress == incident.c.congress, session.c.id == incident.c.session)


class Incidents:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Incident) -> None:
        self._connection.execute(insert(incident).values(asdict(new)))

    def get(self, actor: Actor, incident_id: str) -> Incident:
        """Raises NotFound."""
        return self._one(actor, incident_id)

    def lock(self, actor: Actor, incident_id: str) -> Incident:
        """As `get`; until the transaction ends nobody else answers it."""
        return self._one(actor, incident_id, alone=True)

    def of_session(self, actor: Actor, session_id: str) -> tuple[Incident, ...]:
        """As they were reported."""
        visible = false() if actor.role == "public" else visible_sessions(actor)
        query = (
            select(incident)
            .select_from(incident.join(session, _SESSION))
            .where(visible, incident.c.session == session_id)
            .order_by(incident.c.reported_at, incident.c.id)
        )
        return tuple(Incident(**row) for row in self._connection.execute(query).mappings())

    def change(self, before: Incident, **changes: object) -> Incident:
        """Write the named fields; the incident as it is afterwards."""
        here = and_(incident.c.congress == before.congress, incident.c.id == before.id)
        self._connection.execute(update(incident).where(here).values(changes))
        return replace(before, **changes)

    def forget_serials(self, congress: str, session_id: str) -> None:
        """Which card each incident was about is known no more."""
        here = and_(incident.c.congress == congress, incident.c.session == session_id)
        self._connection.execute(update(incident).where(here).values(serial=None))

    def _one(self, actor: Actor, incident_id: str, *, alone: bool = False) -> Incident:
        if not is_id(incident_id) or actor.role == "public":
            raise NotFound
        query = (
            select(incident)
            .select_from(incident.join(session, _SESSION))
            .where(visible_sessions(actor), incident.c.id == incident_id)
        )
        if alone:
            query = query.with_for_update(of=incident)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotFound
        return Incident(**row)
