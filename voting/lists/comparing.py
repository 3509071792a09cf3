"""What a table would change in a list, before anything is changed. Pure.

A row is the entry that has the same name, never merely the same number: what one deputy filed must not pass
to another because a new table is numbered otherwise.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from voting.lists.kinds import Kind
from voting.lists.table import EntryRow, RowProblem, refusal

Item = TypeVar("Item")


class Changed(Struct, frozen=True, kw_only=True):
    """An entry and the fields that become others; `back`: it had ended and is brought back."""

    row: int
    entry: Any
    fields: dict[str, Any]
    back: bool = False

    @property
    def before(self) -> dict[str, Any]:
        """The same fields as they are."""
        return {name: getattr(self.entry, name) for name in self.fields}


class Differences(Struct, frozen=True, kw_only=True):
    """`missing`: entries in use that the table does not have."""

    new: tuple[EntryRow, ...]
    changed: tuple[Changed, ...]
    same: int
    missing: tuple[Any, ...]

    @property
    def mark(self) -> str:
        """The same for the same differences: what was shown is what is imported."""
        facts = {
            "new": [one.fields for one in self.new],
            "changed": [[one.entry.id, one.fields, one.before, one.back] for one in self.changed],
            "missing": [one.id for one in self.missing],
        }
        return hashlib.sha256(msgspec.json.encode(facts, order="deterministic")).hexdigest()


def compare(kind: Kind, rows: Sequence[EntryRow], entries: Sequence[Any]) -> Differences:
    """`entries` are all of the list, also those that have ended."""
    current = [one for one in entries if getattr(one, kind.ended) is None]
    pairs, new = _match(kind, rows, list(entries) if kind.forever else current)
    compared = [_change(kind, row, entry) for row, entry in pairs]
    changed = tuple(one for one in compared if one.fields or one.back)
    matched = {entry.id for _, entry in pairs}
    return Differences(
        new=tuple(new),
        changed=changed,
        same=len(pairs) - len(changed),
        missing=tuple(one for one in current if one.id not in matched),
    )


def _change(kind: Kind, row: EntryRow, entry: Any) -> Changed:
    others = {name: value for name, value in row.fields.items() if getattr(entry, name) != value}
    return Changed(row=row.row, entry=entry, fields=others, back=getattr(entry, kind.ended) is not None)


def _match(
    kind: Kind, rows: Sequence[EntryRow], entries: Sequence[Any]
) -> tuple[list[tuple[EntryRow, Any]], list[EntryRow]]:
    """(rows and their entries, rows without any), by each key in turn; a key must fit one and one only."""
    pairs: list[tuple[EntryRow, Any]] = []
    rows_left, entries_left = list(rows), list(entries)
    for key in kind.keys:
        by_key = _alone(entries_left, key, of_entry)
        found = [(row, by_key[k]) for k, row in _alone(rows_left, key, of_row).items() if k in by_key]
        pairs += found
        taken_rows, taken = {id(row) for row, _ in found}, {entry.id for _, entry in found}
        rows_left = [row for row in rows_left if id(row) not in taken_rows]
        entries_left = [entry for entry in entries_left if entry.id not in taken]
    return pairs, rows_left


def of_entry(entry: Any, key: Sequence[str]) -> tuple[Any, ...]:
    """The entry's values of these fields, texts without regard to spaces and case."""
    return tuple(_plain(getattr(entry, name)) for name in key)


def of_row(row: EntryRow, key: Sequence[str]) -> tuple[Any, ...]:
    """As `of_entry`; what the table does not have is empty."""
    return tuple(_plain(row.fields.get(name, "")) for name in key)


def _plain(value: object) -> object:
    return "".join(value.split()).casefold() if isinstance(value, str) else value


def _alone(
    items: Iterable[Item], key: Sequence[str], value: Callable[[Item, Sequence[str]], tuple[Any, ...]]
) -> dict[tuple[Any, ...], Item]:
    """Those that share their key with no other."""
    groups: dict[tuple[Any, ...], list[Item]] = {}
    for one in items:
        groups.setdefault(value(one, key), []).append(one)
    return {found: group[0] for found, group in groups.items() if len(group) == 1}


def refuse_clashes(kind: Kind, found: Differences, entries: Sequence[Any], *, end_missing: bool) -> None:
    """Raises ListTableError when, after the import, two entries in use would share what tells them apart."""
    gone = {one.id for one in found.missing} if end_missing else set()
    becoming = {one.entry.id: one for one in found.changed}
    problems: list[RowProblem] = []
    for unique in kind.unique:
        there = {
            of_entry(one, unique): one
            for one in entries
            if getattr(one, kind.ended) is None and one.id not in gone and one.id not in becoming
        }
        after = [(one.row, of_entry(replace(one.entry, **one.fields), unique)) for one in found.changed]
        after += [(row.row, of_row(row, unique)) for row in found.new]
        problems += [
            RowProblem(row=row, reason=_clash(kind, there[value], value))
            for row, value in after
            if value in there
        ]
    if problems:
        raise refusal(problems)


def _clash(kind: Kind, entry: Any, value: tuple[Any, ...]) -> str:
    what = " ".join(str(one) for one in value if one != "")
    return (
        f"“{what}”现在是{kind.noun}“{entry.name}”的，表格里没有这{kind.counter}{kind.noun}。"
        f"请在下面勾选把表格里没有的{kind.noun}标为“{kind.ending}”，或者改正表格。"
    )
