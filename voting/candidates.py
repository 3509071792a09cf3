"""候选项目 from a spreadsheet: all of them, or a list of every row that has to be put right.

    序号, 项目名称, 主要内容, 实施地点, 投资（万元）, 责任单位, 完成时限

Only 项目名称 must be there. The table may stand under a title line, its columns in any order and under any of
the usual names. Nothing is guessed and nothing is dropped: a column we do not know, a figure without its
unit, a date that may have been a month are asked about.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final, Literal

from msgspec import Struct

from voting.errors import TextError, VotingError
from voting.rounds import Candidate
from voting.rules import MOST_CANDIDATES
from voting.sheets import Cell, Row, Sheet, read_sheets
from voting.text import clean_line, clean_prose

Column = Literal["number", "title", "content", "place", "cost", "unit", "deadline"]

COLUMN_NAMES: Final[dict[Column, str]] = {
    "number": "序号",
    "title": "项目名称",
    "content": "主要内容",
    "place": "实施地点",
    "cost": "投资（万元）",
    "unit": "责任单位",
    "deadline": "完成时限",
}

_SYNONYMS: Final[dict[Column, str]] = {
    "number": "序号 编号 票面序号",
    "title": "项目名称 候选项目 候选项目名称 民生实事项目 项目 名称",
    "content": "主要内容 项目内容 建设内容 主要建设内容 实施内容 建设内容及规模 内容",
    "place": "实施地点 建设地点 项目地点 地点",
    "cost": "投资 投资额 总投资 总投资额 投资估算 估算投资 计划投资 投资金额 资金",
    "unit": "责任单位 牵头单位 责任(牵头)单位 责任部门 实施单位 承办单位",
    "deadline": "完成时限 完成时间 完成期限 计划完成时间 时限",
}
_COLUMN_OF: Final[dict[str, Column]] = {
    name: column for column, names in _SYNONYMS.items() for name in names.split()
}
_MONEY = re.compile(r"\((?:单位:)?(亿元|万元|元)\)$")
_PLAIN_NUMBER = re.compile(r"\d[\d,]*(\.\d+)?")


class RowProblem(Struct, frozen=True, kw_only=True):
    """What has to be put right in a row; `row` as the spreadsheet program numbers it."""

    row: int
    reason: str


class CandidatesError(VotingError):
    """A table that cannot be imported as it is. `problems` lists the rows, if rows are the trouble."""

    sentence = "候选项目表需要修改。没有导入任何项目。"

    def __init__(self, sentence: str, problems: tuple[RowProblem, ...] = ()) -> None:
        super().__init__(sentence)
        self.problems = problems


class _Header(Struct, frozen=True, kw_only=True):
    """Where each column stands, counted from 0, and the unit that the 投资 column's header names."""

    columns: dict[Column, int]
    money: str
    width: int


class _Entry(Struct, frozen=True, kw_only=True):
    """A row after reading: the number as it was given (None: no 序号), and the fields of the Candidate."""

    row: int
    number: int | None
    fields: dict[str, str]
    problems: tuple[str, ...]


def read_candidates(filename: str, raw: bytes) -> tuple[Candidate, ...]:
    """The candidates of an .xlsx or .csv, by 序号, or as they stand if there is none.

    Raises SheetError if the file, and CandidatesError if the table, cannot be imported.
    """
    header, rows = _find_table(read_sheets(filename, raw))
    if not rows:
        raise CandidatesError("表头下面没有候选项目。请每件项目填写一行。")
    if len(rows) > MOST_CANDIDATES:
        raise CandidatesError(f"表格中有{len(rows):,}行候选项目，最多{MOST_CANDIDATES}件。请减少后再导入。")
    entries = [_read_row(header, row) for row in rows]
    problems = tuple(sorted(_problems(entries), key=lambda problem: problem.row))
    if problems:
        raise CandidatesError(_sentence(problems), problems)
    numbered = [
        Candidate(number=entry.number or place, **entry.fields)
        for place, entry in enumerate(entries, start=1)
    ]
    return tuple(sorted(numbered, key=lambda candidate: candidate.number))


def template_csv() -> bytes:
    """A table to fill in: the header and one example, UTF-8 with BOM so that Excel shows Chinese."""
    example = (
        "1",
        "城区老旧小区加装电梯",
        "为20个老旧小区加装电梯60部",
        "城关街道、东城街道",
        "1800",
        "县住房和城乡建设局",
        "2026年12月底前",
    )
    lines = (",".join(COLUMN_NAMES.values()), ",".join(example))
    return "".join(f"{line}\r\n" for line in lines).encode("utf-8-sig")


def _sentence(problems: tuple[RowProblem, ...]) -> str:
    each = "".join(f"第{problem.row}行：{problem.reason}" for problem in problems)
    return f"表格中有{len(problems)}处需要修改，没有导入任何项目。{each}"


def _find_table(sheets: list[Sheet]) -> tuple[_Header, tuple[Row, ...]]:
    if not any(sheet.rows for sheet in sheets):
        raise CandidatesError("表格是空的。请填写候选项目后再导入。")
    found = [(sheet, place) for sheet in sheets if (place := _header_place(sheet)) is not None]
    if not found:
        raise CandidatesError("没有找到表头。请在候选项目上方加一行表头，其中要有“项目名称”。")
    if len(found) > 1:
        names = "、".join(f"“{sheet.name}”" for sheet, _ in found)
        raise CandidatesError(f"工作表{names}中都有候选项目。请只保留要导入的一张工作表。")
    sheet, place = found[0]
    return _read_header(sheet.rows[place]), sheet.rows[place + 1 :]


