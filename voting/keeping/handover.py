"""移交清单: what an archive office wants to know of each 件. Pure.

Columns after DA/T 22-2015 (序号, 档号, 文号, 责任者, 题名, 日期, 密级, 页数, 备注; the day in eight
digits), with 保管期限, which the 档号 has as a code. The periods are proposals: each office has its own
table, approved by the archive administration (国家档案局令第8号、第13号: 永久, 定期30年, 定期10年).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from typing import Final, Literal

from msgspec import Struct
from xlsxwriter import Workbook

from voting.documents.official import Grid, Text
from voting.documents.session.formal import Formal, day_words

Term = Literal["Y", "D30", "D10"]
TERM_NAMES: Final[dict[Term, str]] = {"Y": "永久", "D30": "定期30年", "D10": "定期10年"}
COLUMNS: Final = ("序号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "保管期限", "备注")
_WIDE: Final = (6, 30, 16, 24, 48, 10, 8, 6, 10, 44)
_NARROW: Final = (9, 34, 42, 21, 10, 10, 16, 14)
"""mm of the paper's columns, 156 in all: 文号 and 责任者 stand in the .xlsx only."""


class ArchiveSettings(Struct, frozen=True, kw_only=True, tag="archive"):
    """全宗号 and 机构（问题）代码, as the archive office gave them; empty: written in by hand."""

    fonds: str = ""
    office: str = ""


class Piece(Struct, frozen=True, kw_only=True):
    """一件: its files lie under `folder`, in several forms; `pages` is 0 where it has none."""

    title: str
    term: Term
    folder: str
    files: tuple[tuple[str, bytes], ...]
    day: date | None
    author: str
    number: str = ""
    pages: int = 0
    note: str = ""


def code(settings: ArchiveSettings, piece: Piece, year: int, place: int) -> str:
    """全宗号-门类·年度-保管期限-机构-件号."""
    fonds, office = settings.fonds or "〔全宗号〕", settings.office or "〔机构〕"
    return f"{fonds}-WS·{year}-{piece.term}-{office}-{place:04d}"


def rows(settings: ArchiveSettings, pieces: Sequence[Piece], year: int) -> list[tuple[str, ...]]:
    """One line a piece; 件号 count from 1 within each 保管期限."""
    counted: dict[Term, int] = {}
    made: list[tuple[str, ...]] = []
    for line, one in enumerate(pieces, start=1):
        counted[one.term] = place = counted.get(one.term, 0) + 1
        made.append(
            (
                str(line),
                code(settings, one, year, place),
                one.number,
                one.author,
                one.title,
                f"{one.day:%Y%m%d}" if one.day else "",
                "",
                str(one.pages) if one.pages else "",
                TERM_NAMES[one.term],
                one.note or "；".join(f"{one.folder}/{name}" for name, _ in one.files),
            )
        )
    return made


def list_xlsx(title: str, lines: Sequence[tuple[str, ...]]) -> bytes:
    """The list for the archive's own program."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(file, options) as book:
        sheet = book.add_worksheet("移交清单")
        bold = book.add_format({"bold": True, "border": 1, "text_wrap": True})
        plain = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        sheet.write_string(0, 0, title, book.add_format({"bold": True}))
        for column, (name, width) in enumerate(zip(COLUMNS, _WIDE, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(1, column, name, bold)
        for row, line in enumerate(lines, start=2):
            for column, cell in enumerate(line):
                sheet.write_string(row, column, cell, plain)
        sheet.freeze_panes(2, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    return file.getvalue()


def list_paper(title: str, lines: Sequence[tuple[str, ...]], files: int, size: int) -> Formal:
    """The list to be signed by both sides."""
    shown = tuple((*line[:2], *line[4:9], "") for line in lines)
    return Formal(
        title=f"{title}\n会议档案移交清单",
        blocks=(
            Text(
                f"本次移交{len(lines)}件，{files}个电子文件，共{size:,}字节；每个文件的散列值在“散列值.txt”里。"
                "文号、责任者和文件名见同名的 Excel 清单。"
            ),
            Grid(
                head=("序号", "档号", "题名", "日期", "密级", "页数", "保管期限", "备注"),
                widths=_NARROW,
                rows=shown,
            ),
            Text("移交单位（盖章）：　　　　　　　　　移交人："),
            Text("接收单位（盖章）：　　　　　　　　　接收人："),
        ),
        day=day_words(None),
    )
