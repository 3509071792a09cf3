"""满意度测评 of years before the service came: read from the office's table, compared with ours. Pure.

Each row is a project of a responsible unit; each level has a column of its own, with the usual names, and
what came back stands beside them. A row whose figures do not add up to the ballots returned is refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final

from msgspec import Struct

from voting.errors import TextError, VotingError
from voting.grading import ABSTAIN, UNKNOWN
from voting.ledger import rate
from voting.open_data import table_csv
from voting.screening.drafts import EARLIEST_YEAR, LATEST_YEAR
from voting.sheets import Row, Sheet, read_sheets
from voting.text import Line, clean_line

LEVELS: Final = (
    "非常满意",
    "很满意",
    "满意",
    "比较满意",
    "较满意",
    "基本满意",
    "一般",
    "不太满意",
    "较不满意",
    "不满意",
    "很不满意",
    "非常不满意",
)
"""Names of levels that were met, from the best (domain.md §2.1)."""
FAVOURABLE: Final = frozenset(LEVELS[:6])
"""They make up the 总体满意率."""
MOST_ROWS: Final = 500
MOST_BALLOTS: Final = 3_000
_YEAR, _PROJECT, _UNIT, _RETURNED, _INVALID = "年度", "项目", "责任单位", "收回", "无效"
_NEEDED: Final = (_YEAR, _PROJECT, _RETURNED)
_NAMES: Final[dict[str, str]] = {
    "年份": _YEAR,
    "项目名称": _PROJECT,
    "测评项目": _PROJECT,
    "单位": _UNIT,
    "牵头单位": _UNIT,
    "承办单位": _UNIT,
    "实施单位": _UNIT,
    "收回票": _RETURNED,
    "收回票数": _RETURNED,
    "收回测评票": _RETURNED,
    "无效票": _INVALID,
    "无效票数": _INVALID,
    "序号": "",
    **{one: one for one in (_YEAR, _PROJECT, _UNIT, _RETURNED, _INVALID, UNKNOWN, ABSTAIN, *LEVELS)},
    **{f"{one}票": one for one in (UNKNOWN, ABSTAIN, *LEVELS)},
    **{f"{one}票数": one for one in (UNKNOWN, ABSTAIN, *LEVELS)},
}
"""Usual headings; an empty name: a column that says nothing."""


class RowFault(Struct, frozen=True, kw_only=True):
    """What has to be put right in a row, `row` as the spreadsheet program numbers it."""

    row: int
    reason: str


class EarlierError(VotingError):
    """A table of earlier results that cannot be imported as it is; `faults` names the rows."""

    sentence = "表格需要修改。没有导入任何内容。"

    def __init__(self, sentence: str, faults: tuple[RowFault, ...] = ()) -> None:
        super().__init__(sentence)
        self.faults = faults


class EarlierRow(Struct, frozen=True, kw_only=True):
    """One line of the table. `figures`: (level, ballots) in the order of the table's columns."""

    row: int
    year: int
    project: Line
    unit: str
    returned: int
    invalid: int
    figures: tuple[tuple[str, int], ...]


class EarlierScore(Struct, frozen=True, kw_only=True):
    """A result as it is kept; the rates are those that are published (domain.md §2.3): of valid ballots."""

    id: str
    congress: str
    year: int
    place: int
    project: Line
    unit: str
    returned: int
    invalid: int
    figures: tuple[tuple[str, int], ...]
    by: str
    at: datetime

    @property
    def valid(self) -> int:
        return self.returned - self.invalid

    @property
    def satisfied(self) -> str:
        """满意率: the best level that the table has, e.g. 97.7%."""
        levels = [count for name, count in sorted(self.figures, key=_rank) if name in LEVELS]
        return rate(levels[0] if levels else 0, self.valid)

    @property
    def overall(self) -> str:
        """总体满意率."""
        return rate(sum(count for name, count in self.figures if name in FAVOURABLE), self.valid)

    @property
    def overall_tenths(self) -> int:
        """The same in tenths of a per cent; 0 if no ballot is valid."""
        part = sum(count for name, count in self.figures if name in FAVOURABLE)
        return (2000 * part + self.valid) // (2 * self.valid) if self.valid else 0


def read_scores(filename: str, raw: bytes) -> tuple[EarlierRow, ...]:
    """Every row, or all that have to be put right at once. Raises SheetError or EarlierError."""
    columns, rows = _find(read_sheets(filename, raw))
    if not rows:
        raise EarlierError("表头下面没有内容。请每个项目填写一行。")
    if len(rows) > MOST_ROWS:
        raise EarlierError(f"表格太长：有{len(rows):,}行，一次最多{MOST_ROWS}行。没有导入任何内容。")
    faults: list[RowFault] = []
    read: list[EarlierRow] = []
    for row in rows:
        try:
            read.append(_row(columns, row))
        except TextError as error:
            faults.append(RowFault(row=row.number, reason=error.sentence))
    faults += repeated(read)
    if faults:
        raise refusal(faults)
    return tuple(read)


