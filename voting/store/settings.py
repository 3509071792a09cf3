"""What a congress has set, one JSON document for each struct of settings."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from sqlalchemy import Connection, insert, select, update

from voting.actors import Actor
from voting.store.audit import Audit
from voting.store.locks import lock_congress
from voting.store.tables.people import setting

Value = TypeVar("Value", bound=Struct)


class Settings:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, congress: str, kind: type[Value]) -> Value:
        """As stored; what was never set has its default, and so has everything of an unknown congress."""
        raw = self._stored(congress, name_of(kind))
        return kind() if raw is None else msgspec.json.decode(raw, type=kind)

    def put(self, actor: Actor, value: Struct, now: datetime) -> None:
        """Replace all that its kind of settings holds; the log says which fields changed. Raises NotFound."""
        name = name_of(type(value))
        lock_congress(self._connection, actor.congress)
        before, after = changed_fields(self.get(actor.congress, type(value)), value)
        self._write(actor.congress, name, msgspec.json.encode(value))
        if after:
            Audit(self._connection).add(actor, "change_settings", now, "setting", before=before, after=after)

    def _write(self, congress: str, name: str, raw: bytes) -> None:
        """Whoever writes holds the congress's lock."""
        if self._stored(congress, name) is None:
            self._connection.execute(insert(setting).values(congress=congress, name=name, value=raw))
            return
        which = (setting.c.congress == congress, setting.c.name == name)
        self._connection.execute(update(setting).where(*which).values(value=raw))

    def _stored(self, congress: str, name: str) -> bytes | None:
        query = select(setting.c.value).where(setting.c.congress == congress, setting.c.name == name)
        raw: bytes | None = self._connection.execute(query).scalar()
        return raw


def name_of(kind: type[Struct]) -> str:
    """The tag of a struct of settings. Raises TypeError for one without."""
    tag = kind.__struct_config__.tag
    if not isinstance(tag, str):
        raise TypeError(f"{kind.__name__} is kept under its tag and has none")
    return tag


def changed_fields(old: Struct, new: Struct) -> tuple[dict[str, Any], dict[str, Any]]:
    """(before, after) of the fields that differ, as plain JSON values."""
    before, after = msgspec.to_builtins(old), msgspec.to_builtins(new)
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}
