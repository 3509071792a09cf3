"""An office's paper that is handed on as .docx, to be edited, and as PDF, to be read: one content, two files.

paper = Official(title="…", blocks=(Text("…"), Grid(head=("序号", "项目"), widths=(14, 142), rows=rows)))
docx(paper, now); pdf(paper, now)
"""

from __future__ import annotations

from datetime import datetime, time
from itertools import pairwise
from typing import Final, Literal

from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from msgspec import Struct

from voting.days import CHINA, today
from voting.documents.office_paper import (
    BODY,
    HEAD,
    as_bytes,
    fill,
    new_paper,
    put_line,
    put_table,
    put_text,
    put_title,
    repeat,
)
from voting.documents.typesetting import typeset

Side = Literal["left", "centre", "right"]
_GAP: Final = Pt(16)


class Heading(Struct, frozen=True, tag="heading"):
    """A title further down; `on_new_page` begins a page with it."""

    words: str
    on_new_page: bool = False


class Label(Struct, frozen=True, tag="label"):
    """A line that stands out: what the next table shows."""

    words: str
    side: Side = "left"


class Text(Struct, frozen=True, tag="text"):
    """A paragraph. `indented` as in running text; a salutation is not."""

    words: str
    indented: bool = True
    side: Side = "left"


class Grid(Struct, frozen=True, tag="grid", kw_only=True):
    """A table with widths in mm, 156 in all (262 across); without a head each row names itself."""

    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    head: tuple[str, ...] = ()


Block = Heading | Label | Text | Grid


class Official(Struct, frozen=True, kw_only=True):
    """`across`: on a page that lies on its side."""

    title: str
    blocks: tuple[Block, ...]
    across: bool = False


def docx(paper: Official, now: datetime) -> bytes:
    """As the office's own word processor opens it."""
    file = new_paper(now, across=paper.across)
    put_title(file, paper.title)
    for before, block in zip((None, *paper.blocks), paper.blocks, strict=False):
        _put(file, block)
        if _stands_off(before, block):
            file.paragraphs[-1].paragraph_format.space_before = _GAP
    _keep_signature(file)
    return as_bytes(file)


def pdf(paper: Official, now: datetime) -> bytes:
    """PDF/A, for the file and for the public; of one day, the same bytes. Raises MissingFont."""
    data = {"title": paper.title, "across": paper.across, "blocks": paper.blocks}
    day = datetime.combine(today(now), time.min, CHINA)
    return typeset("official.typ", data, day, archival=True)


def _keep_signature(file: Paper) -> None:
    """What stands at the right stays with the line above it."""
    for above, line in pairwise(file.paragraphs):
        if line.alignment == WD_ALIGN_PARAGRAPH.RIGHT:
            above.paragraph_format.keep_with_next = True


def _stands_off(before: Block | None, block: Block) -> bool:
    """Words below a table, and the first line of a signature; the PDF's template has the same rule."""
    if not isinstance(block, (Text, Label)):
        return False
    signature = block.side == "right"
    return isinstance(before, Grid) or (signature and isinstance(before, Text) and before.side != "right")


def _put(file: Paper, block: Block) -> None:
    match block:
        case Heading():
            put_title(file, block.words, on_new_page=block.on_new_page)
        case Label():
            put_line(file, block.words, HEAD, centred=block.side == "centre", right=block.side == "right")
        case Text(indented=True):
            put_text(file, block.words)
        case Text():
            put_line(file, block.words, BODY, centred=block.side == "centre", right=block.side == "right")
        case Grid():
            _put_grid(file, block)


def _put_grid(file: Paper, grid: Grid) -> None:
    lines = [grid.head, *grid.rows] if grid.head else list(grid.rows)
    table = put_table(file, len(lines), grid.widths)
    for number, (row, words) in enumerate(zip(table.rows, lines, strict=True)):
        is_head = bool(grid.head) and number == 0
        fill(row, words, HEAD if is_head else BODY)
        if is_head:
            repeat(row)
