"""Published results of all congresses, as the first page lists them: only what stands in the list is read."""

from __future__ import annotations

from datetime import date
from typing import Final

from msgspec import Struct
from sqlalchemy import Connection, and_, or_, select

from voting.store.tables import congress, round_, session
from voting.store.visible import is_id


class Listed(Struct, frozen=True, kw_only=True):
    """`number` and `day` are those of the 公告."""

    id: str
    title: str
    congress: str
    session: str
    number: str
    day: date


_LISTED: Final = (
    select(
        round_.c.id,
        round_.c.title,
        congress.c.name.label("congress"),
        session.c.title.label("session"),
        round_.c.published_number.label("number"),
        round_.c.published_date.label("day"),
    )
    .select_from(
        round_.join(congress, congress.c.id == round_.c.congress).join(
            session, and_(session.c.congress == round_.c.congress, session.c.id == round_.c.session)
        )
    )
    .where(round_.c.state == "published")
    .order_by(round_.c.published_at.desc(), round_.c.id.desc())
)


class Results:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def published(self, most: int, after: str = "") -> tuple[Listed, ...]:
        """The newest first; `after` is the last one of the page before, of none it is the first page."""
        query = _LISTED
        if is_id(after):
            last = select(round_.c.published_at).where(round_.c.id == after, round_.c.state == "published")
            at = self._connection.execute(last).scalar()
            if at is not None:
                same = and_(round_.c.published_at == at, round_.c.id < after)
                query = query.where(or_(round_.c.published_at < at, same))
        return tuple(Listed(**row) for row in self._connection.execute(query.limit(most)).mappings())
