"""A table as a worksheet that can be printed as it is: rows as high as their words, A4 across, a page wide.

Excel finds the height of a row itself when it opens a file; LibreOffice and some versions of WPS do not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil
from typing import Any, Final
from unicodedata import east_asian_width

Cell = str | int
_LINE: Final = 16
"""Height of a line in points."""
_USUAL: Final = 12
_A4: Final = 9


def put_sheet(
    book: Any,
    name: str,
    title: str,
    head: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    widths: Mapping[str, int],
) -> None:
    """`book` is an XlsxWriter Workbook, which ships no types; `widths` by heading, in half-width characters.

    The title stands in the first line, the headings in the second, on every page.
    """
    sheet = book.add_worksheet(name)
    form = {"text_wrap": True, "valign": "vcenter", "border": 1}
    bold, plain = book.add_format({"bold": True, **form}), book.add_format(form)
    broad = [widths.get(one, _USUAL) for one in head]
    sheet.write_string(0, 0, title, book.add_format({"bold": True}))
    for column, width in enumerate(broad):
        sheet.set_column(column, column, width)
    _put_row(sheet, 1, head, broad, bold)
    for number, row in enumerate(rows, start=2):
        _put_row(sheet, number, row, broad, plain)
    sheet.freeze_panes(2, 2)
    sheet.repeat_rows(1)
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)


def _put_row(sheet: Any, number: int, row: Sequence[Cell], broad: Sequence[int], form: Any) -> None:
    sheet.set_row(number, _LINE * max(map(_lines, row, broad)))
    for column, cell in enumerate(row):
        if isinstance(cell, int):
            sheet.write_number(number, column, cell, form)
        else:
            sheet.write_string(number, column, cell, form)


def _lines(cell: Cell, width: int) -> int:
    """How many the words take; a character at the edge may not fit whole."""
    return sum(max(1, ceil(_length(line) / (width - 1))) for line in str(cell).split("\n"))


def _length(words: str) -> int:
    return sum(2 if east_asian_width(one) in "WFA" else 1 for one in words)
