"""A table from a person's file (.xlsx or .csv) as rows of text, however the file was saved. No meaning yet.

    .csv    UTF-8 with or without BOM, or GB18030 (what Excel and WPS write in China)
    .xlsx   read in a process of its own: a workbook of 5 KB with a single cell in its last corner makes the
            reader ask for 512 GB and abort, and would take every vote being cast on this worker with it

Everything that can be wrong with the file as a file is refused here, with a sentence that says what to do.
"""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import zipfile

import msgspec
from msgspec import Struct

from voting.errors import VotingError

MOST_BYTES = 2 * 1024 * 1024
MOST_UNPACKED = 20 * 1024 * 1024
MOST_SECONDS = 20
MOST_ROWS = 2_000
"""Of a workbook; a .csv is read to its end."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class SheetError(VotingError):
    """A file that is not a table we can read."""

    sentence = "文件无法读取。请另存为 .xlsx 或者 .csv 后重试。"


class Cell(Struct, frozen=True, array_like=True):
    """A cell as a person reads it. `first_of_month`: a date on the 1st, which is also how Excel keeps the
    text “2026年12月”; nobody but its author knows which was meant."""

    text: str = ""
    first_of_month: bool = False


class Row(Struct, frozen=True, array_like=True):
    """`number` is what the spreadsheet program shows at the row's left, from 1."""

    number: int
    cells: tuple[Cell, ...]


class Sheet(Struct, frozen=True, array_like=True):
    """A worksheet without its empty rows."""

    name: str
    rows: tuple[Row, ...]


def read_sheets(filename: str, raw: bytes) -> list[Sheet]:
    """The visible worksheets of an .xlsx, or the one table of a .csv. Raises SheetError."""
    ending = filename.lower().rpartition(".")[2] if "." in filename else ""
    if ending not in {"xlsx", "csv"}:
        raise SheetError(_wrong_ending(ending))
    if not raw:
        raise SheetError("文件是空的。请选择填好的表格。")
    if len(raw) > MOST_BYTES:
        raise SheetError("文件超过2 MB。请只保留要导入的表格，删去图片和其他内容后重试。")
    return _read_xlsx(raw) if ending == "xlsx" else [_read_csv(raw)]


def _wrong_ending(ending: str) -> str:
    if ending in {"xls", "et", "ods", "xlsm", "xlsb"}:
        return f"不能读取 .{ending} 文件。请用 Excel 或者 WPS 打开，另存为 .xlsx 后重试。"
    return "只能读取 .xlsx 和 .csv 文件。请用 Excel 或者 WPS 另存为 .xlsx 后重试。"


def _read_csv(raw: bytes) -> Sheet:
    if raw.startswith((_ZIP, _OLE)):
        raise SheetError("这个 .csv 文件其实是 Excel 文件。请用 Excel 或者 WPS 打开，另存为 .xlsx 后重试。")
    reader = csv.reader(io.StringIO(_decode(raw), newline=""), strict=True)
    rows: list[Row] = []
    number = 0
    try:
        for number, fields in enumerate(reader, start=1):
            if any(field.strip() for field in fields):
                rows.append(Row(number, tuple(Cell(field) for field in fields)))
    except csv.Error as error:
        if "field larger" in str(error):
            raise SheetError(f"第{number + 1}行有一格超过10万字，可能是引号不成对。请检查后重试。") from None
        raise SheetError(f"第{number + 1}行附近的双引号不成对。请检查后重试。") from None
    return Sheet("", tuple(rows))


def _decode(raw: bytes) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SheetError("文件是 Unicode（UTF-16）文本，不能读取。请另存为“CSV UTF-8”或者 .xlsx 后重试。")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SheetError("认不出文件的文字编码。请另存为“CSV UTF-8”或者 .xlsx 后重试。")


def _read_xlsx(raw: bytes) -> list[Sheet]:
    if raw.startswith(_OLE):
        if _ENCRYPTED in raw:
            raise SheetError("文件设有打开密码，不能读取。请取消密码，另存后重试。")
        raise SheetError("这个 .xlsx 文件其实是旧版 .xls 文件。请用 Excel 或者 WPS 另存为 .xlsx 后重试。")
    _check_package(raw)
    return _in_own_process(raw)


def _check_package(raw: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            unpacked = sum(part.file_size for part in package.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise SheetError(_DAMAGED) from None
    if unpacked > MOST_UNPACKED:
        raise SheetError("文件展开后超过20 MB。请把要导入的内容复制到一张新的空白表格，另存后重试。")


_DAMAGED = "文件已经损坏，或者不是 .xlsx 文件。请用 Excel 或者 WPS 重新另存为 .xlsx 后重试。"
_TOO_WIDE = "表格的范围太大，很远的单元格里还有内容。请把要导入的内容复制到一张新的空白表格，另存后重试。"


def _in_own_process(raw: bytes) -> list[Sheet]:
    command = [sys.executable, "-m", "voting.xlsx"]
    try:
        done = subprocess.run(  # noqa: S603 — the command is fixed; the file goes in as bytes
            command, input=raw, capture_output=True, timeout=MOST_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise SheetError(_TOO_WIDE) from None
    if done.returncode == 0:
        return msgspec.json.decode(done.stdout, type=list[Sheet])
    # 2 or, as a negative code, a signal: out of the memory or time that the process was given.
    raise SheetError(_DAMAGED if done.returncode == 1 else _TOO_WIDE)
