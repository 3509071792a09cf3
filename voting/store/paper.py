"""Ballots on paper: the tellers' sheets, what was dealt with otherwise, signatures over the record."""

from __future__ import annotations

import msgspec
from msgspec.structs import asdict
from sqlalchemy import ColumnElement, Connection, Table, and_, delete, insert, select

from voting.actors import Actor
from voting.paper_ballots.sheets import Dealt, Entry, PaperSignature, Sheet
from voting.rounds import Round
from voting.store.tables import round_
from voting.store.tables.paper import paper_dealt, paper_sheet, paper_signature
from voting.store.visible import visible_rounds


class Paper:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def sheets(self, actor: Actor, round_id: str) -> tuple[Sheet, ...]:
        """By teller and version; empty for a round that the actor cannot see."""
        query = (
            select(paper_sheet)
            .select_from(paper_sheet.join(round_, _of(paper_sheet)))
            .where(visible_rounds(actor), round_.c.id == round_id)
            .order_by(paper_sheet.c.teller, paper_sheet.c.version)
        )
        return tuple(
            Sheet(**{**row, "entry": msgspec.json.decode(row["entry"], type=Entry)})
            for row in self._connection.execute(query).mappings()
        )

    def add_sheet(self, new: Sheet) -> None:
        columns = asdict(new) | {"entry": msgspec.json.encode(new.entry)}
        self._connection.execute(insert(paper_sheet).values(columns))

    def dealt(self, actor: Actor, round_id: str) -> Dealt | None:
        """Papers that no sheet speaks of; None while there was nothing to note."""
        query = (
            select(*(paper_dealt.c[name] for name in Dealt.__struct_fields__))
            .select_from(paper_dealt.join(round_, _of(paper_dealt)))
            .where(visible_rounds(actor), round_.c.id == round_id)
        )
        row = self._connection.execute(query).mappings().one_or_none()
        return None if row is None else Dealt(**row)

    def keep_dealt(self, of: Round, dealt: Dealt) -> None:
        """In place of what was noted before; the round is locked."""
        here = and_(paper_dealt.c.congress == of.congress, paper_dealt.c.round == of.id)
        self._connection.execute(delete(paper_dealt).where(here))
        self._connection.execute(
            insert(paper_dealt).values(congress=of.congress, round=of.id, **asdict(dealt))
        )

    def signatures(self, actor: Actor, round_id: str) -> tuple[PaperSignature, ...]:
        """By the scrutineers' numbers."""
        query = (
            select(paper_signature.c.number, paper_signature.c.signature)
            .select_from(paper_signature.join(round_, _of(paper_signature)))
            .where(visible_rounds(actor), round_.c.id == round_id)
            .order_by(paper_signature.c.number)
        )
        return tuple(PaperSignature(**row) for row in self._connection.execute(query).mappings())

    def sign(self, of: Round, signature: PaperSignature) -> None:
        self._connection.execute(
            insert(paper_signature).values(congress=of.congress, round=of.id, **asdict(signature))
        )


def _of(table: Table) -> ColumnElement[bool]:
    return and_(round_.c.congress == table.c.congress, round_.c.id == table.c.round)
