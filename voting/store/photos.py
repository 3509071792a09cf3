"""Photos of suggestions: whoever may see the suggestion may see its photos."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from sqlalchemy import ColumnElement, Connection, and_, insert, select

from voting.actors import Actor, NotFound
from voting.photos import Photo, Prepared
from voting.store.suggestions import visible_suggestions
from voting.store.tables.collecting import photo, suggestion
from voting.store.visible import is_hash, is_id
from voting.suggestions import Suggestion

_FACTS = [photo.c[name] for name in Photo.__struct_fields__]
_WITH_SUGGESTION = photo.join(
    suggestion, and_(suggestion.c.congress == photo.c.congress, suggestion.c.id == photo.c.suggestion)
)


class Photos:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, of: Suggestion, prepared: Sequence[Prepared], first: int = 1) -> None:
        """In this order, from place `first`; `Suggestion.photos` is the caller's to write."""
        rows = [
            {
                "congress": of.congress,
                "id": uuid4().hex,
                "suggestion": of.id,
                "place": place,
                "width": one.width,
                "height": one.height,
                "small": one.small,
                "body": one.body,
            }
            for place, one in enumerate(prepared, start=first)
        ]
        if rows:
            self._connection.execute(insert(photo), rows)

    def of(self, of: Suggestion) -> tuple[Photo, ...]:
        """Those of a suggestion that the caller was given, in order."""
        query = select(*_FACTS).where(photo.c.congress == of.congress, photo.c.suggestion == of.id)
        return tuple(
            Photo(**row) for row in self._connection.execute(query.order_by(photo.c.place)).mappings()
        )

    def body(self, actor: Actor, photo_id: str, *, small: bool) -> bytes:
        """The JPEG. Raises NotFound."""
        return self._body(photo_id, visible_suggestions(actor), small=small)

    def body_of_released(self, congress: str, photo_id: str, *, small: bool) -> bytes:
        """The JPEG, if a person has released its suggestion. Raises NotFound."""
        released = and_(
            suggestion.c.congress == congress,
            suggestion.c.released_at.is_not(None),
            suggestion.c.kind != "complaint",
        )
        return self._body(photo_id, released, small=small)

    def body_by_query_hash(self, congress: str, query_hash: str, photo_id: str, *, small: bool) -> bytes:
        """The JPEG, for the holder of the query code. Raises NotFound."""
        if not is_hash(query_hash):
            raise NotFound
        own = and_(suggestion.c.congress == congress, suggestion.c.query_hash == query_hash)
        return self._body(photo_id, own, small=small)

    def _body(self, photo_id: str, allowed: ColumnElement[bool], *, small: bool) -> bytes:
        if not is_id(photo_id):
            raise NotFound
        query = (
            select(photo.c.small if small else photo.c.body)
            .select_from(_WITH_SUGGESTION)
            .where(allowed, photo.c.id == photo_id)
        )
        found = self._connection.execute(query).scalar_one_or_none()
        if found is None:
            raise NotFound
        return bytes(found)
