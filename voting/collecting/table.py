"""Suggestions from a spreadsheet: all of them, or a list of every row that has to be put right. Pure.

    标题, 内容, 类别, 村社, 具体地点, 来源, 性质, 姓名, 电话, 收到日期

标题, 内容 and 来源 must be there. Nothing is guessed: a village that two towns have, a category that is
not on the list, a date that is none are asked about. The model is `voting.candidates`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final, Literal

from msgspec import Struct

from voting.candidates import RowProblem
from voting.collecting.entry import Entry, EntryError, clean_optional, clean_phone, clean_text
from voting.errors import TextError, VotingError
from voting.people import Category, Village
from voting.sheets import Row, Sheet, SheetError, read_sheets
from voting.suggestions import KIND_NAMES, SOURCE_NAMES, Kind, Source
from voting.text import clean_line

Column = Literal[
    "title", "text", "category", "village", "spot", "source", "kind", "proposer", "phone", "received"
]
COLUMN_NAMES: Final[dict[Column, str]] = {
    "title": "标题",
    "text": "内容",
    "category": "类别",
    "village": "村社",
    "spot": "具体地点",
    "source": "来源",
    "kind": "性质",
    "proposer": "姓名",
    "phone": "电话",
    "received": "收到日期",
}
MOST_ROWS: Final = 1_990
"""The reader stops at row 2,000 of a sheet; a longer table must not lose its end unnoticed."""

_SYNONYMS: Final[dict[Column, str]] = {
    "title": "标题 意见标题 建议标题 名称",
    "text": "内容 意见内容 建议内容 具体内容 现状和诉求 诉求",
    "category": "类别 建议类别 分类",
    "village": "村社 村 社区 村、社区 村(社区) 所在村社 地点",
    "spot": "具体地点 详细地点",
    "source": "来源 意见来源",
    "kind": "性质 类型",
    "proposer": "姓名 提出人 反映人",
    "phone": "电话 联系电话 手机 手机号 手机号码",
    "received": "收到日期 日期 收件日期 登记日期 反映日期",
}
_COLUMN_OF: Final = {name: column for column, names in _SYNONYMS.items() for name in names.split()}
_REQUIRED: Final[tuple[Column, ...]] = ("title", "text", "source")
_DAY = re.compile(r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})日?(?: 0?0:00(?::00)?)?")
_KINDS: Final[dict[str, Kind]] = {
    words: kind for kind, words in KIND_NAMES.items() if kind in {"clue", "opinion", "proposal"}
}
_SOURCES: Final[dict[str, Source]] = {words: source for source, words in SOURCE_NAMES.items()}


class TableError(VotingError):
    """A table that cannot be imported as it is. `problems` lists the rows, if rows are the trouble."""

    sentence = "意见建议表需要修改。没有导入任何一件。"

    def __init__(self, sentence: str | None = None, problems: tuple[RowProblem, ...] = ()) -> None:
        super().__init__(sentence)
        self.problems = problems


class Line(Struct, frozen=True, kw_only=True):
    """A row as it will be registered. `kind` None: whatever it is on its day; `day` None: today."""

    row: int
    entry: Entry
    source: Source
    kind: Kind | None
    day: date | None


class Lists(Struct, frozen=True, kw_only=True):
    """What the congress has, to look names up in."""

    categories: tuple[Category, ...]
    villages: tuple[Village, ...]
    today: date


def read_table(filename: str, raw: bytes, lists: Lists) -> tuple[Line, ...]:
    """The rows, in the order of the file. Raises SheetError, or TableError with every row that is wrong."""
    try:
        sheets = read_sheets(filename, raw)
    except SheetError as error:
        raise SheetError(error.sentence.replace("候选项目", "意见建议")) from None
    columns, rows = _find_table(sheets)
    if not rows:
        raise TableError("表头下面没有内容。请每件意见填写一行。")
    if len(rows) > MOST_ROWS:
        raise TableError(f"表格中有{len(rows):,}行，一次最多导入{MOST_ROWS:,}件。请分成几份。")
    lines: list[Line] = []
    problems: list[RowProblem] = []
    for row in rows:
        line, wrong = _read_row(columns, row, lists)
        problems += [RowProblem(row=row.number, reason=reason) for reason in wrong]
        lines += [] if line is None else [line]
    if problems:
        raise TableError(
            f"表格中有{len(problems)}处需要修改，没有导入任何一件。改好后再导入一次。", tuple(problems)
        )
    return tuple(lines)


def template_csv() -> bytes:
    """The header and one example, UTF-8 with BOM so that Excel shows Chinese."""
    example = (
        "村口没有路灯,晚上看不见路，老人不敢出门，希望装几盏路灯。,,,村口小卖部旁,群众,,周大爷,,2026-09-25"
    )
    header = ",".join(COLUMN_NAMES.values())
    return f"{header}\r\n{example}\r\n".encode("utf-8-sig")


def _find_table(sheets: Iterable[Sheet]) -> tuple[dict[Column, int], tuple[Row, ...]]:
    found = [(sheet, place) for sheet in sheets for place in _header_places(sheet)[:1]]
    if not found:
        raise TableError("没有找到表头。请在内容上方加一行表头，其中要有“标题”“内容”“来源”。")
    if len(found) > 1:
        names = "、".join(f"“{sheet.name}”" for sheet, _ in found)
        raise TableError(f"工作表{names}中都有内容。请只保留要导入的一张工作表。")
    sheet, place = found[0]
    return _read_header(sheet.rows[place]), sheet.rows[place + 1 :]


def _header_places(sheet: Sheet) -> list[int]:
    return [
        place
        for place, row in enumerate(sheet.rows)
        if {"title", "text"} <= {_COLUMN_OF.get(_normal(cell.text)) for cell in row.cells}
    ]


def _normal(text: str) -> str:
    return re.sub(r"[\s*:]", "", unicodedata.normalize("NFKC", text))


def _read_header(row: Row) -> dict[Column, int]:
    columns: dict[Column, int] = {}
    for place, cell in enumerate(row.cells):
        name = _normal(cell.text)
        if not name or name == "序号":
            continue
        column = _COLUMN_OF.get(name)
        if column is None:
            known = "、".join(COLUMN_NAMES.values())
            raise TableError(
                f"表头中有不认识的列“{cell.text.strip()[:20]}”。可以有的列是：{known}。请改正或者删去这一列。"
            )
        if column in columns:
            raise TableError(f"表头中有两列都是“{COLUMN_NAMES[column]}”。请删去其中一列。")
        columns[column] = place
    missing = "、".join(f"“{COLUMN_NAMES[one]}”" for one in _REQUIRED if one not in columns)
    if missing:
        raise TableError(f"表头中没有{missing}。请补上这一列。")
    return columns


def _read_row(columns: Mapping[Column, int], row: Row, lists: Lists) -> tuple[Line | None, list[str]]:
    """The line, or None and what is wrong with it: all of it, not only the first."""
    wrong: list[str] = []

    def cell(column: Column) -> str:
        place = columns.get(column, len(row.cells))
        return row.cells[place].text if place < len(row.cells) else ""

    def read(column: Column, reader: Callable[[str], str]) -> str:
        try:
            return reader(cell(column))
        except VotingError as error:
            wrong.append(error.sentence)
            return ""

    entry = Entry(
        title=read("title", lambda text: clean_line(text, "标题")),
        text=read("text", clean_text),
        category=read("category", lambda text: _category(text, lists)) or None,
        village=read("village", lambda text: _village(text, lists)) or None,
        spot=read("spot", lambda text: clean_optional(text, "具体地点")),
        proposer=read("proposer", lambda text: clean_optional(text, "姓名")),
        phone=read("phone", clean_phone),
    )
    source = read("source", _source)
    kind = read("kind", _kind)
    day = read("received", lambda text: _day(text, lists.today))
    if wrong:
        return None, wrong
    line = Line(
        row=row.number,
        entry=entry,
        source=_SOURCES[source],
        kind=_KINDS[kind] if kind else None,
        day=date.fromisoformat(day) if day else None,
    )
    return line, []


def _category(text: str, lists: Lists) -> str:
    name = _normal(text)
    found = [one.id for one in lists.categories if _normal(one.name) == name]
    if name and not found:
        raise EntryError(f"类别“{text.strip()[:20]}”不在本级类别表中。请改正，或者先在设置里加上。")
    return found[0] if name else ""


def _village(text: str, lists: Lists) -> str:
    name = _normal(text).replace("/", "")
    if not name:
        return ""
    found = [one.id for one in lists.villages if name in {_normal(one.name), _normal(one.town + one.name)}]
    if len(found) > 1:
        raise EntryError(f"有{len(found)}个乡镇都有“{text.strip()[:20]}”。请写成乡镇名加村名。")
    if not found:
        raise EntryError(f"村社“{text.strip()[:20]}”不在本级名单中。请改正，或者写到“具体地点”一列。")
    return found[0]


def _source(text: str) -> str:
    name = _normal(text)
    if name not in _SOURCES:
        raise EntryError(f"来源“{text.strip()[:20]}”不对。请填写：{'、'.join(_SOURCES)}。")
    return name


def _kind(text: str) -> str:
    name = _normal(text)
    if name and name not in _KINDS:
        raise EntryError(f"性质“{text.strip()[:20]}”不对。可以填写：{'、'.join(_KINDS)}，或者空着。")
    return name


def _day(text: str, today: date) -> str:
    typed = unicodedata.normalize("NFKC", text).strip()
    if not typed:
        return ""
    found = _DAY.fullmatch(typed)
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        day = None
    if day is None:
        raise TextError(f"收到日期“{typed[:20]}”写法不对。请写成 2026-09-25 或者 2026年9月25日。")
    if not 0 <= (today - day).days <= 3660:
        raise TextError(f"收到日期“{typed[:20]}”还没有到，或者太早。请核对。")
    return day.isoformat()
