"""What stands on the ballots of satisfaction rounds. How it was rated, the rounds themselves keep."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import asdict
from sqlalchemy import ColumnElement, Connection, insert, select

from voting.delivering.projects import Project
from voting.rating.rated import Rated
from voting.rounds import Round
from voting.store.tables.rating import rated

_FACTS = [rated.c[name] for name in Rated.__struct_fields__]


class RatedRows:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add_many(self, new: Sequence[Rated]) -> None:
        if new:
            self._connection.execute(insert(rated), [asdict(one) for one in new])

    def copy(self, before: Round, new: Round) -> None:
        """A round that is held again rates the same; done before, it changes nothing."""
        if self.of_round(new):
            return
        rows = self._many(rated.c.congress == before.congress, rated.c.round == before.id)
        self.add_many([Rated(**{**asdict(one), "round": new.id}) for one in rows])

    def of_round(self, of: Round) -> tuple[Rated, ...]:
        """Of a round that the caller was given, as it was made."""
        return self._many(rated.c.congress == of.congress, rated.c.round == of.id)

    def of_projects(self, of: Sequence[Project]) -> tuple[Rated, ...]:
        """Of projects of one congress that the caller was given, in all rounds."""
        if not of:
            return ()
        return self._many(rated.c.congress == of[0].congress, rated.c.project.in_([one.id for one in of]))

    def of_questions(self, congress: str, questions: Sequence[str]) -> tuple[Rated, ...]:
        """Of questions of an inquiry that the caller was given."""
        return self._many(rated.c.congress == congress, rated.c.question.in_(questions)) if questions else ()

    def retests(self, congress: str, rectifications: Sequence[str]) -> tuple[Rated, ...]:
        """Of matters that the caller was given."""
        if not rectifications:
            return ()
        return self._many(rated.c.congress == congress, rated.c.rectification.in_(rectifications))

    def _many(self, *which: ColumnElement[bool]) -> tuple[Rated, ...]:
        query = select(*_FACTS).where(*which).order_by(rated.c.round, rated.c.number)
        return tuple(Rated(**row) for row in self._connection.execute(query).mappings())
