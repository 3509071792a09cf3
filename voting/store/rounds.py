"""Rounds: fetching is authorising, and changing needs the lock."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import msgspec
from msgspec.structs import asdict, replace
from sqlalchemy import ColumnElement, Connection, RowMapping, Select, and_, delete, insert, select, update

from voting.actors import Actor, NotFound, NotYet
from voting.rounds import ANNOUNCED, Candidate, Publication, Relation, Round, shows_figures
from voting.rules import encode_rules, read_rules
from voting.store.scrutineers import Scrutineers
from voting.store.tables import round_, step
from voting.store.tables.decks import incident
from voting.store.tables.rating import rated
from voting.store.tables.screening import slate
from voting.store.visible import is_id, visible_rounds

_PUBLICATION = {
    "number": "published_number",
    "date": "published_date",
    "approval": "published_approval",
    "at": "published_at",
}
_RESULT = {"result"}
_RECORD = {"credentials", "encrypted_tally"}
"""Parts of the record: they become public with the archive, if the rules publish it, and not before."""
_FACTS = select(*(column for column in round_.c if column.name not in _RESULT))
_PUBLIC_FACTS = select(*(column for column in round_.c if column.name not in _RESULT | _RECORD))


class Rounds:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, new: Round) -> None:
        self._connection.execute(insert(round_).values(_columns(asdict(new))))

    def get(self, actor: Actor, round_id: str) -> Round:
        """Raises NotFound."""
        return self._one(actor, round_id)

    def some(self, actor: Actor, round_ids: Collection[str]) -> tuple[Round, ...]:
        """Those of them that the actor can get, in the order in which they were drafted."""
        return self._many(actor, visible_rounds(actor), round_.c.id.in_(round_ids)) if round_ids else ()

    def lock(self, actor: Actor, round_id: str) -> Round:
        """As `get`; until the transaction ends nobody else casts in this round or changes it."""
        return self._one(actor, round_id, alone=True)

    def listing(self, actor: Actor) -> tuple[Round, ...]:
        """All that the actor works on, newest first; for the public, what has been published."""
        published = round_.c.state == "published"
        which = published if actor.role == "public" else visible_rounds(actor)
        return self._many(actor, which)[::-1]

    def of_session(self, actor: Actor, session_id: str) -> tuple[Round, ...]:
        """In the order in which they were drafted."""
        return self._many(actor, visible_rounds(actor), round_.c.session == session_id)

    def titled(self, actor: Actor, session_id: str, title: str) -> Round | None:
        """The round of this title in the session: titles tell rounds apart on every paper."""
        in_session = round_.c.session == session_id
        return self._first(actor, visible_rounds(actor), in_session, round_.c.title == title)

    def following(self, actor: Actor, previous: str, relation: Relation) -> Round | None:
        """The round that was already made to follow another one."""
        after = round_.c.previous == previous
        return self._first(actor, visible_rounds(actor), after, round_.c.relation == relation)

    def holding(self, actor: Actor, uuid: str) -> Round | None:
        """The round of the congress that holds the cards of this uuid."""
        return self._first(actor, visible_rounds(actor), round_.c.uuid == uuid)

    def change(self, before: Round, **changes: object) -> Round:
        """Write the named fields; the round as it is afterwards."""
        after = replace(before, **changes)
        self._connection.execute(
            update(round_)
            .where(round_.c.congress == before.congress, round_.c.id == before.id)
            .values(_columns(changes))
        )
        return after

    def drop(self, draft: Round) -> None:
        """A locked draft without cards and scrutineers, with all that was noted of it; what it was made from
        may be made into a round again."""
        for table in (slate, incident):
            here = and_(table.c.congress == draft.congress, table.c.round == draft.id)
            self._connection.execute(update(table).where(here).values(round=None))
        for table in (rated, step):
            here = and_(table.c.congress == draft.congress, table.c.round == draft.id)
            self._connection.execute(delete(table).where(here))
        here = and_(round_.c.congress == draft.congress, round_.c.id == draft.id)
        self._connection.execute(delete(round_).where(here))

    def rules_text(self, of: Round) -> bytes:
        """The rules letter for letter as they were written: an earlier program may have written fewer fields,
        and what was sealed is a hash of its letters."""
        query = select(round_.c.rules).where(round_.c.congress == of.congress, round_.c.id == of.id)
        found: bytes = self._connection.execute(query).scalar_one()
        return found

    def keep_result(self, counted: Round, result: bytes) -> None:
        """The counts; no field of `Round`, so that no page can show them by accident."""
        self._connection.execute(
            update(round_)
            .where(round_.c.congress == counted.congress, round_.c.id == counted.id)
            .values(result=result)
        )

    def result(self, actor: Actor, round_id: str) -> bytes:
        """The counts, to whom they may be given now. Raises NotFound or NotYet."""
        counted = self.get(actor, round_id)
        if not shows_figures(actor, counted, Scrutineers(self._connection).of(actor, round_id)):
            raise NotYet("票数还不能查看。宣布结果之后才能查看。")
        query = select(round_.c.result).where(
            round_.c.congress == counted.congress, round_.c.id == counted.id
        )
        found: bytes = self._connection.execute(query).scalar_one()
        return found

    def announced_results(self, actor: Actor, round_ids: Collection[str]) -> dict[str, bytes]:
        """Counts that everybody may have, by round, of those of them that the actor can get."""
        query = select(round_.c.id, round_.c.result).where(
            visible_rounds(actor), round_.c.id.in_(round_ids), round_.c.state.in_(ANNOUNCED)
        )
        return {row.id: row.result for row in self._connection.execute(query)} if round_ids else {}

    def _one(self, actor: Actor, round_id: str, *, alone: bool = False) -> Round:
        if not is_id(round_id):
            raise NotFound
        query = _facts(actor).where(visible_rounds(actor), round_.c.id == round_id)
        if alone:
            query = query.with_for_update(of=round_)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotFound
        return _round(row)

    def _many(self, actor: Actor, *which: ColumnElement[bool]) -> tuple[Round, ...]:
        query = _facts(actor).where(*which).order_by(round_.c.drafted_at, round_.c.id)
        return tuple(_round(row) for row in self._connection.execute(query).mappings())

    def _first(self, actor: Actor, *which: ColumnElement[bool]) -> Round | None:
        return next(iter(self._many(actor, *which)), None)


def _facts(actor: Actor) -> Select[tuple[Any, ...]]:
    return _PUBLIC_FACTS if actor.role == "public" else _FACTS


def _columns(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Fields of a `Round` as columns."""
    columns = dict(fields)
    if "rules" in columns:
        columns["rules"] = encode_rules(columns["rules"])
    if "candidates" in columns:
        columns["candidates"] = msgspec.json.encode(columns["candidates"])
    published = columns.pop("published", None)
    if published is not None:
        columns |= {column: getattr(published, field) for field, column in _PUBLICATION.items()}
    return columns


def _round(row: RowMapping) -> Round:
    fields: dict[str, Any] = {str(name): value for name, value in row.items()}
    publication = {field: fields.pop(column) for field, column in _PUBLICATION.items()}
    fields["published"] = None if publication["at"] is None else Publication(**publication)
    fields["rules"] = read_rules(fields["rules"])
    fields["candidates"] = msgspec.json.decode(fields["candidates"], type=tuple[Candidate, ...])
    return Round(**fields)
