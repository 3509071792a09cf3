"""Which passwords others would try first.

Two looks, neither of which needs the internet. The library zxcvbn knows the thirty thousand passwords found
most often, and English words and names (some twelve thousand of them are as long as ours must be). It knows
no Chinese: the cheapest way to put a password together from words as they are typed here in letters, from
years and birthdays, telephone numbers and rows of keys is reckoned below, in bits. How many of a given list
both refuse, `python -m tests.benchmarks.bench_passwords FILE` counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from zxcvbn_rs_py import zxcvbn

from voting.accounts.taken_words import WORDS

ENOUGH_BITS: Final = 30.0
ENOUGH_GUESSES_LOG10: Final = 8.0
"""With at most a hundred tries a day an account is guessed after some thousands of years."""
_LOOKED_AT: Final = 40
"""zxcvbn takes seconds for a text of hundreds of signs that may stand for letters."""
_WORD: Final = 9.0
_LETTER, _FIGURE, _OTHER = 4.5, 3.3, 8.0
_NUMBERS: Final = (
    (re.compile(r"(?:19[3-9]\d|20[0-4]\d)(?:0?[1-9]|1[0-2])(?:0?[1-9]|[12]\d|3[01])"), 14.0),
    (re.compile(r"(?:19[3-9]\d|20[0-4]\d)"), 6.0),
    (re.compile(r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"), 8.0),
    (re.compile(r"1[3-9]\d{9}"), 12.0),
    (re.compile(r"(?:520|521|1314|5201314|666|888|168|518|110|119|007|123|321)"), 4.0),
)
"""Birthdays, years, days, mobile telephones, figures that sound like words."""
_ROWS: Final = (
    "`1234567890-=",
    "qwertyuiop[]",
    "asdfghjkl;'",
    "zxcvbnm,./",
    "abcdefghijklmnopqrstuvwxyz",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
    "1q2w3e4r5t6y7u8i9o0p",
    "q1w2e3r4t5y6u7i8o9p0",
    "qazwsxedcrfvtgbyhnujmikolp",
    "!@#$%^&*()_+",
    "147258369",
    "159357",
    "1357924680",
    "2468013579",
)
_BOTH_WAYS: Final = "\n".join(way for row in _ROWS for way in (row * 2, row[::-1] * 2))
_LEET: Final = str.maketrans("@4031$5!7", "aaoeissit")
_LONGEST_WORD: Final = max(len(word) for word in WORDS)
_SUFFIX: Final = re.compile(r"(?:人民代表大会|人大)?(?:常务委员会|常委会|主席团)?$")


def words_of(login: str, name: str, congresses: Iterable[str]) -> tuple[str, ...]:
    """What no password of this account may hold, in small letters: the log-in name, the person's, the
    product's, each congress's, and the place that a congress is of (`青水县` of `青水县人民代表大会`)."""
    named = [login, name, "piaojue", "票决"]
    for congress in congresses:
        named += [congress, _SUFFIX.sub("", congress)]
    return tuple(dict.fromkeys(word.casefold() for word in named if len(word) > 1))


def is_guessable(plain: str) -> bool:
    """Whether it costs too little to be found. Of any length; the first 40 characters decide."""
    seen = plain[:_LOOKED_AT]
    return cost(seen) < ENOUGH_BITS or zxcvbn(seen).guesses_log10 < ENOUGH_GUESSES_LOG10


def cost(plain: str) -> float:
    """The bits of the cheapest way to put it together from common pieces and single characters."""
    text = plain.casefold()
    cheapest = [0.0] + [float("inf")] * len(text)
    plain_words = text.translate(_LEET)
    for start in range(len(text)):
        here = cheapest[start]
        for length, bits in _pieces(text, plain_words, start):
            end = start + length
            cheapest[end] = min(cheapest[end], here + bits)
    return cheapest[-1]


def _pieces(text: str, read: str, start: int) -> Iterable[tuple[int, float]]:
    """Length and bits of each piece that begins here; `read` is the text with `@` read as `a` and so on."""
    yield 1, _single(text[start])
    for length in range(2, min(_LONGEST_WORD, len(text) - start) + 1):
        if text[start : start + length] in WORDS:
            yield length, _WORD
        elif read[start : start + length] in WORDS:
            yield length, _WORD + 1
    for form, bits in _NUMBERS:
        if found := form.match(text, start):
            yield len(found[0]), bits
    if (length := _run(text, start)) > 2:
        yield length, _single(text[start]) + 2
    if (length := _row(text, start)) > 2:
        yield length, 7.0
    yield from _repeats(text, start)


def _single(character: str) -> float:
    if character.isascii():
        return _FIGURE if character.isdigit() else _LETTER
    return _OTHER


def _run(text: str, start: int) -> int:
    """How often the character here stands in a row."""
    end = start + 1
    while end < len(text) and text[end] == text[start]:
        end += 1
    return end - start


def _row(text: str, start: int) -> int:
    """How many characters from here lie in one row of keys, of letters or of figures."""
    length = 2
    while start + length < len(text) and text[start : start + length + 1] in _BOTH_WAYS:
        length += 1
    return length if text[start : start + length] in _BOTH_WAYS else 0


def _repeats(text: str, start: int) -> Iterable[tuple[int, float]]:
    """What stood just before, once more: one bit."""
    for length in range(2, min(start, len(text) - start, 20) + 1):
        if text[start - length : start] == text[start : start + length]:
            yield length, 1.0
