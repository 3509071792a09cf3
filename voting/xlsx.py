"""`python -m voting.xlsx`: a workbook on standard input, its sheets as JSON on standard output.

Started by `voting.sheets`, one process for one file, with bounds on memory and time. Exit code 0, 1 when the
workbook cannot be read, 2 when memory does not suffice; mostly, though, the bounds end it by a signal.
"""

from __future__ import annotations

import io
import resource
import sys
from datetime import date, datetime, time, timedelta

import msgspec
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from voting.sheets import MOST_ROWS, Cell, Row, Sheet

MOST_MEMORY = 768 * 1024 * 1024
MOST_CPU_SECONDS = 10
MOST_COLUMNS = 200

Value = int | float | str | bool | date | datetime | time | timedelta


def read_workbook(raw: bytes) -> list[Sheet]:
    """The visible worksheets, the first 2,000 rows and 200 columns of each. Raises CalamineError."""
    with CalamineWorkbook.from_filelike(io.BytesIO(raw)) as workbook:
        return [
            Sheet(sheet.name, _rows(workbook, sheet.name))
            for sheet in workbook.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        ]


def _rows(workbook: CalamineWorkbook, name: str) -> tuple[Row, ...]:
    table = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=MOST_ROWS)
    rows = (
        Row(number, tuple(_cell(value) for value in values[:MOST_COLUMNS]))
        for number, values in enumerate(table, start=1)
    )
    return tuple(row for row in rows if any(cell.text.strip() for cell in row.cells))


def _cell(value: Value) -> Cell:
    if isinstance(value, bool):
        return Cell("是" if value else "否")
    if isinstance(value, int | float):
        return Cell(f"{value:.15g}")
    if isinstance(value, date):  # a datetime is a date, too
        return Cell(f"{value.year}年{value.month}月{value.day}日", first_of_month=value.day == 1)
    return Cell(str(value))


def main() -> int:
    """Bounds first: nothing of the file may be looked at without them."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_CPU_SECONDS, MOST_CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        sheets = read_workbook(sys.stdin.buffer.read())
    except CalamineError:
        return 1
    except MemoryError:
        return 2
    sys.stdout.buffer.write(msgspec.json.encode(sheets))
    return 0


if __name__ == "__main__":
    sys.exit(main())
