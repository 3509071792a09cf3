"""How a Chinese character is read. A character with several readings (单: dan, shan) gives them all."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache


def readings(character: str) -> tuple[str, ...]:
    """In small letters without tones, ü as v; empty for what is no Chinese character or too rare."""
    return _read(character)


@lru_cache(maxsize=10_000)
def _read(character: str) -> tuple[str, ...]:
    found = _library()(character)
    plain = {unicodedata.normalize("NFC", one) for one in found}
    return tuple(sorted(one for one in plain if one.isascii() and one.isalpha()))


@cache
def _library() -> Callable[[str], list[str]]:
    """Imported when the first name is looked for: few processes ever check anybody in.

    Words are not looked up, only characters: without its list of words the library takes 13 MB and 0.1 s
    instead of 57 MB and 0.3 s.
    """
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "1")
    from pypinyin import Style, pinyin

    def read(character: str) -> list[str]:
        found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore")
        return [one for readings in found for one in readings]

    return read
