"""表格导入: every row is registered, or none is. The same file a second time adds nothing.

They are made findable after they are in (see `voting.indexing`); the next import, and the installation's
reminders, do that for whoever died before it was done.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from msgspec import Struct

from ballots.encoding import sha256_hex
from voting.actors import Actor
from voting.collecting.codes import query_code
from voting.collecting.recording import Origin, new_suggestion, with_due
from voting.collecting.table import Line, Lists, read_table
from voting.collecting.window import Call, moment_of, year_in
from voting.days import today
from voting.duties import demand
from voting.handling.desk import rules
from voting.indexing import index_missing
from voting.store import Store, Transaction
from voting.suggestions import Suggestion


class Imported(Struct, frozen=True, kw_only=True):
    """`added` 0: this very file had been imported before."""

    added: int
    first: str
    last: str


_NOTHING: Final = Imported(added=0, first="", last="")


def import_table(
    store: Store, actor: Actor, filename: str, raw: bytes, secret: bytes, now: datetime
) -> Imported:
    """Raises SheetError, TableError, Forbidden; then nothing was imported. `secret` is that for codes."""
    demand(actor, "register")
    with store.read() as tx:
        lists = Lists(
            categories=tx.categories.current(actor.congress),
            villages=tx.villages.current(actor.congress),
            today=today(now),
        )
    lines = read_table(filename, raw, lists)
    keys = _form_keys(actor.congress, raw, lines)
    with store.write() as tx:
        tx.inbox.lock_numbers(actor.congress)
        known = tx.suggestions.by_form_key(actor.congress, keys[0]) is not None
        done = _NOTHING if known else _take(tx, actor, lines, keys, secret, raw, now)
    index_missing(store, actor.congress)
    return done


def _take(
    tx: Transaction,
    actor: Actor,
    lines: Sequence[Line],
    keys: Sequence[str],
    secret: bytes,
    raw: bytes,
    now: datetime,
) -> Imported:
    added = _add(tx, actor, lines, keys, secret, now)
    first, last = added[0].label, added[-1].label
    said = {"rows": len(lines), "first": first, "last": last, "file": sha256_hex(raw)}
    tx.audit.add(actor, "import", now, "suggestion", after=said)
    return Imported(added=len(added), first=first, last=last)


def _form_keys(congress: str, raw: bytes, lines: Sequence[Line]) -> list[str]:
    file = sha256_hex(raw)
    return [sha256_hex(f"import|{congress}|{file}|{line.row}".encode()) for line in lines]


def _add(
    tx: Transaction, actor: Actor, lines: Sequence[Line], keys: Sequence[str], secret: bytes, now: datetime
) -> list[Suggestion]:
    calls = [one for one in tx.calls.listing(actor) if one.published_at is not None]
    next_number: dict[int, int] = {}
    added: list[Suggestion] = []
    clocks, calendar = rules(tx, actor.congress)
    for line, key in zip(lines, keys, strict=True):
        day = line.day or today(now)
        call = _open_on(calls, day)
        year = year_in(call, day)
        number = next_number.get(year) or tx.suggestions.next_number(actor.congress, year)
        next_number[year] = number + 1
        received_at = now if line.day in {None, today(now)} else moment_of(day)
        origin = Origin(
            congress=actor.congress,
            form_key=key,
            code=query_code(secret, actor.congress, key),
            source=line.source,
            channel="import",
            state="registered",
            received_at=received_at,
            kind=line.kind,
            entered_by=actor.name,
        )
        new = with_due(new_suggestion(line.entry, origin, call, year, number), clocks, calendar)
        tx.suggestions.add(new)
        added.append(new)
    return added


def _open_on(calls: Sequence[Call], day: date) -> Call | None:
    return next((one for one in calls if one.opens <= day <= one.closes), None)
