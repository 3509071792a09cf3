"""政府办's own table is read by its headings; what is not understood is named before anything is taken."""

from __future__ import annotations

import csv
import io
from decimal import Decimal

import pytest

from tests.county import County
from tests.delivery import project
from tests.refusals import unchanged
from tests.reporting import at
from tests.voting.workbooks import workbook
from voting.delivering.projects import Project, yuan
from voting.reporting import importing
from voting.reporting.headings import Field, ReportTableError, meant, period_in, understand
from voting.reporting.importing import Preview
from voting.reporting.periods import read_period
from voting.sheets import Cell, Row, Sheet

WHEN = at(7, 2)
OWN = [
    ["示例县2027年第二季度民生实事项目进度表"],
    ["序号", "推进情况", "项目", "里程碑", "形象进度（%）", "累计支付（元）", "问题", "督导组"],
    ["1", "按计划施工。", "农村公路提升改造", "完成招标", "100", "125000", "", "一组"],
    ["", "", "", "路基施工", "30", "", "", ""],
    ["", "", "", "铺设路面并通车", "0", "", "", ""],
    ["合计", "", "", "", "", "125000", "", ""],
    ["填表人：小周", "", "", "", "", "", "", ""],
]


def own(**changed: list[str]) -> list[list[str]]:
    """The table with some of its rows replaced: `r1` is the heading."""
    return [changed.get(f"r{number}", row) for number, row in enumerate(OWN)]


def sheet(rows: list[list[str]], name: str = "") -> Sheet:
    cells = [tuple(Cell(text) for text in row) for row in rows]
    return Sheet(name, tuple(Row(number, row) for number, row in enumerate(cells, start=1)))


def preview(county: County, rows: list[list[str]], asked: str | None = None) -> Preview:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    period = read_period(asked) if asked else None
    return importing.preview(
        county.store, county.government, "进度.csv", out.getvalue().encode(), WHEN, period
    )


@pytest.fixture
def road(county: County) -> Project:
    return project(county)


def test_an_own_table_is_understood_shown_and_then_taken(county: County, road: Project) -> None:
    bridge = project(county, "修桥")
    with unchanged(county.store):
        shown = importing.preview(county.store, county.government, "进度.xlsx", workbook(OWN), WHEN)
    understood = shown.understood
    assert understood.unused == ("序号", "督导组")
    assert [row.number for row in understood.left_out] == [6, 7]
    assert shown.period.words == "2027年第2季度"
    assert [one.id for one in shown.not_in_it] == [bridge.id]
    done = importing.import_table(county.store, county.government, shown.table, shown.mark, WHEN)
    assert done == 1
    with county.store.read() as tx:
        now = tx.projects.get(county.deputy, road.id)
    assert (now.progress, now.spent) == (350, yuan(Decimal("12.5")))


def test_the_period_is_the_column_s_or_the_title_s_or_the_page_s() -> None:
    untitled = OWN[1:]
    with pytest.raises(ReportTableError, match="没有认出是哪一期"):
        period_in(understand([sheet(untitled)]))
    asked = read_period("2027Q1")
    assert period_in(understand([sheet(untitled)]), asked) == asked
    assert period_in(understand([sheet(OWN)]), asked).key == "2027Q2"
    column = [["季度", *OWN[1]], *(["2027年三季度", *row] for row in OWN[2:5])]
    assert period_in(understand([sheet(column)]), asked).key == "2027Q3"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("完成率", "percent"),
        (" 完成 比例（％）", "percent"),
        ("完成情况（%）", "percent"),
        ("完成情况", "text"),
        ("累计支出（万元）*", "spent"),
        ("累计支出（亿元）", "spent"),
        ("累计支出（美元）", None),
        ("完成率（件）", None),
        ("序号", None),
        ("", None),
    ],
)
def test_a_heading_means_one_thing_or_nothing(heading: str, field: Field | None) -> None:
    assert meant(heading) == field


def test_per_cent_as_the_spreadsheet_keeps_them_are_read_as_parts(county: County, road: Project) -> None:
    rows = own(
        r2=["1", "按计划施工。", "农村公路提升改造", "完成招标", "1", "125000", "", ""],
        r3=["", "", "", "路基施工", "0.3", "", "", ""],
    )
    shown = preview(county, rows)
    assert shown.understood.shares
    assert shown.differences[0].changes[0][1:] == ("0%", "100%")
    assert shown.differences[0].changes[1][1:] == ("0%", "30%")


