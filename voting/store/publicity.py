"""Citizens' opinions on projects and their scores: whoever may see the project, and moderates or answers."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec.structs import asdict, replace
from sqlalchemy import ColumnElement, Connection, Select, and_, false, func, insert, select, update

from voting.actors import Actor, NotFound
from voting.delivering.projects import Project
from voting.duties import may
from voting.publicity.opinions import Listed, Opinion, OpinionState
from voting.publicity.scores import Scale
from voting.store.projects import visible_projects
from voting.store.tables.delivering import project
from voting.store.tables.publicity import citizen_opinion, citizen_score
from voting.store.visible import is_id

_NAMES = Opinion.__struct_fields__
_FACTS = [citizen_opinion.c[name] for name in _NAMES]
_WITH_PROJECT = citizen_opinion.join(
    project,
    and_(project.c.congress == citizen_opinion.c.congress, project.c.id == citizen_opinion.c.project),
)


def _visible(actor: Actor) -> ColumnElement[bool]:
    """Whoever moderates: all of the congress. A unit: what is released about projects that it leads."""
    if may(actor, "moderate"):
        return citizen_opinion.c.congress == actor.congress
    if may(actor, "answer_citizen"):
        return and_(
            citizen_opinion.c.congress == actor.congress,
            citizen_opinion.c.state == "released",
            project.c.lead_unit == actor.unit,
            visible_projects(actor),
        )
    return false()


class Citizens:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Opinion) -> None:
        self._connection.execute(insert(citizen_opinion).values(asdict(new)))

    def by_form_key(self, congress: str, form_key: str) -> Opinion | None:
        """What came with this form."""
        which = (citizen_opinion.c.congress == congress, citizen_opinion.c.form_key == form_key)
        row = self._connection.execute(select(*_FACTS).where(*which)).mappings().first()
        return None if row is None else Opinion(**row)

    def get(self, actor: Actor, opinion_id: str) -> Opinion:
        """Raises NotFound."""
        return self._one(opinion_id, _chosen(actor, opinion_id))

    def lock(self, actor: Actor, opinion_id: str) -> Opinion:
        """Until the transaction ends nobody else changes it. Raises NotFound."""
        return self._one(opinion_id, _chosen(actor, opinion_id).with_for_update(of=citizen_opinion))

    def change(self, before: Opinion, **changes: object) -> Opinion:
        """Write the named fields; the opinion as it is afterwards."""
        which = (citizen_opinion.c.congress == before.congress, citizen_opinion.c.id == before.id)
        self._connection.execute(update(citizen_opinion).where(*which).values(changes))
        return replace(before, **changes)

    def listing(self, actor: Actor, state: OpinionState, most: int) -> tuple[Listed, ...]:
        """Those that wait: oldest first. The others: newest first."""
        at = citizen_opinion.c.sent_at
        order = at if state == "waiting" else at.desc()
        title = project.c.title.label("about")
        query = select(*_FACTS, title).select_from(_WITH_PROJECT).where(citizen_opinion.c.state == state)
        rows = self._connection.execute(
            query.where(_visible(actor)).order_by(order, citizen_opinion.c.id).limit(most)
        )
        return tuple(
            Listed(opinion=Opinion(**{name: row[name] for name in _NAMES}), title=row["about"])
            for row in rows.mappings()
        )

    def number(self, actor: Actor, state: OpinionState) -> int:
        """How many are in this state."""
        return self._number(_visible(actor), citizen_opinion.c.state == state)

    def unanswered(self, actor: Actor) -> int:
        """How many are shown without a reply."""
        shown = citizen_opinion.c.state == "released"
        return self._number(_visible(actor), shown, citizen_opinion.c.replied_at.is_(None))

    def released(self, of: Project, most: int) -> tuple[Opinion, ...]:
        """What everybody may read about a project that the caller was given, newest first."""
        which = (
            citizen_opinion.c.congress == of.congress,
            citizen_opinion.c.project == of.id,
            citizen_opinion.c.state == "released",
        )
        query = select(*_FACTS).where(*which).order_by(citizen_opinion.c.sent_at.desc(), citizen_opinion.c.id)
        return tuple(Opinion(**row) for row in self._connection.execute(query.limit(most)).mappings())

    def score_of(self, of: Project, device: str) -> tuple[str, int] | None:
        """(scale, level) that this device gave."""
        query = select(citizen_score.c.scale, citizen_score.c.level).where(*_score(of, device))
        row = self._connection.execute(query).first()
        return None if row is None else (row.scale, row.level)

    def put_score(self, of: Project, device: str, scale: Scale, level: int, at: datetime) -> None:
        """In place of the former one; whoever writes holds the lock of the congress."""
        facts = {"scale": scale, "level": level, "at": at}
        if self.score_of(of, device) is None:
            key = {"congress": of.congress, "project": of.id, "device": device}
            self._connection.execute(insert(citizen_score).values(**key, **facts))
        else:
            self._connection.execute(update(citizen_score).where(*_score(of, device)).values(facts))

    def score_counts(self, of: Project, scale: Scale) -> dict[int, int]:
        """How many for each level of the scale, for a project that the caller was given."""
        query = select(citizen_score.c.level, func.count()).where(
            citizen_score.c.congress == of.congress,
            citizen_score.c.project == of.id,
            citizen_score.c.scale == scale,
        )
        return {row[0]: row[1] for row in self._connection.execute(query.group_by(citizen_score.c.level))}

    def _one(self, opinion_id: str, query: Select[Any]) -> Opinion:
        row = self._connection.execute(query).mappings().first() if is_id(opinion_id) else None
        if row is None:
            raise NotFound
        return Opinion(**row)

    def _number(self, *which: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(_WITH_PROJECT).where(*which)
        return int(self._connection.execute(query).scalar() or 0)


def _chosen(actor: Actor, opinion_id: str) -> Select[Any]:
    which = (citizen_opinion.c.id == opinion_id, _visible(actor))
    return select(*_FACTS).select_from(_WITH_PROJECT).where(*which)


def _score(of: Project, device: str) -> tuple[ColumnElement[bool], ...]:
    return (
        citizen_score.c.congress == of.congress,
        citizen_score.c.project == of.id,
        citizen_score.c.device == device,
    )
