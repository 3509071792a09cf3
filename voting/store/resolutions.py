"""Resolutions about the places that a round left open; whoever asks was given the round."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec.structs import asdict, replace
from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select, update

from voting.rounds import Round
from voting.settling.resolutions import Resolution
from voting.store.tables.settling import resolution

_FACTS = [resolution.c[name] for name in Resolution.__struct_fields__]


class Resolutions:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Resolution) -> None:
        """Whoever adds it holds the lock of the round."""
        columns = asdict(new)
        columns["chosen"] = msgspec.json.encode(columns["chosen"])
        self._connection.execute(insert(resolution).values(columns))

    def of(self, of: Round) -> Resolution | None:
        """There is at most one."""
        query = select(*_FACTS).where(resolution.c.congress == of.congress, resolution.c.round == of.id)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            return None
        fields: dict[str, Any] = {str(name): value for name, value in row.items()}
        fields["chosen"] = msgspec.json.decode(fields["chosen"], type=tuple[int, ...])
        return Resolution(**fields)

    def change(self, before: Resolution, **changes: object) -> Resolution:
        """Write the named fields; the resolution as it is afterwards."""
        self._connection.execute(update(resolution).where(_this(before)).values(changes))
        return replace(before, **changes)

    def remove(self, withdrawn: Resolution) -> None:
        self._connection.execute(delete(resolution).where(_this(withdrawn)))


def _this(one: Resolution) -> ColumnElement[bool]:
    return and_(resolution.c.congress == one.congress, resolution.c.round == one.round)
