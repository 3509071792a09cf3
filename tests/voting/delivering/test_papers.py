"""交办函, 责任分解表 and 实施方案: both files say the same, and the whole of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfReader

from tests.county import County, new_id
from tests.delivery import project
from tests.schemes import a_scheme
from voting.delivering import handing_over, listing, planning
from voting.delivering.letters import Letter
from voting.documents import delivery, official
from voting.documents.official import Grid, Heading, Label, Official, Text

NOW = datetime(2027, 2, 1, 2, 0, tzinfo=UTC)


def words(docx: bytes) -> str:
    """Everything a .docx says."""

    def lines() -> Iterator[str]:
        paper = Document(BytesIO(docx))
        yield from (one.text for one in paper.paragraphs)
        for table in paper.tables:
            yield from (cell.text for row in table.rows for cell in row.cells)

    return "".join("\n".join(lines()).split())


def printed(pdf: bytes) -> str:
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return "".join(text.split())


def said(paper: Official) -> Iterator[str]:
    yield paper.title
    for block in paper.blocks:
        if isinstance(block, Grid):
            yield from (cell for row in (block.head, *block.rows) for cell in row)
        else:
            yield block.words


@pytest.fixture
def papers(county: County) -> tuple[Official, Official, Official]:
    """The letter, the breakdown and the plan of one project."""
    one = project(county, "农村公路提升改造", "chosen", basis="县第一次会议票决")
    letter = Letter(
        number="示例人大办函〔2027〕3号",
        day=date(2027, 2, 1),
        sender="示例县人大常委会办公室",
        recipient="示例县人民政府",
        text="现将项目交你们办理。\n请抓好落实。",
    )
    sent = handing_over.hand_over(county.store, county.staff, new_id("l"), 2027, letter, NOW)
    version = planning.desk(county.store, county.government, one.id).version
    planning.save_plan(county.store, county.government, one.id, version, a_scheme(county), NOW)
    handed = handing_over.handed(county.store, county.government, sent.id)
    sheets = listing.sheets_of_year(county.store, county.government, 2027)
    pairs = tuple(zip(handed.projects, handed.promised, strict=True))
    return (
        delivery.letter(handed.handover, pairs),
        delivery.breakdown("示例县", 2027, sheets),
        delivery.plan(sheets[0]),
    )


def test_every_word_of_a_paper_stands_in_both_its_files(papers: tuple[Official, ...]) -> None:
    for paper in papers:
        in_docx, in_pdf = words(official.docx(paper, NOW)), printed(official.pdf(paper, NOW))
        for sentence in said(paper):
            assert "".join(sentence.split()) in in_docx
            assert "".join(sentence.split()) in in_pdf


def test_the_letter_says_who_to_whom_when_and_what(papers: tuple[Official, ...]) -> None:
    text = words(official.docx(papers[0], NOW))
    for part in ("关于交办2027年民生实事项目的函", "示例县人民政府：", "2027年2月1日", "农村公路提升改造"):
        assert part in text


def test_the_breakdown_and_the_plan_name_who_how_when_and_the_effect(papers: tuple[Official, ...]) -> None:
    for paper in papers[1:]:
        text = words(official.docx(paper, NOW))
        for part in ("县交通运输局", "四级公路标准", "2027年10月31日", "改造公路12.5公里", "320.5"):
            assert part in text
    assert "完成招标" in text
    assert "东河镇段" in text


def test_a_plan_not_yet_published_is_marked_as_a_draft(papers: tuple[Official, ...]) -> None:
    assert papers[2].title == "民生实事项目实施方案（草案）"


def test_the_same_paper_gives_the_same_pdf() -> None:
    table = Grid(widths=(156,), rows=(("丙",),))
    blocks = (Heading("附件", on_new_page=True), Label("甲"), Text("乙"), table)
    paper = Official(title="函", blocks=blocks)
    assert official.pdf(paper, NOW) == official.pdf(paper, NOW)


def test_no_word_is_read_as_an_instruction() -> None:
    rare = "䶮 #set page(width: 1pt) *粗*_斜_`码`$x$ <w:t>&amp; \\ //注"
    grid = Grid(head=("甲", rare), widths=(20, 136), rows=(("1", rare),))
    paper = Official(title=f"函{rare}", blocks=(Label(rare), Text(rare), grid))
    assert words(official.docx(paper, NOW)).count("".join(rare.split())) == 5
    assert printed(official.pdf(paper, NOW)).count("".join(rare.split())) == 5


def test_headings_stay_with_what_they_head_and_columns_are_as_wide_as_set() -> None:
    grid = Grid(widths=(36, 120), rows=(("原来", "现在"),))
    blocks = (Label("办理情况"), grid, Text("现予公告。"), Text("办公室", indented=False, side="right"))
    file = Document(BytesIO(official.docx(Official(title="公告", blocks=blocks), NOW)))
    title, label, below, signature = file.paragraphs
    assert title.paragraph_format.keep_with_next
    assert label.paragraph_format.keep_with_next
    assert below.paragraph_format.keep_with_next
    assert not signature.paragraph_format.keep_with_next
    assert below.paragraph_format.space_before
    assert signature.paragraph_format.space_before
    assert [round(cell.width.mm) for cell in file.tables[0].rows[0].cells if cell.width] == [36, 120]
