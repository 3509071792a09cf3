"""Workbooks as people make them, for the tests of imports."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from openpyxl import Workbook  # type: ignore[import-untyped]  # openpyxl has no types


def workbook(*sheets: Sequence[Sequence[object]]) -> bytes:
    """An .xlsx with the rows of each sheet; the sheets are called 表1, 表2 …"""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number, rows in enumerate(sheets, start=1):
        sheet = book.create_sheet(f"表{number}")
        for row in rows:
            sheet.append(list(row))
    return _saved(book)


def workbook_with_hidden_sheet(seen: str, unseen: str) -> bytes:
    """Two sheets with one cell each, the second hidden."""
    book = Workbook()
    book.worksheets[0].append([seen])
    hidden = book.create_sheet("底稿")
    hidden.append([unseen])
    hidden.sheet_state = "hidden"
    return _saved(book)


def workbook_with_last_corner(first: str) -> bytes:
    """A1 and XFD1048576 filled: 17 billion cells, were they all there."""
    book = Workbook()
    book.worksheets[0]["A1"] = first
    book.worksheets[0].cell(1_048_576, 16_384, "x")
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def rewritten(raw: bytes, part: str, content: bytes) -> bytes:
    """The same package with one part replaced or added, as no spreadsheet program would write it."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as before,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            if name != part:
                after.writestr(name, before.read(name))
        after.writestr(part, content)
    return stream.getvalue()
