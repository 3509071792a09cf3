"""Promises of voting/sheets.py and voting/xlsx.py: a table is read however it was saved; no file can hurt."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from tests.voting.workbooks import (
    rewritten,
    workbook,
    workbook_with_hidden_sheet,
    workbook_with_last_corner,
)
from voting.sheets import MOST_BYTES, Cell, SheetError, read_sheets
from voting.xlsx import read_workbook

FIRST_SHEET = "xl/worksheets/sheet1.xml"


def texts(filename: str, raw: bytes) -> list[tuple[int, list[str]]]:
    (sheet,) = read_sheets(filename, raw)
    return [(row.number, [cell.text for cell in row.cells]) for row in sheet.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_a_csv_is_read_in_every_encoding_that_chinese_offices_save(encoding: str, newline: str) -> None:
    raw = newline.join(["序号,项目名称", "", "1,老旧小区加装电梯", ""]).encode(encoding)
    assert texts("候选.CSV", raw) == [(1, ["序号", "项目名称"]), (3, ["1", "老旧小区加装电梯"])]


def test_a_cell_of_a_csv_may_hold_commas_quotes_and_lines_and_rows_are_numbered_as_excel_does() -> None:
    raw = '项目名称,主要内容\n甲,"一、修路\n二、""亮灯"",种树"\n乙,无\n'.encode()
    assert texts("a.csv", raw) == [
        (1, ["项目名称", "主要内容"]),
        (2, ["甲", '一、修路\n二、"亮灯",种树']),
        (3, ["乙", "无"]),
    ]


def test_a_workbook_is_read_as_a_person_reads_it() -> None:
    raw = workbook(
        [
            ["序号", None, "项目名称"],
            [],
            [1, 2.5, "甲"],
            [True, date(2026, 12, 31), datetime(2026, 6, 30, 0, 0)],  # noqa: DTZ001 — cells know no zone
            [time(8, 30), 0.1 + 0.2, 12345678],
        ]
    )
    assert texts("候选.xlsx", raw) == [
        (1, ["序号", "", "项目名称"]),
        (3, ["1", "2.5", "甲"]),
        (4, ["是", "2026年12月31日", "2026年6月30日"]),
        (5, ["08:30:00", "0.3", "12345678"]),
    ]


def test_a_date_on_the_first_is_marked_because_excel_keeps_a_month_like_that() -> None:
    (sheet,) = read_sheets("a.xlsx", workbook([[date(2026, 12, 1), date(2026, 12, 2), "2026年12月1日"]]))
    assert sheet.rows[0].cells == (
        Cell("2026年12月1日", first_of_month=True),
        Cell("2026年12月2日"),
        Cell("2026年12月1日"),
    )


def test_hidden_sheets_are_not_read() -> None:
    raw = workbook_with_hidden_sheet("看得见", "看不见")
    assert texts("a.xlsx", raw) == [(1, ["看得见"])]


@pytest.mark.parametrize(
    ("filename", "raw", "sentence"),
    [
        ("候选.xls", b"x", "不能读取 .xls 文件。请用 Excel 或者 WPS 打开，另存为 .xlsx"),
        ("候选.et", b"x", "不能读取 .et 文件"),
        ("候选.docx", b"x", "只能读取 .xlsx 和 .csv 文件"),
        ("候选", b"x", "只能读取 .xlsx 和 .csv 文件"),
        ("", b"x", "只能读取 .xlsx 和 .csv 文件"),
        ("候选.xlsx", b"", "文件是空的"),
        ("候选.csv", b"", "文件是空的"),
        ("候选.csv", b"a" * (MOST_BYTES + 1), "文件超过2 MB"),
        ("候选.xlsx", b"a" * (MOST_BYTES + 1), "文件超过2 MB"),
        ("候选.xlsx", b"hello", "文件已经损坏"),
        ("候选.csv", "项目名称".encode("utf-16"), "UTF-16"),
        ("候选.csv", b"\x81\x20\xff\xff", "认不出文件的文字编码"),
        ("候选.csv", '项目名称\n甲,"乙\n'.encode(), "第2行附近的双引号不成对"),
        ("候选.csv", '项目名称\n"甲"乙\n'.encode(), "第2行附近的双引号不成对"),
        ("候选.csv", b"a\n" + b"b" * 200_000, "第2行有一格超过10万字"),
        ("候选.csv", b"PK\x03\x04abc", "其实是 Excel 文件"),
    ],
)
def test_a_file_that_is_no_table_is_refused_with_what_to_do(filename: str, raw: bytes, sentence: str) -> None:
    with pytest.raises(SheetError) as caught:
        read_sheets(filename, raw)
    assert sentence in caught.value.sentence


def test_a_workbook_with_a_password_and_an_old_one_are_told_apart() -> None:
    compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    with pytest.raises(SheetError, match="文件设有打开密码"):
        read_sheets("a.xlsx", compound + "EncryptedPackage".encode("utf-16-le") + bytes(96))
    with pytest.raises(SheetError, match=r"其实是旧版 \.xls 文件"):
        read_sheets("a.xlsx", compound + "Workbook".encode("utf-16-le") + bytes(96))


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.99])
def test_a_workbook_cut_short_is_refused(kept: float) -> None:
    raw = workbook([["序号", "项目名称"], [1, "甲"]])
    with pytest.raises(SheetError, match="文件已经损坏"):
        read_sheets("a.xlsx", raw[: int(len(raw) * kept)])


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"<worksheet",
        b"<worksheet><sheetData><row r='x'><c r='?'><v>1</v></c></row></sheetData></worksheet>",
    ],
)
def test_a_workbook_with_a_broken_part_is_refused_or_empty_and_never_crashes(broken: bytes) -> None:
    raw = rewritten(workbook([["序号", "项目名称"], [1, "甲"]]), FIRST_SHEET, broken)
    try:
        sheets = read_sheets("a.xlsx", raw)
    except SheetError:
        return
    assert not any(sheet.rows for sheet in sheets)


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    with pytest.raises(SheetError, match="文件已经损坏"):
        read_sheets("a.xlsx", rewritten(workbook([["甲"]]), "[Content_Types].xml", b"<Types/>")[:-40])


def test_a_small_file_that_unpacks_to_a_huge_one_is_refused_unread() -> None:
    raw = rewritten(workbook([["甲"]]), FIRST_SHEET, bytes(30 * 1024 * 1024))
    assert len(raw) < 100_000
    with pytest.raises(SheetError, match="文件展开后超过20 MB"):
        read_sheets("a.xlsx", raw)


def test_a_cell_in_the_last_corner_ends_only_the_process_that_reads_it() -> None:
    with pytest.raises(SheetError, match="表格的范围太大"):
        read_sheets("a.xlsx", workbook_with_last_corner("项目名称"))


def test_only_the_first_rows_and_columns_are_kept() -> None:
    rows = read_workbook(workbook([["甲"] * 300, *[["乙"]] * 2_100]))[0].rows
    assert (len(rows), len(rows[0].cells)) == (2_000, 200)
