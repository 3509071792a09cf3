"""Promises of voting/candidates.py: all rows right, or none imported and every wrong row listed."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

import pytest

from tests.voting.workbooks import workbook
from voting.candidates import COLUMN_NAMES, CandidatesError, read_candidates, template_csv
from voting.rounds import Candidate
from voting.sheets import SheetError

HEADER = ["序号", "项目名称", "主要内容", "实施地点", "投资（万元）", "责任单位", "完成时限"]


def table(*rows: Sequence[object]) -> bytes:
    """The rows as a .csv in UTF-8."""
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode()


def titles(raw: bytes) -> list[tuple[int, str]]:
    return [(candidate.number, candidate.title) for candidate in read_candidates("候选.csv", raw)]


def problems(raw: bytes, filename: str = "候选.csv") -> list[tuple[int, str]]:
    with pytest.raises(CandidatesError) as caught:
        read_candidates(filename, raw)
    error = caught.value
    assert error.sentence.startswith(f"表格中有{len(error.problems)}处需要修改，没有导入任何项目。")
    for problem in error.problems:
        assert f"第{problem.row}行：{problem.reason}" in error.sentence
        assert problem.reason.endswith("。")
    return [(problem.row, problem.reason) for problem in error.problems]


def refusal(raw: bytes, filename: str = "候选.csv") -> str:
    with pytest.raises(CandidatesError) as caught:
        read_candidates(filename, raw)
    assert caught.value.problems == ()
    return caught.value.sentence


LIFTS = Candidate(
    number=1,
    title="老旧小区加装电梯",
    content="加装电梯60部",
    place="城关街道",
    cost="1800万元",
    unit="县住建局",
    deadline="2026年12月底前",
)
ROADS = Candidate(number=2, title="农村公路改造", cost="约900万元")

ROWS: list[Sequence[object]] = [
    HEADER,
    [1, "老旧小区加装电梯", "加装电梯60部", "城关街道", 1800, "县住建局", "2026年12月底前"],
    [2, "农村公路改造", "", "", "约900万元", "", ""],
]


def test_a_workbook_and_every_kind_of_csv_give_the_same_candidates() -> None:
    text = table(*ROWS).decode()
    assert read_candidates("候选.xlsx", workbook(ROWS)) == (LIFTS, ROADS)
    for encoding in ("utf-8", "utf-8-sig", "gb18030"):
        assert read_candidates("候选.csv", text.encode(encoding)) == (LIFTS, ROADS)


def test_the_template_can_be_opened_by_excel_and_imported_as_it_is() -> None:
    raw = template_csv()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.decode("utf-8-sig").splitlines()[0].split(",") == list(COLUMN_NAMES.values()) == HEADER
    (example,) = read_candidates("模板.csv", raw)
    assert example.number == 1
    assert example.cost == "1800万元"
    assert "" not in (example.content, example.place, example.unit, example.deadline)


def test_the_table_may_stand_under_a_title_and_beside_empty_rows() -> None:
    raw = workbook(
        [["示例县2026年度民生实事候选项目表"], [], ["项目名称", "牵头单位"], ["甲", "县教育局"], [], ["乙"]]
    )
    assert read_candidates("a.xlsx", raw) == (
        Candidate(number=1, title="甲", unit="县教育局"),
        Candidate(number=2, title="乙"),
    )


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("建设地点", "place"),
        ("牵头单位", "unit"),
        ("责任（牵头）单位", "unit"),
        ("建设内容及规模", "content"),
        (" 完成 时间*", "deadline"),
        ("投资估算(单位：万元)", "cost"),
    ],
)
def test_the_usual_other_names_of_columns_are_understood(header: str, field: str) -> None:
    (candidate,) = read_candidates("a.csv", table(["候选项目名称", header], ["甲", "有"]))
    assert getattr(candidate, field) == "有"


def test_candidates_stand_in_the_order_of_their_numbers() -> None:
    assert titles(table(["序号", "项目名称"], [3, "丙"], ["１", "甲"], [2, "乙"])) == [
        (1, "甲"),
        (2, "乙"),
        (3, "丙"),
    ]


@pytest.mark.parametrize("header", [["项目名称"], ["项目名称", "序号"]])
def test_without_numbers_candidates_are_numbered_as_they_stand(header: list[object]) -> None:
    assert titles(table(header, ["乙"], ["甲"])) == [(1, "乙"), (2, "甲")]


def test_every_wrong_row_is_listed_at_once_with_its_number_in_the_spreadsheet() -> None:
    raw = table(
        HEADER,
        [1, "甲"],
        [2, ""],
        [],
        [2, "乙\x00丙"],
        ["三", "甲 "],
        [7, "长" * 10_000, "", "", 300],
        ["", "丁", "内容\x1b"],
    )
    assert problems(raw) == [
        (3, "没有填写“项目名称”。请填写后重试。"),
        (5, "“项目名称”的第2个字不能显示或打印（U+0000）。请删去后重新输入。"),
        (5, "序号2与第3行重复。请改正。"),
        (6, "序号“三”不是1、2、3这样的整数。请改正。"),
        (6, "项目名称与第2行相同。请删去重复的项目或者改名。"),
        (7, "“项目名称”太长：有10,000个字，最多120个字。请缩短。"),
        (7, "序号7不对：共6件，应从1到6连续编号。请改正。"),
        (8, "“主要内容”的第3个字不能显示或打印（U+001B）。请删去后重新输入。"),
        (8, "没有填写“序号”。请补上，或者删去整个“序号”列。"),
    ]


@pytest.mark.parametrize("same", ["城区 停车场", "城区停车场\u200b", "\u3000城区停车场", "城区停车场 "])
def test_two_titles_that_a_deputy_could_not_tell_apart_are_one(same: str) -> None:
    raw = table(["项目名称"], ["城区停车场"], [same])
    assert problems(raw) == [(3, "项目名称与第2行相同。请删去重复的项目或者改名。")]


@pytest.mark.parametrize("number", ["0", "-1", "1.5", "一", "1e3", "99999"])
def test_a_number_that_is_no_place_on_the_ballot_is_refused(number: str) -> None:
    ((row, reason),) = problems(table(["序号", "项目名称"], [number, "甲"]))
    assert row == 2
    assert reason.startswith("序号")


def test_a_gap_in_the_numbers_is_refused() -> None:
    assert problems(table(["序号", "项目名称"], [1, "甲"], [3, "乙"])) == [
        (3, "序号3不对：共2件，应从1到2连续编号。请改正。")
    ]


@pytest.mark.parametrize(
    ("header", "typed", "kept"),
    [
        ("投资（万元）", "1,800", "1,800万元"),
        ("投资（亿元）", "1.2", "1.2亿元"),
        ("投资（万元）", "1800万元", "1800万元"),
        ("投资", "1800万元", "1800万元"),
        ("投资", "", ""),
    ],
)
def test_money_carries_its_unit(header: str, typed: str, kept: str) -> None:
    (candidate,) = read_candidates("a.csv", table(["项目名称", header], ["甲", typed]))
    assert candidate.cost == kept


def test_money_without_a_unit_is_asked_about() -> None:
    assert problems(table(["项目名称", "投资"], ["甲", 1800])) == [
        (2, "投资“1800”没有写单位。请写成“1800万元”，或者把表头改为“投资（万元）”。")
    ]


def test_a_date_that_may_have_been_a_month_is_asked_about_and_another_is_not() -> None:
    header = ["项目名称", "完成时限"]
    assert problems(workbook([header, ["甲", date(2026, 12, 1)]]), "a.xlsx") == [
        (
            2,
            (
                "完成时限是日期格式，分不清是2026年12月还是2026年12月1日。"
                "请把单元格格式改为“文本”后重新填写，例如“2026年12月底前”。"
            ),
        )
    ]
    (candidate,) = read_candidates("a.xlsx", workbook([header, ["甲", date(2026, 11, 30)]]))
    assert candidate.deadline == "2026年11月30日"


def test_content_that_no_column_claims_is_never_dropped() -> None:
    assert problems(table(["项目名称", "主要内容"], ["甲", "修路", "种树"])) == [
        (2, "这一行比表头多出内容。如果内容里有英文逗号，请改用中文逗号。")
    ]
    assert problems(workbook([["项目名称", None, "责任单位"], ["甲", "乙", "丙"]]), "a.xlsx") == [
        (2, "第2列没有表头，却有内容。请补上表头或者删去内容。")
    ]
    assert "不认识的列“备注”" in refusal(table(["项目名称", "备注"], ["甲", ""]))
    assert "不认识的列“责任单位（万元）”" in refusal(table(["项目名称", "责任单位（万元）"], ["甲", ""]))


def test_a_table_that_is_none_is_refused_with_what_to_do() -> None:
    assert "表格是空的" in refusal(b"\n\n,,\n")
    assert "表格是空的" in refusal(workbook([]), "a.xlsx")
    assert "没有找到表头" in refusal(table(["甲", "乙"], ["1", "2"]))
    assert "表头下面没有候选项目" in refusal(table(HEADER))
    assert "有两列都是“实施地点”" in refusal(table(["项目名称", "地点", "建设地点"], ["甲"]))
    assert "工作表“表1”、“表2”中都有候选项目" in refusal(
        workbook([["项目名称"], ["甲"]], [["项目名称"], ["乙"]]), "a.xlsx"
    )


def test_a_sheet_without_a_header_beside_the_table_does_no_harm() -> None:
    raw = workbook([["填表说明"]], [["项目名称"], ["甲"]])
    assert read_candidates("a.xlsx", raw) == (Candidate(number=1, title="甲"),)


def test_a_hundred_candidates_are_the_most() -> None:
    hundred = [[f"项目{number}"] for number in range(100)]
    assert len(read_candidates("a.csv", table(["项目名称"], *hundred))) == 100
    assert "表格中有101行候选项目，最多100件" in refusal(table(["项目名称"], *hundred, ["再来一件"]))


def test_a_file_that_cannot_be_read_is_refused_as_such() -> None:
    with pytest.raises(SheetError):
        read_candidates("候选.docx", b"x")
