"""名册的维护: add, change, end, bring back, import. Each change of an entry is a row of the log."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import uuid4

from msgspec import Struct
from msgspec.structs import replace

from ballots.credentials import base58
from ballots.group import Random
from voting.actors import Actor
from voting.duties import demand
from voting.errors import TextError, VotingError
from voting.lists.columns import LEFT_OUT, Column
from voting.lists.comparing import Changed, Differences, compare, of_entry, refuse_clashes
from voting.lists.kinds import KINDS, STARTING_CATEGORIES, Kind, Surroundings
from voting.lists.table import EntryRow, read_table
from voting.store import Store, Transaction
from voting.store.listed import Listed

CODE_LENGTH: Final = 6
SECRET: Final = {"phone"}
"""Fields of which the log only says whether they were filled in."""


class EntryRefused(VotingError):
    """Fields that cannot be kept. `faults` maps a field to its sentence."""

    sentence = "填写的内容需要修改。请修改后重试。"

    def __init__(self, faults: Mapping[str, str]) -> None:
        super().__init__(" ".join(faults.values()))
        self.faults = dict(faults)


class ListChanged(VotingError):
    """Somebody else changed the list after the differences were shown."""

    sentence = "名册刚刚有过变动，没有导入。请核对下面新的对照结果后再确认。"


class Confirmed(Struct, frozen=True, kw_only=True):
    """What a person saw and agreed to: the table (.csv), the mark of its differences, and whether entries
    that it does not have end."""

    table: bytes
    mark: str
    end_missing: bool = False


class Opened(Struct, frozen=True, kw_only=True):
    """A list as an office sees it: its columns here, and all entries, those that have ended last."""

    columns: tuple[Any, ...]
    current: tuple[Any, ...]
    ended: tuple[Any, ...]


def listed(tx: Transaction, kind: Kind) -> Listed[Any]:
    """The store's list of this kind."""
    lists: dict[str, Listed[Any]] = {
        "deputies": tx.deputies,
        "units": tx.units,
        "villages": tx.villages,
        "categories": tx.categories,
        "stations": tx.stations,
    }
    return lists[kind.name]


def open_list(store: Store, actor: Actor, kind: Kind) -> Opened:
    """Raises Forbidden."""
    demand(actor, kind.action)
    with store.read() as tx:
        entries = listed(tx, kind).all(actor.congress)
        return Opened(
            columns=_columns(tx, actor, kind),
            current=tuple(one for one in entries if getattr(one, kind.ended) is None),
            ended=tuple(one for one in entries if getattr(one, kind.ended) is not None),
        )


def columns(store: Store, actor: Actor, kind: Kind) -> tuple[Column, ...]:
    """What the list holds in the actor's congress. Raises Forbidden."""
    demand(actor, kind.action)
    with store.read() as tx:
        return _columns(tx, actor, kind)


def get(store: Store, actor: Actor, kind: Kind, entry_id: str) -> Any:
    """One entry, also an ended one. Raises NotFound, Forbidden."""
    demand(actor, kind.action)
    with store.read() as tx:
        return listed(tx, kind).get(actor, entry_id)


def add(
    store: Store, actor: Actor, kind: Kind, typed: Mapping[str, str], now: datetime, random: Random
) -> Any:
    """A new entry from the fields of a form. Raises EntryRefused, Forbidden."""
    with _desk(store, actor, kind, now) as desk:
        new = desk.make(_read(desk.columns(), typed), desk.entries(), random)
        _refuse_double(kind, new, desk.entries())
        desk.add([new])
    return new


def change(
    store: Store, actor: Actor, kind: Kind, entry_id: str, typed: Mapping[str, str], now: datetime
) -> Any:
    """The entry with the fields of a form. Raises EntryRefused, NotFound, Forbidden."""
    with _desk(store, actor, kind, now) as desk:
        before = desk.list.get(actor, entry_id)
        fields = _read(desk.columns(), typed)
        _refuse_double(kind, replace(before, **fields), desk.entries())
        return desk.write(before, fields)


def end(store: Store, actor: Actor, kind: Kind, entry_id: str, now: datetime) -> None:
    """From now on offered nowhere. Doing it twice changes nothing more. Raises NotFound, Forbidden."""
    with _desk(store, actor, kind, now) as desk:
        desk.end(desk.list.get(actor, entry_id))


def bring_back(store: Store, actor: Actor, kind: Kind, entry_id: str, now: datetime) -> None:
    """In use again. Raises EntryRefused when another entry took its place, NotFound, Forbidden."""
    with _desk(store, actor, kind, now) as desk:
        before = desk.list.get(actor, entry_id)
        _refuse_double(kind, replace(before, **{kind.ended: None}), desk.entries())
        desk.bring_back(before)


def preview(
    store: Store, actor: Actor, kind: Kind, filename: str, raw: bytes
) -> tuple[tuple[EntryRow, ...], Differences]:
    """What a table would change. Raises SheetError, ListTableError, Forbidden."""
    demand(actor, kind.action)
    with store.read() as tx:
        here = _columns(tx, actor, kind)
        entries = listed(tx, kind).all(actor.congress)
    rows = read_table(kind, here, filename, raw)
    return rows, compare(kind, rows, entries)


def import_table(
    store: Store, actor: Actor, kind: Kind, agreed: Confirmed, now: datetime, random: Random
) -> None:
    """Do what `preview` showed. Sent again, it changes nothing more.

    Raises ListChanged, SheetError, ListTableError, Forbidden.
    """
    rows, found = preview(store, actor, kind, "table.csv", agreed.table)
    with _desk(store, actor, kind, now) as desk:
        entries = desk.entries()
        found = compare(kind, rows, entries)
        gone = found.missing if agreed.end_missing else ()
        if not found.new and not found.changed and not gone:
            return
        if found.mark != agreed.mark:
            raise ListChanged
        refuse_clashes(kind, found, entries, end_missing=agreed.end_missing)
        for one in gone:
            desk.end(one)
        for changed in found.changed:
            desk.apply(changed)
        desk.add_rows(found.new, random)


