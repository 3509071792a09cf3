"""政府办's own table of a period: a row for each milestone; read whole, or not at all. Pure.

What is said of the project as a whole (money, texts) stands in the first of its rows. A project whose rows
are all left empty is left out.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final

from msgspec import Struct

from voting.candidates import RowProblem
from voting.delivering.projects import Milestone, Project, yuan
from voting.errors import VotingError
from voting.reporting.periods import Period, read_period_words
from voting.reporting.reports import Content
from voting.screening.plans import PlanError, read_amount
from voting.sheets import Row, Sheet

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
_PERIOD, _NUMBER, _TITLE, _PLACE, _STEP, _PERCENT, _SPENT, _TEXT, _PROBLEMS, _MEASURES, _REASON = range(11)
_OF_PROJECT: Final = {
    _SPENT: "spent",
    _TEXT: "text",
    _PROBLEMS: "problems",
    _MEASURES: "measures",
    _REASON: "reason",
}
_SAID: Final = (_PERCENT, *_OF_PROJECT)
_PERCENT_FORM: Final = re.compile(r"([0-9]{1,3})(?:\.0+)?%?")


class ReportTableError(VotingError):
    """A table that cannot be imported as it is. `problems` lists the rows, if rows are the trouble."""

    sentence = "进度表需要修改。没有导入任何一个项目。"

    def __init__(self, sentence: str | None = None, problems: tuple[RowProblem, ...] = ()) -> None:
        super().__init__(sentence)
        self.problems = problems


class Line(Struct, frozen=True, kw_only=True):
    """One project of the table, from row `row` on."""

    row: int
    project: Project
    content: Content


class Read(Struct, frozen=True, kw_only=True):
    """A whole table."""

    period: Period
    lines: tuple[Line, ...]


class _Problems:
    """Collects what is wrong, row by row."""

    def __init__(self) -> None:
        self.found: list[RowProblem] = []

    def add(self, row: Row, reason: str) -> None:
        self.found.append(RowProblem(row=row.number, reason=reason))


def period_in(sheets: Sequence[Sheet]) -> Period:
    """Which period the table is about. Raises ReportTableError."""
    rows = _rows(sheets)
    names = {_plain(_text(row, _PERIOD)) for row in rows}
    periods = {name: read_period_words(name) for name in names}
    if len(periods) == 1:
        (period,) = periods.values()
        if period is not None:
            return period
    odd = tuple(
        RowProblem(row=row.number, reason=f"报告期“{_text(row, _PERIOD)[:20]}”认不出，或者与其他行不同。")
        for row in rows
        if periods[_plain(_text(row, _PERIOD))] is None or len(periods) > 1
    )
    raise ReportTableError("每一行的“报告期”应相同，照模板里的写法，例如 2027年第1季度。没有导入。", odd[:50])


def read_table(
    sheets: Sequence[Sheet],
    period: Period,
    projects: Sequence[Project],
    milestones: Mapping[str, Sequence[Milestone]],
) -> Read:
    """Every project of which something is said. Raises ReportTableError with all rows that are wrong."""
    problems = _Problems()
    grouped = _by_project(_rows(sheets), projects, problems)
    lines = []
    for project, rows in grouped:
        if any(_text(row, at).strip() for row in rows for at in _SAID):
            lines.append(_line(project, rows, milestones.get(project.id, ()), problems))
    refuse(problems.found)
    if not lines:
        raise ReportTableError("表里没有填写任何一个项目的进度。请填写后再导入。")
    return Read(period=period, lines=tuple(lines))


def refuse(problems: Sequence[RowProblem]) -> None:
    """Raises ReportTableError if there are any."""
    if problems:
        ordered = tuple(sorted(problems, key=lambda one: one.row))
        raise ReportTableError(
            f"表中有{len(ordered)}处需要修改，没有导入任何一个项目。改好后再导入一次。", ordered
        )


def _rows(sheets: Sequence[Sheet]) -> tuple[Row, ...]:
    tables = [sheet for sheet in sheets if sheet.rows]
    if len(tables) != 1:
        raise ReportTableError("文件里应当只有一张填好的表。请只留进度表。")
    rows = tables[0].rows
    head = [_plain(cell.text) for cell in rows[0].cells]
    if head[: len(COLUMNS)] != [_plain(name) for name in COLUMNS]:
        raise ReportTableError("表头与模板不同。请下载模板，把内容填到模板里再导入。")
    if not rows[1:]:
        raise ReportTableError("表头下面没有内容。请填写后再导入。")
    return rows[1:]


def _by_project(
    rows: Sequence[Row], projects: Sequence[Project], problems: _Problems
) -> list[tuple[Project, list[Row]]]:
    known = {_plain(one.label): one for one in projects}
    found: dict[str, tuple[Project, list[Row]]] = {}
    for row in rows:
        project = known.get(_plain(_text(row, _NUMBER)))
        if project is None:
            typed = _text(row, _NUMBER).strip()[:20]
            problems.add(row, f"项目编号“{typed}”不在要报告的项目里。请照模板里的写法。")
            continue
        if _plain(_text(row, _TITLE)) != _plain(project.title):
            problems.add(row, f"{project.label}的名称是“{project.title}”，表里写的不同。请核对编号。")
            continue
        found.setdefault(project.id, (project, []))[1].append(row)
    return list(found.values())


def _line(project: Project, rows: Sequence[Row], steps: Sequence[Milestone], problems: _Problems) -> Line:
    percents: dict[str, int] = {}
    by_place = {str(one.place): one for one in steps}
    for row in rows:
        one = by_place.get(_plain(_text(row, _PLACE)))
        if one is None or _plain(_text(row, _STEP)) != _plain(one.title):
            problems.add(row, f"“{project.title}”没有这个节点。请照模板里的节点号和节点名称。")
        elif one.id in percents:
            problems.add(row, f"节点“{one.title}”写了两次。请删去一行。")
        else:
            percents[one.id] = _percent(row, one, problems)
    for one in steps:
        if one.id not in percents:
            problems.add(rows[0], f"“{project.title}”缺少节点“{one.title}”的一行。请从模板补上。")
    for row in rows[1:]:
        if any(_text(row, at).strip() for at in _OF_PROJECT):
            problems.add(row, "支出、进展情况等写在这个项目的第一行。请移到第一行。")
    texts = {name: _text(rows[0], at) for at, name in _OF_PROJECT.items() if name != "spent"}
    content = Content(percents=percents, spent=_spent(rows[0], problems), **texts)
    return Line(row=rows[0].number, project=project, content=content)


def _percent(row: Row, one: Milestone, problems: _Problems) -> int:
    typed = _plain(_text(row, _PERCENT))
    found = _PERCENT_FORM.fullmatch(typed)
    if found is None or int(found[1]) > 100:
        said = f"现在是“{typed[:20]}”" if typed else "现在是空的"
        problems.add(row, f"“{one.title}”的完成百分比应是0至100的整数，{said}。")
        return 0
    return int(found[1])


def _spent(row: Row, problems: _Problems) -> int:
    try:
        return yuan(read_amount(_text(row, _SPENT), "累计支出（万元）"))
    except PlanError as error:
        problems.add(row, error.sentence)
        return 0


def _text(row: Row, at: int) -> str:
    return row.cells[at].text if at < len(row.cells) else ""


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
