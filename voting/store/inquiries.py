"""专题询问: its projects and units, questions and answers, measures, and what was looked at again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec.structs import asdict, replace
from sqlalchemy import ColumnElement, Connection, and_, delete, false, insert, select, update

from voting.actors import Actor, NotFound
from voting.delivering.projects import Project
from voting.duties import may
from voting.rating.inquiries import Answering, Inquiry, Question, Recheck
from voting.rating.rectifications import Rectification
from voting.store.tables.rating import (
    inquiry,
    inquiry_matter,
    inquiry_project,
    inquiry_question,
    inquiry_unit,
    recheck,
)
from voting.store.visible import is_id

_FACTS = [inquiry.c[name] for name in Inquiry.__struct_fields__]
_QUESTION = [inquiry_question.c[name] for name in Question.__struct_fields__]
_UNIT = [inquiry_unit.c[name] for name in Answering.__struct_fields__]
_RECHECK = [recheck.c[name] for name in Recheck.__struct_fields__]


def visible_inquiries(actor: Actor) -> ColumnElement[bool]:
    """A unit: where it is asked. Offices, presidium and deputies: their congress's. The public: released."""
    if actor.role == "public":
        return inquiry.c.released_at.is_not(None)
    own = inquiry.c.congress == actor.congress
    if actor.role == "unit":
        asked = select(inquiry_unit.c.inquiry).where(
            inquiry_unit.c.congress == inquiry.c.congress, inquiry_unit.c.unit == (actor.unit or "")
        )
        return and_(own, inquiry.c.id.in_(asked))
    return own if may(actor, "read_projects") or actor.role == "system" else false()


