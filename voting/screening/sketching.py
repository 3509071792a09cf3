"""选入 and 移出 of 待补全的草稿."""

from __future__ import annotations

from datetime import datetime

from voting.actors import Actor, NotFound
from voting.duties import demand
from voting.screening.proposing import words_of
from voting.screening.sketches import Sketch
from voting.store import Store, Transaction


def sketch(
    tx: Transaction, actor: Actor, sketch_id: str, year: int, suggestion_id: str, now: datetime
) -> Sketch:
    """Within a transaction of the caller, who holds the lock of the drafts. Raises PlanError, NotFound."""
    words = words_of(tx, actor, [suggestion_id])
    new = Sketch(
        id=sketch_id,
        congress=actor.congress,
        year=year,
        title=words["title"],
        place=words["place"],
        suggestion=suggestion_id,
        by=actor.name,
        at=now,
    )
    tx.sketches.add(new)
    tx.audit.add(actor, "sketch", now, "draft", new.id, after={"title": new.title, "year": year})
    return new


def drop(store: Store, actor: Actor, sketch_id: str, now: datetime) -> None:
    """Not after all; the suggestion is offered again. Raises NotFound, Forbidden."""
    demand(actor, "draft")
    with store.write() as tx:
        tx.drafts.alone(actor.congress)
        found = tx.sketches.find(actor, sketch_id)
        if found is None:
            raise NotFound
        tx.sketches.drop(found)
        tx.audit.add(actor, "drop_sketch", now, "draft", found.id, before={"title": found.title})
