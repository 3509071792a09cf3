"""A spreadsheet as entries of a list: all of them, or every row that has to be put right. Pure.

The table may stand under a title line, its columns in any order and under any of the usual names. Nothing is
guessed and nothing is dropped: a column we do not know is asked about.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from msgspec import Struct
from xlsxwriter import Workbook

from voting.errors import TextError, VotingError
from voting.lists.columns import LEFT_OUT, Column
from voting.lists.kinds import Kind
from voting.open_data import table_csv
from voting.sheets import MOST_ROWS, Row, Sheet, read_sheets

MOST_ENTRIES: Final = 1_900
"""A county has at most 450 deputies and some hundreds of villages; the reader stops at row 2,000."""


class RowProblem(Struct, frozen=True, kw_only=True):
    """What has to be put right in a row; `row` as the spreadsheet program numbers it."""

    row: int
    reason: str


class ListTableError(VotingError):
    """A table that cannot be imported as it is. `problems` lists the rows, if rows are the trouble."""

    sentence = "表格需要修改。没有导入任何内容。"

    def __init__(self, sentence: str, problems: tuple[RowProblem, ...] = ()) -> None:
        super().__init__(sentence)
        self.problems = problems


class EntryRow(Struct, frozen=True, kw_only=True):
    """One row: the values of the columns that the table has."""

    row: int
    fields: dict[str, Any]


def read_table(kind: Kind, columns: Sequence[Column], filename: str, raw: bytes) -> tuple[EntryRow, ...]:
    """The rows of an .xlsx or .csv as they stand.

    Raises SheetError if the file, and ListTableError if the table, cannot be imported.
    """
    places, rows = _find_table(kind, columns, read_sheets(filename, raw))
    if not rows:
        raise ListTableError(f"表头下面没有内容。请每{kind.counter}{kind.noun}填写一行。")
    if len(rows) > MOST_ENTRIES or rows[-1].number > MOST_ENTRIES:
        raise ListTableError(
            f"表格太长：{_length(rows)}，一次最多{MOST_ENTRIES:,}行。没有导入任何内容。"
            f"请删去不是{kind.noun}的行，或者分几次导入。"
        )
    read = [_read_row(places, row) for row in rows]
    problems = [one for _, found in read for one in found]
    there = {column.field for column in places.values()}
    problems += _repeated(kind, there, [entry for entry, _ in read])
    if problems:
        raise refusal(problems)
    return tuple(entry for entry, _ in read)


def _length(rows: Sequence[Row]) -> str:
    """Of a workbook no more than its first rows are read."""
    long = max(len(rows), rows[-1].number)
    return f"有{long:,}行{'以上' if long == MOST_ROWS else ''}"


def template_csv(columns: Sequence[Column]) -> bytes:
    """A table to fill in: the header and one example, as Excel shows Chinese."""
    return table_csv([one.name for one in columns], [[one.example for one in columns]])


def template_xlsx(title: str, columns: Sequence[Column]) -> bytes:
    """As `template_csv`; cells are text, so that Excel keeps a telephone number as it was typed."""
    file = io.BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet(title)
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        for at, column in enumerate(columns):
            sheet.set_column(at, at, 18, text)
            sheet.write_string(0, at, column.name, bold)
            sheet.write_string(1, at, column.example, text)
        sheet.freeze_panes(1, 0)
    return file.getvalue()


def as_csv(columns: Sequence[Column], rows: Iterable[EntryRow]) -> str:
    """The rows as a table that `read_table` reads again as the same."""
    rows = list(rows)
    used = [one for one in columns if any(one.field in row.fields for row in rows)]
    body = [[one.shown(row.fields.get(one.field)) for one in used] for row in rows]
    return table_csv([one.name for one in used], body).decode("utf-8-sig")


def refusal(problems: Iterable[RowProblem]) -> ListTableError:
    """One sentence for all of them."""
    ordered = tuple(sorted(problems, key=lambda one: one.row))
    return ListTableError(f"表格中有{len(ordered)}处需要修改，没有导入任何内容。", ordered)


def _find_table(
    kind: Kind, columns: Sequence[Column], sheets: Sequence[Sheet]
) -> tuple[dict[int, Column], tuple[Row, ...]]:
    if not any(sheet.rows for sheet in sheets):
        raise ListTableError("表格是空的。请填写后再导入。")
    names = _names(columns)
    found = [(sheet, at) for sheet in sheets if (at := _header_place(columns, names, sheet)) is not None]
    needed = "、".join(f"“{one.name}”" for one in columns if one.needed)
    if not found:
        raise ListTableError(f"没有找到表头。请在{kind.noun}上方加一行表头，其中要有{needed}。")
    if len(found) > 1:
        both = "、".join(f"“{sheet.name}”" for sheet, _ in found)
        raise ListTableError(f"工作表{both}中都有{kind.noun}。请只保留要导入的一张工作表。")
    sheet, at = found[0]
    return _read_header(columns, names, sheet.rows[at]), sheet.rows[at + 1 :]


def _names(columns: Sequence[Column]) -> dict[str, Column]:
    """Every name of every column; a column's own name wins over another's synonym."""
    also = {_normal(name): one for one in columns for name in one.synonyms.split()}
    return {**also, **{_normal(one.name): one for one in columns}}


def _normal(header: str) -> str:
    return re.sub(r"[\s*:]+$|\s", "", unicodedata.normalize("NFKC", header))


def _header_place(columns: Sequence[Column], names: dict[str, Column], sheet: Sheet) -> int | None:
    """The row with all columns that are needed."""
    needed = {one.field for one in columns if one.needed}
    for at, row in enumerate(sheet.rows):
        there = {names[name].field for cell in row.cells if (name := _normal(cell.text)) in names}
        if needed <= there:
            return at
    return None


def _read_header(columns: Sequence[Column], names: dict[str, Column], row: Row) -> dict[int, Column]:
    places: dict[int, Column] = {}
    for at, cell in enumerate(row.cells):
        if not cell.text.strip():
            continue
        column = names.get(_normal(cell.text))
        if column is None:
            known = "、".join(one.name for one in columns)
            raise ListTableError(
                f"表头中有不认识的列“{cell.text.strip()[:20]}”。可以有的列是：{known}。"
                "请改正列名或者删去这一列。"
            )
        if column in places.values():
            raise ListTableError(f"表头中有两列都是“{column.name}”。请删去或者合并其中一列。")
        places[at] = column
    return places


def _read_row(places: dict[int, Column], row: Row) -> tuple[EntryRow, list[RowProblem]]:
    fields: dict[str, Any] = {}
    problems: list[RowProblem] = []
    for at, column in places.items():
        try:
            value = column.read(row.cells[at].text if at < len(row.cells) else "", column.name)
        except TextError as error:
            problems.append(RowProblem(row=row.number, reason=error.sentence))
            continue
        if value is not LEFT_OUT:
            fields[column.field] = value
    beside = [at for at, cell in enumerate(row.cells) if at not in places and cell.text.strip()]
    if beside:
        reason = f"第{beside[0] + 1}列没有表头，却有内容。请补上表头或者删去内容。"
        problems.append(RowProblem(row=row.number, reason=reason))
    return EntryRow(row=row.number, fields=fields), problems


def _repeated(kind: Kind, there: set[str], entries: Iterable[EntryRow]) -> Iterator[RowProblem]:
    """Rows that are the same one as an earlier row, as far as both can be read; `there` are the columns."""
    first: dict[tuple[Any, ...], int] = {}
    for entry in entries:
        for unique in kind.unique:
            if any(name in there and name not in entry.fields for name in unique):
                continue
            values = tuple(entry.fields.get(name, "") for name in unique)
            same = (unique, *("".join(v.split()).casefold() if isinstance(v, str) else v for v in values))
            if same in first:
                said = " ".join(str(value) for value in values if value != "")
                reason = f"“{said}”与第{first[same]}行重复。"
                yield RowProblem(row=entry.row, reason=reason + _advice(kind, unique))
            first.setdefault(same, entry.row)


def _advice(kind: Kind, unique: tuple[str, ...]) -> str:
    if kind.name == "deputies" and "name" in unique:
        return "确是两位代表的，请在姓名后加注区别，例如“王伟（女）”；否则请删去一行。"
    return "请改正或者删去一行。"
