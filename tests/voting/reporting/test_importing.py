"""政府办's own table: what it gives out can be read back; all of it comes in, or nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]  # it ships no types

from tests.county import County
from tests.delivery import project
from tests.refusals import refused, unchanged
from tests.reporting import at, submit
from tests.voting.workbooks import workbook
from voting.actors import Actor, Forbidden
from voting.delivering.projects import Project, yuan
from voting.documents.progress_xlsx import progress_xlsx
from voting.reporting import importing
from voting.reporting.headings import COLUMNS, ReportTableError
from voting.reporting.importing import Preview, TableChanged
from voting.reporting.periods import read_period

Rows = list[list[Any]]
PERCENT, SPENT, TEXT, REASON = (
    COLUMNS.index(name) for name in COLUMNS if name[:2] in {"完成", "累计", "进展", "减少"}
)
WHEN = at(7, 2)


def given(county: County, period: str = "2027Q2") -> Rows:
    """The template, as a person opens it."""
    rows = importing.template_rows(county.store, county.government, read_period(period), WHEN)
    book = load_workbook(io.BytesIO(progress_xlsx("进度表", rows)))
    return [["" if value is None else value for value in row] for row in book.worksheets[0].values]


def filled(rows: Rows, *percents: int, first: int = 1, wan: float = 10, text: str = "按计划施工。") -> Rows:
    """Three milestones from this row on."""
    for row, percent in zip(rows[first : first + 3], percents, strict=True):
        row[PERCENT] = percent
    rows[first][SPENT], rows[first][TEXT] = wan, text
    return rows


def as_csv(rows: Sequence[Sequence[Any]]) -> bytes:
    """Quick to read: .xlsx is taken apart by a process of its own."""
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def preview(county: County, rows: Rows, actor: Actor | None = None) -> Preview:
    return importing.preview(county.store, actor or county.government, "进度.csv", as_csv(rows), WHEN)


def take(county: County, shown: Preview) -> int:
    return importing.import_table(county.store, county.government, shown.table, shown.mark, WHEN)


@pytest.fixture
def two(county: County) -> tuple[Project, Project]:
    return project(county), project(county, "修桥")


def test_the_template_has_every_milestone_with_what_is_known(
    county: County, two: tuple[Project, Project]
) -> None:
    submit(county, two[0], "2027Q1", 100, 20, 0, wan="12.5")
    rows = given(county)
    assert [row[COLUMNS.index("项目编号")] for row in rows[1:]] == ["2027年第1号"] * 3 + ["2027年第2号"] * 3
    assert [row[PERCENT] for row in rows[1:4]] == [100, 20, 0]
    assert rows[1][SPENT] == 12.5
    with pytest.raises(ReportTableError, match="没有填写任何一个项目"):
        preview(county, rows)


def test_many_projects_come_in_at_once_and_are_public(county: County, two: tuple[Project, Project]) -> None:
    rows = filled(filled(given(county), 100, 30, 0), 90, 20, 0, first=4, wan=2.5)
    with unchanged(county.store):
        shown = importing.preview(county.store, county.government, "进度.xlsx", workbook(rows), WHEN)
    assert [one.effect for one in shown.differences] == ["new", "new"]
    assert take(county, shown) == 2
    with county.store.read() as tx:
        projects = [tx.projects.get(county.deputy, one.id) for one in two]
    assert [one.progress for one in projects] == [350, 280]
    assert [one.spent for one in projects] == [yuan(Decimal(10)), yuan(Decimal("2.5"))]


def test_what_nobody_touched_is_left_out(county: County, two: tuple[Project, Project]) -> None:
    shown = preview(county, filled(given(county), 100, 30, 0, first=4))
    assert [one.project.id for one in shown.differences] == [two[1].id]


def test_the_same_table_again_shows_that_nothing_is_different(
    county: County, two: tuple[Project, Project]
) -> None:
    rows = filled(given(county), 100, 30, 0)
    shown = preview(county, rows)
    take(county, shown)
    again = preview(county, rows)
    assert not again.does_something
    with refused(county.store, ReportTableError, "已经导入过"):
        take(county, shown)


def test_a_changed_table_corrects_with_a_reason_and_shows_old_and_new(
    county: County, two: tuple[Project, Project]
) -> None:
    take(county, preview(county, filled(given(county), 100, 30, 0)))
    rows = filled(given(county), 100, 40, 0)
    with refused(county.store, ReportTableError):
        preview(county, rows)
    rows[1][REASON] = "补报西山段。"
    shown = preview(county, rows)
    assert [(one.effect, one.changes) for one in shown.differences] == [
        ("changed", (("路基施工", "30%", "40%"),))
    ]
    assert take(county, shown) == 1


def test_what_changed_after_it_was_shown_is_shown_again(county: County, two: tuple[Project, Project]) -> None:
    shown = preview(county, filled(given(county), 100, 30, 0))
    submit(county, two[0], "2027Q2", 100, 10, 0, now=WHEN, submit=False)
    with refused(county.store, TableChanged, "刚刚有过变动"):
        take(county, shown)


def test_all_bad_rows_are_told_at_once_and_nothing_comes_in(
    county: County, two: tuple[Project, Project]
) -> None:
    rows = filled(filled(given(county), 101, -1, 0), 90, 20, 0, first=4, wan=500)
    rows[3][PERCENT] = "一半"
    rows.append(["2027年第2季度", "2027年第9号", "没有的", 1, "没有的", 1])
    with pytest.raises(ReportTableError, match="4处需要修改") as caught, unchanged(county.store):
        preview(county, rows)
    reasons = {one.row: one.reason for one in caught.value.problems}
    assert set(reasons) == {2, 3, 4, 8}
    assert "现在是“101”" in reasons[2]
    assert "2027年第9号" in reasons[8]
    del rows[-1]
    filled(rows, 10, 0, 0)
    with pytest.raises(ReportTableError) as caught:
        preview(county, rows)
    [problem] = caught.value.problems
    assert (problem.row, "超过计划资金320万元" in problem.reason) == (5, True)


def _other_period(rows: Rows) -> None:
    rows[2][0] = "2027年第3季度"


def _two_periods_unknown(rows: Rows) -> None:
    for row in rows[1:]:
        row[0] = "上半年"


def _missing_row(rows: Rows) -> None:
    del rows[2]


def _twice(rows: Rows) -> None:
    rows.insert(2, list(rows[1]))


def _other_title(rows: Rows) -> None:
    rows[1][COLUMNS.index("项目名称")] = "修桥"


def _other_step(rows: Rows) -> None:
    rows[1][COLUMNS.index("节点名称")] = "竣工"


def _text_below(rows: Rows) -> None:
    rows[2][TEXT] = "写在了第二行。"


def _no_text(rows: Rows) -> None:
    rows[1][TEXT] = ""


def _no_money(rows: Rows) -> None:
    rows[1][SPENT] = "十万"


def _no_heading(rows: Rows) -> None:
    rows[0][PERCENT] = "比重"


@pytest.mark.parametrize(
    "spoil",
    [
        _other_period,
        _two_periods_unknown,
        _missing_row,
        _twice,
        _other_title,
        _other_step,
        _text_below,
        _no_text,
        _no_money,
        _no_heading,
    ],
)
def test_nothing_is_guessed(
    county: County, two: tuple[Project, Project], spoil: Callable[[Rows], None]
) -> None:
    rows = filled(given(county), 100, 30, 0)
    preview(county, rows)
    spoil(rows)
    with refused(county.store, ReportTableError):
        preview(county, rows)


def test_only_the_government_office_reports_by_table(county: County, two: tuple[Project, Project]) -> None:
    rows = filled(given(county), 100, 30, 0)
    for actor in (county.staff, county.unit, county.deputy, county.presidium):
        with refused(county.store, Forbidden):
            preview(county, rows, actor)
    with refused(county.store, ReportTableError, "6处需要修改"):
        preview(county, rows, county.town.staff)
