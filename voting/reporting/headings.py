"""政府办's own table: which row is the heading, what each column means, and what is not understood. Pure.

A heading is known by its words, in any order and with or without its measure, in one row or in two of which
the upper one groups columns. Rows above it are a title; other columns and sheets are left alone and named,
and so are totals and signatures below. What two columns could both mean is not guessed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import pairwise, zip_longest
from typing import Final, Literal, get_args

from msgspec import Struct
from msgspec.structs import replace

from voting.candidates import RowProblem
from voting.errors import VotingError
from voting.reporting.periods import Period, read_period_words
from voting.sheets import Cell, Row, Sheet

Field = Literal[
    "period",
    "number",
    "title",
    "place",
    "step",
    "percent",
    "spent",
    "text",
    "problems",
    "measures",
    "reason",
]
FIELDS: Final[tuple[Field, ...]] = get_args(Field)
COLUMNS: Final = (
    "报告期",
    "项目编号",
    "项目名称",
    "节点号",
    "节点名称",
    "完成百分比",
    "累计支出（万元）",
    "进展情况",
    "存在问题",
    "下一步措施",
    "减少或者更正的原因",
)
"""The template's, in the order of `FIELDS`."""
MEANINGS: Final[dict[Field, str]] = dict(zip(FIELDS, COLUMNS, strict=True))
_SYNONYMS: Final[dict[Field, str]] = {
    "period": "报告期 报告周期 期间 报送期 季度 月份",
    "number": "项目编号 编号 项目号 项目序号",
    "title": "项目名称 项目 名称 项目名 实事项目 民生实事 民生实事项目 民生实事项目名称 实事项目名称",
    "place": "节点号 节点序号 节点编号",
    "step": "节点名称 节点 里程碑 关键节点 工作节点 进度节点 阶段 实施阶段",
    "percent": "完成百分比 完成比例 完成率 进度 完成进度 形象进度 工程进度 节点进度 节点完成率",
    "spent": "累计支出 累计支付 累计支出资金 累计支付资金 累计完成投资 已支出 已支出资金 已支付资金 资金支出",
    "text": "进展情况 进展 工作进展 工作进展情况 目前进展 推进情况 进度情况 最新进展 完成情况",
    "problems": "存在问题 存在的问题 问题 困难和问题 问题和困难 存在的困难和问题 存在困难 问题困难",
    "measures": "下一步措施 措施 下一步 下一步工作 下一步工作计划 下一步计划 下一步打算 整改措施 解决措施",
    "reason": "减少或者更正的原因 更正原因 减少原因 更正或减少原因 减少或更正的原因",
}
_MEANT: Final[dict[str, Field]] = {
    words: field for field, said in _SYNONYMS.items() for words in said.split()
}
_HEADING: Final = re.compile(r"(.*?)[*:]*(?:\((.*)\))?[*:]*")
_PERCENT_SIGNS: Final = ("", "%", "百分比", "0-100")
_MONEY: Final[dict[str, int]] = {"元": 1, "万元": 10_000, "亿元": 100_000_000}
_NO_MEASURE: Final = "万元"
WAN: Final = _MONEY[_NO_MEASURE]
_MEASURE_ABOVE: Final = re.compile(r"单位:(元|万元|亿元)")
_PLANNED: Final = re.compile(r"计划|目标|预算|概算|应完成|上期|上年")
"""Of a group of columns: what it holds was not done in this period."""
_FIRST_ROWS: Final = 10
"""Above this a heading is looked for."""
_LEAST: Final = 3
"""So many columns make a heading."""
_NO_PROJECT: Final = re.compile(
    r"合计|总计|小计|(?:填表人|填报人|填报单位|审核人|制表人?|联系人|联系电话|备注|说明|注):.*"
)
_SEASON: Final = re.compile(
    r"(2[0-9]{3})年第?([1-4一二三四])季度|(2[0-9]{3})年0?([1-9]|1[0-2])月(?![0-9]+日)"
)


class ReportTableError(VotingError):
    """A table that cannot be imported as it is. `problems` lists the rows, if rows are the trouble;
    `understood` what was made of its columns, as far as it came to that.
    """

    sentence = "进度表需要修改。没有导入任何一个项目。"

    def __init__(
        self,
        sentence: str | None = None,
        problems: tuple[RowProblem, ...] = (),
        understood: Table | None = None,
    ) -> None:
        super().__init__(sentence)
        self.problems = problems
        self.understood = understood


