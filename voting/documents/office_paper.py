"""The plain form of an office's paper as .docx (GB/T 9704-2012): margins, fonts, tables, page numbers.

Fonts stand in the file by name only: the offices' WPS or Word has 仿宋 and 小标宋, and substitutes its own
where a character is missing, so that a rare name is never replaced here.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime, time
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

BODY: Final = "仿宋_GB2312"
TITLE: Final = "方正小标宋简体"
HEAD: Final = "黑体"
_CELL_MARGIN: Final = 79
"""1.4 mm in twentieths of a point."""
_PACKED: Final = (1980, 1, 1, 0, 0, 0)


def new_paper(now: datetime, *, across: bool) -> Paper:
    """An empty A4 paper, with its page numbers and without anybody's name in its properties."""
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
    properties.created = properties.modified = datetime.combine(today(now), time.min)
    return paper


def put_title(paper: Paper, words: str, *, on_new_page: bool = False) -> None:
    """二号小标宋, in the middle."""
    paragraph = paper.add_paragraph()
    paragraph.paragraph_format.page_break_before = on_new_page
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(12)
    paragraph.paragraph_format.keep_with_next = True
    write(paragraph, words, TITLE, 22)


def put_line(paper: Paper, words: str, font: str, *, centred: bool = False, right: bool = False) -> None:
    """A line of 三号 type; in the font of headings it stays on the page of what it heads."""
    paragraph = paper.add_paragraph()
    paragraph.paragraph_format.keep_with_next = font == HEAD or None
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    write(paragraph, words, font, 16)


def put_text(paper: Paper, words: str) -> None:
    """A paragraph of 三号仿宋 that begins two characters in."""
    paragraph = paper.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    paragraph.paragraph_format.first_line_indent = Pt(32)
    paragraph.paragraph_format.space_after = Pt(0)
    write(paragraph, words, BODY, 16)


def put_table(paper: Paper, rows: int, widths: Sequence[int]) -> Table:
    """Empty; widths in mm."""
    table: Table = paper.add_table(rows=rows, cols=len(widths))
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    _margins(table)
    return table


def _margins(table: Table) -> None:
    """Left and right of the words, so that two characters stand side by side in 12 mm."""
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), str(_CELL_MARGIN))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    look = table._tbl.tblPr.find(qn("w:tblLook"))  # noqa: SLF001 - the library has no other way
    look.addprevious(margins)


def fill(row: _Row, words: Sequence[str], font: str) -> None:
    """Write the cells of a row, in 小四号 type."""
    _keep_whole(row)
    for cell, text in zip(row.cells, words, strict=True):
        _cell(cell, text, font)


def _cell(cell: _Cell, text: str, font: str) -> None:
    lines = text.split("\n")
    for number, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(0)
        write(paragraph, line, font, 12)


def write(paragraph: Paragraph, words: str, font: str, size: int) -> None:
    """Go on with a paragraph; `size` in points."""
    _dress(paragraph.add_run(words), font, size)


def _dress(run: Run, font: str, size: int) -> None:
    run.font.size = Pt(size)
    run.font.name = font
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)  # noqa: SLF001 - the library has no other way


def repeat(row: _Row) -> None:
    """The heading stands on every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 - the library has no other way


def _keep_whole(row: _Row) -> None:
    """A row is not torn between two pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - the library has no other way


def _page_number(paragraph: Paragraph) -> None:
    """`— 1 —`, in the middle: the paper may be printed on one side."""
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    write(paragraph, "— ", "宋体", 14)
    run = paragraph.add_run()
    _dress(run, "宋体", 14)
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run._element.addnext(field)  # noqa: SLF001 - the library has no other way
    write(paragraph, " —", "宋体", 14)


def as_bytes(paper: Paper) -> bytes:
    """The .docx file: the same paper of the same day is the same bytes, whenever it is asked for."""
    packed, file = io.BytesIO(), io.BytesIO()
    paper.save(packed)
    with zipfile.ZipFile(packed) as before, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            after.writestr(zipfile.ZipInfo(name, _PACKED), before.read(name), zipfile.ZIP_DEFLATED)
    return file.getvalue()
