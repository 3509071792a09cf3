"""Which characters the packaged fonts can draw, so that a rare one is never printed as an empty box unseen.

The fonts for the mainland lack some characters that names are made of (𠮷); those for Taiwan and Japan are
asked next. What none of them has is printed as 〓, the compositor's sign for a type that is wanting, to be
written in by hand; the .docx has the character itself, which the office's own fonts may know.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import BinaryIO, Final

_MAINLAND: Final = "pylopdf_fonts_zh_cn"
_OTHERS: Final = ("pylopdf_fonts_zh_tw", "pylopdf_fonts_jp")
"""In the order in which they are asked."""
WANTING: Final = "〓"

_COMMON: Final = range(0x4E00, 0xA000)
"""Every one of them is in the fonts."""
_RARE_FROM: Final = 0x3400
_FULL_REPERTOIRE: Final = (3, 10)
"""Platform and encoding of the table that goes beyond U+FFFF (OpenType `cmap`, format 12)."""


def wanting(text: str) -> tuple[str, ...]:
    """The Chinese characters of `text` that no font here has, each once."""
    rare = dict.fromkeys(one for one in text if ord(one) >= _RARE_FROM and ord(one) not in _COMMON)
    han = [one for one in rare if _is_han(ord(one))]
    return tuple(one for one in han if not any(_has(font, ord(one)) for font in _fonts()))


def printable(text: str) -> str:
    """`text` with 〓 for what no font here has."""
    for character in wanting(text):
        text = text.replace(character, WANTING)
    return text


def folders_of_others() -> list[Path]:
    """Where the fonts lie that are asked next; those of a package that is not there are left out."""
    return [folder for name in _OTHERS if (folder := _folder(name))]


@cache
def _fonts() -> tuple[Path, ...]:
    folders = [_folder(_MAINLAND), *folders_of_others()]
    return tuple(font for folder in folders if folder for font in sorted(folder.glob("*.otf")))


def _folder(package: str) -> Path | None:
    spec = find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else None


def _is_han(code: int) -> bool:
    return code < 0x4DC0 or 0x20000 <= code < 0x40000


def _has(font: Path, code: int) -> bool:
    return any(first <= code <= last for first, last in _ranges(font))


@cache
def _ranges(font: Path) -> tuple[tuple[int, int], ...]:
    """First and last code of every run of characters in the font."""
    with font.open("rb") as file:
        return tuple(_groups(file, _table(file, b"cmap")))


def _table(file: BinaryIO, wanted: bytes) -> int:
    """Where a table begins."""
    (count,) = struct.unpack(">4xH6x", file.read(12))
    for _ in range(count):
        tag, offset = struct.unpack(">4s4xI4x", file.read(16))
        if tag == wanted:
            return int(offset)
    return 0


def _groups(file: BinaryIO, start: int) -> Iterator[tuple[int, int]]:
    file.seek(start)
    (count,) = struct.unpack(">2xH", file.read(4))
    records = [struct.unpack(">HHI", file.read(8)) for _ in range(count)]
    for platform, encoding, offset in records:
        if (platform, encoding) == _FULL_REPERTOIRE:
            file.seek(start + offset)
            (runs,) = struct.unpack(">12xI", file.read(16))
            for first, last, _ in struct.iter_unpack(">III", file.read(12 * runs)):
                yield first, last
