"""Who changed what: append-only, written in the transaction of the change, chained afterwards in batches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import uuid4

import msgspec
from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, bindparam, exists, func, insert, select, update

from voting.actors import Actor
from voting.changes import Change, Head
from voting.store.locks import lock_congress
from voting.store.tables import congress as congresses
from voting.store.tables import people
from voting.store.tables.people import audit, setting

_HEAD: Final = "audit_head"
_FACTS = select(*(audit.c[name] for name in Change.__struct_fields__))
_CHAIN = (
    update(audit)
    .where(
        audit.c.congress == bindparam("its_congress"),
        audit.c.id == bindparam("its_id"),
        audit.c.place.is_(None),
    )
    .values(place=bindparam("its_place"), hash=bindparam("its_hash"))
)


class Wanted(Struct, frozen=True, kw_only=True):
    """Which changes somebody looks for; what is empty does not matter."""

    person: str = ""
    whats: tuple[str, ...] = ()
    about: str = ""
    since: datetime | None = None
    until: datetime | None = None


class Audit:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(  # noqa: PLR0913 - one argument for each fact of a change
        self,
        actor: Actor,
        what: str,
        at: datetime,
        subject: str,
        subject_id: str | None = None,
        *,
        congress: str | None = None,
        before: Mapping[str, object] | None = None,
        after: Mapping[str, object] | None = None,
    ) -> None:
        """`subject` is the table's name. `before` and `after` hold the fields that changed, and no secret.

        What the public did names its `congress`.
        """
        self._connection.execute(
            insert(people.audit).values(
                congress=congress or actor.congress,
                id=uuid4().hex,
                at=at,
                role=actor.role,
                name=actor.name,
                by=actor.link,
                what=what,
                subject=subject,
                subject_id=subject_id,
                before=msgspec.json.encode(before or {}, order="deterministic"),
                after=msgspec.json.encode(after or {}, order="deterministic"),
            )
        )

    def behind(self) -> tuple[str, ...]:
        """The congresses that have rows to be chained."""
        waiting = exists().where(audit.c.congress == congresses.c.id, audit.c.place.is_(None))
        return tuple(self._connection.execute(select(congresses.c.id).where(waiting)).scalars())

    def lock_head(self, congress: str) -> Head:
        """How far it is chained; until the transaction ends nobody else chains. Raises NotFound."""
        found = self._head(congress, alone=True)
        if found is not None:
            return found
        lock_congress(self._connection, congress)
        if self._head(congress) is None:
            raw = msgspec.json.encode(Head())
            self._connection.execute(insert(setting).values(congress=congress, name=_HEAD, value=raw))
        return self._head(congress, alone=True) or Head()

    def head(self, congress: str) -> Head:
        """How far it is chained."""
        return self._head(congress) or Head()

    def unchained(self, congress: str, limit: int) -> tuple[Change, ...]:
        """The oldest first."""
        which = (audit.c.congress == congress, audit.c.place.is_(None))
        query = _FACTS.where(*which).order_by(audit.c.at, audit.c.id).limit(limit)
        return tuple(Change(**row) for row in self._connection.execute(query).mappings())

    def chain(self, rows: Sequence[tuple[Change, Head]], congress: str, head: Head) -> None:
        """Give each row its place and hash; whoever chains holds the lock of the head."""
        places = [
            {"its_congress": row.congress, "its_id": row.id, "its_place": at.place, "its_hash": at.hash}
            for row, at in rows
        ]
        self._connection.execute(_CHAIN, places)
        which = (setting.c.congress == congress, setting.c.name == _HEAD)
        self._connection.execute(update(setting).where(*which).values(value=msgspec.json.encode(head)))

    def chained(self, congress: str, after: int, limit: int) -> tuple[Change, ...]:
        """Rows with a place above `after`, in the order of the chain."""
        query = _FACTS.where(audit.c.congress == congress, audit.c.place > after)
        rows = self._connection.execute(query.order_by(audit.c.place).limit(limit)).mappings()
        return tuple(Change(**row) for row in rows)

    def listing(self, actor: Actor, wanted: Wanted, limit: int, skip: int = 0) -> tuple[Change, ...]:
        """The newest first; of the actor's congress."""
        newest = (audit.c.at.desc(), audit.c.place.desc(), audit.c.id)
        query = _FACTS.where(*_conditions(actor, wanted)).order_by(*newest)
        rows = self._connection.execute(query.limit(limit).offset(skip)).mappings()
        return tuple(Change(**row) for row in rows)

    def number(self, actor: Actor, wanted: Wanted) -> int:
        """How many `listing` has."""
        query = select(func.count()).select_from(audit).where(*_conditions(actor, wanted))
        return int(self._connection.execute(query).scalar() or 0)

    def _head(self, congress: str, *, alone: bool = False) -> Head | None:
        query = select(setting.c.value).where(setting.c.congress == congress, setting.c.name == _HEAD)
        raw = self._connection.execute(query.with_for_update() if alone else query).scalar()
        return None if raw is None else msgspec.json.decode(raw, type=Head)


def _conditions(actor: Actor, wanted: Wanted) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [audit.c.congress == actor.congress]
    if wanted.person:
        found.append(audit.c.name.contains(wanted.person, autoescape=True))
    if wanted.whats:
        found.append(audit.c.what.in_(wanted.whats))
    if wanted.about:
        found.append(audit.c.subject_id == wanted.about)
    if wanted.since is not None:
        found.append(audit.c.at >= wanted.since)
    if wanted.until is not None:
        found.append(audit.c.at < wanted.until)
    return found
