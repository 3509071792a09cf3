"""候选项目名单, what stands on it, what bodies decided about it, and what delegations say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec.structs import asdict, replace
from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    and_,
    delete,
    false,
    insert,
    select,
    update,
)

from voting.actors import Actor, NotFound
from voting.duties import may
from voting.screening.slates import Comment, Entry, Passage, Slate
from voting.store.tables.screening import comment, draft_version, passage, slate, slate_entry
from voting.store.visible import is_id

_FACTS = [slate.c[name] for name in Slate.__struct_fields__]
_PASSAGE_FACTS = [passage.c[name] for name in Passage.__struct_fields__]
_COMMENT_FACTS = [comment.c[name] for name in Comment.__struct_fields__]


def visible_slates(actor: Actor) -> ColumnElement[bool]:
    """Offices and presidium: all of their congress. Deputies: what has been opened for reading."""
    own = slate.c.congress == actor.congress
    if may(actor, "read_suggestions") or actor.role == "system":
        return own
    if actor.role == "deputy":
        return and_(own, slate.c.opened_at.is_not(None))
    return false()


class Slates:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Slate) -> None:
        columns = asdict(new)
        columns["bodies"] = msgspec.json.encode(columns["bodies"])
        self._connection.execute(insert(slate).values(columns))

    def get(self, actor: Actor, slate_id: str) -> Slate:
        """Raises NotFound."""
        return self._one(actor, slate_id)

    def lock(self, actor: Actor, slate_id: str) -> Slate:
        """As `get`; until the transaction ends nobody else changes it."""
        return self._one(actor, slate_id, alone=True)

    def listing(self, actor: Actor) -> tuple[Slate, ...]:
        """Newest first."""
        query = select(*_FACTS).where(visible_slates(actor)).order_by(slate.c.made_at.desc(), slate.c.id)
        return tuple(_slate(row) for row in self._connection.execute(query).mappings())

    def titled(self, actor: Actor, year: int, title: str) -> Slate | None:
        """The list of this name in the year: names tell lists apart on paper."""
        return next((one for one in self.listing(actor) if (one.year, one.title) == (year, title)), None)

    def holding(self, actor: Actor, draft_id: str) -> tuple[Slate, ...]:
        """The lists that a draft stands on, newest first."""
        on = slate_entry.c
        query = (
            select(*_FACTS)
            .join_from(slate, slate_entry, and_(on.congress == slate.c.congress, on.slate == slate.c.id))
            .where(visible_slates(actor), on.draft == draft_id)
            .order_by(slate.c.made_at.desc(), slate.c.id)
        )
        return tuple(_slate(row) for row in self._connection.execute(query).mappings())

    def change(self, before: Slate, **changes: object) -> Slate:
        """Write the named fields; the list as it is afterwards."""
        which = (slate.c.congress == before.congress, slate.c.id == before.id)
        self._connection.execute(update(slate).where(*which).values(changes))
        return replace(before, **changes)

    def entries(self, of: Slate) -> tuple[Entry, ...]:
        """Of a list that the caller was given, as printed."""
        on = slate_entry.c
        title = draft_version.c.content
        joined = slate_entry.join(
            draft_version,
            and_(
                draft_version.c.congress == on.congress,
                draft_version.c.draft == on.draft,
                draft_version.c.version == on.version,
            ),
        )
        query = (
            select(on.number, on.draft, on.version, title)
            .select_from(joined)
            .where(on.congress == of.congress, on.slate == of.id)
            .order_by(on.number)
        )
        return tuple(_entry(row) for row in self._connection.execute(query).mappings())

    def list_drafts(self, of: Slate, chosen: Sequence[tuple[str, int]]) -> None:
        """Replace what stands on it: (draft, version) in printed order."""
        which = (slate_entry.c.congress == of.congress, slate_entry.c.slate == of.id)
        self._connection.execute(delete(slate_entry).where(*which))
        rows = [
            {"congress": of.congress, "slate": of.id, "number": number, "draft": draft, "version": version}
            for number, (draft, version) in enumerate(chosen, start=1)
        ]
        if rows:
            self._connection.execute(insert(slate_entry), rows)

    def add_passage(self, new: Passage, document: bytes) -> None:
        columns = asdict(new)
        columns["listed"] = msgspec.json.encode(columns["listed"])
        self._connection.execute(insert(passage).values(**columns, document=document))

    def passages(self, of: Slate) -> tuple[Passage, ...]:
        """Of a list that the caller was given, as they were entered."""
        query = select(*_PASSAGE_FACTS).where(passage.c.congress == of.congress, passage.c.slate == of.id)
        rows = self._connection.execute(query.order_by(passage.c.turn)).mappings()
        return tuple(_passage(row) for row in rows)

    def document(self, of: Slate, passage_id: str) -> tuple[str, bytes]:
        """(name, bytes) of a paper as it was handed in. Raises NotFound."""
        if not is_id(passage_id):
            raise NotFound
        query = select(passage.c.document_name, passage.c.document).where(
            passage.c.congress == of.congress, passage.c.slate == of.id, passage.c.id == passage_id
        )
        row = self._connection.execute(query).one_or_none()
        if row is None or not row.document_name:
            raise NotFound
        return row.document_name, bytes(row.document)

    def add_comment(self, new: Comment) -> None:
        self._connection.execute(insert(comment).values(asdict(new)))

    def comments(self, of: Slate) -> tuple[Comment, ...]:
        """Of a list that the caller was given, oldest first."""
        return self._comments(comment.c.congress == of.congress, comment.c.slate == of.id)

    def comment(self, of: Slate, comment_id: str) -> Comment:
        """Whoever changes it holds the lock of the list. Raises NotFound."""
        if not is_id(comment_id):
            raise NotFound
        found = self._comments(
            comment.c.congress == of.congress, comment.c.slate == of.id, comment.c.id == comment_id
        )
        if not found:
            raise NotFound
        return found[0]

    def change_comment(self, before: Comment, **changes: object) -> Comment:
        """Write the named fields; the comment as it is afterwards."""
        which = (comment.c.congress == before.congress, comment.c.id == before.id)
        self._connection.execute(update(comment).where(*which).values(changes))
        return replace(before, **changes)

    def _comments(self, *which: ColumnElement[bool]) -> tuple[Comment, ...]:
        query = select(*_COMMENT_FACTS).where(*which).order_by(comment.c.at, comment.c.id)
        return tuple(Comment(**row) for row in self._connection.execute(query).mappings())

    def _one(self, actor: Actor, slate_id: str, *, alone: bool = False) -> Slate:
        if not is_id(slate_id):
            raise NotFound
        query = select(*_FACTS).where(visible_slates(actor), slate.c.id == slate_id)
        if alone:
            query = query.with_for_update()
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotFound
        return _slate(row)


class _Titled(msgspec.Struct):
    """Of a plan, only its title."""

    title: str


def _entry(row: RowMapping) -> Entry:
    title = msgspec.json.decode(row["content"], type=_Titled).title
    return Entry(number=row["number"], draft=row["draft"], version=row["version"], title=title)


def _slate(row: RowMapping) -> Slate:
    fields: dict[str, Any] = {str(name): value for name, value in row.items()}
    fields["bodies"] = msgspec.json.decode(fields["bodies"], type=tuple[str, ...])
    return Slate(**fields)


def _passage(row: RowMapping) -> Passage:
    fields: dict[str, Any] = {str(name): value for name, value in row.items()}
    fields["listed"] = msgspec.json.decode(fields["listed"], type=tuple[Entry, ...])
    return Passage(**fields)
