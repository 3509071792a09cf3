"""全体会议 of a session, leave, and the codes on passes."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import asdict, replace
from sqlalchemy import Connection, Select, insert, select, update

from voting.actors import Actor, NotFound
from voting.checking_in.facts import Leave, PassCode, Plenary
from voting.rounds import Session
from voting.store.tables import session
from voting.store.tables.checking_in import leave, pass_code, plenary
from voting.store.visible import is_id, visible_sessions

_FACTS = [plenary.c[name] for name in Plenary.__struct_fields__]
_LEAVE = [leave.c[name] for name in Leave.__struct_fields__]


class Plenaries:
    """Who may see a session may see which plenaries it has."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Plenary) -> None:
        self._connection.execute(insert(plenary).values(asdict(new)))

    def get(self, actor: Actor, plenary_id: str) -> Plenary:
        """Raises NotFound."""
        return self._one(actor, plenary_id)

    def lock(self, actor: Actor, plenary_id: str) -> Plenary:
        """As `get`; until the transaction ends nobody else checks anybody in. Raises NotFound."""
        return self._one(actor, plenary_id, alone=True)

    def listing(self, actor: Actor, session_id: str) -> tuple[Plenary, ...]:
        """Newest first; empty for a session that the actor cannot see."""
        query = _visible(actor).where(plenary.c.session == session_id).order_by(plenary.c.number.desc())
        return tuple(Plenary(**row) for row in self._connection.execute(query).mappings())

    def change(self, before: Plenary, **changes: object) -> Plenary:
        """Write the named fields; the plenary as it is afterwards."""
        which = (plenary.c.congress == before.congress, plenary.c.id == before.id)
        self._connection.execute(update(plenary).where(*which).values(changes))
        return replace(before, **changes)

    def _one(self, actor: Actor, plenary_id: str, *, alone: bool = False) -> Plenary:
        if not is_id(plenary_id):
            raise NotFound
        query = _visible(actor).where(plenary.c.id == plenary_id)
        if alone:
            query = query.with_for_update(of=plenary)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotFound
        return Plenary(**row)


def _visible(actor: Actor) -> Select[tuple[object, ...]]:
    its = (session.c.congress == plenary.c.congress) & (session.c.id == plenary.c.session)
    return select(*_FACTS).select_from(plenary.join(session, its)).where(visible_sessions(actor))


class Leaves:
    """请假, of a session that the caller was given."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Leave) -> None:
        self._connection.execute(insert(leave).values(asdict(new)))

    def get(self, of: Session, leave_id: str) -> Leave:
        """Also one that was withdrawn. Raises NotFound."""
        found = [one for one in self._many(of, holding=False) if one.id == leave_id]
        if not found:
            raise NotFound
        return found[0]

    def holding(self, of: Session) -> tuple[Leave, ...]:
        """Those that were not withdrawn, as they were noted."""
        return self._many(of, holding=True)

    def change(self, before: Leave, **changes: object) -> Leave:
        """Write the named fields; the leave as it is afterwards."""
        which = (leave.c.congress == before.congress, leave.c.id == before.id)
        self._connection.execute(update(leave).where(*which).values(changes))
        return replace(before, **changes)

    def _many(self, of: Session, *, holding: bool) -> tuple[Leave, ...]:
        query = select(*_LEAVE).where(leave.c.congress == of.congress, leave.c.session == of.id)
        if holding:
            query = query.where(leave.c.withdrawn_at.is_(None))
        rows = self._connection.execute(query.order_by(leave.c.noted_at, leave.c.id)).mappings()
        return tuple(Leave(**row) for row in rows)


class PassCodes:
    """What stands on the 出席证 of a session that the caller was given."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, of: Session) -> dict[str, str]:
        """Deputies' ids and their codes."""
        query = select(pass_code.c.deputy, pass_code.c.code).where(
            pass_code.c.congress == of.congress, pass_code.c.session == of.id
        )
        return {str(deputy): str(code) for deputy, code in self._connection.execute(query)}

    def deputy(self, of: Session, code: str) -> str | None:
        """The id of the deputy on whose pass this stands."""
        query = select(pass_code.c.deputy).where(
            pass_code.c.congress == of.congress, pass_code.c.session == of.id, pass_code.c.code == code
        )
        found: str | None = self._connection.execute(query).scalar_one_or_none()
        return found

    def add_many(self, new: Iterable[PassCode]) -> None:
        rows = [asdict(one) for one in new]
        if rows:
            self._connection.execute(insert(pass_code), rows)

    def replace(self, new: PassCode) -> None:
        """The old code leads to nobody from now on."""
        self._connection.execute(
            update(pass_code)
            .where(
                pass_code.c.congress == new.congress,
                pass_code.c.session == new.session,
                pass_code.c.deputy == new.deputy,
            )
            .values(code=new.code)
        )
