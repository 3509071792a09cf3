"""附议: which deputies stand behind a proposal."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection, and_, delete, func, insert, select

from voting.actors import Actor
from voting.store.suggestions import visible_suggestions
from voting.store.tables.collecting import cosign, suggestion
from voting.store.tables.people import deputy
from voting.suggestions import Suggestion


class Cosigner(Struct, frozen=True, kw_only=True):
    """A deputy behind a proposal, and since when."""

    deputy: str
    name: str
    delegation: str
    at: datetime


class Cosigns:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, of: Suggestion) -> tuple[Cosigner, ...]:
        """Those of a suggestion that the caller was given, in the order in which they signed."""
        query = (
            select(cosign.c.deputy, deputy.c.name, deputy.c.delegation, cosign.c.at)
            .join(deputy, and_(deputy.c.congress == cosign.c.congress, deputy.c.id == cosign.c.deputy))
            .where(cosign.c.congress == of.congress, cosign.c.suggestion == of.id)
            .order_by(cosign.c.at, deputy.c.number)
        )
        return tuple(Cosigner(**row) for row in self._connection.execute(query).mappings())

    def counts(self, actor: Actor) -> dict[str, int]:
        """How many stand behind each suggestion that the actor can see, those without any left out."""
        query = (
            select(cosign.c.suggestion, func.count())
            .join(
                suggestion,
                and_(suggestion.c.congress == cosign.c.congress, suggestion.c.id == cosign.c.suggestion),
            )
            .where(visible_suggestions(actor))
            .group_by(cosign.c.suggestion)
        )
        return {row[0]: row[1] for row in self._connection.execute(query)}

    def add(self, of: Suggestion, deputy_id: str, at: datetime) -> None:
        self._connection.execute(
            insert(cosign).values(congress=of.congress, suggestion=of.id, deputy=deputy_id, at=at)
        )

    def remove(self, of: Suggestion, deputy_id: str) -> None:
        self._connection.execute(
            delete(cosign).where(
                cosign.c.congress == of.congress,
                cosign.c.suggestion == of.id,
                cosign.c.deputy == deputy_id,
            )
        )
