"""Results of 满意度测评 of years before the service came."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import asdict
from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, insert, select

from voting.actors import Actor
from voting.duties import may
from voting.store.tables.years import earlier_score
from voting.years.earlier import EarlierScore

_FACTS = [earlier_score.c[name] for name in EarlierScore.__struct_fields__]


class Earlier:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def replace_years(self, congress: str, new: Sequence[EarlierScore]) -> None:
        """What the table says of its years takes the place of what was kept of them."""
        years = sorted({one.year for one in new})
        which = (earlier_score.c.congress == congress, earlier_score.c.year.in_(years))
        self._connection.execute(delete(earlier_score).where(*which))
        rows = [{**asdict(one), "figures": msgspec.json.encode(one.figures)} for one in new]
        if rows:
            self._connection.execute(insert(earlier_score), rows)

    def of_year(self, actor: Actor, congress: str, year: int) -> tuple[EarlierScore, ...]:
        """As the table had them, to whom the projects of the congress may be shown."""
        return self._many(actor, congress, earlier_score.c.year == year)

    def all(self, actor: Actor, congress: str) -> tuple[EarlierScore, ...]:
        """Of all years, the newest first."""
        return self._many(actor, congress)

    def _many(self, actor: Actor, congress: str, *which: ColumnElement[bool]) -> tuple[EarlierScore, ...]:
        if actor.congress != congress or not (may(actor, "read_projects") or actor.role == "system"):
            return ()
        query = select(*_FACTS).where(and_(earlier_score.c.congress == congress, *which))
        order = (earlier_score.c.year.desc(), earlier_score.c.place, earlier_score.c.id)
        return tuple(_score(row) for row in self._connection.execute(query.order_by(*order)).mappings())


def _score(row: RowMapping) -> EarlierScore:
    figures = msgspec.json.decode(row["figures"], type=tuple[tuple[str, int], ...])
    return EarlierScore(**{**row, "figures": figures})