class Inquiries:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Inquiry) -> None:
        self._connection.execute(insert(inquiry).values(asdict(new)))

    def get(self, actor: Actor, inquiry_id: str) -> Inquiry:
        """Raises NotFound."""
        return self._one(actor, inquiry_id)

    def lock(self, actor: Actor, inquiry_id: str) -> Inquiry:
        """As `get`; until the transaction ends nobody else changes it or asks a question."""
        return self._one(actor, inquiry_id, alone=True)

    def listing(self, actor: Actor, congress: str) -> tuple[Inquiry, ...]:
        """Newest first."""
        return self._many(actor, congress)

    def change(self, before: Inquiry, **changes: object) -> Inquiry:
        """Write the named fields; the inquiry as it is afterwards."""
        which = (inquiry.c.congress == before.congress, inquiry.c.id == before.id)
        self._connection.execute(update(inquiry).where(*which).values(changes))
        return replace(before, **changes)

    def set_projects(self, of: Inquiry, projects: Sequence[str]) -> None:
        """Replace them."""
        which = (inquiry_project.c.congress == of.congress, inquiry_project.c.inquiry == of.id)
        self._connection.execute(delete(inquiry_project).where(*which))
        rows = [{"congress": of.congress, "inquiry": of.id, "project": one} for one in projects]
        if rows:
            self._connection.execute(insert(inquiry_project), rows)

    def projects(self, of: Inquiry) -> tuple[str, ...]:
        """Ids of the projects it is about."""
        query = select(inquiry_project.c.project).where(
            inquiry_project.c.congress == of.congress, inquiry_project.c.inquiry == of.id
        )
        return tuple(self._connection.execute(query.order_by(inquiry_project.c.project)).scalars())

    def add_matters(self, of: Inquiry, matters: Sequence[str]) -> None:
        """整改 that it takes up, none of which it had before."""
        rows = [{"congress": of.congress, "inquiry": of.id, "rectification": one} for one in matters]
        if rows:
            self._connection.execute(insert(inquiry_matter), rows)

    def matters(self, of: Inquiry) -> tuple[str, ...]:
        """Ids of the 整改 that an inquiry takes up, which the caller was given."""
        query = select(inquiry_matter.c.rectification).where(
            inquiry_matter.c.congress == of.congress, inquiry_matter.c.inquiry == of.id
        )
        return tuple(self._connection.execute(query.order_by(inquiry_matter.c.rectification)).scalars())

    def of_matters(self, actor: Actor, of: Sequence[Rectification]) -> dict[str, tuple[Inquiry, ...]]:
        """By 整改 of one congress that the caller was given: those this reader may see, newest first."""
        if not of:
            return {}
        query = select(inquiry_matter.c.rectification, inquiry_matter.c.inquiry).where(
            inquiry_matter.c.congress == of[0].congress,
            inquiry_matter.c.rectification.in_([one.id for one in of]),
        )
        linked = {tuple(row) for row in self._connection.execute(query)}
        if not linked:
            return {}
        seen = self._many(actor, of[0].congress, inquiry.c.id.in_([one for _, one in linked]))
        return {matter.id: tuple(one for one in seen if (matter.id, one.id) in linked) for matter in of}

    def of_project(self, actor: Actor, project: Project) -> tuple[Inquiry, ...]:
        """About a project that the caller was given, newest first."""
        about = select(inquiry_project.c.inquiry).where(
            inquiry_project.c.congress == project.congress, inquiry_project.c.project == project.id
        )
        return self._many(actor, project.congress, inquiry.c.id.in_(about))

    def add_unit(self, of: Inquiry, unit: str) -> None:
        new = Answering(congress=of.congress, inquiry=of.id, unit=unit)
        self._connection.execute(insert(inquiry_unit).values(asdict(new)))

    def units(self, of: Sequence[Inquiry]) -> tuple[Answering, ...]:
        """应询单位 of inquiries of one congress that the caller was given."""
        if not of:
            return ()
        query = select(*_UNIT).where(
            inquiry_unit.c.congress == of[0].congress, inquiry_unit.c.inquiry.in_([one.id for one in of])
        )
        rows = self._connection.execute(
            query.order_by(inquiry_unit.c.inquiry, inquiry_unit.c.unit)
        ).mappings()
        return tuple(Answering(**row) for row in rows)

    def keep_measures(self, of: Answering, text: str, by: str, at: datetime) -> None:
        """Whoever writes holds the lock of the inquiry."""
        which = (
            inquiry_unit.c.congress == of.congress,
            inquiry_unit.c.inquiry == of.inquiry,
            inquiry_unit.c.unit == of.unit,
        )
        self._connection.execute(update(inquiry_unit).where(*which).values(measures=text, by=by, at=at))

    def add_question(self, new: Question) -> None:
        self._connection.execute(insert(inquiry_question).values(asdict(new)))

    def questions(self, of: Inquiry) -> tuple[Question, ...]:
        """Of an inquiry that the caller was given, in the order in which they are asked."""
        query = select(*_QUESTION).where(
            inquiry_question.c.congress == of.congress, inquiry_question.c.inquiry == of.id
        )
        rows = self._connection.execute(query.order_by(inquiry_question.c.place)).mappings()
        return tuple(Question(**row) for row in rows)

    def change_question(self, before: Question, **changes: object) -> Question:
        """Write the named fields; whoever changes it holds the lock of the inquiry."""
        which = (inquiry_question.c.congress == before.congress, inquiry_question.c.id == before.id)
        self._connection.execute(update(inquiry_question).where(*which).values(changes))
        return replace(before, **changes)

    def add_recheck(self, new: Recheck) -> None:
        self._connection.execute(insert(recheck).values(asdict(new)))

    def rechecks(self, of: Inquiry) -> tuple[Recheck, ...]:
        """Of an inquiry that the caller was given, oldest first."""
        query = select(*_RECHECK).where(recheck.c.congress == of.congress, recheck.c.inquiry == of.id)
        rows = self._connection.execute(query.order_by(recheck.c.at, recheck.c.id)).mappings()
        return tuple(Recheck(**row) for row in rows)

    def _many(self, actor: Actor, congress: str, *which: ColumnElement[bool]) -> tuple[Inquiry, ...]:
        query = select(*_FACTS).where(visible_inquiries(actor), inquiry.c.congress == congress, *which)
        rows = self._connection.execute(query.order_by(inquiry.c.day.desc(), inquiry.c.id)).mappings()
        return tuple(Inquiry(**row) for row in rows)

    def _one(self, actor: Actor, inquiry_id: str, *, alone: bool = False) -> Inquiry:
        if not is_id(inquiry_id):
            raise NotFound
        query = select(*_FACTS).where(visible_inquiries(actor), inquiry.c.id == inquiry_id)
        row = self._connection.execute(query.with_for_update() if alone else query).mappings().one_or_none()
        if row is None:
            raise NotFound
        return Inquiry(**row)
