"""Who came to a plenary and left it, as moves of each deputy; the newest that was not taken back stands."""

from __future__ import annotations

from datetime import datetime

from msgspec.structs import asdict, replace
from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from voting.checking_in.facts import Move, Plenary
from voting.store.tables.checking_in import attendance_move as move

_FACTS = [move.c[name] for name in Move.__struct_fields__]


class AttendanceMoves:
    """Of a plenary that the caller was given; whoever writes holds its lock."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of_deputy(self, of: Plenary, deputy: str) -> tuple[Move, ...]:
        """As they happened, with those taken back."""
        return self._many(of, move.c.deputy == deputy)

    def standing(self, of: Plenary) -> tuple[Move, ...]:
        """Of everybody, as they happened, without those taken back."""
        return self._many(of, move.c.undone_at.is_(None))

    def present(self, of: Plenary) -> int:
        """How many are there now."""
        query = select(func.count()).where(
            move.c.congress == of.congress,
            move.c.plenary == of.id,
            move.c.stands,
            move.c.direction == "in",
        )
        return int(self._connection.execute(query).scalar_one())

    def are_present(self, of: Plenary) -> frozenset[str]:
        """Ids of the deputies who are there now."""
        query = select(move.c.deputy).where(
            move.c.congress == of.congress,
            move.c.plenary == of.id,
            move.c.stands,
            move.c.direction == "in",
        )
        return frozenset(self._connection.execute(query).scalars())

    def add(self, new: Move) -> None:
        """It stands, and no other move of the deputy."""
        self._connection.execute(
            update(move).where(*_of(new), move.c.stands).values(stands=False),
        )
        self._connection.execute(insert(move).values(asdict(new)))

    def undo(self, one: Move, before: Move | None, at: datetime) -> Move | None:
        """Take it back: the move before it stands, if there is any; that move as it is afterwards."""
        self._connection.execute(
            update(move).where(*_of(one), move.c.place == one.place).values(stands=False, undone_at=at)
        )
        if before is None:
            return None
        self._connection.execute(
            update(move).where(*_of(one), move.c.place == before.place).values(stands=True)
        )
        return replace(before, stands=True)

    def _many(self, of: Plenary, *which: ColumnElement[bool]) -> tuple[Move, ...]:
        query = select(*_FACTS).where(move.c.congress == of.congress, move.c.plenary == of.id, *which)
        rows = self._connection.execute(query.order_by(move.c.deputy, move.c.place)).mappings()
        return tuple(Move(**row) for row in rows)


def _of(one: Move) -> tuple[ColumnElement[bool], ...]:
    return (
        move.c.congress == one.congress,
        move.c.plenary == one.plenary,
        move.c.deputy == one.deputy,
    )
