"""Tables for everybody: .csv as Excel opens it, and the feed that readers of news follow.

A cell that a spreadsheet program would take for a formula is led by an apostrophe: what a citizen wrote must
not run on the computer of whoever downloads it (CWE-1236).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""The full-width ones too: an input method for Chinese types them, and Excel takes them for the others."""
_ATOM: Final = "http://www.w3.org/2005/Atom"


def table_csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """UTF-8 with BOM and CRLF, so that Excel shows Chinese; numbers stay numbers."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def harmless(cell: object) -> object:
    """The cell as a spreadsheet may show it."""
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return "'" + cell
    return "" if cell is None else cell


class Feed:
    """An Atom feed (RFC 4287), entry by entry."""

    def __init__(self, title: str, home: str, own: str, author: str) -> None:
        self._home = home
        self._feed = Element("feed", xmlns=_ATOM)
        SubElement(self._feed, "id").text = own
        SubElement(self._feed, "title").text = title
        SubElement(self._feed, "link", rel="self", href=own)
        SubElement(self._feed, "link", rel="alternate", href=home)
        SubElement(SubElement(self._feed, "author"), "name").text = author
        self._updated = SubElement(self._feed, "updated")

    def add(self, address: str, title: str, words: str, at: datetime) -> None:
        """The newest first: the first entry dates the feed."""
        entry = SubElement(self._feed, "entry")
        SubElement(entry, "id").text = f"{address}#{at:%Y%m%dT%H%M%SZ}"
        SubElement(entry, "title").text = title
        SubElement(entry, "link", href=address)
        SubElement(entry, "updated").text = _stamp(at)
        SubElement(entry, "summary").text = words
        if self._updated.text is None:
            self._updated.text = _stamp(at)

    def to_bytes(self, now: datetime) -> bytes:
        """The document; an empty feed is as new as `now`."""
        if self._updated.text is None:
            self._updated.text = _stamp(now)
        made: bytes = tostring(self._feed, encoding="utf-8", xml_declaration=True)
        return made


def _stamp(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