def _header_place(sheet: Sheet) -> int | None:
    places = (
        place
        for place, row in enumerate(sheet.rows)
        if any(_COLUMN_OF.get(_normal(cell.text)) == "title" for cell in row.cells)
    )
    return next(places, None)


def _normal(header: str) -> str:
    """投资（万元）, 投 资(万元) and 投资(万元)* are one header."""
    return re.sub(r"[\s*:]+$|\s", "", unicodedata.normalize("NFKC", header))


def _read_header(row: Row) -> _Header:
    columns: dict[Column, int] = {}
    money = ""
    for place, cell in enumerate(row.cells):
        if not cell.text.strip():
            continue
        column, unit = _column_of(cell.text)
        if column in columns:
            raise CandidatesError(f"表头中有两列都是“{COLUMN_NAMES[column]}”。请删去或者合并其中一列。")
        columns[column] = place
        money = unit or money
    return _Header(columns=columns, money=money, width=len(row.cells))


def _column_of(text: str) -> tuple[Column, str]:
    name = _normal(text)
    unit = _MONEY.search(name)
    column = _COLUMN_OF.get(name) or (_COLUMN_OF.get(name[: unit.start()]) if unit else None)
    if column is None or (unit and column != "cost"):
        known = "、".join(COLUMN_NAMES.values())
        raise CandidatesError(
            f"表头中有不认识的列“{text.strip()[:20]}”。可以有的列是：{known}。请改正列名或者删去这一列。"
        )
    return column, unit[1] if unit else ""


def _read_row(header: _Header, row: Row) -> _Entry:
    problems: list[str] = []
    fields: dict[str, str] = {}
    number: int | None = None
    for column, place in header.columns.items():
        cell = row.cells[place] if place < len(row.cells) else Cell()
        try:
            if column == "number":
                number = _number(cell.text)
            else:
                fields[column] = _field(column, cell, header.money)
        except TextError as error:
            problems.append(error.sentence)
    if surplus := _surplus(header, row):
        problems.append(surplus)
    return _Entry(row=row.number, number=number, fields=fields, problems=tuple(problems))


def _number(text: str) -> int | None:
    digits = unicodedata.normalize("NFKC", text).strip()
    if not digits:
        return None
    if not re.fullmatch(r"[0-9]{1,4}", digits):
        raise TextError(f"序号“{text.strip()[:20]}”不是1、2、3这样的整数。请改正。")
    return int(digits)


def _field(column: Column, cell: Cell, money: str) -> str:
    name = COLUMN_NAMES[column]
    if column == "title":
        return clean_line(cell.text, name)
    text = clean_prose(cell.text, name)
    if column == "cost" and _PLAIN_NUMBER.fullmatch(text):
        if not money:
            raise TextError(f"投资“{text}”没有写单位。请写成“{text}万元”，或者把表头改为“投资（万元）”。")
        return text + money
    if column == "deadline" and cell.first_of_month:
        month = text.removesuffix("1日")
        raise TextError(
            f"完成时限是日期格式，分不清是{month}还是{text}。"
            f"请把单元格格式改为“文本”后重新填写，例如“{month}底前”。"
        )
    return text


def _surplus(header: _Header, row: Row) -> str | None:
    named = set(header.columns.values())
    nameless = [p for p, cell in enumerate(row.cells) if p not in named and cell.text.strip()]
    if not nameless:
        return None
    if nameless[0] >= header.width:
        return "这一行比表头多出内容。如果内容里有英文逗号，请改用中文逗号。"
    return f"第{nameless[0] + 1}列没有表头，却有内容。请补上表头或者删去内容。"


def _problems(entries: list[_Entry]) -> Iterator[RowProblem]:
    for entry in entries:
        yield from (RowProblem(row=entry.row, reason=reason) for reason in entry.problems)
    if any(entry.number is not None for entry in entries):
        yield from _number_problems(entries)
    yield from _repeated_titles(entries)


def _number_problems(entries: list[_Entry]) -> Iterator[RowProblem]:
    """Numbers are what deputies see on the ballot: 1..N, each once."""
    first: dict[int, int] = {}
    for entry in entries:
        reason: str | None = None
        if entry.number is None:
            unread = any(problem.startswith("序号") for problem in entry.problems)
            reason = None if unread else "没有填写“序号”。请补上，或者删去整个“序号”列。"
        elif entry.number in first:
            reason = f"序号{entry.number}与第{first[entry.number]}行重复。请改正。"
        elif not 1 <= entry.number <= len(entries):
            reason = f"序号{entry.number}不对：共{len(entries)}件，应从1到{len(entries)}连续编号。请改正。"
        if entry.number is not None:
            first.setdefault(entry.number, entry.row)
        if reason:
            yield RowProblem(row=entry.row, reason=reason)


def _repeated_titles(entries: list[_Entry]) -> Iterator[RowProblem]:
    first: dict[str, int] = {}
    for entry in entries:
        title = entry.fields.get("title")
        if title is None:
            continue
        same = re.sub(r"\s", "", unicodedata.normalize("NFKC", title)).casefold()
        if same in first:
            yield RowProblem(
                row=entry.row, reason=f"项目名称与第{first[same]}行相同。请删去重复的项目或者改名。"
            )
        first.setdefault(same, entry.row)
