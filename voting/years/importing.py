"""Import of earlier years' results, all rows or none, and what the comparison reads of them."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from msgspec import Struct

from ballots.encoding import sha256_hex
from voting.actors import Actor
from voting.duties import demand
from voting.store import Store, Transaction
from voting.years.earlier import EarlierRow, EarlierScore, read_scores


class Imported(Struct, frozen=True, kw_only=True):
    """`rows` 0: exactly this was there already."""

    rows: int
    years: tuple[int, ...]


def import_scores(store: Store, actor: Actor, filename: str, raw: bytes, now: datetime) -> Imported:
    """The years of the table are replaced whole. Raises SheetError, EarlierError, Forbidden."""
    demand(actor, "import_scores")
    read = read_scores(filename, raw)
    years = tuple(sorted({one.year for one in read}))
    with store.write() as tx:
        tx.projects.alone(actor.congress)
        there = [one for one in tx.earlier.all(actor, actor.congress) if one.year in years]
        if {_said(one) for one in there} == {_said(one) for one in read}:
            return Imported(rows=0, years=years)
        tx.earlier.replace_years(actor.congress, [_score(actor, one, now) for one in read])
        said = {"years": list(years), "rows": len(read), "file": sha256_hex(raw)}
        tx.audit.add(actor, "import_scores", now, "earlier_score", before={"rows": len(there)}, after=said)
    return Imported(rows=len(read), years=years)


def earlier_scores(tx: Transaction, actor: Actor, congress: str, year: int) -> tuple[EarlierScore, ...]:
    """Imported results of a year, in the table's order; empty for whom the projects are not."""
    return tx.earlier.of_year(actor, congress, year)


def _score(actor: Actor, row: EarlierRow, now: datetime) -> EarlierScore:
    return EarlierScore(
        id=uuid4().hex,
        congress=actor.congress,
        year=row.year,
        place=row.row,
        project=row.project,
        unit=row.unit,
        returned=row.returned,
        invalid=row.invalid,
        figures=row.figures,
        by=actor.name,
        at=now,
    )


def _said(one: EarlierScore | EarlierRow) -> tuple[object, ...]:
    return (one.year, one.project, one.unit, one.returned, one.invalid, one.figures)
