"""An official paper in the form of GB/T 9704-2012, as .docx and as PDF: one content, two files.

A4, 37 mm above, 28 mm at the left, a type area of 156 × 225 mm with 22 lines of 28 characters in 三号仿宋,
the title in 二号小标宋, page numbers `— 1 —` at the right of odd and the left of even pages. The .docx names
the offices' fonts; the PDF has the packaged ones inside it.

    paper = Formal(title="…", blocks=(Article("第一条", "…"), Text("…")), issuer="…", day=day)
    docx(paper, now); pdf(paper, now)
"""

from __future__ import annotations

from datetime import date, datetime, time

from msgspec import Struct

from voting.days import CHINA, today
from voting.documents.official import Grid, Label, Text
from voting.documents.session.formal_docx import Sheet
from voting.documents.typesetting import chinese_date, typeset

BLANK = "＿"
"""A place to be filled in by hand."""


class Chapter(Struct, frozen=True, tag="chapter"):
    """第一章 总则: in the middle, 黑体."""

    words: str


class Article(Struct, frozen=True, tag="article"):
    """第一条, in 黑体, and what it says; a line feed begins a further paragraph (款)."""

    number: str
    words: str


class Aside(Struct, frozen=True, tag="aside"):
    """What is done, not read out: in 楷体."""

    words: str


class Break(Struct, frozen=True, tag="break"):
    """A new page, with a heading of its own like the title."""

    title: str


class Form(Struct, frozen=True, kw_only=True, tag="form"):
    """A table to be filled in or signed: widths in mm, 156 in all, lines at least `height` mm high."""

    widths: tuple[int, ...]
    rows: tuple[tuple[str, ...], ...]
    height: int = 11


Block = Chapter | Article | Aside | Break | Label | Text | Grid | Form


class Formal(Struct, frozen=True, kw_only=True):
    """`under` stands below the title: the number of a 公告, when and by whom rules were passed. Of `issuer`
    and `day`, which stand at the end, either may be wanting."""

    title: str
    blocks: tuple[Block, ...]
    under: str = ""
    issuer: str = ""
    day: str = ""


def blank(characters: int = 4) -> str:
    """A line to write on."""
    return BLANK * characters


def blank_date() -> str:
    """A date to be filled in by hand."""
    return f"{blank(3)}年{blank(2)}月{blank(2)}日"


def day_words(day: date | None) -> str:
    """The date, or a place for it."""
    return blank_date() if day is None else chinese_date(day)


def docx(paper: Formal, now: datetime) -> bytes:
    """As the office's own word processor opens it; of one day, the same bytes."""
    sheet = Sheet(now)
    sheet.title(paper.title)
    if paper.under:
        sheet.under(paper.under)
    sheet.gap()
    for block in paper.blocks:
        _put(sheet, block)
    if paper.issuer or paper.day:
        sheet.signed(paper.issuer, paper.day)
    return sheet.as_bytes()


def pdf(paper: Formal, now: datetime) -> bytes:
    """PDF/A; of one day, the same bytes. Raises MissingFont."""
    data = {
        "title": paper.title,
        "under": paper.under,
        "blocks": paper.blocks,
        "issuer": paper.issuer,
        "day": paper.day,
    }
    return typeset("formal.typ", data, datetime.combine(today(now), time.min, CHINA), archival=True)


def _put(sheet: Sheet, block: Block) -> None:
    match block:
        case Chapter():
            sheet.chapter(block.words)
        case Article():
            sheet.article(block.number, block.words)
        case Aside():
            sheet.aside(block.words)
        case Break():
            sheet.on_new_page(block.title)
        case Label():
            sheet.label(block.words)
        case Text():
            sheet.text(block.words, indented=block.indented, side=block.side)
        case Grid():
            sheet.grid(block.head, block.rows, block.widths)
        case Form():
            sheet.form(block.rows, block.widths, block.height)
