"""Notices: each reminder is written once, however often and by however many processes it is asked for."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from typing import Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    false,
    func,
    insert,
    or_,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from voting.actors import Actor, NotFound, Role
from voting.notices import Message, Notice
from voting.store.tables.people import deputy, membership, notice
from voting.store.visible import is_id

MOST_SHOWN: Final = 200
"""Nobody reads further back."""

_FACTS = select(*(notice.c[name] for name in Notice.__struct_fields__))


def addressed_to(actor: Actor) -> ColumnElement[bool]:
    """The notices of this person, of the own unit and role; the town's clerk is the government office too."""
    if actor.role in {"public", "system"}:
        return false()
    roles = {actor.role, "government_office"} if actor.town and actor.role == "staff" else {actor.role}
    mine: list[ColumnElement[bool]] = [notice.c.role.in_(roles)]
    for column, own in (("membership", actor.link), ("deputy", actor.deputy), ("unit", actor.unit)):
        if own is not None:
            mine.append(notice.c[column] == own)
    return and_(notice.c.congress == actor.congress, or_(*mine))


class Notices:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(  # noqa: PLR0913 - one argument for each fact of a notice
        self,
        congress: str,
        *,
        kind: str,
        text: str,
        path: str,
        about: str,
        due: date | None,
        at: datetime,
        membership: str | None = None,
        deputy: str | None = None,
        unit: str | None = None,
        role: Role | None = None,
    ) -> None:
        """One notice to exactly one addressee. Raises ValueError for none or several.

        The same kind about the same thing for the same day and addressee is not written again, whatever its
        words; without a day, it is written once for good.
        """
        to = {"membership": membership, "deputy": deputy, "unit": unit, "role": role}
        if sum(one is not None for one in to.values()) != 1:
            raise ValueError("a notice has exactly one addressee")
        addressee = next(f"{name} {one}" for name, one in to.items() if one is not None)
        notice_id = _id_of(kind, about, due, addressee)
        if self._is_there(congress, notice_id):
            return
        facts = {
            "kind": kind,
            "text": text,
            "path": path,
            "about": about,
            "due": due,
            "at": at,
            "seen_by": "",
        }
        try:
            with self._connection.begin_nested():
                self._connection.execute(
                    insert(notice).values(congress=congress, id=notice_id, **to, **facts)
                )
        except IntegrityError:
            if not self._is_there(congress, notice_id):
                raise

    def listing(self, actor: Actor) -> tuple[Notice, ...]:
        """What the actor has not seen, then what was seen; each newest first."""
        query = _FACTS.where(addressed_to(actor)).order_by(
            notice.c.seen_at.is_not(None), notice.c.at.desc(), notice.c.id
        )
        rows = self._connection.execute(query.limit(MOST_SHOWN)).mappings()
        return tuple(Notice(**row) for row in rows)

    def unseen(self, actor: Actor) -> int:
        """How many are waiting."""
        query = select(func.count()).where(addressed_to(actor), notice.c.seen_at.is_(None))
        return int(self._connection.execute(query).scalar() or 0)

    def get(self, actor: Actor, notice_id: str) -> Notice:
        """Raises NotFound."""
        if not is_id(notice_id):
            raise NotFound
        query = _FACTS.where(addressed_to(actor), notice.c.id == notice_id)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotFound
        return Notice(**row)

    def see(self, actor: Actor, notice_id: str, now: datetime) -> Notice:
        """Whoever sees it first is noted; the notice as it was before. Raises NotFound."""
        seen = self.get(actor, notice_id)
        self._connection.execute(
            update(notice)
            .where(notice.c.congress == seen.congress, notice.c.id == seen.id, notice.c.seen_at.is_(None))
            .values(seen_at=now, seen_by=actor.name)
        )
        return seen

    def see_all(self, actor: Actor, now: datetime) -> None:
        """As `see`, everything that waits."""
        waiting = (addressed_to(actor), notice.c.seen_at.is_(None))
        self._connection.execute(update(notice).where(*waiting).values(seen_at=now, seen_by=actor.name))

    def to_send(self, congress: str, since: datetime) -> tuple[Message, ...]:
        """What deputies with a telephone were told since then and have neither seen nor been sent."""
        holder = and_(
            membership.c.congress == notice.c.congress,
            membership.c.id == notice.c.membership,
            membership.c.ended_at.is_(None),
        )
        person = and_(
            deputy.c.congress == notice.c.congress,
            deputy.c.id == func.coalesce(notice.c.deputy, membership.c.deputy),
        )
        query = (
            select(notice.c.congress, notice.c.id, deputy.c.phone, notice.c.text, notice.c.due)
            .select_from(notice.outerjoin(membership, holder).join(deputy, person))
            .where(
                notice.c.congress == congress,
                notice.c.sent_at.is_(None),
                notice.c.seen_at.is_(None),
                notice.c.at >= since,
                deputy.c.ended_on.is_(None),
                deputy.c.phone != "",
            )
            .order_by(notice.c.at, notice.c.id)
        )
        return tuple(Message(**row) for row in self._connection.execute(query).mappings())

    def mark_sent(self, one: Message, at: datetime | None) -> bool:
        """Whether this call was the first to do so; None takes the mark back."""
        marked = notice.c.sent_at.is_(None) if at is not None else notice.c.sent_at.is_not(None)
        which = (notice.c.congress == one.congress, notice.c.id == one.id, marked)
        done = self._connection.execute(update(notice).where(*which).values(sent_at=at))
        return done.rowcount == 1

    def _is_there(self, congress: str, notice_id: str) -> bool:
        query = select(notice.c.id).where(notice.c.congress == congress, notice.c.id == notice_id)
        return self._connection.execute(query).one_or_none() is not None


def _id_of(kind: str, about: str, due: date | None, addressee: str) -> str:
    day = "" if due is None else due.isoformat()
    return hashlib.sha256(f"{kind}\n{about}\n{day}\n{addressee}".encode()).hexdigest()[:32]