def refusal(faults: Iterable[RowFault]) -> EarlierError:
    """One sentence for all of them, in the order of the rows."""
    ordered = tuple(sorted(faults, key=lambda one: one.row))
    return EarlierError(f"表格中有{len(ordered)}行需要修改，没有导入任何内容。", ordered)


def repeated(rows: Sequence[EarlierRow]) -> list[RowFault]:
    """Rows on the same project, unit and year as an earlier row."""
    first: dict[tuple[int, str, str], int] = {}
    faults = []
    for one in rows:
        key = (one.year, one.project, one.unit)
        if key in first:
            reason = f"“{one.project}”{one.year}年与第{first[key]}行重复。请删去一行。"
            faults.append(RowFault(row=one.row, reason=reason))
        first.setdefault(key, one.row)
    return faults


def template_csv() -> bytes:
    """A table to fill in, with an example that adds up."""
    head = (_YEAR, _PROJECT, _UNIT, "满意", "基本满意", "不满意", ABSTAIN, _INVALID, _RETURNED)
    return table_csv(head, [(2025, "农村公路提升改造", "县交通运输局", 152, 30, 5, 3, 0, 190)])


def _find(sheets: Sequence[Sheet]) -> tuple[dict[int, str], tuple[Row, ...]]:
    for sheet in sheets:
        for at, row in enumerate(sheet.rows):
            names = [_NAMES.get(_normal(cell.text)) for cell in row.cells]
            if all(needed in names for needed in _NEEDED):
                return _columns(row), sheet.rows[at + 1 :]
    needed = "、".join(f"“{one}”" for one in _NEEDED)
    raise EarlierError(f"没有找到表头。请加一行表头，其中要有{needed}和各等次的票数。")


def _columns(row: Row) -> dict[int, str]:
    columns: dict[int, str] = {}
    for at, cell in enumerate(row.cells):
        if not cell.text.strip():
            continue
        name = _NAMES.get(_normal(cell.text))
        if name is None:
            raise EarlierError(
                f"表头中有不认识的列“{cell.text.strip()[:20]}”。可以有的列是：{_YEAR}、{_PROJECT}、{_UNIT}、"
                f"{_RETURNED}、{_INVALID}，以及各等次，例如满意、基本满意、不满意、{UNKNOWN}、{ABSTAIN}。"
            )
        if name and name in columns.values():
            raise EarlierError(f"表头中有两列都是“{name}”。请删去或者合并其中一列。")
        columns[at] = name
    if sum(one in LEVELS for one in columns.values()) < 2:
        raise EarlierError("表头中至少要有两个等次，例如“满意”和“不满意”。请补上各等次的票数。")
    return columns


def _normal(heading: str) -> str:
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", heading))
    return re.sub(r"\([票张人]\)$", "", plain)


def _row(columns: dict[int, str], row: Row) -> EarlierRow:
    """Raises TextError, with the first thing that is wrong in it."""
    cells = {name: row.cells[at].text if at < len(row.cells) else "" for at, name in columns.items() if name}
    year = _number(cells[_YEAR].removesuffix("年"), _YEAR)
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise TextError(f"年度应在{EARLIEST_YEAR}至{LATEST_YEAR}之间，现在是{year}。请改正。")
    unit = cells.get(_UNIT, "")
    levels = [name for name in columns.values() if name in {*LEVELS, UNKNOWN, ABSTAIN}]
    found = EarlierRow(
        row=row.number,
        year=year,
        project=clean_line(cells[_PROJECT], _PROJECT),
        unit=clean_line(unit, _UNIT) if unit.strip() else "",
        returned=_number(cells[_RETURNED], _RETURNED),
        invalid=_number(cells.get(_INVALID, "") or "0", _INVALID),
        figures=tuple((name, _number(cells[name] or "0", name)) for name in levels),
    )
    _check_sum(found)
    return found


def _check_sum(row: EarlierRow) -> None:
    """Raises TextError unless the levels and the invalid ballots make up what came back."""
    if row.returned == 0:
        raise TextError(f"“{row.project}”收回0张票，没有结果。请核对或者删去这一行。")
    counted = sum(count for _, count in row.figures) + row.invalid
    if counted != row.returned:
        listed = "、".join(f"{name}{count}票" for name, count in row.figures)
        invalid = f"、无效{row.invalid}票" if row.invalid else ""
        raise TextError(
            f"“{row.project}”{listed}{invalid}，合计{counted}票，与收回的{row.returned}票不符。请核对。"
        )


def _number(text: str, name: str) -> int:
    digits = unicodedata.normalize("NFKC", text).replace(",", "").strip().removesuffix("票")
    if not re.fullmatch(r"[0-9]{1,6}", digits):
        said = f"“{text.strip()[:20]}”不是整数" if text.strip() else "没有填写"
        raise TextError(f"“{name}”{said}。请填写数字。")
    if name != _YEAR and int(digits) > MOST_BALLOTS:
        raise TextError(f"“{name}”是{int(digits):,}，多于{MOST_BALLOTS:,}。请核对。")
    return int(digits)


def _rank(figure: tuple[str, int]) -> int:
    name = figure[0]
    return LEVELS.index(name) if name in LEVELS else len(LEVELS)
