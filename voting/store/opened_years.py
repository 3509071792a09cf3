"""Years that were opened, and what each took over from the one before."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import asdict
from sqlalchemy import Connection, and_, insert, select

from voting.actors import Actor
from voting.duties import may
from voting.store.tables.delivering import project
from voting.store.tables.screening import draft, draft_source
from voting.store.tables.years import carried, opened_year
from voting.years.facts import Carried, OpenedYear

_OPENED = [opened_year.c[name] for name in OpenedYear.__struct_fields__]
_CARRIED = [carried.c[name] for name in Carried.__struct_fields__]


class OpenedYears:
    """Whoever adds holds the lock of the congress (`drafts.alone`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: OpenedYear) -> None:
        self._connection.execute(insert(opened_year).values(asdict(new)))

    def get(self, congress: str, year: int) -> OpenedYear | None:
        """None: nobody opened it; for a caller who may work on the year."""
        which = (opened_year.c.congress == congress, opened_year.c.year == year)
        row = self._connection.execute(select(*_OPENED).where(*which)).mappings().one_or_none()
        return None if row is None else OpenedYear(**row)

    def last(self, congress: str) -> int | None:
        """The newest year that was opened."""
        query = select(opened_year.c.year).where(opened_year.c.congress == congress)
        return self._connection.execute(query.order_by(opened_year.c.year.desc()).limit(1)).scalar()

    def carry(self, new: Carried) -> None:
        self._connection.execute(insert(carried).values(asdict(new)))

    def carried_to(self, actor: Actor, drafts: Sequence[str]) -> dict[str, Carried]:
        """By draft, for drafts that the caller was given; what others did with it is for the offices."""
        if not may(actor, "read_projects"):
            return {}
        which = (carried.c.congress == actor.congress, carried.c.draft.in_(drafts))
        rows = self._connection.execute(select(*_CARRIED).where(*which)).mappings()
        return {row["draft"]: Carried(**row) for row in rows}

    def carried_from(self, congress: str, year: int) -> tuple[Carried, ...]:
        """What of the year's projects and candidates has been taken over already."""
        which = (carried.c.congress == congress, carried.c.year == year)
        query = select(*_CARRIED).where(*which).order_by(carried.c.at, carried.c.draft)
        return tuple(Carried(**row) for row in self._connection.execute(query).mappings())

    def followed(self, congress: str, projects: Sequence[str]) -> dict[str, str]:
        """By project, its next year's stage; for projects that the caller was given."""
        query = select(project.c.previous, project.c.id).where(
            project.c.congress == congress, project.c.previous.in_(projects)
        )
        return {row.previous: row.id for row in self._connection.execute(query)}

    def drafted(self, congress: str, suggestions: Sequence[str], year: int) -> frozenset[str]:
        """Of suggestions that the caller was given, those that stand behind a draft of the year."""
        joined = draft_source.join(
            draft, and_(draft.c.congress == draft_source.c.congress, draft.c.id == draft_source.c.draft)
        )
        query = select(draft_source.c.suggestion).select_from(joined)
        which = (draft_source.c.congress == congress, draft_source.c.suggestion.in_(suggestions))
        return frozenset(self._connection.execute(query.where(*which, draft.c.year == year)).scalars())
