"""双联: who keeps contact with whom, and the log of contacts."""

from __future__ import annotations

from datetime import date, datetime

from msgspec.structs import asdict
from sqlalchemy import ColumnElement, Connection, and_, false, func, insert, select, update

from voting.actors import Actor, NotFound
from voting.contacts import Liaison, LiaisonContact
from voting.store.tables.attending import liaison, liaison_contact
from voting.store.visible import is_id

_FACTS = select(*(liaison.c[name] for name in Liaison.__struct_fields__))
_CONTACT = select(*(liaison_contact.c[name] for name in LiaisonContact.__struct_fields__)).join(
    liaison,
    and_(liaison.c.congress == liaison_contact.c.congress, liaison.c.id == liaison_contact.c.liaison),
)


def visible_liaisons(actor: Actor) -> ColumnElement[bool]:
    """The office's: all of its congress. A deputy's: the own. Nobody else's business."""
    own = liaison.c.congress == actor.congress
    if actor.role == "staff":
        return own
    if actor.role == "deputy" and actor.deputy:
        return and_(own, liaison.c.deputy == actor.deputy)
    return false()


class Liaisons:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Liaison) -> None:
        self._connection.execute(insert(liaison).values(asdict(new)))

    def get(self, actor: Actor, liaison_id: str) -> Liaison:
        """Also one that has ended. Raises NotFound."""
        found = self._many(actor, liaison.c.id == liaison_id) if is_id(liaison_id) else ()
        if not found:
            raise NotFound
        return found[0]

    def current(self, actor: Actor) -> tuple[Liaison, ...]:
        """All that go on, as they were made."""
        return self._many(actor, liaison.c.ended_at.is_(None))

    def end(self, one: Liaison, at: datetime) -> None:
        which = (liaison.c.congress == one.congress, liaison.c.id == one.id)
        self._connection.execute(update(liaison).where(*which).values(ended_at=at))

    def add_contact(self, new: LiaisonContact) -> None:
        self._connection.execute(insert(liaison_contact).values(asdict(new)))

    def contacts(self, actor: Actor, deputy: str, most: int) -> tuple[LiaisonContact, ...]:
        """A deputy's, the newest first."""
        which = (visible_liaisons(actor), liaison.c.deputy == deputy)
        order = (liaison_contact.c.day.desc(), liaison_contact.c.entered_at.desc())
        rows = self._connection.execute(_CONTACT.where(*which).order_by(*order).limit(most)).mappings()
        return tuple(LiaisonContact(**row) for row in rows)

    def log(self, actor: Actor, first: date, last: date) -> tuple[tuple[Liaison, LiaisonContact], ...]:
        """Every contact from the first to the last day that the actor sees, by day."""
        which = (visible_liaisons(actor), liaison_contact.c.day.between(first, last))
        order = (liaison_contact.c.day, liaison_contact.c.entered_at, liaison_contact.c.id)
        rows = self._connection.execute(_CONTACT.where(*which).order_by(*order)).mappings()
        said = [LiaisonContact(**row) for row in rows]
        with_whom = {one.id: one for one in self._many(actor)}
        return tuple((with_whom[one.liaison], one) for one in said)

    def has_contact(self, actor: Actor, contact_id: str) -> bool:
        """Whether it was entered already."""
        query = _CONTACT.where(visible_liaisons(actor), liaison_contact.c.id == contact_id)
        return self._connection.execute(query).one_or_none() is not None

    def last_days(self, actor: Actor) -> dict[str, date]:
        """The day of the last contact of each liaison; those without any are left out."""
        query = (
            select(liaison_contact.c.liaison, func.max(liaison_contact.c.day))
            .join(
                liaison,
                and_(
                    liaison.c.congress == liaison_contact.c.congress,
                    liaison.c.id == liaison_contact.c.liaison,
                ),
            )
            .where(visible_liaisons(actor))
            .group_by(liaison_contact.c.liaison)
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def _many(self, actor: Actor, *which: ColumnElement[bool]) -> tuple[Liaison, ...]:
        query = _FACTS.where(visible_liaisons(actor), *which).order_by(liaison.c.made_at, liaison.c.id)
        return tuple(Liaison(**row) for row in self._connection.execute(query).mappings())
