"""Columns of a list: the same reading for a cell of a spreadsheet and for a field of a form. Pure."""

from __future__ import annotations

import dataclasses
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any, Final

from voting.errors import TextError
from voting.text import clean_line

Read = Callable[[str, str], Any]
"""(what stands there, the column's name) → the value. Raises TextError."""

LEFT_OUT: Final = object()
"""The value of an empty cell that says: leave it as it is."""

MOST_NUMBER: Final = 9_999
_YES: Final = {"是", "√", "✓", "1", "y", "yes", "对"}
_NO: Final = {"", "否", "×", "0", "n", "no", "无"}
_PHONE = re.compile(r"1[0-9]{10}|0[0-9]{9,11}|[2-9][0-9]{6,7}")
_BETWEEN_HAN = re.compile(r"(?<=[^\x00-\x7f·])\s+(?=[^\x00-\x7f·])")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Column:
    """`needed`: a table without this column cannot be imported. `options`: what is stored, and its words."""

    field: str
    name: str
    read: Read
    synonyms: str = ""
    hint: str = ""
    example: str = ""
    needed: bool = False
    options: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def shown(self, value: object) -> str:
        """The value as it would be typed."""
        if isinstance(value, bool):
            return "是" if value else "否"
        if value is None:
            return ""
        text = str(value)
        return self.options.get(text, text)


def line(text: str, name: str) -> str:
    """Must be there."""
    return clean_line(text, name)


def optional_line(text: str, name: str) -> str:
    """May be empty."""
    return clean_line(text, name) if text.strip() else ""


def person(text: str, name: str) -> str:
    """A person's name. Spaces that only align a printed list (王　伟) are no part of it."""
    return _BETWEEN_HAN.sub("", clean_line(text, name))


def number(text: str, name: str) -> int:
    """A whole number of 1 to 9,999, in whatever digits."""
    digits = unicodedata.normalize("NFKC", text).strip()
    if not digits:
        raise TextError(f"没有填写“{name}”。请填写后重试。")
    if not re.fullmatch(r"[0-9]{1,9}", digits):
        raise TextError(f"{name}“{text.strip()[:20]}”不是1、2、3这样的整数。请改正。")
    if not 1 <= int(digits) <= MOST_NUMBER:
        raise TextError(f"{name}应在1至{MOST_NUMBER:,}之间，现在是{int(digits)}。请改正。")
    return int(digits)


def place(text: str, name: str) -> object:
    """The order in lists; left out, an entry keeps the one it has."""
    return number(text, name) if text.strip() else LEFT_OUT


def yes_or_no(text: str, name: str) -> bool:
    """Empty means no."""
    word = unicodedata.normalize("NFKC", text).strip().casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise TextError(f"“{name}”应填“是”或者“否”，现在是“{text.strip()[:20]}”。请改正。")


def phone(text: str, name: str) -> str:
    """A telephone number in digits, or nothing."""
    digits = re.sub(r"[\s()-]", "", unicodedata.normalize("NFKC", text)).removeprefix("+86")
    if digits and not _PHONE.fullmatch(digits):
        raise TextError(f"{name}“{text.strip()[:20]}”不是电话号码。手机号码是11位数字，固定电话请写上区号。")
    return digits


def one_of(options: Mapping[str, str]) -> Read:
    """Reads an option by what is stored or by its words."""
    known = {**{words: value for value, words in options.items()}, **{value: value for value in options}}

    def read(text: str, name: str) -> str:
        word = unicodedata.normalize("NFKC", text).strip()
        if word not in known:
            offered = "、".join(words for words in options.values() if words)
            said = f"{name}“{word[:20]}”不在可选的范围里" if word else f"没有填写“{name}”"
            raise TextError(f"{said}。可以填：{offered[:200] or '（还没有）'}。")
        return known[word]

    return read


def optional_one_of(options: Mapping[str, str]) -> Read:
    """As `one_of`, or None for nothing."""
    read = one_of(options)
    return lambda text, name: read(text, name) if text.strip() else None
