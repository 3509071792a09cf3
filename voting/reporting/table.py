"""政府办's own table of a period: a row for each milestone; read whole, or not at all. Pure.

What is said of the project as a whole (money, texts) stands in the first of its rows. A project whose rows
are all left empty is left out. Which column is which, `headings` has found out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final

from msgspec import Struct

from voting.candidates import RowProblem
from voting.delivering.projects import Milestone, Project, yuan
from voting.reporting.headings import WAN, Field, ReportTableError, Table, plain
from voting.reporting.periods import Period
from voting.reporting.reports import Content
from voting.screening.plans import PlanError, read_amount
from voting.sheets import Row

_OF_PROJECT: Final[tuple[Field, ...]] = ("spent", "text", "problems", "measures", "reason")
_SAID: Final[tuple[Field, ...]] = ("percent", *_OF_PROJECT)
_PERCENT_FORM: Final = re.compile(r"([0-9]{1,3})(?:\.0+)?%?")
_SHARE_FORM: Final = re.compile(r"(?:0?\.[0-9]{1,15}|[01](?:\.0+)?)")
_MONEY_FORM: Final = re.compile(r"(?:[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3})(?:\.[0-9]{1,16})?")
_MOST_YUAN: Final = 10**12


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


def read_table(
    table: Table,
    period: Period,
    projects: Sequence[Project],
    milestones: Mapping[str, Sequence[Milestone]],
) -> Read:
    """Every project of which something is said. Raises ReportTableError with all rows that are wrong."""
    problems = _Problems()
    grouped = _by_project(table, projects, problems)
    lines = []
    for project, rows in grouped:
        if any(table.text(row, field).strip() for row in rows for field in _SAID):
            lines.append(_line(table, project, rows, milestones.get(project.id, ()), problems))
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


def _by_project(
    table: Table, projects: Sequence[Project], problems: _Problems
) -> list[tuple[Project, list[Row]]]:
    """A row that names no project belongs to the one above it: its cells were merged."""
    found: dict[str, tuple[Project, list[Row]]] = {}
    project: Project | None = None
    for place, row in enumerate(table.rows):
        if not place or plain(table.text(row, "number")) or plain(table.text(row, "title")):
            project = _project(table, row, projects, problems)
        if project is not None:
            found.setdefault(project.id, (project, []))[1].append(row)
    return list(found.values())


def _project(table: Table, row: Row, projects: Sequence[Project], problems: _Problems) -> Project | None:
    number, title = table.text(row, "number").strip(), table.text(row, "title").strip()
    if plain(number):
        project = next((one for one in projects if plain(one.label) == plain(number)), None)
        if project is None:
            problems.add(row, f"项目编号“{number[:20]}”不在要报告的项目里。请照模板里的写法。")
        elif "title" in table.places and plain(title) != plain(project.title):
            problems.add(row, f"{project.label}的名称是“{project.title}”，表里写的不同。请核对编号。")
            return None
        return project
    named = [one for one in projects if plain(one.title) == plain(title)]
    if len(named) == 1:
        return named[0]
    if named:
        problems.add(row, f"有{len(named)}个项目叫“{title[:20]}”。请加上“项目编号”一列。")
    else:
        problems.add(
            row,
            f"项目“{title[:20]}”不在要报告的项目里。请照公布的名称写。" if title else "没有写是哪个项目。",
        )
    return None


def _line(
    table: Table, project: Project, rows: Sequence[Row], steps: Sequence[Milestone], problems: _Problems
) -> Line:
    percents: dict[str, int] = {}
    for row in rows:
        one = _step(table, row, project, steps, problems)
        if one is None:
            continue
        if one.id in percents:
            problems.add(row, f"节点“{one.title}”写了两次。请删去一行。")
        else:
            percents[one.id] = _percent(table, row, one, problems)
    for one in steps if len(rows) > 1 or percents else ():
        if one.id not in percents:
            problems.add(rows[0], f"“{project.title}”缺少节点“{one.title}”的一行。请从模板补上。")
    said = {field: table.text(rows[0], field) for field in _OF_PROJECT}
    for row in rows[1:]:
        if any(table.text(row, field).strip() not in {"", said[field].strip()} for field in _OF_PROJECT):
            problems.add(row, "支出、进展情况等写在这个项目的第一行。请移到第一行。")
    spent = _spent(table, rows[0], problems)
    content = Content(
        percents=percents,
        spent=spent,
        text=said["text"],
        problems=said["problems"],
        measures=said["measures"],
        reason=said["reason"],
    )
    return Line(row=rows[0].number, project=project, content=content)


def _step(
    table: Table, row: Row, project: Project, steps: Sequence[Milestone], problems: _Problems
) -> Milestone | None:
    """By its number or its name, which must not contradict each other; the only one needs neither."""
    place, title = plain(table.text(row, "place")), plain(table.text(row, "step"))
    if not place and not title:
        if len(steps) == 1:
            return steps[0]
        problems.add(row, f"“{project.title}”有{len(steps)}个节点，没有写是哪一个。请每个节点写一行。")
        return None
    for one in steps:
        if place in {"", str(one.place)} and title in {"", plain(one.title)}:
            return one
    problems.add(row, f"“{project.title}”没有这个节点。请照模板里的节点号和节点名称。")
    return None


def _percent(table: Table, row: Row, one: Milestone, problems: _Problems) -> int:
    typed = plain(table.text(row, "percent"))
    if table.shares and _SHARE_FORM.fullmatch(typed):
        share = Decimal(typed) * 100
        if share == int(share):
            return int(share)
    found = None if table.shares else _PERCENT_FORM.fullmatch(typed)
    if found is None or int(found[1]) > 100:
        said = f"现在是“{typed[:20]}”" if typed else "现在是空的"
        problems.add(row, f"“{one.title}”的完成百分比应是0至100的整数，{said}。")
        return 0
    return int(found[1])


def _spent(table: Table, row: Row, problems: _Problems) -> int:
    typed = table.text(row, "spent")
    if table.yuan == WAN:
        try:
            return yuan(read_amount(typed, "累计支出（万元）"))
        except PlanError as error:
            problems.add(row, error.sentence)
            return 0
    measure = "元" if table.yuan == 1 else "亿元"
    number = plain(typed).removesuffix(measure)
    spent = Decimal(number.replace(",", "")) * table.yuan if _MONEY_FORM.fullmatch(number) else None
    if spent is not None and spent == int(spent) <= _MOST_YUAN:
        return int(spent)
    how = "应是整数，例如 125000" if table.yuan == 1 else "应是数字，最多8位小数，例如 0.26"
    problems.add(row, f"“累计支出（{measure}）”{how}。" if number else f"请填写累计支出（{measure}）。")
    return 0
