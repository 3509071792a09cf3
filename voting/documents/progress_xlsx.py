"""政府办's table of a reporting period as .xlsx, to be filled in and imported again."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Final

from xlsxwriter import Workbook

_WIDTHS: Final = (16, 14, 26, 8, 20, 12, 16, 48, 30, 30, 26)
_FILLED_IN: Final = 5
"""From this column on people write; what stands before says what about."""


def progress_xlsx(title: str, rows: Sequence[Sequence[str | int | float]]) -> bytes:
    """`rows` with the heading first; `title` names the sheet."""
    file = io.BytesIO()
    # Nothing that was typed becomes a formula or a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        sheet = book.add_worksheet(title[:31])
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        given = book.add_format({"text_wrap": True, "valign": "top", "font_color": "#554b47"})
        open_ = book.add_format({"text_wrap": True, "valign": "top", "bg_color": "#fdf6e7"})
        for column, width in enumerate(_WIDTHS):
            sheet.set_column(column, column, width)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                style = bold if number == 0 else (open_ if column >= _FILLED_IN else given)
                if isinstance(value, str):
                    sheet.write_string(number, column, value, style)
                else:
                    sheet.write_number(number, column, value, style)
        sheet.freeze_panes(1, _FILLED_IN)
    return file.getvalue()
