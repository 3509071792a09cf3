"""What happened lately to projects that the public may see: one short statement for each sort of thing."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, Literal

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, FromClause, Table, and_, literal, select

from voting.actors import PUBLIC
from voting.store.projects import visible_projects
from voting.store.tables import round_
from voting.store.tables.delivering import project
from voting.store.tables.rating import rated, rectification
from voting.store.tables.reporting import report
from voting.store.tables.supervising import completion, project_change

What = Literal["report", "change", "finish", "accept", "rated", "rectified"]


class Happened(Struct, frozen=True, kw_only=True):
    """`period` and `progress` (tenths of a per cent) are a report's."""

    kind: What
    project: str
    title: str
    at: datetime
    words: str = ""
    period: str = ""
    progress: int = 0


class _Source(Struct, frozen=True):
    """Where one sort of thing is written: by which moment, in which words, and which rows count."""

    kind: What
    table: Table
    moment: ColumnElement[Any]
    words: ColumnElement[str]
    counts: ColumnElement[bool]
    more: tuple[ColumnElement[Any], ...] = ()


_NOTHING: Final = literal("")
_SOURCES: Final = (
    _Source(
        "report",
        report,
        report.c.submitted_at,
        report.c.text,
        report.c.submitted_at.is_not(None),
        (report.c.period, report.c.progress),
    ),
    _Source(
        "change",
        project_change,
        project_change.c.decided_at,
        project_change.c.reason,
        project_change.c.state == "approved",
    ),
    _Source("finish", completion, completion.c.at, completion.c.text, completion.c.at.is_not(None)),
    _Source("accept", completion, completion.c.accepted_at, _NOTHING, completion.c.result == "passed"),
    _Source(
        "rectified",
        rectification,
        rectification.c.closed_at,
        _NOTHING,
        rectification.c.closed_at.is_not(None),
    ),
    _Source("rated", rated, round_.c.published_at, round_.c.title, round_.c.state == "published"),
)


class PublicNews:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def newest(self, congress: str, most: int) -> tuple[Happened, ...]:
        """The newest first; `most` in all."""
        found = [one for source in _SOURCES for one in self._of(source, congress, most)]
        return tuple(sorted(found, key=lambda one: (one.at, one.project, one.kind), reverse=True)[:most])

    def _of(self, source: _Source, congress: str, most: int) -> list[Happened]:
        """Of parts that were rated beside each other, the project once."""
        wanted = (
            project.c.id.label("project"),
            project.c.title,
            source.moment.label("at"),
            source.words.label("words"),
            *source.more,
        )
        query = select(*wanted).select_from(_joined(source.table)).distinct()
        query = query.where(source.table.c.congress == congress, source.counts, visible_projects(PUBLIC))
        rows = self._connection.execute(
            query.order_by(source.moment.desc(), project.c.id.desc()).limit(most)
        ).mappings()
        return [Happened(kind=source.kind, **row) for row in rows]


def _joined(table: Table) -> FromClause:
    joined = table.join(
        project, and_(project.c.congress == table.c.congress, project.c.id == table.c.project)
    )
    if table is not rated:
        return joined
    return joined.join(round_, and_(round_.c.congress == rated.c.congress, round_.c.id == rated.c.round))
