"""What 建议办理 of each unit came to: counts of a year's 代表建议, and the points that the office entered."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Connection, and_, case, delete, exists, func, insert, select

from voting.actors import Actor
from voting.duties import may
from voting.handling.facts import ACTIVE
from voting.rating.settings import Aspect
from voting.rating.unit_index import ProposalCounts
from voting.store.tables.collecting import suggestion
from voting.store.tables.handling import confirmation, contact, handling
from voting.store.tables.rating import aspect_score

_S: Final = suggestion.c
_later: Final = confirmation.alias("later")
_LAST: Final = and_(
    confirmation.c.congress == _S.congress,
    confirmation.c.suggestion == _S.id,
    ~exists().where(
        _later.c.congress == confirmation.c.congress,
        _later.c.suggestion == confirmation.c.suggestion,
        _later.c.round > confirmation.c.round,
    ),
)
_LEAD: Final = and_(
    handling.c.congress == _S.congress,
    handling.c.suggestion == _S.id,
    handling.c.part == "lead",
    handling.c.state.in_(ACTIVE),
)
_MET: Final = exists().where(
    contact.c.congress == handling.c.congress,
    contact.c.handling == handling.c.id,
    contact.c.kind == "meeting",
)


def _many(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((which, 1), else_=0))


_COUNTS: Final[dict[str, ColumnElement[int]]] = {
    "handled": func.count(),
    "closed": _many(_S.closed_at.is_not(None)),
    "met": _many(_MET),
    "evaluated": _many(confirmation.c.grade.is_not(None)),
    "favourable": _many(confirmation.c.grade.in_(("satisfied", "basic"))),
    "answered": _many(handling.c.released_at.is_not(None)),
    "solved": _many(and_(handling.c.released_at.is_not(None), handling.c.result == "A")),
    "online": _many(and_(_S.released_at.is_not(None), _S.answered_at.is_not(None))),
}


class Aspects:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def counts(self, actor: Actor, year: int) -> dict[str, ProposalCounts]:
        """Of the 代表建议 of a year, by the unit that leads; for whoever may read them all."""
        if not may(actor, "read_suggestions"):
            return {}
        query = (
            select(handling.c.unit, *(count.label(name) for name, count in _COUNTS.items()))
            .select_from(suggestion.join(handling, _LEAD).outerjoin(confirmation, _LAST))
            .where(_S.congress == actor.congress, _S.year == year, _S.kind == "proposal")
            .group_by(handling.c.unit)
        )
        rows = self._connection.execute(query).mappings()
        return {row["unit"]: ProposalCounts(**{name: int(row[name]) for name in _COUNTS}) for row in rows}

    def entered(self, actor: Actor, year: int) -> dict[str, dict[Aspect, int]]:
        """Points by unit and aspect; for whoever may read all suggestions."""
        if not may(actor, "read_suggestions"):
            return {}
        query = select(aspect_score.c.unit, aspect_score.c.aspect, aspect_score.c.score).where(
            aspect_score.c.congress == actor.congress, aspect_score.c.year == year
        )
        found: dict[str, dict[Aspect, int]] = {}
        for unit, aspect, score in self._connection.execute(query):
            found.setdefault(unit, {})[aspect] = score
        return found

    def enter(self, actor: Actor, year: int, unit: str, aspect: Aspect, score: int, at: datetime) -> None:
        """In place of what was entered before; whoever writes holds the lock of the year's projects."""
        which = (
            aspect_score.c.congress == actor.congress,
            aspect_score.c.year == year,
            aspect_score.c.unit == unit,
            aspect_score.c.aspect == aspect,
        )
        self._connection.execute(delete(aspect_score).where(*which))
        facts = {"congress": actor.congress, "year": year, "unit": unit, "aspect": aspect, "score": score}
        self._connection.execute(insert(aspect_score).values(**facts, by=actor.name, at=at))