def test_every_bad_row_of_an_own_table_is_told_at_once(county: County, road: Project) -> None:
    rows = own(
        r2=["1", "按计划施工。", "农村公路提升改造", "完成招标", "101", "12万", "", ""],
        r3=["", "写在了第二行", "", "铺路基", "30", "", "", ""],
    )
    rows.insert(5, ["2", "好", "没有的项目", "开工", "10", "0", "", ""])
    with pytest.raises(ReportTableError) as caught, unchanged(county.store):
        preview(county, rows)
    reasons = [(one.row, one.reason) for one in caught.value.problems]
    assert [row for row, _ in reasons] == [3, 3, 3, 4, 4, 6]
    assert caught.value.understood is not None
    assert caught.value.understood.unused == ("序号", "督导组")
    assert "没有的项目" in reasons[-1][1]


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        ({"r1": ["项目", "节点", "进度", "完成率", "累计支出"]}, "“进度”、“完成率”都像是“完成百分比”"),
        ({"r1": ["项目", "节点", "进展", "完成百分比"]}, "没有认出“累计支出（万元）”"),
        ({"r1": ["甲", "乙", "丙"]}, "没有认出表头"),
    ],
)
def test_what_cannot_be_understood_is_said(spoil: dict[str, list[str]], told: str) -> None:
    with pytest.raises(ReportTableError, match=told):
        understand([sheet(own(**spoil))])


def test_other_sheets_are_named_and_two_tables_are_one_too_many() -> None:
    notes = sheet([["填表说明"], ["每季度报一次"]], "说明")
    assert understand([notes, sheet(OWN, "进度")]).other_sheets == ("说明",)
    with pytest.raises(ReportTableError, match="2张像进度表的表"):
        understand([sheet(OWN, "一季度"), sheet(OWN, "二季度")])


def test_a_project_of_two_names_needs_its_number_and_a_step_its_name(county: County, road: Project) -> None:
    twin = project(county)
    assert twin.title == road.title
    with pytest.raises(ReportTableError) as caught:
        preview(county, OWN)
    assert "有2个项目叫" in caught.value.problems[0].reason
    headed = [["项目编号", *row] for row in (OWN[1], ["", *OWN[2][1:]])]
    headed[0][0], headed[1][0] = "项目编号", road.label
    headed[1][4] = ""
    with pytest.raises(ReportTableError) as caught:
        preview(county, headed, "2027Q2")
    assert "没有写是哪一个" in caught.value.problems[0].reason


TWO_ROWS = [
    ["示例县2027年第二季度民生实事项目进度表（单位：亿元）"],
    ["项目名称", "年度计划", "", "实施进度", "", "资金", "", "进展情况"],
    ["", "节点", "投资", "节点", "完成率（%）", "到位", "累计支出", ""],
    ["农村公路提升改造", "全部", "0.32", "完成招标", "100", "0.1", "0.00125", "按计划施工。"],
    ["", "", "", "路基施工", "30", "", "", ""],
    ["", "", "", "铺设路面并通车", "0", "", "", ""],
]


def test_a_heading_over_two_rows_is_read_with_its_groups_and_the_measure_of_the_title() -> None:
    table = understand([sheet(TWO_ROWS)])
    assert {one.field: one.words for one in table.headings if one.field} == {
        "title": "项目名称",
        "step": "实施进度 节点",
        "percent": "实施进度 完成率（%）",
        "spent": "资金 累计支出",
        "text": "进展情况",
    }
    assert table.unused == ("年度计划 节点", "年度计划 投资", "资金 到位")
    assert (table.yuan, [row.number for row in table.rows]) == (100_000_000, [4, 5, 6])


def test_a_heading_of_both_rows_is_no_group_of_the_column_beside_it() -> None:
    upper, lower = ["项目名称", "年度目标", "", "累计支出", "进展情况"], ["", "", "完成率", "", ""]
    table = understand([sheet([upper, lower, ["修路", "12公里", "30", "1", "施工"]])])
    assert [one.words for one in table.headings if one.field == "percent"] == ["完成率"]


def test_money_in_100_million_yuan_is_taken_exactly(county: County, road: Project) -> None:
    [one] = preview(county, TWO_ROWS).differences
    assert (one.project.id, one.content.spent) == (road.id, 125_000)
    rows = [[*row[:6], row[6] and "0.000000001", *row[7:]] for row in TWO_ROWS[3:]]
    with pytest.raises(ReportTableError) as wrong:
        preview(county, [*TWO_ROWS[:3], *rows])
    assert "最多8位小数" in wrong.value.problems[0].reason


@pytest.mark.parametrize(
    ("title", "heading", "yuan_each"),
    [
        ("进度表", "累计支出", 10_000),
        ("单位：元", "累计支出", 1),
        ("单位：亿元", "累计支出（万元）", 10_000),
        ("", "累计支出（单位：亿元）", 100_000_000),
    ],
)
def test_the_heading_names_the_measure_or_else_the_title(title: str, heading: str, yuan_each: int) -> None:
    rows = [[title], ["项目名称", "完成百分比", heading, "进展情况"], ["修路", "30", "1", "施工"]]
    assert understand([sheet(rows)]).yuan == yuan_each


def test_two_measures_in_the_title_are_not_guessed_between() -> None:
    head = ["项目", "进度", "累计支出", "进展"]
    rows = [["投资单位：万元；支出单位：亿元"], head, ["修路", "30", "1", "开工"]]
    with pytest.raises(ReportTableError, match="不止一种金额单位"):
        understand([sheet(rows)])
