"""Finding a deputy by what can be typed at a door: part of the name, pinyin, the printed number. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from voting.checking_in.pinyin import readings
from voting.people import Deputy

MOST_FOUND = 30
"""More than that nobody reads at a door: another letter is quicker."""

_SEPARATORS = re.compile(r"[\s·•・‧．.\-]")


def find(deputies: Iterable[Deputy], text: str, most: int = MOST_FOUND) -> tuple[Deputy, ...]:
    """The best first: the exact number or name, then names that begin so, then names that hold it.

    `text` is part of a name (张桂), its pinyin, in full, in initials or mixed (zhangguilan, zgl, zhanggl),
    or a printed number (17, 017). Empty text finds nobody.
    """
    wanted = _plain(text)
    if not wanted:
        return ()
    ranked = [(rank, one) for one in deputies if (rank := _rank(one, wanted)) is not None]
    ranked.sort(key=lambda found: (found[0], found[1].number, found[1].id))
    return tuple(one for _, one in ranked[:most])


def _plain(text: str) -> str:
    """Without spaces, dots between names, case, width."""
    return _SEPARATORS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _rank(deputy: Deputy, wanted: str) -> int | None:
    """0 the one meant, 1 begins so, 2 holds it; None: another."""
    if wanted.isascii() and wanted.isdigit():
        return _rank_number(deputy.number, wanted)
    name = _plain(deputy.name)
    at = name.find(wanted)
    if at >= 0:
        return 0 if name == wanted else 1 if at == 0 else 2
    if not wanted.isascii() or not wanted.isalpha():
        return None
    return next((min(start + 1, 2) for start in range(len(name)) if reads(name[start:], wanted)), None)


def _rank_number(number: int, wanted: str) -> int | None:
    digits = wanted.lstrip("0")
    if str(number) == digits:
        return 0
    return 1 if digits and str(number).startswith(digits) else None


def reads(name: str, letters: str) -> bool:
    """Whether the letters are the beginnings of the readings of the first characters, one after the other.

    张桂兰 reads z, zg, zgl, zhg, zhanggl, zhangguilan; a character without readings is read by nothing.
    """
    if not letters:
        return True
    if not name:
        return False
    lengths = {
        length for spelling in _spellings(name[0]) for length in range(1, _common(spelling, letters) + 1)
    }
    return any(reads(name[1:], letters[length:]) for length in lengths)


def _spellings(character: str) -> tuple[str, ...]:
    """吕: lv as typed on a keyboard, lu and lyu as in passports; a letter spells itself."""
    if character.isascii() and character.isalpha():
        return (character,)
    found = readings(character)
    return (*found, *(one.replace("v", other) for one in found if "v" in one for other in ("u", "yu")))


def _common(one: str, other: str) -> int:
    """How many first letters are the same."""
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length
