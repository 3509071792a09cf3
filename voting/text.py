"""Text as it may stand on a ballot, in a report and on the public page.

`Line` is a name, `Prose` a description. Both are NFC and stripped and hold nothing a reader cannot see: a
control character breaks a printed form, a bidi override makes a name read as another one. What people paste
without knowing (tabs, zero-width marks) is cleaned away; what changes the meaning is refused, with the
field's name. The types repeat the rule at the edge, for text that did not pass through here.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Annotated

from msgspec import Meta

from voting.errors import TextError

LINE_LENGTH = 120
PROSE_LENGTH = 2000

# C0 and C1 controls, line and paragraph separators, bidi embeddings and isolates, lone surrogates,
# invisible marks, the replacement character and the two noncharacters that XML (.docx, .xlsx) forbids.
_BIDI = r"\u202a-\u202e\u2066-\u2069"
_INVISIBLE = r"\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff"
_UNPRINTABLE = r"\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffd-\uffff" + _BIDI + _INVISIBLE
_REFUSED_IN_LINE = r"\x00-\x1f" + _UNPRINTABLE
_REFUSED_IN_PROSE = r"\x00-\x09\x0b-\x1f" + _UNPRINTABLE

Line = Annotated[
    str,
    Meta(min_length=1, max_length=LINE_LENGTH, pattern=rf"\A(?!\s)[^{_REFUSED_IN_LINE}]*(?<!\s)\Z"),
]
Prose = Annotated[
    str,
    Meta(max_length=PROSE_LENGTH, pattern=rf"\A(?!\s)[^{_REFUSED_IN_PROSE}]*(?<!\s)\Z"),
]

_FIND_IN_LINE = re.compile(f"[{_REFUSED_IN_LINE}]")
_FIND_IN_PROSE = re.compile(f"[{_REFUSED_IN_PROSE}]")
_PASTED_ALONG = re.compile(f"[{_INVISIBLE}]")


def clean_line(text: str, field: str = "这一项") -> str:
    """One line of 1..120 characters, NFC, without anything invisible. Raises TextError naming `field`."""
    line = _tidy(text)
    if not line:
        raise TextError(f"没有填写“{field}”。请填写后重试。")
    _refuse_long(line, field, LINE_LENGTH)
    if "\n" in line:
        raise TextError(f"“{field}”只能写一行，不能换行。请删去换行。")
    _refuse_unprintable(line, field, _FIND_IN_LINE)
    return line


def clean_prose(text: str, field: str = "这一项") -> str:
    """Any number of lines, 0..2000 characters, otherwise as `clean_line`. Raises TextError naming `field`."""
    prose = _tidy(text)
    _refuse_long(prose, field, PROSE_LENGTH)
    _refuse_unprintable(prose, field, _FIND_IN_PROSE)
    return prose


def _tidy(text: str) -> str:
    lines = re.sub("\r\n|[\r\u2028\u2029]", "\n", text).replace("\t", " ")
    return unicodedata.normalize("NFC", _PASTED_ALONG.sub("", lines)).strip()


def _refuse_long(text: str, field: str, most: int) -> None:
    if len(text) > most:
        raise TextError(f"“{field}”太长：有{len(text):,}个字，最多{most:,}个字。请缩短。")


def _refuse_unprintable(text: str, field: str, pattern: re.Pattern[str]) -> None:
    found = pattern.search(text)
    if found is None:
        return
    place = found.start() + 1
    if found[0] == "\ufffd":
        raise TextError(f"“{field}”的第{place}个字是乱码。请重新输入这一项。")
    code = f"U+{ord(found[0]):04X}"
    raise TextError(f"“{field}”的第{place}个字不能显示或打印（{code}）。请删去后重新输入。")
