"""What the page of figures asks besides them: which years there are, and whether a day is the last."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, func, select

from voting.actors import Actor
from voting.store.suggestions import visible_suggestions
from voting.store.tables.collecting import suggestion

_S: Final = suggestion.c


class Figures:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def received_since(self, actor: Actor, moment: datetime) -> bool:
        """Whether anything was received then or later."""
        query = select(_S.id).where(visible_suggestions(actor), _S.received_at >= moment).limit(1)
        return self._connection.execute(query).first() is not None

    def years(self, actor: Actor) -> tuple[int, ...]:
        """In which there are suggestions, the latest first; found by skipping from one to the next."""
        found: list[int] = []
        query = select(func.max(_S.year)).where(visible_suggestions(actor))
        year = self._connection.execute(query).scalar()
        while year is not None:
            found.append(int(year))
            year = self._connection.execute(query.where(_S.year < year)).scalar()
        return tuple(found)
