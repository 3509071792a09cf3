"""候选项目（草案）名单 and 项目论证表 as .docx, in the plain form of an office's paper (GB/T 9704-2012).

Fonts stand in the file by name only: the offices' WPS or Word has 仿宋 and 小标宋, and substitutes its own
where a character is missing, so that a rare name is never replaced here.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from docx import Document
from docx.document import Document as Paper
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from voting.days import today
from voting.documents.typesetting import chinese_date
from voting.screening.criteria import CRITERIA, FINDING_NAMES, OUTCOME_NAMES
from voting.screening.drafts import OPINION_NAMES, VERDICT_NAMES
from voting.screening.overviews import Whole
from voting.screening.plans import (
    Plan,
    completion_words,
    facts,
    target_words,
    total_cost,
    unit_words,
    written,
)
from voting.screening.slates import Slate, number_words

Numbered = tuple[int, Plan]

BODY: Final = "仿宋_GB2312"
TITLE: Final = "方正小标宋简体"
HEAD: Final = "黑体"
_COLUMNS: Final = (
    ("序号", 14),
    ("项目名称", 38),
    ("主要内容和目标", 76),
    ("投资（万元）", 24),
    ("资金来源", 38),
    ("责任单位", 36),
    ("完成时限", 36),
)
"""(heading, width in mm): 262 mm, the type area of A4 across."""


def list_docx(congress: str, slate: Slate, plans: Sequence[Numbered], now: datetime) -> bytes:
    """The list, across, its heading repeated on each page."""
    paper = _paper(now, across=True)
    _title(paper, slate.title if slate.frozen_at else _as_draft(slate.title))
    _line(paper, f"{congress}　{number_words(len(plans), slate.places)}", HEAD, centred=True)
    table = _table(paper, len(plans) + 2, [width for _, width in _COLUMNS])
    head, *rows, last = table.rows
    _fill(head, [words for words, _ in _COLUMNS], HEAD)
    _repeat(head)
    for row, (number, plan) in zip(rows, plans, strict=True):
        _fill(row, _row(number, plan), BODY)
    total = total_cost(tuple(plan for _, plan in plans))
    _fill(last, ["合计", f"{len(plans)}件", "", written(total), "", "", ""], HEAD)
    _line(paper, chinese_date(today(now)), BODY, right=True)
    return _bytes(paper)


def cases_docx(slate: Slate, plans: Sequence[Numbered], cases: Sequence[Whole], now: datetime) -> bytes:
    """项目论证表: a page or more for each candidate, with criteria, opinions and verdicts."""
    paper = _paper(now, across=False)
    for place, ((number, plan), case) in enumerate(zip(plans, cases, strict=True)):
        _title(paper, "民生实事候选项目论证表", on_new_page=place > 0)
        _line(paper, f"{slate.title}　第{number}件", HEAD, centred=True)
        said = [*facts(plan), *_case_rows(case)]
        table = _table(paper, len(said), [38, 118])
        for row, (name, words) in zip(table.rows, said, strict=True):
            _fill(row, [name, words or "—"], BODY)
    return _bytes(paper)


def _as_draft(title: str) -> str:
    return title.replace("候选项目名单", "候选项目（草案）名单") if "草案" not in title else title


def _row(number: int, plan: Plan) -> list[str]:
    return [
        str(number),
        plan.title,
        f"{plan.content}\n目标：{target_words(plan.targets)}\n地点：{plan.place}",
        written(plan.cost),
        plan.funds,
        unit_words(plan),
        completion_words(plan),
    ]


def _case_rows(case: Whole) -> list[tuple[str, str]]:
    rows = [("线索来源", f"{len(case.sources)}条" if case.sources else "")]
    rows += [
        (f"预审（第{one.version}版）", f"{VERDICT_NAMES[one.verdict]}：{one.reason}")
        for one in case.versions
        if one.verdict
    ]
    if case.assessments:
        last = case.assessments[-1]
        said = [
            f"{CRITERIA[one.criterion][0]}：{FINDING_NAMES[one.finding]}"
            + (f"（{one.words}）" if one.words else "")
            for one in last.answers
        ]
        rows.append(("初选标准", "\n".join(said)))
        rows.append(("初选结论", f"{OUTCOME_NAMES[last.outcome]}：{last.reason}"))
    rows += [
        (f"{one.unit}意见", f"{OPINION_NAMES[one.feasibility.opinion]}：{one.feasibility.text}")
        for one in case.opinions
        if one.feasibility.opinion
    ]
    return rows


def _paper(now: datetime, *, across: bool) -> Paper:
    paper = Document()
    section = paper.sections[0]
    long, short = Mm(297), Mm(210)
    section.orientation = WD_ORIENT.LANDSCAPE if across else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if across else (short, long)
    if across:
        section.top_margin, section.bottom_margin = Mm(28), Mm(22)
        section.left_margin, section.right_margin = Mm(18), Mm(17)
    else:
        section.top_margin, section.bottom_margin = Mm(37), Mm(35)
        section.left_margin, section.right_margin = Mm(28), Mm(26)
    _page_number(section.footer.paragraphs[0])
    properties = paper.core_properties
    properties.author, properties.comments, properties.title = "", "", ""
    properties.created = properties.modified = now.replace(tzinfo=None, microsecond=0)
    return paper


def _title(paper: Paper, words: str, *, on_new_page: bool = False) -> None:
    paragraph = paper.add_paragraph()
    paragraph.paragraph_format.page_break_before = on_new_page
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(12)
    _write(paragraph, words, TITLE, 22)


def _line(paper: Paper, words: str, font: str, *, centred: bool = False, right: bool = False) -> None:
    paragraph = paper.add_paragraph()
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _write(paragraph, words, font, 16)


def _table(paper: Paper, rows: int, widths: Sequence[int]) -> Table:
    table: Table = paper.add_table(rows=rows, cols=len(widths))
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    return table


def _fill(row: _Row, words: Sequence[str], font: str) -> None:
    _keep_whole(row)
    for cell, text in zip(row.cells, words, strict=True):
        _cell(cell, text, font)


def _cell(cell: _Cell, text: str, font: str) -> None:
    lines = text.split("\n")
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        _write(paragraph, line, font, 12)


def _write(paragraph: Paragraph, words: str, font: str, size: int) -> None:
    _dress(paragraph.add_run(words), font, size)


def _dress(run: Run, font: str, size: int) -> None:
    run.font.size = Pt(size)
    run.font.name = font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001 - the library has no other way


def _repeat(row: _Row) -> None:
    """The heading stands on every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - the library has no other way


def _keep_whole(row: _Row) -> None:
    """A row is not torn between two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - the library has no other way


def _page_number(paragraph: Paragraph) -> None:
    """`— 1 —`, in the middle: the paper may be printed on one side."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _write(paragraph, "— ", "宋体", 14)
    run = paragraph.add_run()
    _dress(run, "宋体", 14)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run._element.addnext(field)  # noqa: SLF001 - the library has no other way
    _write(paragraph, " —", "宋体", 14)


def _bytes(paper: Paper) -> bytes:
    file = io.BytesIO()
    paper.save(file)
    return file.getvalue()
