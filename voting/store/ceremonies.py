"""Keys in the making: who takes part, and the messages that came so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec.structs import asdict, replace
from sqlalchemy import ColumnElement, Connection, and_, exists, false, insert, select, update

from voting.actors import Actor, NotFound
from voting.scrutinising.keys import Ceremony, Member
from voting.store.tables.scrutinising import ceremony, ceremony_member
from voting.store.visible import is_id

_FACTS = select(*(ceremony.c[name] for name in Ceremony.__struct_fields__ if name != "members"))
_MEMBER_FACTS = [ceremony_member.c[name] for name in Member.__struct_fields__]
_listed = ceremony_member.alias("taking_part")


def visible_ceremonies(actor: Actor) -> ColumnElement[bool]:
    """Staff: all of their congress. Chair and operator: those of their session. A scrutineer: those of the
    session that list exactly this number and name. Nobody else."""
    own = ceremony.c.congress == actor.congress
    if actor.role in {"staff", "system"}:
        return own
    if actor.role not in {"scrutineer", "chair", "operator"}:
        return false()
    own = and_(own, ceremony.c.session == actor.session)
    return and_(own, _lists(actor)) if actor.role == "scrutineer" else own


class Ceremonies:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Ceremony) -> None:
        columns = asdict(new)
        members: Sequence[Member] = columns.pop("members")
        self._connection.execute(insert(ceremony).values(columns))
        rows = [{"congress": new.congress, "ceremony": new.id, **asdict(one)} for one in members]
        self._connection.execute(insert(ceremony_member), rows)

    def get(self, actor: Actor, ceremony_id: str) -> Ceremony:
        """Raises NotFound."""
        return self._one(actor, ceremony_id)

    def lock(self, actor: Actor, ceremony_id: str) -> Ceremony:
        """As `get`; until the transaction ends nobody else adds to it."""
        return self._one(actor, ceremony_id, alone=True)

    def of_session(self, actor: Actor, session_id: str) -> tuple[Ceremony, ...]:
        """Newest first."""
        query = _FACTS.where(visible_ceremonies(actor), ceremony.c.session == session_id)
        ordered = query.order_by(ceremony.c.begun_at.desc(), ceremony.c.id)
        rows = self._connection.execute(ordered).mappings().all()
        members = self._members(row["id"] for row in rows)
        return tuple(Ceremony(**row, members=tuple(members[row["id"]])) for row in rows)

    def keep(self, of: Ceremony, number: int, **given: object) -> Ceremony:
        """Write the named fields of one member; the ceremony as it is afterwards."""
        which = (
            ceremony_member.c.congress == of.congress,
            ceremony_member.c.ceremony == of.id,
            ceremony_member.c.number == number,
        )
        self._connection.execute(update(ceremony_member).where(*which).values(given))
        members = [replace(one, **given) if one.number == number else one for one in of.members]
        return replace(of, members=tuple(members))

    def complete(self, of: Ceremony, trustees: bytes) -> Ceremony:
        """The key is made."""
        which = (ceremony.c.congress == of.congress, ceremony.c.id == of.id)
        self._connection.execute(update(ceremony).where(*which).values(trustees=trustees))
        return replace(of, trustees=trustees)

    def _one(self, actor: Actor, ceremony_id: str, *, alone: bool = False) -> Ceremony:
        if not is_id(ceremony_id):
            raise NotFound
        query = _FACTS.where(visible_ceremonies(actor), ceremony.c.id == ceremony_id)
        if alone:
            query = query.with_for_update(of=ceremony)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotFound
        return Ceremony(**row, members=tuple(self._members([ceremony_id])[ceremony_id]))

    def _members(self, ceremonies: Iterable[str]) -> dict[str, list[Member]]:
        """Of each, by number. Ids are random: no two congresses have one."""
        found: dict[str, list[Member]] = {one: [] for one in ceremonies}
        query = select(ceremony_member.c.ceremony, *_MEMBER_FACTS).where(
            ceremony_member.c.ceremony.in_(found)
        )
        for row in self._connection.execute(query.order_by(ceremony_member.c.number)).mappings():
            fields: dict[str, Any] = {str(name): value for name, value in row.items()}
            found[fields.pop("ceremony")].append(Member(**fields))
        return found


def _lists(actor: Actor) -> ColumnElement[bool]:
    if actor.scrutineer is None:
        return false()
    return exists().where(
        _listed.c.congress == ceremony.c.congress,
        _listed.c.ceremony == ceremony.c.id,
        _listed.c.number == actor.scrutineer,
        _listed.c.name == actor.name,
    )
