"""Who did what and when, written in the transaction of the thing done; the log of changes has it too."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from msgspec.structs import asdict
from sqlalchemy import Connection, func, insert, select

from voting.actors import Actor
from voting.rounds import Round, StepRecord
from voting.store.audit import Audit
from voting.store.tables import round_, step
from voting.store.visible import visible_rounds


class Steps:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, actor: Actor, of: Round | None, what: str, at: datetime, note: str = "") -> None:
        """Without a round: a step of the actor's congress itself."""
        new = StepRecord(
            congress=actor.congress,
            round=None if of is None else of.id,
            step=what,
            at=at,
            role=actor.role,
            name=actor.name,
            link=actor.link,
            note=note,
        )
        before = (
            select(func.count())
            .where(step.c.congress == new.congress, step.c.round.is_not_distinct_from(new.round))
            .scalar_subquery()
        )
        self._connection.execute(insert(step).values(id=uuid4().hex, place=before, **asdict(new)))
        after = {"note": note} if note else {}
        Audit(self._connection).add(actor, what, at, "round", new.round, after=after)

    def of(self, actor: Actor, round_id: str) -> tuple[StepRecord, ...]:
        """As they were taken; empty for the public, and for a round that the actor cannot see."""
        if actor.role == "public":
            return ()
        query = (
            select(*(step.c[name] for name in StepRecord.__struct_fields__))
            .select_from(
                step.join(round_, (round_.c.congress == step.c.congress) & (round_.c.id == step.c.round))
            )
            .where(visible_rounds(actor), round_.c.id == round_id)
            .order_by(step.c.place, step.c.at)
        )
        return tuple(StepRecord(**row) for row in self._connection.execute(query).mappings())
