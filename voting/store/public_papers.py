"""Documents for everybody, each with its signature."""

from __future__ import annotations

from msgspec.structs import asdict, replace
from sqlalchemy import ColumnElement, Connection, insert, select, update

from voting.actors import Actor, NotFound
from voting.duties import may
from voting.store.tables.years import public_paper
from voting.store.visible import is_id
from voting.years.facts import PublicPaper

_FACTS = [public_paper.c[name] for name in PublicPaper.__struct_fields__]


def visible_papers(actor: Actor) -> ColumnElement[bool]:
    """Whoever issues them: all of the own congress. Everybody else: what stands, of any congress."""
    if may(actor, "issue_paper"):
        return public_paper.c.congress == actor.congress
    return public_paper.c.withdrawn_at.is_(None)


class PublicPapers:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: PublicPaper, body: bytes) -> None:
        self._connection.execute(insert(public_paper).values(**asdict(new), body=body))

    def get(self, actor: Actor, paper_id: str) -> PublicPaper:
        """Raises NotFound."""
        return self._one(visible_papers(actor), paper_id)

    def lock(self, actor: Actor, paper_id: str) -> PublicPaper:
        """As `get`; until the transaction ends nobody else changes it."""
        return self._one(visible_papers(actor), paper_id, alone=True)

    def body(self, of: PublicPaper) -> bytes:
        """Of a paper that the caller was given."""
        which = (public_paper.c.congress == of.congress, public_paper.c.id == of.id)
        query = select(public_paper.c.body).where(*which)
        return bytes(self._connection.execute(query).scalar_one())

    def same(self, congress: str, hash_: str) -> PublicPaper | None:
        """The paper of the congress with exactly these bytes."""
        which = (public_paper.c.congress == congress, public_paper.c.hash == hash_)
        row = self._connection.execute(select(*_FACTS).where(*which)).mappings().one_or_none()
        return None if row is None else PublicPaper(**row)

    def listing(self, actor: Actor, congress: str, most: int) -> tuple[PublicPaper, ...]:
        """Newest first, at most so many."""
        query = select(*_FACTS).where(visible_papers(actor), public_paper.c.congress == congress)
        newest = (public_paper.c.day.desc(), public_paper.c.at.desc(), public_paper.c.id)
        rows = self._connection.execute(query.order_by(*newest).limit(most)).mappings()
        return tuple(PublicPaper(**row) for row in rows)

    def change(self, before: PublicPaper, **changes: object) -> PublicPaper:
        """Write the named fields; the paper as it is afterwards."""
        which = (public_paper.c.congress == before.congress, public_paper.c.id == before.id)
        self._connection.execute(update(public_paper).where(*which).values(changes))
        return replace(before, **changes)

    def _one(self, allowed: ColumnElement[bool], paper_id: str, *, alone: bool = False) -> PublicPaper:
        if not is_id(paper_id):
            raise NotFound
        query = select(*_FACTS).where(allowed, public_paper.c.id == paper_id)
        row = self._connection.execute(query.with_for_update() if alone else query).mappings().one_or_none()
        if row is None:
            raise NotFound
        return PublicPaper(**row)