class Heading(Struct, frozen=True, kw_only=True):
    """`field` None: not understood, and not used. `measure`: as it stands in brackets, here or above."""

    words: str
    field: Field | None
    measure: str = ""

    @property
    def meaning(self) -> str:
        return MEANINGS[self.field] if self.field else ""


class Table(Struct, frozen=True, kw_only=True):
    """`title` is what stands above the heading; `shares`: per cent are written as parts of one; `yuan`: how
    many 元 one is, in the column of money.
    """

    rows: tuple[Row, ...]
    places: Mapping[Field, int]
    headings: tuple[Heading, ...]
    title: str = ""
    left_out: tuple[Row, ...] = ()
    other_sheets: tuple[str, ...] = ()
    shares: bool = False
    yuan: int = WAN

    def text(self, row: Row, field: Field) -> str:
        """Empty where there is no such column."""
        at = self.places.get(field)
        return "" if at is None or at >= len(row.cells) else row.cells[at].text

    @property
    def unused(self) -> tuple[str, ...]:
        """Headings that were not understood."""
        return tuple(one.words for one in self.headings if one.field is None and one.words)


def understand(sheets: Sequence[Sheet]) -> Table:
    """The one table with a heading that is understood. Raises ReportTableError."""
    found = [(sheet, head) for sheet in sheets if (head := _head(sheet)) is not None]
    if len(found) > 1:
        names = "、".join(f"“{sheet.name}”" for sheet, _ in found)
        raise ReportTableError(f"文件里有{len(found)}张像进度表的表：{names}。请只留一张。")
    if not found:
        raise ReportTableError(
            "没有认出表头。表头里应当有项目名称（或者项目编号）、节点、完成百分比、累计支出等列；"
            "也可以下载模板，把内容填到模板里再导入。"
        )
    sheet, head = found[0]
    return _table(sheet, head, tuple(one.name for one in sheets if one is not sheet and one.rows))


def period_in(table: Table, asked: Period | None = None) -> Period:
    """Which period the table is about: as its column says, or its title, or as the page asked.

    Raises ReportTableError.
    """
    if "period" not in table.places:
        found = _period(table.title) or asked
        if found is None:
            raise ReportTableError(
                "没有认出是哪一期的进度。请在标题或者“报告期”一列写明，例如 2027年第1季度。"
            )
        return found
    said = [(row, _period(table.text(row, "period"))) for row in table.rows]
    periods = {one for _, one in said}
    if len(periods) == 1 and (only := periods.pop()) is not None:
        return only
    odd = tuple(
        RowProblem(
            row=row.number,
            reason=f"报告期“{table.text(row, 'period')[:20]}”认不出，或者与其他行不同。",
        )
        for row, _ in said
    )
    raise ReportTableError("每一行的“报告期”应相同，照模板里的写法，例如 2027年第1季度。没有导入。", odd[:50])


