"""整改: matters, what was handed in and decided, and the ladder."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import asdict, replace
from sqlalchemy import ColumnElement, Connection, RowMapping, and_, false, insert, select, update

from voting.actors import Actor, NotFound
from voting.delivering.projects import Project
from voting.duties import may
from voting.grading import MOST_PROJECTS
from voting.rating.ladder import Rung, Talk
from voting.rating.rectifications import Rectification, RectificationStep
from voting.store.tables import round_
from voting.store.tables.rating import rectification, rectification_step, rung, summons
from voting.store.visible import is_id

_FACTS = [rectification.c[name] for name in Rectification.__struct_fields__]
_STEP = [rectification_step.c[name] for name in RectificationStep.__struct_fields__]
_TALK = Talk.__struct_fields__
_RUNG = [rung.c[name] for name in Rung.__struct_fields__ if name != "talk"]


def visible_rectifications(actor: Actor) -> ColumnElement[bool]:
    """A unit: its own. Offices, presidium and deputies: all of their congress. The public: from 公布 of
    the score until 销号.
    """
    if actor.role == "public":
        published = select(round_.c.id).where(
            round_.c.congress == rectification.c.congress, round_.c.state == "published"
        )
        return and_(rectification.c.closed_at.is_(None), rectification.c.round.in_(published))
    own = rectification.c.congress == actor.congress
    if actor.role == "unit":
        return and_(own, rectification.c.unit == (actor.unit or ""))
    return own if may(actor, "read_projects") or actor.role == "system" else false()


class Rectifications:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Rectification) -> None:
        self._connection.execute(insert(rectification).values(asdict(new)))

    def get(self, actor: Actor, matter_id: str) -> Rectification:
        """Raises NotFound."""
        return self._one(actor, matter_id)

    def lock(self, actor: Actor, matter_id: str) -> Rectification:
        """As `get`; until the transaction ends nobody else changes it."""
        return self._one(actor, matter_id, alone=True)

    def listing(self, actor: Actor) -> tuple[Rectification, ...]:
        """What is still open first, by its last day; nothing for the public, who come by the project."""
        if actor.role == "public":
            return ()
        query = select(*_FACTS).where(visible_rectifications(actor))
        ordered = query.order_by(
            rectification.c.closed_at.is_not(None), rectification.c.due, rectification.c.id
        )
        return tuple(Rectification(**row) for row in self._connection.execute(ordered).mappings())

    def of_projects(self, actor: Actor, of: Sequence[Project]) -> tuple[Rectification, ...]:
        """Of projects of one congress that the caller was given, oldest first."""
        if not of:
            return ()
        query = select(*_FACTS).where(
            visible_rectifications(actor),
            rectification.c.congress == of[0].congress,
            rectification.c.project.in_([one.id for one in of]),
        )
        rows = self._connection.execute(query.order_by(rectification.c.at, rectification.c.id)).mappings()
        return tuple(Rectification(**row) for row in rows)

    def of_score(self, congress: str, round_id: str, number: int) -> Rectification | None:
        """What followed this score of a round that the caller was given."""
        if not 1 <= number <= MOST_PROJECTS:
            return None
        query = select(*_FACTS).where(
            rectification.c.congress == congress,
            rectification.c.round == round_id,
            rectification.c.number == number,
        )
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else Rectification(**row)

    def round_title(self, of: Rectification) -> str:
        """Of the test it follows from; the matter is the caller's."""
        query = select(round_.c.title).where(round_.c.congress == of.congress, round_.c.id == of.round)
        return str(self._connection.execute(query).scalar_one())

    def change(self, before: Rectification, **changes: object) -> Rectification:
        """Write the named fields; the matter as it is afterwards."""
        which = (rectification.c.congress == before.congress, rectification.c.id == before.id)
        self._connection.execute(update(rectification).where(*which).values(changes))
        return replace(before, **changes)

    def add_step(self, new: RectificationStep) -> None:
        self._connection.execute(insert(rectification_step).values(asdict(new)))

    def steps(self, of: Sequence[Rectification]) -> tuple[RectificationStep, ...]:
        """Of matters of one congress that the caller was given, by matter, as they were taken."""
        if not of:
            return ()
        query = select(*_STEP).where(
            rectification_step.c.congress == of[0].congress,
            rectification_step.c.rectification.in_([one.id for one in of]),
        )
        ordered = query.order_by(rectification_step.c.rectification, rectification_step.c.turn)
        return tuple(RectificationStep(**row) for row in self._connection.execute(ordered).mappings())

    def add_rungs(self, new: Sequence[Rung]) -> None:
        """Each with its talk, if there was one."""
        rows = [{name: value for name, value in asdict(one).items() if name != "talk"} for one in new]
        self._connection.execute(insert(rung), rows)
        for one in new:
            if one.talk is not None:
                facts = {"congress": one.congress, "rung": one.id, **asdict(one.talk)}
                self._connection.execute(insert(summons).values(facts))

    def rungs(self, of: Sequence[Rectification]) -> tuple[Rung, ...]:
        """Of matters of one congress that the caller was given, by matter, as they were taken."""
        if not of:
            return ()
        with_talk = rung.outerjoin(
            summons, and_(summons.c.congress == rung.c.congress, summons.c.rung == rung.c.id)
        )
        said = [summons.c[name].label(f"talk_{name}") for name in _TALK]
        query = select(*_RUNG, *said).select_from(with_talk)
        which = (rung.c.congress == of[0].congress, rung.c.rectification.in_([one.id for one in of]))
        ordered = query.where(*which).order_by(rung.c.rectification, rung.c.at, rung.c.place)
        return tuple(_rung(row) for row in self._connection.execute(ordered).mappings())

    def _one(self, actor: Actor, matter_id: str, *, alone: bool = False) -> Rectification:
        if not is_id(matter_id):
            raise NotFound
        query = select(*_FACTS).where(visible_rectifications(actor), rectification.c.id == matter_id)
        row = self._connection.execute(query.with_for_update() if alone else query).mappings().one_or_none()
        if row is None:
            raise NotFound
        return Rectification(**row)


def _rung(row: RowMapping) -> Rung:
    facts = {name: row[name] for name in Rung.__struct_fields__ if name != "talk"}
    talk = {name: row[f"talk_{name}"] for name in _TALK}
    return Rung(**facts, talk=None if talk["said"] is None else Talk(**talk))