def start_categories(store: Store, actor: Actor, now: datetime, random: Random) -> None:
    """The usual categories, those that are not there yet. Raises Forbidden."""
    with _desk(store, actor, KINDS["categories"], now) as desk:
        there = {one.name for one in desk.entries()}
        names = [name for name in STARTING_CATEGORIES if name not in there]
        desk.add_rows([EntryRow(row=0, fields={"name": name}) for name in names], random)


@dataclass(frozen=True)
class _Desk:
    """One list in one transaction, locked: nobody else changes it meanwhile."""

    tx: Transaction
    actor: Actor
    kind: Kind
    now: datetime

    @property
    def list(self) -> Listed[Any]:
        return listed(self.tx, self.kind)

    def columns(self) -> tuple[Column, ...]:
        return _columns(self.tx, self.actor, self.kind)

    def entries(self) -> tuple[Any, ...]:
        return self.list.all(self.actor.congress)

    def make(self, fields: Mapping[str, Any], entries: Sequence[Any], random: Random) -> Any:
        own: dict[str, Any] = {"id": uuid4().hex, "congress": self.actor.congress, **fields}
        if "place" in self.kind.struct.__struct_fields__ and "place" not in own:
            own["place"] = max((one.place for one in entries), default=0) + 1
        if "code" in self.kind.struct.__struct_fields__:
            own["code"] = base58(CODE_LENGTH, random)
        return self.kind.struct(**own)

    def add(self, made: Sequence[Any]) -> None:
        self.list.add_many(made)
        fields = [name for name in self.kind.struct.__struct_fields__ if name not in {"id", "congress"}]
        for new in made:
            values = {name: getattr(new, name) for name in fields}
            said = {name: value for name, value in values.items() if value not in {None, ""}}
            self.log("add", new, {}, said)

    def add_rows(self, rows: Sequence[EntryRow], random: Random) -> None:
        entries = list(self.entries())
        made = []
        for row in rows:
            made.append(self.make(row.fields, entries, random))
            entries.append(made[-1])
        self.add(made)

    def write(self, before: Any, fields: Mapping[str, Any]) -> Any:
        others = {name: value for name, value in fields.items() if getattr(before, name) != value}
        if not others:
            return before
        self.log("change", before, {name: getattr(before, name) for name in others}, others)
        return self.list.change(before, **others)

    def apply(self, changed: Changed) -> None:
        if changed.back:
            self.bring_back(changed.entry)
        self.write(changed.entry, changed.fields)

    def end(self, before: Any) -> None:
        if getattr(before, self.kind.ended) is None:
            self.list.end(before, self.kind.end_value(self.now))
            self.log("end", before, {"name": before.name}, {"ended": True})

    def bring_back(self, before: Any) -> None:
        if getattr(before, self.kind.ended) is not None:
            self.list.change(before, **{self.kind.ended: None})
            self.log("return", before, {"ended": True}, {"name": before.name})

    def log(self, verb: str, entry: Any, before: Mapping[str, Any], after: Mapping[str, Any]) -> None:
        self.tx.audit.add(
            self.actor,
            f"{verb}_{self.kind.table}",
            self.now,
            self.kind.table,
            entry.id,
            before=_without_secrets(before),
            after=_without_secrets(after),
        )


def _without_secrets(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: ("(已填)" if value else "") if name in SECRET else value for name, value in fields.items()}


@contextmanager
def _desk(store: Store, actor: Actor, kind: Kind, now: datetime) -> Iterator[_Desk]:
    """Raises Forbidden."""
    demand(actor, kind.action)
    with store.write() as tx:
        desk = _Desk(tx, actor, kind, now)
        desk.list.lock(actor.congress)
        yield desk


def _columns(tx: Transaction, actor: Actor, kind: Kind) -> tuple[Column, ...]:
    villages = tx.villages.all(actor.congress) if kind.name == "stations" else ()
    level = tx.sessions.congress(actor.congress).level
    return kind.columns(Surroundings(level=level, villages=villages))


def _read(here: Sequence[Column], typed: Mapping[str, str]) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    faults: dict[str, str] = {}
    for column in here:
        try:
            value = column.read(typed.get(column.field, ""), column.name)
        except TextError as error:
            faults[column.field] = error.sentence
            continue
        if value is not LEFT_OUT:
            fields[column.field] = value
    if faults:
        raise EntryRefused(faults)
    return fields


def _refuse_double(kind: Kind, wanted: Any, entries: Sequence[Any]) -> None:
    """Raises EntryRefused when another entry has what must be its own."""
    for unique in kind.unique:
        for other in entries:
            over = getattr(other, kind.ended) is not None
            if other.id == wanted.id or of_entry(other, unique) != of_entry(wanted, unique):
                continue
            if over and not kind.forever:
                continue
            field = "name" if "name" in unique else unique[-1]
            raise EntryRefused({field: _double(kind, other, unique, over=over)})


def _double(kind: Kind, other: Any, unique: Sequence[str], *, over: bool) -> str:
    if over:
        return f"已经有“{other.name}”，现在是“{kind.ending}”。请在列表下方“{kind.returning}”，不必新建。"
    if unique == ("number",):
        return f"序号{other.number}已经是“{other.name}”的。请核对后改正。"
    return f"已经有{kind.noun}“{other.name}”。请核对；确实不同的，请在名称后加注区别。"
