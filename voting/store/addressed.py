"""民呼我来: which words were left for which deputy."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, and_, false, insert, select

from voting.actors import Actor, NotFound
from voting.store.tables.attending import addressed
from voting.store.tables.collecting import suggestion
from voting.store.visible import is_id
from voting.suggestions import Suggestion

_FACTS = select(*(suggestion.c[name] for name in Suggestion.__struct_fields__)).join(
    addressed,
    and_(addressed.c.congress == suggestion.c.congress, addressed.c.suggestion == suggestion.c.id),
)


def _for(actor: Actor) -> ColumnElement[bool]:
    """What an office has let through to this deputy; nothing for anybody else."""
    if actor.role != "deputy" or not actor.deputy:
        return false()
    return and_(
        addressed.c.congress == actor.congress,
        addressed.c.deputy == actor.deputy,
        suggestion.c.state.not_in(("received", "refused")),
        suggestion.c.kind != "complaint",
    )


class Addressed:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, of: Suggestion, deputy_id: str) -> None:
        self._connection.execute(
            insert(addressed).values(congress=of.congress, suggestion=of.id, deputy=deputy_id)
        )

    def deputy_of(self, of: Suggestion) -> str | None:
        """For whom a suggestion that the caller was given was left; None: for nobody by name."""
        query = select(addressed.c.deputy).where(
            addressed.c.congress == of.congress, addressed.c.suggestion == of.id
        )
        found: str | None = self._connection.execute(query).scalar()
        return found

    def listing(self, actor: Actor, most: int) -> tuple[Suggestion, ...]:
        """Left for this deputy, newest first."""
        query = _FACTS.where(_for(actor)).order_by(suggestion.c.received_at.desc(), suggestion.c.id)
        return tuple(Suggestion(**row) for row in self._connection.execute(query.limit(most)).mappings())

    def get(self, actor: Actor, suggestion_id: str) -> Suggestion:
        """One of them. Raises NotFound."""
        if not is_id(suggestion_id):
            raise NotFound
        query = _FACTS.where(_for(actor), suggestion.c.id == suggestion_id)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotFound
        return Suggestion(**row)
