"""What is known of each reader, and what is thrown at it.

    Reader("voting.cards.read_serial", read_serial, (CardsError,), lambda: ["0000018"], str)

`call` takes one input: bytes, text, the fields of a form, or the sheets of a table. Whatever kind the first
sound input is of, any value of that kind is tried, and sound ones with something changed in them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from hypothesis import strategies as st

from voting.sheets import Cell, Row, Sheet

EXAMPLES: Final = int(os.environ.get("PARSER_EXAMPLES", "3"))
"""How many of each; by hand a thousand find more: `PARSER_EXAMPLES=1000 pytest tests/parsers`."""

Fields = Mapping[str, str]


@dataclass(frozen=True)
class Reader:
    """`written` gives the input back for what was read; `canonical`: what is accepted is written so, always.

    `dear`: takes so long that a few examples have to do. `unsound`: inputs to begin with where none that is
    accepted can be made here.
    """

    name: str
    call: Callable[[Any], Any]
    own: tuple[type[Exception], ...]
    sound: Callable[[], Sequence[Any]]
    written: Callable[[Any], Any] | None = None
    canonical: bool = False
    dear: bool = False
    unsound: Sequence[Any] = ()

    @property
    def begun(self) -> Sequence[Any]:
        """What is changed a little."""
        return (*self.sound(), *self.unsound)

    @property
    def examples(self) -> int:
        return max(2, EXAMPLES // 4) if self.dear else EXAMPLES


# What anybody may send

_PIECES: Final = [
    b" ", b'"', b"{", b"]", b"[", b":", b",", b"0", b"-1", b"1e400", b"9" * 30, b"null", b"\\ud800",
    b"\\u0000", b"\xff", b"\xef\xbb\xbf", b"\r\n", b"=", b"\0", "票".encode(), b"2026-02-30", b"[" * 2000,
]  # fmt: skip
_ODD: Final = [
    "\ud800",
    "０",
    "²",
    "٣",
    "\u202e",
    "x" * 3000,
    "9" * 11,
    "0001-01-01",
    "é",
    "\u200b",
    "Ⅷ",
    "𠮷",
]
_WORDS: Final = [*(piece.decode() for piece in _PIECES if b"\xff" not in piece), *_ODD]
_SHARES: Final = st.floats(0, 1)
_TEXTS: Final = st.one_of(st.text(max_size=40), st.sampled_from(_WORDS))


def anything_like(sound: Any) -> st.SearchStrategy[Any]:
    """Any value of the same kind."""
    if isinstance(sound, bytes):
        return st.one_of(st.binary(max_size=200), st.sampled_from(_PIECES))
    if isinstance(sound, str):
        return _TEXTS
    if isinstance(sound, list):
        return st.lists(_sheets(), max_size=2)
    names = st.one_of(st.sampled_from(sorted(sound) or ["x"]), st.text(max_size=5))
    return st.dictionaries(names, _TEXTS, max_size=12)


def _sheets() -> st.SearchStrategy[Sheet]:
    cells = st.builds(Cell, _TEXTS, st.booleans())
    rows = st.lists(st.lists(cells, max_size=5).map(tuple), max_size=5)
    return rows.map(_numbered).map(lambda numbered: Sheet("表", numbered))


def _numbered(rows: Sequence[tuple[Cell, ...]]) -> tuple[Row, ...]:
    return tuple(Row(number, cells) for number, cells in enumerate(rows, start=1))


def nearly(sound: Any) -> st.SearchStrategy[Any]:
    """The same with something changed, left out or put in."""
    if isinstance(sound, bytes):
        return st.builds(_edited, st.just(sound), _SHARES, st.integers(0, 6), st.sampled_from(_PIECES))
    if isinstance(sound, str):
        return st.builds(_edited, st.just(sound), _SHARES, st.integers(0, 6), st.sampled_from(_WORDS))
    if isinstance(sound, list):
        return st.builds(_one_cell_changed, st.just(sound), _SHARES, _SHARES, _TEXTS)
    changed = st.dictionaries(st.sampled_from(sorted(sound)), _TEXTS, min_size=1, max_size=2)
    left_out = st.sampled_from(sorted(sound)).map(lambda name: {k: v for k, v in sound.items() if k != name})
    return st.one_of(changed.map(lambda some: {**sound, **some}), left_out)


def _edited(sound: Any, share: float, length: int, piece: Any) -> Any:
    place = int(share * len(sound))
    return sound[:place] + piece + sound[place + length :]


def _one_cell_changed(sound: list[Sheet], down: float, across: float, text: str) -> list[Sheet]:
    first, *others = sound
    rows = [*first.rows]
    at = int(down * (len(rows) - 1))
    cells = [*rows[at].cells]
    cells[int(across * (len(cells) - 1))] = Cell(text)
    rows[at] = Row(rows[at].number, tuple(cells))
    return [Sheet(first.name, tuple(rows)), *others]
