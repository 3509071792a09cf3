"""GB/T 9704-2012 in .docx: the document grid, fonts by name, page numbers outside.

28 characters of 三号 (16 points) take 158 mm, the type area has 156: they are set a quarter of a point
closer. The grid of the page says so too, but no paragraph is laid on it: LibreOffice gives a character that
is wider than its square two of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Row
from docx.text.paragraph import Paragraph

from voting.documents.office_paper import (
    BODY,
    HEAD,
    TITLE,
    as_bytes,
    fill,
    new_paper,
    put_table,
    repeat,
    write,
)

KAI: Final = "楷体_GB2312"
SIZE: Final = 16
LINES: Final = 22
CHARACTERS: Final = 28
_POINTS_PER_MM: Final = 72 / 25.4
_CLOSER: Final = -5
"""Between characters, in twentieths of a point."""
_LINE: Final = 225 * _POINTS_PER_MM / LINES
"""From line to line, in points."""
_PITCH: Final = 156 * _POINTS_PER_MM / CHARACTERS
"""From character to character, in points."""
_AIR: Final = Pt(4)
_SIDES: Final = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "centre": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}


class Sheet:
    """A paper that is being written, from top to bottom."""

    def __init__(self, now: datetime) -> None:
        self._paper = new_paper(now, across=False)
        _set_grid(self._paper.sections[0]._sectPr)  # noqa: SLF001 - the library has no other way
        _set_type(self._paper.styles["Normal"])
        self._numbers_outside()

    def title(self, words: str) -> None:
        """二号小标宋; a long one breaks where its author broke it."""
        for line in words.split("\n"):
            write(self._line("centre", lines=1.25), line, TITLE, 22)

    def under(self, words: str) -> None:
        """三号楷体, below the title."""
        for line in words.split("\n"):
            write(self._line("centre"), line, KAI, SIZE)

    def gap(self) -> None:
        """An empty line."""
        self._line("left")

    def chapter(self, words: str) -> None:
        """In the middle, with the next line."""
        paragraph = self._line("centre")
        paragraph.paragraph_format.keep_with_next = True
        write(paragraph, words, HEAD, SIZE)

    def article(self, number: str, words: str) -> None:
        """The number in 黑体, the rest in 仿宋."""
        first, *others = words.split("\n")
        paragraph = self._running()
        write(paragraph, f"{number}　", HEAD, SIZE)
        write(paragraph, first, BODY, SIZE)
        for other in others:
            write(self._running(), other, BODY, SIZE)

    def aside(self, words: str) -> None:
        """In 楷体."""
        write(self._running(), words, KAI, SIZE)

    def label(self, words: str) -> None:
        """一级标题: 黑体."""
        paragraph = self._running()
        paragraph.paragraph_format.keep_with_next = True
        write(paragraph, words, HEAD, SIZE)

    def text(self, words: str, *, indented: bool, side: str) -> None:
        """Running text, or a line at one side."""
        for line in words.split("\n"):
            write(self._running() if indented else self._line(side), line, BODY, SIZE)

    def on_new_page(self, title: str) -> None:
        """The title of what is annexed."""
        paragraph = self._line("centre", lines=1.25)
        paragraph.paragraph_format.page_break_before = True
        write(paragraph, title, TITLE, 22)
        self.gap()

    def grid(self, head: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[int]) -> None:
        """A table in 小四号."""
        lines = [head, *rows] if head else list(rows)
        table = put_table(self._paper, len(lines), widths)
        for number, (row, words) in enumerate(zip(table.rows, lines, strict=True)):
            is_head = bool(head) and number == 0
            fill(row, words, HEAD if is_head else BODY)
            _pad(row)
            if is_head:
                repeat(row)

    def form(self, rows: Sequence[Sequence[str]], widths: Sequence[int], height: int) -> None:
        """A table in 四号, to be written in."""
        table = put_table(self._paper, len(rows), widths)
        for row, words in zip(table.rows, rows, strict=True):
            row.height = Mm(height)
            for cell, text in zip(row.cells, words, strict=True):
                cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
                for number, line in enumerate(text.split("\n")):
                    paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
                    paragraph.paragraph_format.space_after = Pt(0)
                    write(paragraph, line, BODY, 14)

    def signed(self, issuer: str, day: str) -> None:
        """署名 and 成文日期, the longer two characters from the right, the other under its middle.

        They do not stand alone on a page: what comes before goes with them.
        """
        if self._paper.paragraphs:
            self._paper.paragraphs[-1].paragraph_format.keep_with_next = True
        self._line("left").paragraph_format.keep_with_next = True
        longer = max(len(issuer), _width(day))
        for words, width in ((issuer, len(issuer)), (day, _width(day))):
            if words:
                paragraph = self._line("right")
                paragraph.paragraph_format.keep_with_next = words == issuer and bool(day)
                paragraph.paragraph_format.right_indent = Pt((2 + (longer - width) / 2) * _PITCH)
                write(paragraph, words, BODY, SIZE)

    def as_bytes(self) -> bytes:
        """The .docx file."""
        return as_bytes(self._paper)

    def _line(self, side: str, lines: float = 1) -> Paragraph:
        paragraph = self._paper.add_paragraph()
        paragraph.alignment = _SIDES[side]
        form = paragraph.paragraph_format
        form.space_before = form.space_after = Pt(0)
        form.line_spacing = Pt(_LINE * lines)
        return paragraph

    def _running(self) -> Paragraph:
        paragraph = self._line("left")
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Pt(2 * _PITCH)
        return paragraph

    def _numbers_outside(self) -> None:
        """Odd pages have their number at the right, even pages at the left, one character from the edge."""
        section = self._paper.sections[0]
        self._paper.settings.odd_and_even_pages_header_footer = True
        section.footer_distance = Mm(35 - 7 - 5)
        odd = section.footer.paragraphs[0]
        odd.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        odd.paragraph_format.right_indent = Pt(14)
        even = section.even_page_footer.paragraphs[0]
        even.paragraph_format.left_indent = Pt(14)
        write(even, "— ", "宋体", 14)
        field = OxmlElement("w:fldSimple")
        field.set(qn("w:instr"), "PAGE")
        even._element.append(field)  # noqa: SLF001 - the library has no other way
        write(even, " —", "宋体", 14)


def _pad(row: _Row) -> None:
    """Air above and below what a row says."""
    for cell in row.cells:
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        cell.paragraphs[0].paragraph_format.space_before = _AIR
        cell.paragraphs[-1].paragraph_format.space_after = _AIR


def _set_type(style: Any) -> None:
    """What everything is written in; `style` is the library's ParagraphStyle."""
    style.font.name, style.font.size = BODY, Pt(SIZE)
    properties = style.element.get_or_add_rPr()
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), BODY)
    closer, beside = OxmlElement("w:spacing"), OxmlElement("w:snapToGrid")
    closer.set(qn("w:val"), str(_CLOSER))
    beside.set(qn("w:val"), "0")
    properties.find(qn("w:sz")).addprevious(closer)
    style.element.get_or_add_pPr().append(beside)


def _set_grid(section_properties: Any) -> None:
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "linesAndChars")
    grid.set(qn("w:linePitch"), str(round(_LINE * 20)))
    grid.set(qn("w:charSpace"), str(round((_PITCH - SIZE) * 4096)))
    for old in section_properties.findall(qn("w:docGrid")):
        section_properties.remove(old)
    section_properties.append(grid)


def _width(words: str) -> float:
    """In characters; a digit takes half."""
    return sum(0.5 if one.isascii() else 1 for one in words)
