"""The tables of a session as .xlsx and .csv, opened by another program."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from msgspec.structs import replace
from python_calamine import CalamineWorkbook

from tests.session_facts import (
    APPROVE,
    APPROVED,
    GRADED,
    GRADING,
    NOW,
    PLAIN,
    RARE,
    SELECT,
    SELECTED,
    TITLES,
    file_of,
    session_facts,
)
from voting.counts import Counts
from voting.documents.session.papers import (
    made_for_round,
)
from voting.rules import RoundRules


@pytest.mark.parametrize(
    ("rules", "counts", "head", "first"),
    [
        (
            SELECT,
            SELECTED,
            ["序号", "项目", "责任单位", "得票数", "名次", "结果", "说明"],
            [1, TITLES[0], "县交通运输局", 271, 1, "入选"],
        ),
        (
            APPROVE,
            APPROVED,
            ["序号", "项目", "责任单位", "赞成", "反对", "弃权", "名次", "结果", "说明"],
            [1, TITLES[0], "县交通运输局", 271, 31, 10, 1, "入选"],
        ),
        (
            GRADING,
            GRADED,
            [
                "序号",
                "项目",
                "责任单位",
                "满意",
                "基本满意",
                "不满意",
                "弃权",
                "满意率",
                "总体满意率",
                "等次",
                "说明",
            ],
            [1, TITLES[0], "县交通运输局", 271, 31, 10, 0, "86.9%", "96.8%", "满意"],
        ),
    ],
)
def test_the_result_opens_as_a_table_with_numbers(
    rules: RoundRules, counts: Counts, head: list[str], first: list[object]
) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(file_of("result", "xlsx", rules, counts)))
    rows = book.get_sheet_by_name("结果").to_python()
    assert rows[1] == head
    assert rows[2][: len(first)] == first
    figures = book.get_sheet_by_name("投票情况").to_python()
    assert ["未投", 2] in [row[:2] for row in figures]


@pytest.mark.parametrize("key", ["result", "candidates", "leave"])
def test_a_table_is_printed_one_page_wide_its_rows_as_high_as_their_words(key: str) -> None:
    with zipfile.ZipFile(io.BytesIO(file_of(key, "xlsx"))) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    assert 'fitToHeight="0"' in sheet
    assert 'orientation="landscape"' in sheet
    heights = [float(one) for one in re.findall(r'<row r="\d+"[^>]* ht="([\d.]+)" customHeight="1"', sheet)]
    assert len(heights) == sheet.count("<row ") - 1  # all but the title's
    assert key != "result" or max(heights) > min(heights)


def test_the_result_as_csv_is_what_excel_reads_as_chinese() -> None:
    raw = file_of("result", "csv")
    assert raw.startswith(b"\xef\xbb\xbf")
    lines = raw.decode("utf-8-sig").split("\r\n")
    assert lines[0].startswith("序号,项目,责任单位,得票数")
    assert lines[2].startswith("2,𠮷家村食堂改建,县交通运输局,255,2,入选")


def test_a_title_that_looks_like_a_formula_is_text() -> None:
    facts, of = session_facts(SELECT, SELECTED)
    assert of.tally is not None
    evil = (replace(of.candidates[0], title="=1+1"), *of.candidates[1:])
    of = replace(of, tally=replace(of.tally, candidates=evil))
    assert "'=1+1" in made_for_round(facts, of, "result", "csv", PLAIN, NOW)[1].decode()
    book = CalamineWorkbook.from_filelike(
        io.BytesIO(made_for_round(facts, of, "result", "xlsx", PLAIN, NOW)[1])
    )
    assert book.get_sheet_by_name("结果").to_python()[2][1] == "=1+1"


@pytest.mark.parametrize("key", ["leave", "candidates"])
def test_lists_open_as_tables(key: str) -> None:
    rows = CalamineWorkbook.from_filelike(io.BytesIO(file_of(key, "xlsx"))).get_sheet_by_index(0).to_python()
    assert RARE[0] in str(rows)
    assert rows[2][0] in {1, 13}