def plain(text: str) -> str:
    """Without blanks, and full-width characters as narrow ones."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def meant(heading: str) -> Field | None:
    """What a heading says; None if nobody can tell, or in a measure we do not know."""
    return _heading(heading).field


class _Head(Struct, frozen=True, kw_only=True):
    """Where the heading begins, and over how many rows."""

    at: int
    rows: int
    headings: tuple[Heading, ...]

    @property
    def says(self) -> int:
        return len({one.field for one in self.headings} - {None})


def _head(sheet: Sheet) -> _Head | None:
    """The first of those that say most, near the top; two rows only where they say more than each alone."""
    top = sheet.rows[: _FIRST_ROWS + 1]
    single = [
        _Head(at=at, rows=1, headings=tuple(_heading(cell.text) for cell in row.cells))
        for at, row in enumerate(top[:_FIRST_ROWS])
    ]
    double = [_Head(at=at, rows=2, headings=_joined(*two)) for at, two in enumerate(pairwise(top))]
    best = max([*single, *double], key=lambda one: one.says, default=None)
    return best if best is not None and best.says >= _LEAST else None


def _heading(text: str, above: str = "") -> Heading:
    """`above`: of the group of columns it belongs to, whose measure is also its own."""
    words, measure = _split(text)
    group, shared = _split(above)
    whole = " ".join(one for one in (above.strip(), text.strip()) if one)
    field = None if _PLANNED.search(group) else _field(words, measure or shared)
    field = field or (_field(group + words, measure or shared) if group else None)
    return Heading(words=whole, field=field, measure=(measure or shared).removeprefix("单位:"))


def _split(heading: str) -> tuple[str, str]:
    """The words, and the measure in brackets behind them."""
    found = _HEADING.fullmatch(plain(heading))
    words, measure = (found[1], found[2] or "") if found else ("", "")
    return (words[:-1], "%") if words.endswith("%") else (words, measure)


def _field(words: str, measure: str) -> Field | None:
    if words == "完成情况" and measure == "%":
        return "percent"
    field = _MEANT.get(words)
    if field == "percent" and measure not in _PERCENT_SIGNS:
        return None
    known = not measure or measure.removeprefix("单位:") in _MONEY
    return None if field == "spent" and not known else field


def _joined(upper: Row, lower: Row) -> tuple[Heading, ...]:
    """Column by column: a group stands over the first of its columns, and the others have nothing there."""
    group, made = "", []
    for cells in zip_longest(upper.cells, lower.cells, fillvalue=Cell("")):
        above, below = (cell.text for cell in cells)
        if above.strip() or not below.strip():
            group = above if below.strip() else ""
        made.append(_heading(below, group) if below.strip() else _heading(above))
    return tuple(made)


def _table(sheet: Sheet, head: _Head, others: tuple[str, ...]) -> Table:
    places: dict[Field, int] = {}
    for place, one in enumerate(head.headings):
        if one.field is not None:
            places.setdefault(one.field, place)
    below = sheet.rows[head.at + head.rows :]
    left_out = tuple(row for row in below if _says_no_project(row))
    above = [cell.text for row in sheet.rows[: head.at] for cell in row.cells if cell.text.strip()]
    made = Table(
        rows=tuple(row for row in below if row not in left_out),
        places=places,
        headings=head.headings,
        title="\n".join(above),
        left_out=left_out,
        other_sheets=others,
        yuan=_money_of(head.headings, above),
    )
    _demand_columns(made)
    return _with_shares(made)


def _demand_columns(table: Table) -> None:
    """All that is missing or said twice, at once. Raises ReportTableError."""
    fields = [one.field for one in table.headings if one.field is not None]
    wrong = [
        f"{'、'.join(f'“{one.words}”' for one in table.headings if one.field == field)}"
        f"都像是“{MEANINGS[field]}”，请只留一列"
        for field in dict.fromkeys(fields)
        if fields.count(field) > 1
    ]
    groups: tuple[tuple[Field, ...], ...] = (
        ("title", "number"),
        ("percent",),
        ("spent",),
        ("text",),
    )
    lost = [some for some in groups if not {*some} & {*fields}]
    missing = ["或者".join(f"“{MEANINGS[one]}”" for one in some) for some in lost]
    if missing:
        wrong.append(f"没有认出{'、'.join(missing)}")
    if not table.rows:
        wrong.append("表头下面没有内容")
    if wrong:
        raise ReportTableError(f"{'；'.join(wrong)}。改好后再导入，没有导入任何一个项目。", understood=table)


def _says_no_project(row: Row) -> bool:
    said = [plain(cell.text) for cell in row.cells if cell.text.strip()]
    return bool(said) and _NO_PROJECT.fullmatch(said[0]) is not None


def _money_of(headings: Sequence[Heading], above: Sequence[str]) -> int:
    """Where the heading names no measure, the title may: 单位：亿元. Raises ReportTableError."""
    own = next((one.measure for one in headings if one.field == "spent"), "")
    titled = {one for words in above for one in _MEASURE_ABOVE.findall(plain(words))}
    if not own and len(titled) > 1:
        raise ReportTableError(
            "标题里写了不止一种金额单位。请在“累计支出”的表头里写明，例如 累计支出（万元）。"
        )
    return _MONEY[own or (titled.pop() if titled else _NO_MEASURE)]


def _with_shares(table: Table) -> Table:
    """Excel keeps 80% as 0.8: where every value is at most 1 and one of them lies between, all are parts."""
    typed = [plain(table.text(row, "percent")) for row in table.rows]
    numbers = [one for one in typed if one]
    shares = all(re.fullmatch(r"0|1|[01]?\.[0-9]{1,15}|1\.0+", one) for one in numbers)
    between = any(re.fullmatch(r"0?\.[0-9]*[1-9][0-9]*", one) for one in numbers)
    return replace(table, shares=shares and between)


def _period(words: str) -> Period | None:
    """The only one that the words name; None if there is none, or several."""
    found = {
        read_period_words(f"{one[1]}年第{_digit(one[2])}季度" if one[1] else f"{one[3]}年{one[4]}月")
        for one in _SEASON.finditer(plain(words))
    }
    return found.pop() if len(found) == 1 else None


def _digit(words: str) -> str:
    return words.translate(str.maketrans("一二三四", "1234"))
