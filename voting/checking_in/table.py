"""签到 of a plenary as a table to take home: .csv for whatever program, .xlsx as it is filed. Pure."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from xlsxwriter import Workbook

from voting.checking_in.facts import Attendance, Presence
from voting.days import CHINA
from voting.open_data import table_csv

HEADER: Final = ("序号", "姓名", "代表团", "情况", "签到时间", "签到台", "补签到", "离场时间", "请假事由")
_WIDTHS: Final = (6, 14, 18, 10, 18, 16, 8, 18, 30)
PRESENCE_NAMES: Final[dict[Presence, str]] = {"absent": "未到", "present": "在会场", "left": "已离场"}


def attendance_rows(everybody: Iterable[Attendance]) -> list[tuple[int | str, ...]]:
    """One row a deputy, under HEADER; times as `2026-01-25 09:05` in China's time."""
    return [_row(one) for one in everybody]


def _row(one: Attendance) -> tuple[int | str, ...]:
    arrived, last = one.arrived, one.last
    absent = "请假" if one.leave and one.presence == "absent" else PRESENCE_NAMES[one.presence]
    return (
        one.deputy.number,
        one.deputy.name,
        one.deputy.delegation,
        absent,
        _time(arrived.at) if arrived else "",
        arrived.desk if arrived else "",
        "是" if one.late else "",
        _time(last.at) if last and last.direction == "out" else "",
        one.leave.reason if one.leave else "",
    )


def _time(at: datetime) -> str:
    return f"{at.astimezone(CHINA):%Y-%m-%d %H:%M}"


def attendance_csv(everybody: Iterable[Attendance]) -> bytes:
    """UTF-8 with BOM, so that Excel shows Chinese."""
    return table_csv(HEADER, attendance_rows(everybody))


def attendance_xlsx(title: str, everybody: Iterable[Attendance]) -> bytes:
    """The title above the headings, the printed number as a number."""
    file = io.BytesIO()
    # Nothing that was typed becomes a formula or a link.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        sheet = book.add_worksheet("签到")
        bold = book.add_format({"bold": True})
        sheet.write_string(0, 0, f"{title}签到", bold)
        for column, (name, width) in enumerate(zip(HEADER, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(1, column, name, bold)
        for at, row in enumerate(attendance_rows(everybody), start=2):
            sheet.write_row(at, 0, row)
        sheet.freeze_panes(2, 2)
    return file.getvalue()
